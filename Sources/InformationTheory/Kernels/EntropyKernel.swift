import CInformationKernels

/// Σ x·log x of a list of masses, from the kernels, and what the kernels leave out.
///
/// The kernels sum what is in 2⁻⁵⁰ ..< ½ after scaling, with terms right to 2⁻⁵⁸ and
/// exactly from then on; the few other masses are listed, and get the terms of the
/// definition. So the result depends neither on order nor on blocks.
struct EntropyKernel {
  /// Σ x·log(x)/2 and Σ x of the scaled masses that the kernels take.
  private var terms = IntegerSum(exponent: -102)
  private var masses = IntegerSum(exponent: -102)
  /// The scaled masses that they do not take.
  private var others: [Double] = []
  private let count: Int

  /// More masses than this are left to the definition, which is as fast then.
  private static let mostOthers = 1 << 16

  /// Sums masses times a power of two; nil where the definition has to look: masses that
  /// are no masses, or too many that the kernels do not take.
  ///
  /// - Parameters:
  ///   - list: The masses.
  ///   - scale: The power of two.
  ///   - stopsEarly: Whether a cancelled task ends the sum.
  /// - Throws: `InformationError` with the code `cancelled`.
  init?<Scalar: InformationScalar>(
    _ list: Span<Scalar>, scale: Double, stopsEarly: Bool
  ) throws(InformationError) {
    count = list.count
    if count <= measure_kernel_block {
      guard let part = Self.part(list, 0..<count, scale) else { return nil }
      add(part)
      return
    }
    let parts = try unsafe list.withUnsafeBufferPointer { buffer throws(InformationError) in
      let count = buffer.count
      return try blockwise(count, nanoseconds: 2, stopsEarly: stopsEarly) { range in
        unsafe Self.part(buffer.span, range, scale)
      }
    }
    for part in parts {
      guard let part, others.count + part.others.count <= Self.mostOthers else { return nil }
      add(part)
    }
  }

  private mutating func add(_ part: Part) {
    terms.add(part.sums.terms)
    masses.add(part.sums.masses)
    if !part.others.isEmpty { others += part.others }
  }

  private struct Part: Sendable {
    var sums: EntropySums
    var others: [Double] = []
  }

  /// The sums of a block; nil where an element is no mass.
  private static func part<Scalar: InformationScalar>(
    _ list: Span<Scalar>, _ range: Range<Int>, _ scale: Double
  ) -> Part? {
    var sums = EntropySums()
    let kernels = KernelLevel.measures
    unsafe list.withUnsafeBufferPointer { buffer in
      let start = unsafe UnsafeRawPointer(buffer.baseAddress?.advanced(by: range.lowerBound))
      if Scalar.self == Double.self {
        let masses = unsafe start?.assumingMemoryBound(to: Double.self)
        unsafe kernels.entropy_f64(masses, range.count, scale, &sums)
      } else {
        let masses = unsafe start?.assumingMemoryBound(to: Float.self)
        unsafe kernels.entropy_f32(masses, range.count, scale, &sums)
      }
    }
    var part = Part(sums: sums)
    if sums.hard == 0 { return part }
    for i in range {
      let x = Double(list[i]) * scale
      if x == 0 || isEasy(x) { continue }
      guard x > 0 && x < .infinity else { return nil }
      part.others.append(x)
    }
    return part
  }
}

// MARK: - The entropy

extension EntropyKernel {
  /// −Σ p·log p of p = x/Σx.
  ///
  /// - Parameter tolerance: How far the total may be from 1; nil where it may be any.
  /// - Returns: nil where the definition has to look: at another total, or at a sum for
  ///   which the kernels' unit is too coarse.
  func entropy(tolerance: Double?) -> DoubleDouble? {
    let total = others.isEmpty ? masses.pair : exactTotal.doubleDouble
    let excess = (total + -1).high
    if let tolerance, !(excess.magnitude <= tolerance) { return nil }
    guard total.high > 0 && total.high < 0x1p60 else { return nil }
    let entropy: DoubleDouble
    if others.isEmpty && excess.magnitude < 0x1p-36 {
      // With T = 1 + d and S = −Σ x·log x: S/T + log T = S + d·(1 − S) + d²·(S − ½) + …,
      // of which the rest is below 2⁻¹⁰⁸.
      let sum = terms.pair * -2
      let correction = excess * (1 - sum.high) + excess * excess * (sum.high - 0.5)
      entropy = sum + correction
    } else {
      let logTotal = DoubleDouble.log(total)
      let sum = othersTerms(total, logTotal) + terms.pair * -2 + masses.pair * logTotal
      entropy = sum / total
    }
    // Each term is off by less than 2⁻¹⁰²: together by less than 2⁻⁵⁸ of the sum.
    return entropy.high >= Double(count) * 0x1p-44 ? entropy : nil
  }

  private var exactTotal: ExactSum {
    var sum = ExactSum(others)
    sum.add(masses)
    return sum
  }

  /// −Σ x·log(x/Σx) of what the kernels left out.
  private func othersTerms(_ total: DoubleDouble, _ logTotal: DoubleDouble) -> DoubleDouble {
    var sum = ExactSum()
    for x in others {
      let lift = Term.lift(x)
      let term = surprisal(x, total, logTotal) * (x * Double.powerOfTwo(lift))
      sum.add(term, timesPowerOfTwo: -lift)
    }
    return sum.doubleDouble
  }

  /// −log(x/Σx), from the rest of the total where x is more than half of it.
  private func surprisal(
    _ x: Double, _ total: DoubleDouble, _ logTotal: DoubleDouble
  ) -> DoubleDouble {
    guard x > 0.5 * total.high else { return logTotal - .log(x) }
    var rest = exactTotal
    rest.add(-x)
    return .log1p(rest.doubleDouble / DoubleDouble(x))
  }
}
