import InformationTheory

/// One row of targets: what each class weighs in the loss of the row.
///
/// The weight of class c is `weights[c]·scale`: the class weight times the smoothed
/// target (1 − ε)·q + ε/C. The factor 1/C stays outside, so that equal targets are
/// equal numbers and a gradient that is zero comes out as zero.
struct TargetRow {
  private(set) var weights: [DoubleDouble]
  private(set) var scale = Wide.one
  /// Σ weights.
  private(set) var total = DoubleDouble.zero
  /// The first class with the largest weight.
  private(set) var top = 0
  /// Σ weights without the largest.
  private var rest = DoubleDouble.zero
  /// The classes that a label has put its weight on, to be cleared by the next.
  private var labelled: Int?

  /// The class weights over a power of two, which brings the largest into 1 ..< 2.
  private let classWeights: [Double]?
  private let weightExponent: Int
  private let smoothing: Double

  init(classCount: Int, classWeights: [Double]?, smoothing: Double) {
    weights = Array(repeating: .zero, count: classCount)
    self.smoothing = smoothing
    let largest = classWeights?.max() ?? 0
    let exponent = largest > 0 ? largest.binaryParts.exponent : 0
    weightExponent = exponent
    self.classWeights = classWeights?.map { $0.scaled(byPowerOfTwo: -exponent) }
  }

  /// Whether no class but the top may have a weight.
  var isOneClass: Bool { labelled != nil }

  /// A total of 1, in the unit of the weights, which may put it beyond the doubles.
  var unitTotal: Wide {
    let total = smoothing == 0 ? Wide.one : Wide(Double(weights.count))
    return total.scaled(byPowerOfTwo: -weightExponent)
  }

  /// Σ_{i≠c} weights, by a subtraction only where nothing can cancel.
  @inline(__always)
  func rest(_ c: Int) -> DoubleDouble {
    c == top ? rest : weights[c].high == 0 ? total : total - weights[c]
  }

  @inline(__always)
  private func classWeight(_ c: Int) -> Double { classWeights?[c] ?? 1 }

  /// Takes in a class index.
  mutating func load(label: Int) {
    if smoothing == 0 {
      loadUnsmoothed(label)
      return
    }
    let count = Double(weights.count)
    let kept = DoubleDouble.difference(1, smoothing) * count
    for c in weights.indices {
      let share = c == label ? kept + smoothing : DoubleDouble(smoothing)
      weights[c] = share * classWeight(c)
    }
    finish(scale: Wide.one / Wide(count))
  }

  /// One class only: the weight is 1, or nothing, and the scale is the class weight.
  private mutating func loadUnsmoothed(_ label: Int) {
    if let labelled { weights[labelled] = .zero }
    labelled = label
    let weight = classWeight(label)
    let share = weight == 0 ? DoubleDouble.zero : .one
    weights[label] = share
    (total, rest, top) = (share, .zero, label)
    scale = weight == 0 ? .one : Wide(weight).scaled(byPowerOfTwo: weightExponent)
  }

  /// Takes in probabilities.
  mutating func load<Scalar: InformationScalar>(
    _ targets: Span<Scalar>, row: Int, _ layout: ClassLayout
  ) {
    let offset = layout.offset(row)
    let kept = DoubleDouble.difference(1, smoothing) * Double(weights.count)
    for c in weights.indices {
      let target = Double(targets[offset + c * layout.stride])
      weights[c] =
        smoothing == 0
        ? .product(target, classWeight(c)) : (kept * target + smoothing) * classWeight(c)
    }
    finish(scale: smoothing == 0 ? .one : Wide.one / Wide(Double(weights.count)))
  }

  /// Sums the weights, the largest apart.
  private mutating func finish(scale: Wide) {
    (top, rest, labelled) = (0, .zero, nil)
    for c in weights.indices.dropFirst() {
      if weights[c] > weights[top] {
        rest = rest + weights[top]
        top = c
      } else if weights[c].high != 0 {
        rest = rest + weights[c]
      }
    }
    total = rest + weights[top]
    self.scale = scale.scaled(byPowerOfTwo: weightExponent)
  }

  /// The derivative of a class's weight by its target: (1 − ε)·w.
  func slope(_ c: Int) -> Wide {
    let weight = Wide(classWeight(c)).scaled(byPowerOfTwo: weightExponent)
    return Wide(.difference(1, smoothing)) * weight
  }
}
