import InformationTheory

/// One row of predicted probabilities, and their cross-entropy with targets.
///
/// Where the row is normalised, p stands for p/Σp.
struct ProbabilityRow {
  private(set) var targets: TargetRow
  /// The predictions as they were given.
  private var masses: [Double]
  /// Σ of the other predictions, for each class; nothing where they are not normalised.
  private var rests: [Wide]
  /// −log p of each class.
  private var surprisals: [Wide]
  /// Whether p was brought into the range.
  private var isClipped: [Bool]
  /// Σ of the predictions, 1 where they are taken as they are.
  private var total = Wide.one
  /// The lowest and the highest probability.
  private let range: (low: Double, high: Double)
  private let normalizes: Bool
  /// Σ of the targets whose p follows the predictions, and whether that is all of them.
  private var pull = (total: Wide.zero, isWhole: true)

  init<Scalar: InformationScalar>(
    _ layout: ClassLayout, least: Double, normalizes: Bool, smoothing: Double,
    for type: Scalar.Type
  ) throws(InformationError) {
    try InformationError.demandLeastProbability(least)
    try InformationError.demandShare(smoothing, "labelSmoothing")
    targets = TargetRow(
      classCount: layout.classCount, classWeights: nil, smoothing: smoothing)
    masses = Array(repeating: 0, count: layout.classCount)
    rests = Array(repeating: .zero, count: layout.classCount)
    surprisals = Array(repeating: .zero, count: layout.classCount)
    isClipped = Array(repeating: false, count: layout.classCount)
    range = (Double(Scalar(least)), Double(1 - Scalar(least)))
    self.normalizes = normalizes
  }

  /// Takes in a row.
  ///
  /// - Throws: `InformationError` for what is no probability, or a row that sums to 0 and
  ///   is to be normalised.
  mutating func loadPredictions<Scalar: InformationScalar>(
    _ probabilities: Span<Scalar>, row: Int, _ layout: ClassLayout
  ) throws(InformationError) {
    let offset = layout.offset(row)
    for c in masses.indices {
      let i = offset + c * layout.stride
      masses[c] = Double(probabilities[i])
      if normalizes {
        try InformationError.demandMass(masses[c], "probabilities", at: i)
      } else {
        try InformationError.demandProbability(masses[c], "probabilities", at: i)
      }
    }
    if normalizes {
      try normalize(row)
    } else {
      for c in masses.indices {
        setSurprisal(c, masses[c], masses[c] == 0 ? .infinity : Wide(-DoubleDouble.log(masses[c])))
      }
    }
  }

  /// −log(p/Σp), of the largest log(1 + (Σp − p)/p) by the sum of the others: there
  /// p/Σp may be next to 1.
  private mutating func normalize(_ row: Int) throws(InformationError) {
    var (top, others) = (0, Wide.zero)
    for c in masses.indices.dropFirst() {
      if masses[c] > masses[top] {
        others = others + Wide(masses[top])
        top = c
      } else {
        others = others + Wide(masses[c])
      }
    }
    if masses[top] == 0 { throw .zeroRow(row: row) }
    total = others + Wide(masses[top])
    for c in masses.indices {
      let mass = Wide(masses[c])
      rests[c] = c == top ? others : total - mass
      var surprisal = Wide.infinity
      if !mass.isZero {
        surprisal = c == top ? Wide.log1p(others / mass) : Wide.log(total / mass)
      }
      setSurprisal(c, (mass / total).rounded, surprisal)
    }
  }

  /// Takes in a class index, after the predictions.
  mutating func load(label: Int) {
    targets.load(label: label)
    sumPull()
  }

  /// Takes in a row of targets, after the predictions.
  mutating func load<Scalar: InformationScalar>(
    _ classProbabilities: Span<Scalar>, row: Int, _ layout: ClassLayout
  ) {
    targets.load(classProbabilities, row: row, layout)
    sumPull()
  }

  private mutating func setSurprisal(_ c: Int, _ p: Double, _ surprisal: Wide) {
    let taken = min(max(p, range.low), range.high)
    isClipped[c] = taken != p
    surprisals[c] = taken == p ? surprisal : Wide(-DoubleDouble.log(taken))
  }

  private mutating func sumPull() {
    guard normalizes else { return }
    pull = (.zero, !isClipped.contains(true))
    for c in masses.indices where !isClipped[c] {
      pull.total = pull.total + Wide(targets.weights[c])
    }
  }

  /// Checks that no loss of +∞ meets a reward of as much, from a negative target.
  func demandOneInfinity(row: Int) throws(InformationError) {
    let signs = masses.indices.filter { surprisals[$0].isInfinite }.map { targets.weights[$0].high }
    if signs.contains(where: { $0 > 0 }) && signs.contains(where: { $0 < 0 }) {
      throw .oppositeInfinities(row: row)
    }
  }

  /// Σ t·(−log p).
  var loss: Wide {
    var sum = Wide.zero
    for c in masses.indices { sum = sum + Wide(targets.weights[c]) * surprisals[c] }
    return sum * targets.scale
  }

  /// The derivative by a prediction, without the scale of the targets: −t/p, and of a
  /// normalised row (Σ t)/Σp more, taken together where they would cancel.
  func derivative(_ c: Int) -> Wide {
    let (target, mass) = (Wide(targets.weights[c]), Wide(masses[c]))
    let ofOthers = normalizes ? othersPull(c) : .zero
    if isClipped[c] || target.isZero { return normalizes ? ofOthers / total : .zero }
    if mass.isZero { return target * -.infinity }
    if !normalizes { return -(target / mass) }
    return (ofOthers * mass - target * rests[c]) / total / mass
  }

  /// Σ of the other classes' targets whose p follows the predictions.
  private func othersPull(_ c: Int) -> Wide {
    if pull.isWhole { return Wide(targets.rest(c)) }
    return isClipped[c] ? pull.total : pull.total - Wide(targets.weights[c])
  }
}

extension MutableSpan where Element: InformationScalar {
  /// Writes the derivatives of a row by its predictions, times a factor.
  mutating func writeGradient(
    of row: borrowing ProbabilityRow, times factor: Wide, at index: Int, _ layout: ClassLayout
  ) {
    let unit = row.targets.scale * factor
    let offset = layout.offset(index)
    for c in 0..<layout.classCount {
      self[offset + c * layout.stride] = Element(rounding: row.derivative(c) * unit)
    }
  }
}

extension InformationError {
  static func zeroRow(row: Int) -> InformationError {
    InformationError(
      .zeroTotal, argument: "probabilities", index: row,
      "row \(row): the probabilities sum to 0 and cannot be normalised")
  }

  /// Checks that a least probability leaves a range.
  static func demandLeastProbability(_ value: Double) throws(InformationError) {
    guard value >= 0 && value < 0.5 else {
      throw badNumber("leastProbability", value, "in 0 ..< 0.5")
    }
  }
}
