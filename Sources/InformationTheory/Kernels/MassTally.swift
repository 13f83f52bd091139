import CInformationKernels

/// What the kernels sum over a list of masses, and the masses that they leave out.
///
/// The kernels sum what is in 2⁻⁵⁰ ... ½ after scaling, with terms right to 2⁻⁵⁸ and
/// exactly from then on; the few other masses are listed, and get the terms of the
/// definition. So the result depends neither on order nor on blocks.
struct MassTally {
  /// What a kernel sums beside the masses.
  enum Kernel {
    /// Σ x·log(x)/2.
    case entropy
    /// Σ x^order, times a power of two.
    case powers(order: Double, unit: Double)

    /// About how long a mass takes.
    fileprivate var nanoseconds: Int { halves == nil ? 6 : 2 }

    /// Twice the order, where that is a whole number.
    fileprivate var halves: Int32? {
      guard case .powers(let order, _) = self else { return 2 }
      return Int32(exactly: 2 * order)
    }
  }

  /// What the kernel is for, of the scaled masses that it takes.
  private(set) var terms = IntegerSum(exponent: -102)
  private(set) var masses = IntegerSum(exponent: -102)
  /// The scaled masses that it does not take.
  private(set) var others: [Double] = []
  let count: Int

  /// More masses than this are left to the definition, which is as fast then.
  private static let mostOthers = 1 << 16

  /// Sums masses times a power of two; nil where the definition has to look: masses that
  /// are no masses, or too many that the kernels do not take.
  ///
  /// - Parameters:
  ///   - list: The masses.
  ///   - kernel: What to sum.
  ///   - scale: The power of two.
  ///   - stopsEarly: Whether a cancelled task ends the sum.
  /// - Throws: `InformationError` with the code `cancelled`.
  init?<Scalar: InformationScalar>(
    _ list: Span<Scalar>, _ kernel: Kernel, scale: Double, stopsEarly: Bool
  ) throws(InformationError) {
    count = list.count
    // Found here, as other threads do not know the level that a test asks for.
    let run = Run(kernel, scale, takes: EasyMasses.ofAnyTotal)
    if count <= measure_kernel_few_outcomes
      || count <= measure_kernel_block && KernelBlocks.length == nil
    {
      guard let part = Self.part(list, run) else { return nil }
      add(part)
      return
    }
    let parts = try unsafe list.withUnsafeBufferPointer { buffer throws(InformationError) in
      let count = buffer.count
      return try blockwise(count, nanoseconds: kernel.nanoseconds, stopsEarly: stopsEarly) {
        unsafe Self.part(buffer.span.extracting($0), run)
      }
    }
    for part in parts {
      guard let part, others.count + part.others.count <= Self.mostOthers else { return nil }
      add(part)
    }
  }

  /// A kernel of the level that runs, and what it multiplies with.
  struct Run: Sendable {
    let functions: MassKernel
    let scale: MassScale

    @inline(__always)
    init(_ kernel: Kernel, _ scale: Double, takes easy: ClosedRange<Double>) {
      let kernels = KernelLevel.measures
      let (least, most) = (easy.lowerBound, easy.upperBound)
      switch kernel {
      case .entropy:
        functions = kernels.entropy
        self.scale = MassScale(
          masses: scale, unit: 1, least: least, most: most, halves: 2, order: 1)
      case .powers(let order, let unit):
        let halves = kernel.halves
        functions = halves == nil ? kernels.any_powers : kernels.powers
        self.scale = MassScale(
          masses: scale, unit: unit, least: least, most: most, halves: halves ?? 0, order: order)
      }
    }
  }

  private mutating func add(_ part: Part) {
    terms.add(part.sums.terms)
    masses.add(part.sums.masses)
    if !part.others.isEmpty { others += part.others }
  }

  private struct Part: Sendable {
    var sums: MassSums
    var others: [Double] = []
  }

  /// What a kernel sums of a block.
  @inline(__always)
  static func sums<Scalar: InformationScalar>(_ list: Span<Scalar>, _ run: Run) -> MassSums {
    var sums = MassSums()
    unsafe list.withUnsafeBufferPointer { buffer in
      let start = unsafe UnsafeRawPointer(buffer.baseAddress)
      if Scalar.self == Double.self {
        let masses = unsafe start?.assumingMemoryBound(to: Double.self)
        unsafe run.functions.f64(masses, buffer.count, run.scale, &sums)
      } else {
        let masses = unsafe start?.assumingMemoryBound(to: Float.self)
        unsafe run.functions.f32(masses, buffer.count, run.scale, &sums)
      }
    }
    return sums
  }

  /// The sums of a block; nil where an element is no mass.
  private static func part<Scalar: InformationScalar>(
    _ list: Span<Scalar>, _ run: Run
  ) -> Part? {
    var part = Part(sums: sums(list, run))
    if part.sums.hard == 0 { return part }
    for i in list.indices {
      let x = Double(list[i]) * run.scale.masses
      if x == 0 || EasyMasses.ofAnyTotal.contains(x) { continue }
      guard x > 0 && x < .infinity else { return nil }
      part.others.append(x)
    }
    return part
  }

  /// Σx, right to 106 bits.
  var total: DoubleDouble { others.isEmpty ? masses.pair : exactTotal.doubleDouble }

  /// Σx, exactly.
  var exactTotal: ExactSum {
    var sum = ExactSum(others)
    sum.add(masses)
    return sum
  }

  /// Whether a total is that of probabilities, or may be any.
  @inline(__always)
  static func isNormalized(_ total: DoubleDouble, within tolerance: Double?) -> Bool {
    guard total.high > 0 && total.high < 0x1p60 else { return false }
    guard let tolerance else { return true }
    return (total + -1).high.magnitude <= tolerance
  }
}
