import InformationTheory

/// One row of logits, taken apart so that no later step has to subtract.
///
/// With k the largest logit's class and zⱼ = xⱼ − xₖ, the row holds eᶻʲ, their sum
/// without the k-th, r = Σ_{j≠k} eᶻʲ, and log(1 + r): then −log pⱼ = −zⱼ + log(1 + r)
/// is a sum of numbers that are not negative, and 1 − p_k = r/(1 + r). The storage is
/// used again for every row.
struct SoftmaxRow {
  /// Powers are lifted by 2 to this, so that none that matters is subnormal.
  static let lift = 200

  let classCount: Int
  /// zⱼ, never above 0; −∞ for a class that cannot be.
  private(set) var depths: [DoubleDouble]
  /// eᶻʲ·2²⁰⁰.
  private(set) var powers: [DoubleDouble]
  /// The derivatives of the soft-cap, or nothing where there is none.
  private(set) var slopes: [DoubleDouble] = []
  /// The first class with the largest logit.
  private(set) var top = 0
  /// The largest logit.
  private(set) var peak = DoubleDouble.zero
  /// r·2²⁰⁰.
  private(set) var others = DoubleDouble.zero
  /// (1 + r)·2²⁰⁰.
  private(set) var total = DoubleDouble.zero
  /// log(1 + r).
  private(set) var logTotal = Wide.zero

  private let softcap: Double?

  init(classCount: Int, softcap: Double? = nil) {
    self.classCount = classCount
    self.softcap = softcap
    depths = Array(repeating: .zero, count: classCount)
    powers = Array(repeating: .zero, count: classCount)
    if softcap != nil { slopes = Array(repeating: .zero, count: classCount) }
  }

  /// Takes in a row.
  ///
  /// - Throws: `InformationError` with the code `notFinite` for NaN, `undefined`
  ///   where every logit is −∞ or several are +∞.
  mutating func load<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, row: Int, _ layout: ClassLayout
  ) throws(InformationError) {
    let offset = layout.offset(row)
    var largest = Double(logits[offset])
    top = 0
    for c in 0..<classCount {
      let x = Double(logits[offset + c * layout.stride])
      if x.isNaN { throw .nanLogit(row: row, class: c) }
      if x > largest { (largest, top) = (x, c) }
    }
    if let softcap {
      loadCapped(logits, offset, layout.stride, largest, softcap)
    } else {
      try checkPeak(largest, logits, offset, layout.stride, row)
      peak = DoubleDouble(largest)
      let isDone =
        layout.stride == 1 && WordKernel.lower(logits, from: offset, below: largest, to: &depths)
      if !isDone {
        for c in 0..<classCount {
          depths[c] = Self.depth(Double(logits[offset + c * layout.stride]), below: largest)
        }
      }
    }
    raise()
  }

  /// x − peak, exactly; 0 for the peak itself even where it is infinite.
  @inline(__always)
  private static func depth(_ x: Double, below peak: Double) -> DoubleDouble {
    if x == peak { return .zero }
    let depth = x - peak
    return depth == -.infinity ? DoubleDouble(depth) : .difference(x, peak)
  }

  private func checkPeak<Scalar: InformationScalar>(
    _ peak: Double, _ logits: Span<Scalar>, _ offset: Int, _ stride: Int, _ row: Int
  ) throws(InformationError) {
    if peak > -.infinity && peak < .infinity { return }
    if peak < 0 { throw .noPossibleClass(row: row) }
    var count = 0
    for c in 0..<classCount where logits[offset + c * stride] == .infinity { count += 1 }
    if count > 1 { throw .severalInfiniteLogits(row: row, count: count) }
  }

  /// x′ = c·tanh(x/c), which is finite whatever x is.
  private mutating func loadCapped<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ offset: Int, _ stride: Int, _ largest: Double, _ cap: Double
  ) {
    peak = SoftCap.value(largest, cap)
    for c in 0..<classCount {
      let x = Double(logits[offset + c * stride])
      depths[c] = x == largest ? .zero : SoftCap.value(x, cap) - peak
      slopes[c] = SoftCap.slope(x, cap)
    }
  }

  /// The powers of the depths, their sums, and the logarithm.
  private mutating func raise() {
    if classCount < WordKernel.fewestClasses {
      raiseEach()
      others = .zero
      for c in 0..<classCount where c != top { others = others + powers[c] }
    } else {
      if !WordKernel.raise(depths, to: &powers) { raiseEach() }
      others = WordKernel.sum(of: &powers, without: top)
    }
    total = others + 0x1p200
    logTotal = Wide.log1p(Wide(others, exponent: -Self.lift))
  }

  private mutating func raiseEach() {
    for c in 0..<classCount { powers[c] = Self.power(depths[c]) }
  }

  @inline(__always)
  static func power(_ depth: DoubleDouble) -> DoubleDouble {
    if depth.high < -1000 { return .zero }
    let (value, exponent) = DoubleDouble.scaledExp(depth)
    return value.scaled(byPowerOfTwo: exponent + lift)
  }
}

// MARK: - What is read off

extension SoftmaxRow {
  /// −log p of a class: never negative, with full relative accuracy near 0.
  func surprisal(_ c: Int) -> Wide { Wide(-depths[c]) + logTotal }

  /// 2²⁰⁰·Σ_{i≠j} eᶻⁱ, by a subtraction only where nothing can cancel.
  @inline(__always)
  func rest(_ c: Int) -> DoubleDouble { c == top ? others : total - powers[c] }

  /// 2²⁰⁰·(1 + r), for dividing; near 1, so that no quotient is subnormal.
  var wideTotal: Wide { Wide(total).normalized }

  /// p of a class.
  func probability(_ c: Int) -> Wide { Wide(powers[c]) / wideTotal }

  /// 1 − p of a class.
  func complement(_ c: Int) -> Wide { Wide(rest(c)) / wideTotal }

  /// log Σ eˣʲ.
  var logSumExp: Wide { Wide(peak) + logTotal }
}

/// The soft cap c·tanh(x/c), which keeps logits inside ±c.
enum SoftCap {
  /// c·tanh(x/c).
  static func value(_ x: Double, _ cap: Double) -> DoubleDouble {
    if x == 0 { return .zero }
    let a = DoubleDouble.quotient(x.magnitude, cap)
    if !(a.high < 100) { return DoubleDouble(x < 0 ? -cap : cap) }
    // tanh(a)/a would lose nothing for small a; (eᵇ − 1)/(eᵇ + 1) with b = 2a is as good.
    let y = DoubleDouble.expm1(a * 2)
    let value = y / (y + 2) * cap
    return x < 0 ? -value : value
  }

  /// The derivative 1 − tanh²(x/c) = 4e⁻ᵇ/(1 + e⁻ᵇ)², b = 2|x|/c.
  static func slope(_ x: Double, _ cap: Double) -> DoubleDouble {
    let b = x.magnitude / cap
    if !(b < 800) { return .zero }
    let power = DoubleDouble.exp(DoubleDouble.quotient(x.magnitude, cap) * -2)
    let sum = power + 1
    return power * 4 / (sum * sum)
  }
}
