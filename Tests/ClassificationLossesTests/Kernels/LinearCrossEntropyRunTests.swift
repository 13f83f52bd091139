import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Linear cross-entropy: levels, threads, errors")
struct LinearCrossEntropyRunTests {
  /// Long enough for threads: 7 chunks of classes, 11 blocks of rows.
  private var long: LinearProblem {
    var random = SplitMix64(state: 5)
    var problem = LinearProblem(rows: 330, width: 130, classCount: 810, &random)
    (problem.ignoreIndex, problem.labels[7]) = (-1, -1)
    problem.bias?[5] = -.infinity
    problem.labels = problem.labels.map { $0 == 5 ? 6 : $0 }
    return problem
  }

  @Test func sameBitsAtEveryLevelAndThreadCount() throws {
    let problem = long
    let expected = try Parallelism.$maximumThreads.withValue(1) { try problem.solved() }
    let isClean = expected.numbers.allSatisfy { $0.isFinite && ($0 != 0 || $0.sign == .plus) }
    #expect(isClean)
    for level in KernelLevel.available {
      for threads in [1, 2, 5] {
        let answer = try KernelLevel.forcing(level) {
          try Parallelism.$maximumThreads.withValue(threads) { try problem.solved() }
        }
        let isSame = answer == expected
        #expect(isSame, "level \(level), \(threads) threads")
      }
    }
  }

  @Test func aCancelledTaskEndsIt() async {
    let problem = long
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return errorCode { _ = try problem.solved() }
    }
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  /// A small problem, changed, and the error that it throws.
  private func error(_ change: (inout LinearProblem) -> Void) -> InformationError? {
    var random = SplitMix64(state: 6)
    var problem = LinearProblem(rows: 35, width: 3, classCount: 125, &random)
    change(&problem)
    do {
      _ = try problem.solved()
      return nil
    } catch let error as InformationError {
      return error
    } catch {
      return nil
    }
  }

  private func expect(
    _ code: InformationError.Code, _ argument: String?, _ index: Int?, _ message: String = "",
    _ change: (inout LinearProblem) -> Void
  ) {
    let found = error(change)
    #expect(found?.code == code && found?.argument == argument && found?.index == index)
    #expect(found?.message.contains(message) == true, "\(found?.message ?? "none")")
  }

  @Test func badDataThrow() {
    #expect(error { _ in } == nil)
    expect(.labelOutOfRange, "classIndices", 34, "125") { $0.labels[34] = 125 }
    expect(.labelOutOfRange, "classIndices", 2, "-1") { $0.labels[2] = -1 }
    expect(.notFinite, "hidden", 33, "row 33, column 1") { $0.hidden[100] = .nan }
    expect(.badParameter, "hidden", 0, "inf") { $0.hidden[2] = -.infinity }
    expect(.badParameter, "hidden", 0, "2^60") { $0.hidden[2] = 0x1.8p60 }
    expect(.notFinite, "weight", 124, "row 0, class 124") { $0.weight[374] = .nan }
    expect(.notFinite, "weight", 1, "class 1") { $0.weight[3] = .infinity }
    // A product that overflows; it is finite for the first row.
    expect(.notFinite, "weight", 0, "row 34, class 0") {
      $0.weight[0] = .greatestFiniteMagnitude
      for row in 0..<35 { $0.hidden[3 * row] = row == 34 ? 4 : 0 }
    }
    // A finite product that overflows with its bias.
    expect(.notFinite, "weight", 0, "row 34, class 0") {
      $0.weight[0] = .greatestFiniteMagnitude
      $0.bias?[0] = .greatestFiniteMagnitude
      for row in 0..<35 { $0.hidden[3 * row] = row == 34 ? 1 : 0 }
    }
    expect(.notFinite, "bias", 3, "class 3") { $0.bias?[3] = .nan }
    expect(.notFinite, "bias", 3, "inf") { $0.bias?[3] = .infinity }
    expect(.undefined, "logits", 0, "every logit") {
      $0.bias = [Float](repeating: -.infinity, count: 125)
    }
    expect(.badParameter, "sampleWeights", 1, "negative") {
      $0.sampleWeights = [Float](repeating: 1, count: 35)
      $0.sampleWeights?[1] = -1
    }
    expect(.badParameter, "sampleWeights", 30, "2^40") {
      $0.sampleWeights = [Float](repeating: 1, count: 35)
      $0.sampleWeights?[30] = 0x1p50
    }
    expect(.badParameter, "classWeights", 8) {
      $0.classWeights = [Double](repeating: 1, count: 125)
      $0.classWeights?[8] = -0.5
    }
    expect(.notFinite, "zLossScale", nil) { $0.zLossScale = .nan }
    expect(.notFinite, "weight", 0, "derivative") {
      // The logits stay small, their derivatives by the hidden states do not.
      $0.hidden = $0.hidden.map { $0 * 0x1p-30 }
      $0.weight = $0.weight.map { $0 < 0 ? -0x1p127 : 0x1p127 }
      $0.sampleWeights = [Float](repeating: 0x1p30, count: 35)
      $0.hidden = $0.hidden.map { $0 * 0x1p-120 }
    }
    expect(.empty, nil, nil) {
      ($0.ignoreIndex, $0.labels) = (-9, [Int](repeating: -9, count: 35))
      $0.reduction = .mean
    }
  }

