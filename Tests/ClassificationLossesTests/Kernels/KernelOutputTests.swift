import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// What the kernels of losses write: all of their outputs, and nothing beside them.
@Suite("Outputs of the kernels of losses")
struct KernelOutputTests {
  private static let guarding: Float = 12_345

  /// The floats that something writes into a span of so many, with one more on either side,
  /// which must stay as it was.
  private func written(
    _ count: Int, at location: SourceLocation = #_sourceLocation,
    by write: (consuming MutableSpan<Float>) throws -> Void
  ) rethrows -> [Float] {
    var floats = [Float](repeating: Self.guarding, count: count + 2)
    try unsafe floats.withUnsafeMutableBufferPointer {
      try unsafe write(UnsafeMutableBufferPointer(rebasing: $0[1...count]).mutableSpan)
    }
    #expect(
      floats.first == Self.guarding && floats.last == Self.guarding, sourceLocation: location)
    return Array(floats[1...count])
  }

  private func logits(_ count: Int, seed: UInt64) -> [Float] {
    var random = SplitMix64(state: seed)
    return (0..<count).map { _ in Float(random.unit() * 8 - 4) }
  }

  @Test(arguments: [2, 3, 7, 8, 9, 16, 17, 63, 64, 65, 71, 129, 1025])
  func nothingBeside(classes: Int) throws {
    for rows in [1, 2, 7, 8, 9, 33] {
      let x = logits(rows * classes, seed: UInt64(classes))
      let y = logits(rows * classes, seed: UInt64(classes) + 1)
      let labels = (0..<rows).map { $0 % classes }
      let even = [Float](repeating: 1 / Float(classes), count: rows * classes)
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          for smoothing in [0, 0.1] {
            _ = try written(x.count) {
              _ = try softmaxCrossEntropy(
                logits: x.span, classIndices: labels.span, classCount: classes,
                labelSmoothing: smoothing, gradient: $0)
            }
          }
          _ = try written(x.count) {
            _ = try softmaxCrossEntropy(
              logits: x.span, classProbabilities: even.span, classCount: classes,
              validation: .nonNegative, gradient: $0)
          }
          _ = try written(rows) {
            _ = try softmaxCrossEntropy(
              logits: x.span, classIndices: labels.span, classCount: classes, rowLosses: $0)
          }
          _ = try written(x.count) { try softmax(of: x.span, classCount: classes, into: $0) }
          _ = try written(x.count) { try logSoftmax(of: x.span, classCount: classes, into: $0) }
          _ = try written(rows) { try logSumExp(of: x.span, classCount: classes, into: $0) }
          _ = try written(rows) {
            try klDivergence(
              ofLogits: x.span, fromLogits: y.span, classCount: classes, into: $0)
          }
          let targets = (0..<x.count).map { Float($0 % 2) }
          _ = try written(x.count) {
            _ = try binaryCrossEntropy(logits: x.span, targets: targets.span, gradient: $0)
          }
          _ = try written(x.count) {
            _ = try sigmoidFocalLoss(logits: x.span, targets: targets.span, gradient: $0)
          }
        }
      }
    }
  }

  /// Gradients that no cache holds go past the caches, and have the bits of those that take
  /// the place of the logits, which do not.
  @Test(arguments: [65, 1025])
  func gradientsPastTheCaches(classes: Int) throws {
    let rows = (1 << 21) / classes + 1
    let some = logits(7 * classes, seed: 5)
    var x = Array(repeatElement(some, count: rows / 7 + 1).joined())
    x.removeLast(x.count - rows * classes)
    let labels = (0..<rows).map { $0 % classes }
    for targets in [nil, [Float](repeating: 1 / Float(classes), count: x.count)] {
      var inPlace = x
      let gradient: [Float]
      if let targets {
        _ = try softmaxCrossEntropy(
          overwritingLogits: inPlace.mutableSpan, classProbabilities: targets.span,
          classCount: classes, validation: .nonNegative)
        gradient = try written(x.count) {
          _ = try softmaxCrossEntropy(
            logits: x.span, classProbabilities: targets.span, classCount: classes,
            validation: .nonNegative, gradient: $0)
        }
      } else {
        _ = try softmaxCrossEntropy(
          overwritingLogits: inPlace.mutableSpan, classIndices: labels.span, classCount: classes)
        gradient = try written(x.count) {
          _ = try softmaxCrossEntropy(
            logits: x.span, classIndices: labels.span, classCount: classes, gradient: $0)
        }
      }
      #expect(gradient == inPlace)
    }
  }
}
