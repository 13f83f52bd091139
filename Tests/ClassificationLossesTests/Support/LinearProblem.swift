import ClassificationLosses
import Foundation
import InformationTheory
import TestSupport

/// The operands and options of a call of linear cross-entropy.
struct LinearProblem: Sendable {
  var width: Int
  var classCount: Int
  var hidden: [Float]
  var weight: [Float]
  var bias: [Float]?
  var labels: [Int]
  var classWeights: [Double]?
  var sampleWeights: [Float]?
  var ignoreIndex: Int?
  var zLossScale = 0.0
  var reduction = LossReduction.sum

  /// A problem of numbers between −1 and 1, weights of classes twice as large.
  init(rows: Int, width: Int, classCount: Int, _ random: inout SplitMix64) {
    func numbers(_ count: Int, _ scale: Double) -> [Float] {
      (0..<count).map { _ in Float(scale * (2 * random.unit() - 1)) }
    }
    self.width = width
    self.classCount = classCount
    hidden = numbers(rows * width, 1)
    weight = numbers(classCount * width, 2)
    bias = numbers(classCount, 1)
    labels = (0..<rows).map { _ in random.integer(0...classCount - 1) }
  }

  /// All that a call returns and writes.
  struct Answer: Equatable, Sendable {
    var result: LossResult
    var hidden: [Float]
    var weight: [Float]
    var bias: [Float]
    var rowLosses: [Float]
    var logSumExps: [Float]

    /// All numbers in one list.
    var numbers: [Float] { hidden + weight + bias + rowLosses + logSumExps }
  }

  /// Computes everything there is; what is not written stays NaN.
  func solved() throws -> Answer {
    var hiddenGradient = [Float](repeating: .nan, count: hidden.count)
    var weightGradient = [Float](repeating: .nan, count: weight.count)
    var biasGradient = [Float](repeating: .nan, count: classCount)
    var rowLosses = [Float](repeating: .nan, count: labels.count)
    var logSumExps = rowLosses
    let result = try linearCrossEntropy(
      hidden: hidden.span, weight: weight.span, bias: bias?.span, classIndices: labels.span,
      classCount: classCount, classWeights: classWeights, sampleWeights: sampleWeights?.span,
      ignoreIndex: ignoreIndex, zLossScale: zLossScale, reduction: reduction,
      hiddenGradient: hiddenGradient.mutableSpan, weightGradient: weightGradient.mutableSpan,
      biasGradient: biasGradient.mutableSpan, rowLosses: rowLosses.mutableSpan,
      rowLogSumExps: logSumExps.mutableSpan)
    return Answer(
      result: result, hidden: hiddenGradient, weight: weightGradient, bias: biasGradient,
      rowLosses: rowLosses, logSumExps: logSumExps)
  }

  /// Computes the loss alone.
  func loss() throws -> LossResult {
    try linearCrossEntropy(
      hidden: hidden.span, weight: weight.span, bias: bias?.span, classIndices: labels.span,
      classCount: classCount, classWeights: classWeights, sampleWeights: sampleWeights?.span,
      ignoreIndex: ignoreIndex, zLossScale: zLossScale, reduction: reduction)
  }

  /// Some of the rows alone.
  func rows(_ range: Range<Int>) -> LinearProblem {
    var part = self
    part.hidden = Array(hidden[range.lowerBound * width..<range.upperBound * width])
    part.labels = Array(labels[range])
    part.sampleWeights = sampleWeights.map { Array($0[range]) }
    return part
  }
}

/// One row of the table of linear cross-entropy.
struct LinearOracle: Decodable, Sendable {
  let hidden: [[HexDouble]]
  let weight: [[HexDouble]]
  let bias: [HexDouble]?
  let labels: [Int]
  let classWeights: [HexDouble]?
  let sampleWeights: [HexDouble]?
  let ignoreIndex: Int?
  let zLoss: HexDouble?
  let rowLosses, logSumExps: [HexDouble]
  let hiddenGradient, hiddenScale: [HexDouble]
  let weightGradient, weightScale: [HexDouble]
  let biasGradient, biasScale: [HexDouble]

  static func all() throws -> [LinearOracle] {
    struct Table: Decodable { let values: [LinearOracle] }
    let file = oracleFolder.appendingPathComponent("losses/linear-cross-entropy.json")
    return try JSONDecoder().decode(Table.self, from: Data(contentsOf: file)).values
  }

  var problem: LinearProblem {
    var random = SplitMix64(state: 0)
    var problem = LinearProblem(rows: 0, width: weight[0].count, classCount: weight.count, &random)
    problem.hidden = hidden.flatMap { $0.map { Float($0.value) } }
    problem.weight = weight.flatMap { $0.map { Float($0.value) } }
    problem.bias = bias?.map { Float($0.value) }
    problem.labels = labels
    problem.classWeights = classWeights?.map(\.value)
    problem.sampleWeights = sampleWeights?.map { Float($0.value) }
    problem.ignoreIndex = ignoreIndex
    problem.zLossScale = zLoss?.value ?? 0
    return problem
  }
}