  /// A class taken out has no part in anything; a label on it costs +∞.
  @Test func classesTakenOut() throws {
    var random = SplitMix64(state: 8)
    var problem = LinearProblem(rows: 3, width: 2, classCount: 4, &random)
    problem.labels = [0, 1, 0]
    problem.bias = [0.5, -.infinity, -.infinity, 0.25]
    let answer = try problem.solved()
    #expect(answer.result.infiniteCount == 1 && answer.rowLosses[1] == .infinity)
    #expect(answer.bias[2] == 0 && answer.weight[4...5].allSatisfy { $0 == 0 })
    #expect(answer.bias[1] == -1 && answer.hidden.allSatisfy { $0.isFinite })
    // Its weight makes the infinite loss 0.
    problem.sampleWeights = [1, 0, 1]
    #expect(try problem.solved().result.sum.isFinite)
    // One class alone is certain.
    problem.bias = [0.5, -.infinity, -.infinity, -.infinity]
    problem.labels = [0, 0, 0]
    let certain = try problem.solved()
    #expect(certain.result.sum == 0 && certain.hidden.allSatisfy { $0 == 0 })
  }

  @Test func wrongLengthsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = try linearCrossEntropy(
        hidden: [1, 2].span, weight: [1, 2, 3].span, classIndices: [0].span, classCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = try linearCrossEntropy(
        hidden: [1, 2, 3].span, weight: [1, 2, 3, 4].span, classIndices: [0].span, classCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = try linearCrossEntropy(
        hidden: [1, 2].span, weight: [1, 2, 3, 4].span, bias: [1].span, classIndices: [0].span,
        classCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = try linearCrossEntropy(
        hidden: [1].span, weight: [1].span, classIndices: [0].span, classCount: 0)
    }
    await #expect(processExitsWith: .failure) {
      var gradient: [Float] = [0]
      _ = try linearCrossEntropy(
        hidden: [1, 2].span, weight: [1, 2, 3, 4].span, classIndices: [0].span, classCount: 2,
        hiddenGradient: gradient.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      var gradient: [Float] = [0, 0]
      _ = try linearCrossEntropy(
        hidden: [1, 2].span, weight: [1, 2, 3, 4].span, classIndices: [0].span, classCount: 2,
        weightGradient: gradient.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      var gradient: [Float] = [0]
      _ = try linearCrossEntropy(
        hidden: [1, 2].span, weight: [1, 2, 3, 4].span, classIndices: [0].span, classCount: 2,
        biasGradient: gradient.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      var losses: [Float] = []
      _ = try linearCrossEntropy(
        hidden: [1, 2].span, weight: [1, 2, 3, 4].span, classIndices: [0].span, classCount: 2,
        rowLosses: losses.mutableSpan)
    }
  }
}
