/// What must be known of a list of masses before any measure of it: the exact
/// total, and the outcome that holds more than half of it.
///
/// Measures are of the probabilities p/Σp with the exact Σp; nothing is divided
/// and rounded first.
struct MassTotals: Equatable, Sendable {
  let count: Int
  /// The total, right to 106 bits.
  let total: DoubleDouble
  /// The total exactly, as doubles that add up to it, largest first.
  let expansion: [Double]
  /// The logarithm of the total.
  let logTotal: DoubleDouble
  /// The index of the outcome with more than half of the total.
  let dominant: Int?
  /// The total without the dominant outcome, right to 106 bits of its own: near
  /// a point mass this is where all information is.
  let rest: DoubleDouble

  /// Adds up masses and checks each.
  ///
  /// - Parameters:
  ///   - masses: The masses.
  ///   - argument: The name to use in errors.
  /// - Throws: ``InformationError`` for what is wrong with the masses.
  init<Scalar: InformationScalar>(
    _ masses: Span<Scalar>, argument: String
  ) throws(InformationError) {
    guard masses.count > 0 else {
      throw InformationError(
        .empty, argument: argument, "\(argument) is empty: give at least one outcome")
    }
    var sum = ExactSum()
    var largest = 0
    for i in masses.indices {
      let mass = Double(masses[i])
      guard mass >= 0 && mass < .infinity else {
        throw InformationError(badMass: mass, argument: argument, index: i)
      }
      sum.add(mass, timesPowerOfTwo: 0)
      if mass > Double(masses[largest]) { largest = i }
    }
    let expansion = sum.expansion
    let total = DoubleDouble(high: expansion.first ?? 0, low: expansion.dropFirst().first ?? 0)
    guard total.high > 0 else {
      throw InformationError(
        .zeroTotal, argument: argument,
        "all \(masses.count) masses of \(argument) are 0: at least one must be positive")
    }
    guard total.high < .infinity else {
      throw InformationError(
        .overflow, argument: argument,
        "\(argument) sums to more than the largest double: divide the masses by a power of two")
    }
    sum.add(-Double(masses[largest]))
    let rest = sum.doubleDouble
    self.count = masses.count
    self.total = total
    self.expansion = expansion
    self.logTotal = expansion == [1] ? .zero : .log(total)
    self.dominant = rest.high < Double(masses[largest]) ? largest : nil
    self.rest = rest
  }

  /// As `init(_:argument:)`, and demands that the masses sum to 1.
  init<Scalar: InformationScalar>(
    normalized masses: Span<Scalar>, argument: String
  ) throws(InformationError) {
    try self.init(masses, argument: argument)
    let tolerance = Double(count) * Double(Scalar.ulpOfOne)
    guard (total + -1.0).high.magnitude <= tolerance else {
      throw InformationError(
        .notNormalized, argument: argument,
        """
        \(argument) sums to \(total.high), not 1 (tolerance \(tolerance)): \
        normalise it with Categorical(normalizing:), or Categorical(counts:) for counts
        """)
    }
  }
}

extension InformationError {
  /// A mass that is negative, NaN or infinite.
  init(badMass mass: Double, argument: String, index: Int) {
    if mass < 0 && mass.isFinite {
      self.init(
        .negativeMass, argument: argument, index: index,
        "\(argument)[\(index)] is \(mass): a mass cannot be negative")
    } else {
      self.init(
        .notFinite, argument: argument, index: index,
        "\(argument)[\(index)] is \(mass): a mass must be a finite number")
    }
  }
}

// MARK: - Surprisal

extension MassTotals {
  /// Returns −log(mass/total) for a positive mass, with full relative accuracy
  /// however close to the total the mass is.
  @inline(__always)
  func surprisal(_ mass: Double, at index: Int) -> DoubleDouble {
    if index == dominant {
      return DoubleDouble.log1p(rest / DoubleDouble(mass))
    }
    // At least log 2, so that the difference of the logarithms loses nothing.
    return logTotal - DoubleDouble.log(mass)
  }

  /// The smallest surprisal, that of the likeliest outcome.
  func smallestSurprisal<Scalar: InformationScalar>(of masses: Span<Scalar>) -> DoubleDouble {
    let index = likeliest(of: masses)
    return surprisal(Double(masses[index]), at: index)
  }

  /// The index of the largest mass, the first where there are several.
  func likeliest<Scalar: InformationScalar>(of masses: Span<Scalar>) -> Int {
    var largest = 0
    for i in masses.indices where masses[i] > masses[largest] { largest = i }
    return largest
  }

  /// Sums a term over all outcomes with mass, and divides by the total.
  ///
  /// - Parameters:
  ///   - masses: The masses.
  ///   - term: What an outcome adds, of its mass and its surprisal.
  /// - Returns: The sum over the total.
  @inline(__always)
  func expectation<Scalar: InformationScalar>(
    over masses: Span<Scalar>, _ term: (_ mass: Double, _ surprisal: DoubleDouble) -> Term
  ) -> DoubleDouble {
    var sum = ExactSum()
    for i in masses.indices {
      let mass = Double(masses[i])
      guard mass > 0 else { continue }
      let lift = Term.lift(mass)
      let value = term(mass * Double.powerOfTwo(lift), surprisal(mass, at: i))
      sum.add(value.value, timesPowerOfTwo: value.exponent - lift)
    }
    return sum.doubleDouble / total
  }
}
