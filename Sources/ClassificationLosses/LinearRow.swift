import InformationTheory

/// What the loss needs to know of one row of logits, the label's logit apart from the
/// others, so that nothing has to be subtracted.
///
/// With k the largest of the other logits, their powers sum to A·eᵏ. The odds against the
/// label of logit y are r = A·e^(k − y), its loss is log(1 + r), and 1 − p_y is r/(1 + r).
struct LinearRow {
  /// The largest logit of the other classes; −∞ where none is possible.
  private var peak = -Float.infinity
  /// Σ e^(x − peak) over the other classes.
  private var others = 0.0
  private let labelLogit: Float

  init(labelLogit: Float) { self.labelLogit = labelLogit }

  /// Adds the classes of a tile, of which the largest logit and the sum are given.
  mutating func add(peak tilePeak: Float, sum: Double) {
    if tilePeak == -.infinity { return }
    if tilePeak > peak {
      others = others * Self.power(peak, below: tilePeak) + sum
      peak = tilePeak
    } else {
      others += sum * Self.power(tilePeak, below: peak)
    }
  }

  private static func power(_ x: Float, below peak: Float) -> Double {
    if x == peak { return 1 }
    return DoubleDouble.exp(.difference(Double(x), Double(peak))).high
  }

  /// Whether no class is possible.
  var isImpossible: Bool { peak == -.infinity && labelLogit == -.infinity }

  /// r, the odds against the label.
  private var odds: Wide {
    if peak == -.infinity { return .zero }
    if labelLogit == -.infinity { return .infinity }
    return Wide(others) * .exp(.difference(Double(peak), Double(labelLogit)))
  }

  /// −log p of the label: never negative, with full relative accuracy near 0.
  private var surprisal: Wide {
    guard peak > -.infinity && labelLogit > -.infinity else { return odds }
    let depth = DoubleDouble.difference(Double(peak), Double(labelLogit))
    if depth.high < 600 { return .log1p(odds) }
    return Wide(depth) + .log(Wide(others))
  }

  /// log Σ eˣ.
  var logSumExp: Wide {
    if labelLogit == -.infinity { return Wide(Double(peak)) + .log(Wide(others)) }
    return Wide(Double(labelLogit)) + surprisal
  }

  /// The loss, without the weight of the row.
  func loss(_ classWeight: Wide, _ zLossScale: Double) -> Wide {
    let loss = classWeight * surprisal
    if zLossScale == 0 { return loss }
    return loss + Wide(zLossScale) * logSumExp * logSumExp
  }

  /// What the derivatives by the row's logits are made of.
  struct Slopes {
    /// The largest of the other logits, or 0 where there is none.
    let peak: Float
    /// What e^(x − peak) is multiplied by for the derivatives by the others.
    let scale: Double
    /// The derivative by the label's logit.
    let ofLabel: Double
  }

  /// The derivatives, times a factor.
  func slopes(_ classWeight: Wide, _ zLossScale: Double, times factor: Wide) -> Slopes {
    let odds = odds
    // 1 − p and p of the label.
    let missed = odds.isInfinite ? Wide.one : odds / (Wide.one + odds).normalized
    let taken = odds.isInfinite ? Wide.zero : Wide.one / (Wide.one + odds).normalized
    let pull =
      zLossScale == 0 ? Wide.zero : Wide(2 * zLossScale) * logSumExp * factor
    let weight = classWeight * factor
    let scale = others > 0 ? (weight + pull) * missed / Wide(others) : .zero
    return Slopes(
      peak: peak > -.infinity ? peak : 0, scale: scale.rounded,
      ofLabel: (pull * taken - weight * missed).rounded)
  }
}

// What can be wrong with the data of a linear cross-entropy.
extension InformationError {
  /// Checks that biases are numbers below +∞.
  static func demandBiases(_ bias: Span<Float>?) throws(InformationError) {
    guard let bias else { return }
    for c in bias.indices where !(bias[c] < .infinity) {
      throw InformationError(
        .notFinite, argument: "bias", index: c,
        "class \(c): the bias is \(bias[c]); it must be finite, or -inf to take the class out")
    }
  }

  static func badHidden(row: Int, column: Int, _ value: Float) -> InformationError {
    InformationError(
      value.isNaN ? .notFinite : .badParameter, argument: "hidden", index: row,
      """
      row \(row), column \(column): the hidden state is \(value); it must be in ±2^60; \
      mark the row as ignored or mend it
      """)
  }

  static func badLogit(row: Int, class c: Int) -> InformationError {
    InformationError(
      .notFinite, argument: "weight", index: c,
      """
      row \(row), class \(c): the logit is not finite; a weight of the class is not, or \
      their product with the hidden state is beyond the range of a Float
      """)
  }

  static func badSlope(row: Int, _ value: Double) -> InformationError {
    InformationError(
      .badParameter, argument: "sampleWeights", index: row,
      """
      row \(row): derivatives by its logits are as large as \(value); weights, z-loss and \
      reduction must leave them in ±2^40
      """)
  }

  static func hiddenGradientOverflow(row: Int) -> InformationError {
    InformationError(
      .notFinite, argument: "weight", index: row,
      "row \(row): a derivative by its hidden state is beyond the range of a Float")
  }
}
