import CInformationKernels

/// What the kernels sum over the outcomes of two lists of masses, and the outcomes that
/// they leave out.
///
/// The kernels take outcomes of which each mass is 0 or in 2⁻⁵⁰ ... 1, with terms right
/// to 2⁻⁵³·⁹ and more, and sum exactly. The few other outcomes are listed, and get the terms
/// of the definition. So results depend neither on order nor on blocks.
struct PairTally {
  /// What a kernel sums beside the totals.
  enum Kernel {
    case totals, klDivergence, fineKLDivergence, jensenShannon, overlap, rootGaps, common, variation

    /// About how long an outcome takes.
    fileprivate var nanoseconds: Int {
      switch self {
      case .totals: 1
      case .klDivergence, .fineKLDivergence, .rootGaps: 4
      case .jensenShannon: 9
      case .overlap, .common, .variation: 2
      }
    }

    fileprivate var functions: PairKernel {
      let kernels = KernelLevel.measures
      return switch self {
      case .totals: kernels.totals
      case .klDivergence: kernels.kl
      case .fineKLDivergence: kernels.fine_kl
      case .jensenShannon: kernels.jensen_shannon
      case .overlap: kernels.overlap
      case .rootGaps: kernels.root_gaps
      case .common: kernels.common
      case .variation: kernels.variation
      }
    }
  }

  struct Outcome {
    let p, q: Double
  }

  /// What the kernel is for.
  private(set) var first = IntegerSum(exponent: -102)
  private(set) var second = IntegerSum(exponent: -102)
  private var p = IntegerSum(exponent: -102)
  private var q = IntegerSum(exponent: -102)
  /// The outcomes that the kernel did not take.
  private(set) var others: [Outcome] = []
  /// Whether p and q of an outcome are so close that their order hangs on the drift.
  private(set) var isNear = false
  private let count: Int
  private let kernel: Kernel

  /// More outcomes than this are left to the definition, which is as fast then.
  private static let mostOthers = 1 << 14

  /// Sums over two lists of equal length; nil where the definition has to look: masses
  /// that are no masses, too many that the kernels do not take, or a divergence of +∞.
  ///
  /// - Parameters:
  ///   - p: Masses.
  ///   - q: Masses of the same outcomes.
  ///   - kernel: What to sum.
  ///   - scale: What the kernel multiplies with.
  ///   - stopsEarly: Whether a cancelled task ends the sum.
  /// - Throws: `InformationError` with the code `cancelled`.
  init?<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ kernel: Kernel,
    _ scale: PairScale = PairScale(unit: 1, drift: 0), stopsEarly: Bool
  ) throws(InformationError) {
    count = p.count
    self.kernel = kernel
    // Found here, as other threads do not know the level that a test asks for.
    let functions = kernel.functions
    if count <= measure_kernel_block && KernelBlocks.length == nil {
      guard let part = Self.part(p, q, kernel, functions, scale) else { return nil }
      add(part)
      return
    }
    let parts = try unsafe p.withUnsafeBufferPointer { p throws(InformationError) in
      try unsafe q.withUnsafeBufferPointer { q throws(InformationError) in
        let count = p.count
        return try blockwise(count, nanoseconds: kernel.nanoseconds, stopsEarly: stopsEarly) {
          unsafe Self.part(
            p.span.extracting($0), q.span.extracting($0), kernel, functions, scale)
        }
      }
    }
    for part in parts {
      guard let part, others.count + part.others.count <= Self.mostOthers else { return nil }
      add(part)
    }
  }

  private struct Part: Sendable {
    var sums: PairSums
    var others: [Outcome] = []
  }

  private mutating func add(_ part: Part) {
    first.add(part.sums.first)
    second.add(part.sums.second)
    p.add(part.sums.p)
    q.add(part.sums.q)
    isNear = isNear || part.sums.near != 0
    if !part.others.isEmpty { others += part.others }
  }

  /// The sums of a block; nil where an element is no mass, or a divergence is +∞.
  private static func part<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ kernel: Kernel, _ functions: PairKernel,
    _ scale: PairScale
  ) -> Part? {
    var part = Part(sums: PairSums())
    unsafe p.withUnsafeBufferPointer { a in
      unsafe q.withUnsafeBufferPointer { b in
        let (x, y) = unsafe (UnsafeRawPointer(a.baseAddress), UnsafeRawPointer(b.baseAddress))
        if Scalar.self == Double.self {
          unsafe functions.f64(
            x?.assumingMemoryBound(to: Double.self), y?.assumingMemoryBound(to: Double.self),
            a.count, scale, &part.sums)
        } else {
          unsafe functions.f32(
            x?.assumingMemoryBound(to: Float.self), y?.assumingMemoryBound(to: Float.self),
            a.count, scale, &part.sums)
        }
      }
    }
    if part.sums.hard == 0 { return part }
    let demandsSupport = kernel == .klDivergence || kernel == .fineKLDivergence
    for i in p.indices {
      let (x, y) = (Double(p[i]), Double(q[i]))
      let isOutside = y == 0 && x > 0 && demandsSupport
      let areEasy =
        (x == 0 || EasyMasses.ofPairs.contains(x)) && (y == 0 || EasyMasses.ofPairs.contains(y))
      if areEasy && !isOutside { continue }
      guard x >= 0 && x < .infinity && y >= 0 && y < .infinity && !isOutside else { return nil }
      part.others.append(Outcome(p: x, q: y))
    }
    return part
  }
}

