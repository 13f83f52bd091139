import ComplexModule
import TestSupport
import Testing

/// A thousand rows of three: what is varied, and what a loss takes beside it.
struct Draws {
  /// What is varied: in −3 … 3, or where it must be a probability in ¼ … ¾.
  let x: [Double]
  /// Positive, and summing to 1 in each row.
  let targets: [Double]
  /// In 0 … 5.
  let counts: [Double]
  let labels: [Int]
  let rowWeights: [Double]
  let elementWeights: [Double]

  init(probabilities: Bool = false) {
    var random = SplitMix64(state: 0x4752_4144)
    x = (0..<3000).map { _ in
      probabilities ? 0.25 + 0.5 * random.unit() : 6 * random.unit() - 3
    }
    targets = (0..<1000).flatMap { _ in
      let masses = (0..<3).map { _ in random.unit() + 0.01 }
      let total = masses.reduce(0, +)
      return masses.map { $0 / total }
    }
    counts = (0..<3000).map { _ in 5 * random.unit() }
    labels = (0..<1000).map { _ in random.integer(0...2) }
    rowWeights = (0..<1000).map { _ in 2 * random.unit() }
    elementWeights = (0..<3000).map { _ in 2 * random.unit() }
  }
}

/// One row of the draws, as the textbook takes it.
struct TextbookRow {
  /// What is varied; one of the three has the imaginary step.
  var x: [Textbook.Number]
  let targets: [Textbook.Number]
  let counts: [Textbook.Number]
  let label: Int
  let weight: Double
  let elementWeights: [Double]

  init(_ draws: Draws, _ row: Int) {
    let range = 3 * row..<3 * row + 3
    x = draws.x[range].map { Textbook.Number($0) }
    targets = draws.targets[range].map { Textbook.Number($0) }
    counts = draws.counts[range].map { Textbook.Number($0) }
    label = draws.labels[row]
    weight = draws.rowWeights[row]
    elementWeights = Array(draws.elementWeights[range])
  }

  /// The sum over the three elements of what they lose one by one.
  func sum(_ loss: (_ c: Int) -> Textbook.Number) -> Textbook.Number {
    Textbook.sum((0..<3).map(loss))
  }
}

/// A step that no sum of the real parts can feel.
private let step = 0x1p-100

/// Compares what a loss writes, of a thousand rows, with the textbook's loss of each row
/// and its derivatives by the complex step.
///
/// - Parameters:
///   - name: Of the loss and its options.
///   - probabilities: Whether what is varied has to be in 0 … 1.
///   - elements: Whether the loss writes its elements' losses, three a row.
///   - location: Of the call.
///   - textbook: The loss of a row.
///   - library: Writes the losses, and the derivatives by what is varied.
/// - Throws: What the loss throws.
func expectDerivatives(
  _ name: String, probabilities: Bool = false, elements: Bool = false,
  at location: SourceLocation = #_sourceLocation,
  textbook: (TextbookRow) -> Textbook.Number,
  library: (Draws, _ losses: inout [Double], _ slopes: inout [Double]) throws -> Void
) throws {
  try expectSlopes(name, probabilities: probabilities, at: location) { row in
    [Textbook.Number](repeating: textbook(row), count: 3)
  } library: { draws, values, slopes in
    var losses = [Double](repeating: .nan, count: elements ? 3000 : 1000)
    try library(draws, &losses, &slopes)
    for i in values.indices {
      let row = i / 3
      values[i] =
        elements ? losses[3 * row] + losses[3 * row + 1] + losses[3 * row + 2] : losses[row]
    }
  }
}

/// Compares numbers of which a row has three, and their derivatives by what each is
/// written from: slopes, and the second derivatives.
func expectSlopes(
  _ name: String, probabilities: Bool = false, at location: SourceLocation = #_sourceLocation,
  textbook: (TextbookRow) -> [Textbook.Number],
  library: (Draws, _ values: inout [Double], _ slopes: inout [Double]) throws -> Void
) throws {
  let draws = Draws(probabilities: probabilities)
  var (values, slopes) = (draws.x, draws.x)
  try library(draws, &values, &slopes)
  var worst = (error: 0.0, note: "")
  for index in 0..<1000 {
    let expected = (0..<3).map { c in
      var row = TextbookRow(draws, index)
      row.x[c].imaginary = step
      return textbook(row)[c]
    }
    let scale = expected.map(\.imaginary.magnitude).max().map { $0 / step } ?? 0
    for c in 0..<3 {
      let (value, slope) = (values[3 * index + c], slopes[3 * index + c])
      let (real, derivative) = (expected[c].real, expected[c].imaginary / step)
      let error = max(
        (slope - derivative).magnitude / scale,
        (value - real).magnitude / max(scale, real.magnitude))
      if error <= worst.error { continue }
      worst = (error, "row \(index): \(value) for \(real), slope \(slope) for \(derivative)")
    }
  }
  #expect(worst.error <= 1e-12, "\(name): \(worst.note)", sourceLocation: location)
}
