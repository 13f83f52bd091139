import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Gradients in memory of their own", .serialized)
struct GradientArrayTests {
  private func draw<Scalar: BinaryFloatingPoint>(
    _ random: inout SplitMix64, rows: Int, classes: Int
  ) -> (logits: [Scalar], labels: [Int]) {
    (
      (0..<rows * classes).map { _ in Scalar(8 * random.unit() - 4) },
      (0..<rows).map { _ in random.integer(0...classes - 1) }
    )
  }

  private func checkSoftmax<Scalar: InformationScalar>(_: Scalar.Type, seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    for (rows, classes) in [(1, 2), (7, 3), (300, 90)] {
      let (logits, labels): ([Scalar], [Int]) = draw(&random, rows: rows, classes: classes)
      var kept = [Scalar](repeating: .nan, count: logits.count)
      let expected = try softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: classes, ignoreIndex: 1,
        labelSmoothing: 0.1, empty: .zero, gradient: kept.mutableSpan)
      let (result, gradient) = try softmaxCrossEntropyAndGradient(
        logits: logits.span, classIndices: labels.span, classCount: classes, ignoreIndex: 1,
        labelSmoothing: 0.1, empty: .zero)
      #expect(result == expected)
      #expect(Array(gradient) == kept)
      #expect(gradient.count == kept.count && gradient[kept.count - 1] == kept[kept.count - 1])
    }
  }

  @Test func softmaxCrossEntropyHasTheSameBits() throws {
    try checkSoftmax(Double.self, seed: 1)
    try checkSoftmax(Float.self, seed: 2)
  }

  @Test func binaryCrossEntropyHasTheSameBits() throws {
    var random = SplitMix64(state: 3)
    let x = (0..<500).map { _ in Float(20 * random.unit() - 10) }
    let t = (0..<500).map { _ in Float(random.unit()) }
    var kept = [Float](repeating: .nan, count: 500)
    let expected = try binaryCrossEntropy(
      logits: x.span, targets: t.span, positiveWeights: [2], gradient: kept.mutableSpan)
    let (result, gradient) = try binaryCrossEntropyAndGradient(
      logits: x.span, targets: t.span, positiveWeights: [2])
    #expect(result == expected)
    #expect(Array(gradient) == kept)
  }

  /// A gradient that somebody holds keeps its numbers, whoever comes next.
  @Test func memoryInUseIsNotUsedAgain() throws {
    var random = SplitMix64(state: 4)
    var held: [(gradient: GradientArray<Float>, expected: [Float])] = []
    for _ in 0..<6 {
      let (logits, labels): ([Float], [Int]) = draw(&random, rows: 300, classes: 90)
      for _ in 0..<2 {
        let (_, gradient) = try softmaxCrossEntropyAndGradient(
          logits: logits.span, classIndices: labels.span, classCount: 90)
        held.append((gradient, Array(gradient)))
      }
      held.remove(at: random.integer(0...held.count - 1))
      GradientMemory.release()
    }
    for (gradient, expected) in held { #expect(Array(gradient) == expected) }
  }

  @Test func oneThatIsGivenUpIsTheNext() throws {
    // Larger than what any other test asks for, so that none takes it.
    let x = [Float](repeating: 0.5, count: 1 << 20)
    func address() throws -> UInt {
      let (_, gradient) = try binaryCrossEntropyAndGradient(logits: x.span, targets: x.span)
      return unsafe gradient.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
    let first = try address()
    #expect(try address() == first)
  }

  @Test func noRows() throws {
    let (result, gradient) = try binaryCrossEntropyAndGradient(
      logits: [Double]().span, targets: [Double]().span, empty: .zero)
    #expect(result.value == 0 && gradient.isEmpty)
  }

  @Test func anIndexOutOfRangeTraps() async {
    await #expect(processExitsWith: .failure) {
      let (_, gradient) = try binaryCrossEntropyAndGradient(
        logits: [1.0].span, targets: [1.0].span)
      _ = gradient[1]
    }
  }
}