// MARK: - What the sums are for

extension PairTally {
  /// Σp, right to 106 bits.
  var pTotal: DoubleDouble { pair(p) { [$0.p] } }

  /// Σq, right to 106 bits.
  var qTotal: DoubleDouble { pair(q) { [$0.q] } }

  /// Σp − Σq, right to 106 bits of its own.
  var totalsGap: DoubleDouble { pair(p - q) { [$0.p, -$0.q] } }

  /// Σp − Σmin(p, q), right to 106 bits of its own, of the kernel of what is common.
  var excess: DoubleDouble { pair(p - first) { [$0.p, -min($0.p, $0.q)] } }

  /// A sum of the kernel and what the outcomes that it left out add, right to 106 bits.
  func pair(_ sum: IntegerSum, _ terms: (Outcome) -> [Double]) -> DoubleDouble {
    if others.isEmpty { return sum.pair }
    var total = ExactSum(others.flatMap(terms))
    total.add(sum)
    return total.doubleDouble
  }

  /// Whether the totals are 1 within a tolerance, or there is none.
  func isNormalized(within tolerance: Double?) -> Bool {
    guard let tolerance else { return true }
    return (pTotal + -1).high.magnitude <= tolerance && (qTotal + -1).high.magnitude <= tolerance
  }

  /// Whether the roundings of a sum's terms, together, are below 2⁻⁵⁸ of the sum.
  func isFine(_ sum: IntegerSum) -> Bool { sum.pair.high >= Double(count) * 0x1p-44 }

  /// The sums of terms in a unit that is fine enough for them; nil where there is none.
  ///
  /// Distributions that are close want a finer unit. No term is above the sum, so that
  /// with one that brings the sum next to 1 none is above 1.
  ///
  /// - Parameters:
  ///   - p: Masses.
  ///   - q: Masses of the same outcomes.
  ///   - kernel: What to sum.
  ///   - drift: By how much the masses of q are scaled up.
  ///   - stopsEarly: Whether a cancelled task ends the sum.
  /// - Returns: The sums, and the power of two by which the terms were divided.
  /// - Throws: `InformationError` with the code `cancelled`.
  static func scaled<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ kernel: Kernel, drift: Double = 0, stopsEarly: Bool
  ) throws(InformationError) -> (tally: PairTally, scale: Int)? {
    let tally = try Self(p, q, kernel, PairScale(unit: 1, drift: drift), stopsEarly: stopsEarly)
    guard let tally else { return nil }
    if tally.isFine(tally.first) { return (tally, 0) }
    let sum = tally.first.pair.high
    guard sum >= Double(p.count) * 0x1p-96 else { return nil }
    let scale = 1 + sum.binaryParts.exponent
    let unit = PairScale(unit: .powerOfTwo(-scale), drift: drift)
    guard let finer = try Self(p, q, kernel, unit, stopsEarly: stopsEarly) else { return nil }
    return finer.isFine(finer.first) ? (finer, scale) : nil
  }

  /// The first sum and the terms of the outcomes that the kernel left out.
  ///
  /// - Parameters:
  ///   - scale: The power of two by which the kernel's terms were divided.
  ///   - term: What an outcome adds; homogeneous of degree 1.
  /// - Returns: The sum of all terms, right to 106 bits.
  func sum(scale: Int, _ term: (MassPair) -> DoubleDouble) -> DoubleDouble {
    if others.isEmpty { return first.pair.scaled(byPowerOfTwo: scale) }
    var sum = ExactSum()
    for outcome in others {
      let pair = MassPair(outcome.p, outcome.q)
      sum.add(term(pair), timesPowerOfTwo: -pair.lift)
    }
    sum.add(first.pair, timesPowerOfTwo: scale)
    return sum.doubleDouble
  }
}
