import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Softmax cross-entropy of floats, which the kernels compute, beside that of the same
/// numbers as doubles, which the definition computes.
@Suite("Kernel of softmax cross-entropy")
struct LabelKernelTests {
  /// What a call gives.
  struct Outcome: Equatable {
    var result: LossResult
    var losses: [Float]
    var gradient: [Float]
  }

  /// One call's input.
  struct Batch {
    var logits: [Float]
    var labels: [Int]
    let classCount: Int
    var classWeights: [Double]?
    var sampleWeights: [Float]?
    var ignoreIndex: Int?
    var labelSmoothing = 0.0
    var reduction = LossReduction.mean

    var rowCount: Int { labels.count }

    /// The kernels' outcome for some rows, with the gradient beside the logits.
    func outcome(_ rows: Range<Int>? = nil, inPlace: Bool = false) throws -> Outcome {
      let rows = rows ?? 0..<rowCount
      let places = rows.lowerBound * classCount..<rows.upperBound * classCount
      var logits = Array(logits[places])
      let labels = Array(labels[rows])
      let weights = sampleWeights.map { Array($0[rows]) }
      var losses = [Float](repeating: .nan, count: rows.count)
      var gradient = [Float](repeating: .nan, count: places.count)
      if inPlace {
        let result = try softmaxCrossEntropy(
          overwritingLogits: logits.mutableSpan, classIndices: labels.span,
          classCount: classCount, classWeights: classWeights, sampleWeights: weights?.span,
          ignoreIndex: ignoreIndex, labelSmoothing: labelSmoothing, reduction: reduction,
          empty: .zero, rowLosses: losses.mutableSpan)
        return Outcome(result: result, losses: losses, gradient: logits)
      }
      let result = try softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: classCount,
        classWeights: classWeights, sampleWeights: weights?.span, ignoreIndex: ignoreIndex,
        labelSmoothing: labelSmoothing, reduction: reduction, empty: .zero,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      return Outcome(result: result, losses: losses, gradient: gradient)
    }

    /// The definition's losses and derivatives.
    func definition() throws -> (losses: [Double], gradient: [Double], result: LossResult) {
      let wide = logits.map(Double.init)
      let weights = sampleWeights?.map(Double.init)
      var losses = [Double](repeating: .nan, count: rowCount)
      var gradient = [Double](repeating: .nan, count: logits.count)
      let result = try softmaxCrossEntropy(
        logits: wide.span, classIndices: labels.span, classCount: classCount,
        classWeights: classWeights, sampleWeights: weights?.span, ignoreIndex: ignoreIndex,
        labelSmoothing: labelSmoothing, reduction: reduction, empty: .zero,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      return (losses, gradient, result)
    }
  }

  /// Rows of many kinds: flat and steep, far from zero from the start or only in the end,
  /// tied, confident, with −∞.
  private func batch(rows: Int, classes: Int, seed: UInt64) -> Batch {
    var random = SplitMix64(state: seed)
    var batch = Batch(logits: [], labels: [], classCount: classes)
    for row in 0..<rows {
      let scale = [0.01, 1, 8, 30, 100][Int(random.next() % 5)]
      let offset = [0, 0, 100, 300, -250, 1e8, -1e8][Int(random.next() % 7)]
      var logits = (0..<classes).map { _ in Float(offset + scale * (random.unit() * 2 - 1)) }
      let label = random.integer(0...classes - 1)
      switch row % 8 {
      case 1: logits[label] += 20
      case 2: logits[label] += Float(40 + 60 * random.unit())
      case 3: for c in stride(from: 0, to: classes, by: 3) { logits[c] = logits[0] }
      case 4:
        for c in stride(from: 1, to: classes, by: 5) where c != label { logits[c] = -.infinity }
      case 5: logits = logits.map { $0 == logits.max() ? $0 + 30 : $0 }
      case 6: for c in classes * 2 / 3..<classes { logits[c] += 400 }
      default: break
      }
      batch.logits += logits
      batch.labels.append(label)
    }
    return batch
  }

