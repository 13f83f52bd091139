import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

@Suite("Linear cross-entropy")
struct LinearCrossEntropyTests {
  /// The unit of rounding of a float.
  private let unit = 0x1p-24

  /// Checks numbers that are rounded sums of products with slopes.
  ///
  /// Each may be off by a share of the products' magnitudes; subnormal slopes by half of
  /// their unit times the other factors.
  private func check(
    _ found: [Float], _ truth: [HexDouble], _ scale: [HexDouble], _ share: Double,
    factors: [Float], _ what: String
  ) {
    let subnormal = 0x1p-150 * factors.reduce(2) { $0 + Double($1.magnitude) }
    for i in found.indices {
      let bound = share * scale[i].value + truth[i].value.magnitude * unit + subnormal
      let error = (Double(found[i]) - truth[i].value).magnitude
      #expect(error <= bound, "\(what)[\(i)]: \(found[i]), truth \(truth[i].value)")
      #expect(found[i] != 0 || found[i].sign == .plus, "\(what)[\(i)] is -0")
    }
  }

  /// The logits of the table are exact in single precision, so that losses are within 1
  /// ulp, and gradients within what the roundings of their products allow.
  @Test func everyOracleValue() throws {
    let rows = try LinearOracle.all()
    #expect(rows.count >= 30)
    for (index, row) in rows.enumerated() {
      let problem = row.problem
      let answer = try problem.solved()
      for t in row.labels.indices {
        #expect(
          ulps(answer.rowLosses[t], from: row.rowLosses[t].value) <= 1, "row \(index), \(t)")
        #expect(
          ulps(answer.logSumExps[t], from: row.logSumExps[t].value) <= 1, "row \(index), \(t)")
      }
      let sum = row.rowLosses.reduce(0) { $0 + $1.value }
      #expect((answer.result.sum - sum).magnitude <= 0x1p-38 * sum, "row \(index): the sum")
      // A rounding of the slope, one of the product and those of the sums.
      let classes = Double(min(problem.classCount, 120) + 1)
      check(
        answer.hidden, row.hiddenGradient, row.hiddenScale, classes * unit,
        factors: problem.weight, "\(index) hidden")
      check(
        answer.weight, row.weightGradient, row.weightScale, 34 * unit,
        factors: problem.hidden, "\(index) weight")
      check(
        answer.bias, row.biasGradient, row.biasScale, 0x1p-38, factors: [], "\(index) bias")
    }
  }

  @Test func theExampleOfTheDocumentation() throws {
    let hidden: [Float] = [1, 2]
    let weight: [Float] = [0.5, 0, 0, 1, -1, 0.25]
    var slopes: [Float] = [0, 0]
    let loss = try linearCrossEntropy(
      hidden: hidden.span, weight: weight.span, classIndices: [1].span, classCount: 3,
      hiddenGradient: slopes.mutableSpan)
    #expect((loss.value - 0.266367899807).magnitude < 1e-11)
    #expect(slopes[1] == -0.21812029)
  }

  /// Where a row's loss is too small for a float, the sum still has it.
  @Test func confidentRowsKeepTheirDigits() throws {
    var random = SplitMix64(state: 1)
    var problem = LinearProblem(rows: 1, width: 1, classCount: 2, &random)
    (problem.hidden, problem.weight, problem.bias) = ([1], [20, 0], nil)
    problem.labels = [0]
    var answer = try problem.solved()
    #expect(answer.rowLosses[0] == 2.061153620314380703e-9)
    #expect(answer.bias == [-2.061153618190203581e-9, 2.061153618190203581e-9])
    #expect(answer.weight == answer.bias && answer.hidden[0] == -20 * 2.0611537e-9)
    problem.weight = [690, 0]
    answer = try problem.solved()
    #expect((answer.result.sum / 2.171738281389827008482124e-300 - 1).magnitude < 0x1p-38)
  }

  /// Agreement with `softmaxCrossEntropy` of the logits in double precision.
  ///
  /// The derivatives follow by the chain rule. What may differ is the rounding of the logits and of the products.
  @Test(arguments: [
    (1, 1, 2), (1, 3, 1), (5, 1, 3), (31, 7, 50), (33, 16, 119), (32, 17, 121), (64, 15, 240),
    (3, 513, 9), (2, 1030, 7), (65, 6, 241), (7, 40, 1000),
  ])
  func theDefinition(rows: Int, width: Int, classes: Int) throws {
    var random = SplitMix64(state: UInt64(rows + 100 * width + classes))
    var problem = LinearProblem(rows: rows, width: width, classCount: classes, &random)
    if rows > 5 { (problem.ignoreIndex, problem.labels[3]) = (-100, -100) }
    if rows % 2 == 1 {
      problem.classWeights = (0..<classes).map { _ in random.unit() }
      problem.sampleWeights = (0..<rows).map { _ in Float(random.unit()) }
    }
    if rows % 3 == 0 { problem.zLossScale = 0.01 }
    problem.reduction = rows % 4 == 1 ? .weightedMean : .mean
    let answer = try problem.solved()

    let (h, w) = (problem.hidden.map(Double.init), problem.weight.map(Double.init))
    var logits = [Double](repeating: 0, count: rows * classes)
    var largest = 0.0
    for t in 0..<rows {
      for c in 0..<classes {
        var (sum, size) = (0.0, 0.0)
        for d in 0..<width {
          let product = h[t * width + d] * w[c * width + d]
          (sum, size) = (sum + product, size + product.magnitude)
        }
        let bias = Double(problem.bias?[c] ?? 0)
        logits[t * classes + c] = sum + bias
        largest = max(largest, Double(width + 1) * unit * (size + bias.magnitude))
      }
    }
    var slopes = logits
    let weights = problem.sampleWeights.map { $0.map(Double.init) }
    let truth = try softmaxCrossEntropy(
      logits: logits.span, classIndices: problem.labels.span, classCount: classes,
      classWeights: problem.classWeights, sampleWeights: weights?.span,
      ignoreIndex: problem.ignoreIndex, zLossScale: problem.zLossScale,
      reduction: problem.reduction, gradient: slopes.mutableSpan)
    // The logits are off by no more than `largest`: a loss by twice that, a probability
    // by that share, and the z-loss a little.
    let shift = 4 * largest
    #expect((answer.result.value - truth.value).magnitude <= shift * max(1, truth.value))
    #expect(answer.result.validCount == truth.validCount)
    #expect(answer.result.denominator == truth.denominator)
    func agree(
      _ found: Float, _ share: Double, _ what: String, terms: () -> [(Double, Double)]
    ) {
      var (sum, size) = (0.0, 0.0)
      for (slope, factor) in terms() {
        (sum, size) = (sum + slope * factor, size + (slope * factor).magnitude)
      }
      let bound = (shift + share * unit) * size + 0x1p-140
      #expect((Double(found) - sum).magnitude <= bound, "\(what): \(found), truth \(sum)")
    }
    for d in 0..<width {
      for t in 0..<rows {
        agree(answer.hidden[t * width + d], 130, "hidden \(t) \(d)") {
          (0..<classes).map { (slopes[t * classes + $0], w[$0 * width + d]) }
        }
      }
      for c in 0..<classes {
        agree(answer.weight[c * width + d], 40, "weight \(c) \(d)") {
          (0..<rows).map { (slopes[$0 * classes + c], h[$0 * width + d]) }
        }
      }
    }
    for c in 0..<classes {
      agree(answer.bias[c], 1, "bias \(c)") { (0..<rows).map { (slopes[$0 * classes + c], 1) } }
    }
  }

  /// Σ W·∂W = Σ h·∂h, as both are the sum of slopes times products; the slopes of a row
  /// sum to 0, and a shift of all biases changes nothing.
  @Test(arguments: 0..<12)
  func chainRuleIdentities(seed: UInt64) throws {
    var random = SplitMix64(state: 0x11 &+ seed)
    let (rows, width) = (random.integer(1...40), random.integer(1...30))
    var problem = LinearProblem(
      rows: rows, width: width, classCount: random.integer(1...300), &random)
    // Biases that a shift leaves exact, and products that leave room for them.
    problem.hidden = problem.hidden.map { ($0 * 8).rounded() / 8 }
    problem.weight = problem.weight.map { ($0 * 8).rounded() / 8 }
    problem.bias = problem.bias?.map { ($0 * 16).rounded() / 16 }
    let answer = try problem.solved()
    func inner(_ a: [Float], _ b: [Float]) -> (sum: Double, size: Double) {
      zip(a, b).reduce((0, 0)) { total, pair in
        let product = Double(pair.0) * Double(pair.1)
        return (total.0 + product, total.1 + product.magnitude)
      }
    }
    let (byWeight, byHidden) = (
      inner(problem.weight, answer.weight), inner(problem.hidden, answer.hidden)
    )
    let tolerance = 130 * unit * (byWeight.size + Double(rows))
    #expect((byWeight.sum - byHidden.sum).magnitude <= tolerance)
    let total = answer.bias.reduce(0.0) { $0 + Double($1) }
    #expect(total.magnitude <= 2 * unit * Double(rows))
    for shift in [Float(1024), -0.5, -4096] {
      var moved = problem
      moved.bias = problem.bias?.map { $0 + shift }
      let there = try moved.solved()
      #expect(there.result == answer.result && there.rowLosses == answer.rowLosses)
      #expect(there.hidden == answer.hidden && there.weight == answer.weight)
    }
  }

  /// A row's numbers depend on the row alone; results merge exactly.
  @Test func rowsInAnyChunks() throws {
    var random = SplitMix64(state: 77)
    let problem = LinearProblem(rows: 75, width: 9, classCount: 130, &random)
    let whole = try problem.solved()
    for size in [1, 7, 31, 32, 33, 50, 75] {
      var merged = LossResult(reduction: .sum)
      var (hidden, losses) = ([Float](), [Float]())
      for start in stride(from: 0, to: 75, by: size) {
        let part = try problem.rows(start..<min(start + size, 75)).solved()
        merged.merge(part.result)
        hidden += part.hidden
        losses += part.rowLosses
      }
      #expect(merged == whole.result && hidden == whole.hidden && losses == whole.rowLosses)
    }
    #expect(try problem.loss() == whole.result)
  }

  /// What ignored rows hold does not matter, and they leave no trace.
  @Test func ignoredRowsAreSkipped() throws {
    var random = SplitMix64(state: 78)
    let kept = LinearProblem(rows: 40, width: 5, classCount: 11, &random)
    var problem = kept
    problem.ignoreIndex = 99
    for place in [40, 17, 0] {
      problem.labels.insert(99, at: place)
      problem.hidden.insert(contentsOf: [.nan, .infinity, 0, 1, 2], at: place * 5)
    }
    let (answer, expected) = (try problem.solved(), try kept.solved())
    #expect(answer.weight == expected.weight && answer.bias == expected.bias)
    #expect(answer.result.validCount == 40 && answer.result.rowCount == 43)
    #expect(answer.result.sum == expected.result.sum)
    for row in problem.labels.indices where problem.labels[row] == 99 {
      #expect(answer.hidden[row * 5..<row * 5 + 5].allSatisfy { $0 == 0 && $0.sign == .plus })
      #expect(answer.rowLosses[row] == 0 && answer.logSumExps[row] == 0)
    }
    problem.labels = problem.labels.map { _ in 99 }
    problem.reduction = .sum
    let nothing = try problem.solved()
    #expect(nothing.numbers.allSatisfy { $0 == 0 && $0.sign == .plus })
  }
}