  private func expectNear(
    _ outcome: Outcome, _ batch: Batch, _ note: String,
    at location: SourceLocation = #_sourceLocation
  ) throws -> Double {
    let truth = try batch.definition()
    var worst = 0.0
    for (found, exact) in [(outcome.losses, truth.losses), (outcome.gradient, truth.gradient)] {
      for i in found.indices {
        let distance = ulps(found[i], from: exact[i])
        if distance > worst || distance.isNaN { worst = distance }
      }
    }
    #expect(worst <= 1, "\(note): \(worst) ulp", sourceLocation: location)
    let (sum, exact) = (outcome.result.sum, truth.result.sum)
    #expect((sum - exact).magnitude <= 0x1p-38 * exact, "\(note)", sourceLocation: location)
    #expect(outcome.result.appliedWeight == truth.result.appliedWeight, sourceLocation: location)
    #expect(outcome.result.validCount == truth.result.validCount, sourceLocation: location)
    return worst
  }

  @Test(arguments: [2, 3, 7, 8, 10, 33, 63, 64, 65, 71, 100, 257, 1000, 1024, 1025, 2047, 5000])
  func agreesWithTheDefinition(classes: Int) throws {
    let rows = max(8, 2400 / classes)
    let batch = batch(rows: rows, classes: classes, seed: UInt64(classes))
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        _ = try expectNear(try batch.outcome(), batch, "\(classes) classes, level \(level)")
      }
    }
  }

  @Test(arguments: [
    LossReduction.sum, .mean, .weightedMean, .batchMean, .divided(by: 3e9),
    .divided(by: 1e-20),
  ])
  func takesWeightsAndIgnoredRows(reduction: LossReduction) throws {
    for classes in [3, 70] {
      var batch = batch(rows: 40, classes: classes, seed: 7)
      var random = SplitMix64(state: 8)
      batch.classWeights = (0..<classes).map { $0 == 1 ? 0 : random.magnitude(-3...3) }
      batch.sampleWeights = (0..<40).map { $0 == 5 ? 0 : Float(random.magnitude(-30...30)) }
      batch.ignoreIndex = -100
      batch.reduction = reduction
      for row in [0, 9, 39] {
        batch.labels[row] = -100
        batch.logits[row * classes] = .nan
      }
      let outcome = try batch.outcome()
      _ = try expectNear(outcome, batch, "\(classes) classes")
      #expect(outcome.losses[9] == 0)
      #expect(outcome.gradient[9 * classes..<10 * classes].allSatisfy { $0 == 0 })
    }
  }

  /// The outcomes of chunks of so many rows, put together.
  private func merged(
    _ batch: Batch, by chunk: Int, inPlace: Bool = false
  ) throws -> Outcome {
    var merged = Outcome(
      result: LossResult(reduction: batch.reduction, empty: .zero), losses: [], gradient: [])
    for start in stride(from: 0, to: batch.rowCount, by: chunk) {
      let part = try batch.outcome(
        start..<min(start + chunk, batch.rowCount), inPlace: inPlace)
      merged.result.merge(part.result)
      merged.losses += part.losses
      merged.gradient += part.gradient
    }
    return merged
  }

  /// Level, threads, chunks and place change no bit, in any combination; there is work
  /// for several threads.
  @Test(arguments: [(10, 0), (129, 0), (3001, 0), (70, 0.1)])
  func bitsDependOnNothingElse(classes: Int, smoothing: Double) throws {
    var batch = batch(rows: 30_000 / classes, classes: classes, seed: UInt64(classes) + 50)
    batch.reduction = .sum
    batch.labelSmoothing = smoothing
    // Rows of the definition take long.
    if smoothing > 0 { batch.logits = batch.logits.map { max($0, -1e9) } }
    // Enough for several pieces of work.
    let copies = 1_060_000 / batch.logits.count
    batch.logits = Array(repeatElement(batch.logits, count: copies).joined())
    batch.labels = Array(repeatElement(batch.labels, count: copies).joined())
    let rows = batch.rowCount
    #expect(rows * classes > 1_000_000)
    let first = try batch.outcome(inPlace: true)
    let chunks = [rows, rows - 1, rows * 2 / 3, rows / 2, rows / 3 + 1, rows / 5, rows / 7 + 3]
    for level in KernelLevel.available {
      for threads in [1, 2, 5] {
        for chunk in chunks {
          let outcome = try KernelLevel.forcing(level) {
            try Parallelism.$maximumThreads.withValue(threads) { try merged(batch, by: chunk) }
          }
          #expect(outcome == first, "level \(level), \(threads) threads, \(chunk) of \(rows) rows")
        }
      }
    }
  }

  /// A row has the same bits beside any others and alone.
  @Test(arguments: [(2, 0), (3, 0), (8, 0), (10, 0), (64, 0), (65, 0), (8, 0.2), (65, 0.2)])
  func chunksMergeToTheSameBits(classes: Int, smoothing: Double) throws {
    var batch = batch(rows: 210, classes: classes, seed: 3)
    batch.reduction = .sum
    batch.labelSmoothing = smoothing
    batch.ignoreIndex = -1
    for row in [4, 77, 209] { batch.labels[row] = -1 }
    // One that the kernels leave to the definition.
    batch.logits[90 * classes] = .infinity
    let first = try batch.outcome()
    for level in KernelLevel.available {
      for chunk in [1, 2, 3, 7, 64, 65, 200] {
        let outcome = try KernelLevel.forcing(level) {
          try merged(batch, by: chunk, inPlace: chunk % 2 == 1)
        }
        #expect(outcome == first, "level \(level), by \(chunk)")
      }
    }
  }

  @Test(arguments: [8, 10, 33, 64, 65, 100, 257, 1000, 2047])
  func smoothedLabelsAgreeWithTheDefinition(classes: Int) throws {
    var batch = batch(rows: max(8, 2400 / classes), classes: classes, seed: UInt64(classes) + 9)
    // Smoothed, a class that cannot be makes the loss infinite.
    batch.logits = batch.logits.map { max($0, -1e9) }
    batch.sampleWeights = batch.labels.map { Float($0 + 1) }
    batch.ignoreIndex = -1
    batch.labels[5] = -1
    for smoothing in [0.1, 0.5, 1e-6, 1e-300] {
      batch.labelSmoothing = smoothing
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          _ = try expectNear(
            try batch.outcome(), batch, "\(classes) classes, \(smoothing), level \(level)")
        }
      }
    }
  }

  /// A smoothed row with derivatives that cancel, and one with a loss of +∞, among others.
  @Test func smoothedRowsThatCancelAreTheDefinitions() throws {
    var batch = batch(rows: 16, classes: 10, seed: 22)
    batch.logits = batch.logits.map { max($0, -1e9) }
    batch.labelSmoothing = 0.5
    batch.reduction = .sum
    for c in 0..<10 { batch.logits[30 + c] = c == batch.labels[3] ? 2.3978953 : 0 }
    for inPlace in [false, true] {
      let outcome = try batch.outcome(inPlace: inPlace)
      _ = try expectNear(outcome, batch, "cancelling, in place \(inPlace)")
      // 9 + e^2.3978953 is 20 to eight digits, and 1/20 what each class has of the label.
      let other = batch.labels[3] == 0 ? 1 : 0
      #expect(outcome.gradient[30 + other].magnitude < 1e-8)
    }
    batch.logits[70 + (batch.labels[7] + 1) % 10] = -.infinity
    let outcome = try batch.outcome()
    #expect(outcome.losses[7] == .infinity && outcome.result.infiniteCount == 1)
    #expect(outcome.losses.filter { $0 == .infinity }.count == 1)
    let truth = try batch.definition()
    for i in outcome.gradient.indices {
      #expect(ulps(outcome.gradient[i], from: truth.gradient[i]) <= 1)
    }
  }

  /// The value alone is the value that comes with a gradient.
  @Test(arguments: [5, 200], [0, 0.25])
  func valueAloneIsTheSame(classes: Int, smoothing: Double) throws {
    var batch = batch(rows: 50, classes: classes, seed: 11)
    batch.labelSmoothing = smoothing
    let alone = try softmaxCrossEntropy(
      logits: batch.logits.span, classIndices: batch.labels.span, classCount: classes,
      labelSmoothing: smoothing, empty: .zero)
    let outcome = try batch.outcome()
    #expect(outcome.result == alone)
  }

  /// A few rows without anything else take a shorter way, which changes no bit.
  @Test(arguments: [2, 3, 8, 10, 64])
  func fewRowsAreTheSame(classes: Int) throws {
    var batch = batch(rows: 48, classes: classes, seed: 61)
    batch.ignoreIndex = -1
    batch.labels[3] = -1
    // One that the kernels leave to the definition, and one whose loss is very small.
    batch.logits[20 * classes] = .infinity
    batch.logits[30 * classes + batch.labels[30]] += 90
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        for rows in (1...8).flatMap({ n in stride(from: 0, to: 48 - n, by: 3).map { $0..<$0 + n } })
        {
          let places = rows.lowerBound * classes..<rows.upperBound * classes
          let (logits, labels) = (Array(batch.logits[places]), Array(batch.labels[rows]))
          var gradient = [Float](repeating: .nan, count: logits.count)
          let result = try softmaxCrossEntropy(
            logits: logits.span, classIndices: labels.span, classCount: classes, ignoreIndex: -1,
            empty: .zero, gradient: gradient.mutableSpan)
          let outcome = try batch.outcome(rows)
          #expect(result == outcome.result && gradient == outcome.gradient, "\(rows), \(level)")
        }
      }
    }
  }

  /// Rows that the kernels leave to the definition, each among others.
  @Test(arguments: [5, 65, 1500])
  func hardRowsAreTheDefinitions(classes: Int) throws {
    var batch = batch(rows: 16, classes: classes, seed: 21)
    func set(_ row: Int, _ logits: (Int) -> Float) {
      for c in 0..<classes { batch.logits[row * classes + c] = logits(c) }
      batch.labels[row] = classes - 2
    }
    set(1) { $0 == 3 ? .infinity : Float($0) }
    set(2) { $0 == classes - 2 ? .infinity : Float($0) }
    set(3) { $0 == classes - 2 ? -.infinity : 1 }
    set(4) { $0 == classes - 2 ? 900 : 0 }
    set(5) { $0 == 0 ? 900 : 0 }
    set(6) { $0 == classes - 2 ? 0 : -.infinity }
    set(7) { Float($0) * (1e37 / Float(classes)) }
    set(8) { $0 == 1 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude }
    set(9) { _ in -.greatestFiniteMagnitude }
    set(10) { $0 == classes - 2 ? 700 : 0 }
    set(11) { $0 == classes - 2 ? 416 : 0 }
    set(12) { $0 == 0 ? 600 : 0 }
    set(13) { $0 == 0 ? 599 : 0 }
    for inPlace in [false, true] {
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          let outcome = try batch.outcome(inPlace: inPlace)
          let truth = try batch.definition()
          for (found, exact) in [
            (outcome.losses, truth.losses), (outcome.gradient, truth.gradient),
          ] {
            for i in found.indices {
              #expect(
                ulps(found[i], from: exact[i]) <= 1, "\(i): \(found[i]) for \(exact[i])")
            }
          }
        }
      }
    }
  }

  @Test func errorsNameTheFirstRow() {
    for classes in [4, 100, 5000] {
      for (value, code) in [
        (Float.nan, InformationError.Code.notFinite), (.infinity, .undefined),
      ] {
        var logits = [Float](repeating: 1, count: 200 * classes)
        for row in [150, 199] {
          logits[row * classes + 1] = value
          logits[row * classes + 2] = value
        }
        let labels = [Int](repeating: 0, count: 200)
        let wide = logits.map(Double.init)
        var (found, truth): (InformationError?, InformationError?)
        do throws(InformationError) {
          _ = try softmaxCrossEntropy(
            logits: logits.span, classIndices: labels.span, classCount: classes)
        } catch { found = error }
        do throws(InformationError) {
          _ = try softmaxCrossEntropy(
            logits: wide.span, classIndices: labels.span, classCount: classes)
        } catch { truth = error }
        #expect(found?.code == code && found?.index == 150)
        #expect(found?.message == truth?.message && found?.argument == truth?.argument)
      }
    }
  }
}
