import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Softmax cross-entropy of floats, which the kernels compute in doubles, beside that of the same
/// numbers as doubles, which pairs of these compute.
@Suite("Kernel of softmax cross-entropy")
struct LabelKernelTests {
  @Test(arguments: [2, 3, 7, 8, 10, 33, 63, 64, 65, 71, 100, 257, 1000, 1024, 1025, 2047, 5000])
  func agreesWithTheDefinition(classes: Int) throws {
    let rows = max(8, 2400 / classes)
    let batch = LabelBatch(rows: rows, classes: classes, seed: UInt64(classes))
    let truth = try batch.definition()
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        expectNear(try batch.outcome(), truth, "\(classes) classes, level \(level)")
      }
    }
  }

  @Test(
    arguments: [
      LossReduction.sum, .mean, .weightedMean, .batchMean, .divided(by: 3e9),
      .divided(by: 1e-20),
    ], [LabelBatch.Extras.none, .init(gamma: 1.5)])
  func takesWeightsAndIgnoredRows(reduction: LossReduction, extras: LabelBatch.Extras) throws {
    for classes in [3, 70] {
      var batch = LabelBatch(rows: 40, classes: classes, seed: 7)
      var random = SplitMix64(state: 8)
      batch.classWeights = (0..<classes).map { $0 == 1 ? 0 : random.magnitude(-3...3) }
      batch.sampleWeights = (0..<40).map { $0 == 5 ? 0 : Float(random.magnitude(-30...30)) }
      batch.ignoreIndex = -100
      batch.extras = extras
      batch.reduction = reduction
      for row in [0, 9, 39] {
        batch.labels[row] = -100
        batch.logits[row * classes] = .nan
      }
      let outcome = try batch.outcome()
      expectNear(outcome, try batch.definition(), "\(classes) classes")
      #expect(outcome.losses[9] == 0)
      #expect(outcome.gradient[9 * classes..<10 * classes].allSatisfy { $0 == 0 })
    }
  }

  /// Level, threads, chunks and place change no bit, in any combination; there is work
  /// for several threads.
  @Test(arguments: [
    (10, LabelBatch.Extras.none), (129, .none), (3001, .none), (70, .init(smoothing: 0.1)),
    (70, .init(gamma: 0.5)), (130, .init(zLossScale: 1e-4, softcap: 30)),
    (5, .init(smoothing: 0.1)),
  ])
  func bitsDependOnNothingElse(classes: Int, extras: LabelBatch.Extras) throws {
    var batch = LabelBatch(rows: 30_000 / classes, classes: classes, seed: UInt64(classes) + 50)
    batch.reduction = .sum
    batch.extras = extras
    // Rows of the definition take long.
    if extras.smoothing > 0 { batch.logits = batch.logits.map { max($0, -1e9) } }
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
            try Parallelism.$maximumThreads.withValue(threads) { try batch.merged(by: chunk) }
          }
          #expect(outcome == first, "level \(level), \(threads) threads, \(chunk) of \(rows) rows")
        }
      }
    }
  }

  /// A row has the same bits beside any others and alone.
  @Test(arguments: [
    (2, LabelBatch.Extras.none), (3, .none), (8, .none), (10, .none), (64, .none), (65, .none),
    (8, .init(smoothing: 0.2)), (65, .init(smoothing: 0.2)), (2, .init(gamma: 3)),
    (10, .init(gamma: 1)), (65, .init(gamma: 2.5)), (8, .init(zLossScale: 0.1)),
    (65, .init(softcap: 20)), (9, .init(smoothing: 0.3, weighs: true)),
    (2, .init(smoothing: 0.1)), (3, .init(zLossScale: 0.1, softcap: 5)), (7, .init(softcap: 20)),
    (5, .init(smoothing: 0.3, weighs: true)),
  ])
  func chunksMergeToTheSameBits(classes: Int, extras: LabelBatch.Extras) throws {
    var batch = LabelBatch(rows: 210, classes: classes, seed: 3)
    batch.reduction = .sum
    batch.extras = extras
    batch.ignoreIndex = -1
    for row in [4, 77, 209] { batch.labels[row] = -1 }
    // One that the kernels leave to the definition.
    batch.logits[90 * classes] = .infinity
    let first = try batch.outcome()
    for level in KernelLevel.available {
      for chunk in [1, 2, 3, 7, 64, 65, 200] {
        let outcome = try KernelLevel.forcing(level) {
          try batch.merged(by: chunk, inPlace: chunk % 2 == 1)
        }
        #expect(outcome == first, "level \(level), by \(chunk)")
      }
    }
  }

  /// From next to cross-entropy to exponents that leave most rows to the definition.
  @Test(arguments: [2, 3, 8, 10, 64, 65, 129, 1025])
  func focalLossAgreesWithTheDefinition(classes: Int) throws {
    var batch = LabelBatch(rows: max(8, 800 / classes), classes: classes, seed: UInt64(classes))
    batch.ignoreIndex = -1
    batch.labels[5] = -1
    for gamma in [1e-300, 0.25, 1, 2, 3.7, 8, 60] {
      batch.extras.gamma = gamma
      let truth = try batch.definition()
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          expectNear(
            try batch.outcome(), truth, "\(classes) classes, gamma \(gamma), level \(level)")
        }
      }
    }
  }

  @Test(arguments: [
    LabelBatch.Extras(zLossScale: 1e-4), .init(zLossScale: 1), .init(zLossScale: 1000),
    .init(softcap: 1), .init(softcap: 30), .init(softcap: 128), .init(softcap: 129),
    .init(zLossScale: 1e-4, softcap: 50), .init(zLossScale: 1025), .init(softcap: 1e-300),
  ])
  func boundedLogitsAgreeWithTheDefinition(extras: LabelBatch.Extras) throws {
    for classes in [2, 3, 7, 8, 10, 64, 129, 1025] {
      var batch = LabelBatch(rows: max(16, 400 / classes), classes: classes, seed: 77)
      batch.extras = extras
      if classes == 10 { batch.extras.weighs = true }
      batch.ignoreIndex = -1
      batch.labels[5] = -1
      batch.sampleWeights = batch.labels.map { Float($0 + 2) }
      let truth = try batch.definition()
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          expectNear(try batch.outcome(), truth, "\(classes) classes, level \(level)")
        }
      }
    }
  }

  /// Rows about which a z-loss changes its mind: a normaliser of about 1, above and below it,
  /// and a label whose derivative is about 0.
  @Test(arguments: [(2, 0.6931472 as Float), (8, 2.0794415), (70, 4.248495)])
  func balancedNormalizersAgreeWithTheDefinition(classes: Int, logarithm: Float) throws {
    var batch = LabelBatch(rows: 24, classes: classes, seed: 5)
    for row in 0..<24 {
      let offset = [0, 1e-6, -1e-3, 0.1, -2, 20][row % 6] as Float
      for c in 0..<classes { batch.logits[row * classes + c] = offset - logarithm }
      if row >= 12 { batch.logits[row * classes + batch.labels[row]] += Float(row) }
    }
    for scale in [1e-6, 0.3, 0.5, 900] {
      batch.extras.zLossScale = scale
      let truth = try batch.definition()
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          expectNear(try batch.outcome(), truth, "\(scale), level \(level)")
        }
      }
    }
  }

  /// The kernels find out that an exponent is none, however few the rows are.
  @Test(arguments: [-1, -Double.infinity, .infinity, .nan])
  func badExponentsAreErrors(gamma: Double) throws {
    for rows in [1, 20] {
      var batch = LabelBatch(rows: rows, classes: 4, seed: 1)
      batch.extras.gamma = gamma
      #expect(throws: InformationError.self) { try batch.value() }
    }
  }

  @Test(arguments: [2, 3, 5, 7, 8, 10, 33, 64, 65, 100, 257, 1000, 2047])
  func smoothedLabelsAgreeWithTheDefinition(classes: Int) throws {
    var batch = LabelBatch(
      rows: max(8, 2400 / classes), classes: classes, seed: UInt64(classes) + 9)
    // Smoothed, a class that cannot be makes the loss infinite.
    batch.logits = batch.logits.map { max($0, -1e9) }
    batch.sampleWeights = batch.labels.map { Float($0 + 1) }
    batch.ignoreIndex = -1
    batch.labels[5] = -1
    for smoothing in [0.1, 0.5, 1e-6, 1e-300] {
      batch.extras.smoothing = smoothing
      let truth = try batch.definition()
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          expectNear(try batch.outcome(), truth, "\(classes) classes, \(smoothing), level \(level)")
        }
      }
    }
  }

  /// Weights that are even, far apart, none for some classes, and nearly all on one.
  @Test(arguments: [2, 3, 7, 8, 10, 65, 257])
  func weightedSmoothingAgreesWithTheDefinition(classes: Int) throws {
    var random = SplitMix64(state: 91)
    let heavy = (0..<classes).map { $0 == 2 ? 1e9 : 1 + Double($0) / 1000 }
    let far = (0..<classes).map { _ in random.magnitude(-30...30) }
    for weights in [heavy, far, far.map { $0 < 1e-3 ? 0 : $0 }, far.map { _ in 0 }] {
      var batch = LabelBatch(rows: max(16, 600 / classes), classes: classes, seed: 92)
      batch.logits = batch.logits.map { max($0, -1e9) }
      batch.classWeights = weights
      batch.sampleWeights = batch.labels.map { Float($0 + 1) }
      batch.ignoreIndex = -1
      batch.labels[3] = -1
      for smoothing in [0.1, 0.5, 1e-6, 1e-40] {
        batch.extras.smoothing = smoothing
        let truth = try batch.definition()
        for level in KernelLevel.available {
          try KernelLevel.forcing(level) {
            expectNear(try batch.outcome(), truth, "\(smoothing), level \(level)")
          }
        }
      }
    }
  }

  /// A smoothed row with derivatives that cancel, and one with a loss of +∞, among others.
  @Test func smoothedRowsThatCancelAreTheDefinitions() throws {
    var batch = LabelBatch(rows: 16, classes: 10, seed: 22)
    batch.logits = batch.logits.map { max($0, -1e9) }
    batch.extras.smoothing = 0.5
    batch.reduction = .sum
    for c in 0..<10 { batch.logits[30 + c] = c == batch.labels[3] ? 2.3978953 : 0 }
    for inPlace in [false, true] {
      let outcome = try batch.outcome(inPlace: inPlace)
      expectNear(outcome, try batch.definition(), "cancelling, in place \(inPlace)")
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
  @Test(
    arguments: [5, 200],
    [
      LabelBatch.Extras.none, .init(smoothing: 0.25), .init(gamma: 2), .init(gamma: 0.3),
      .init(zLossScale: 0.01), .init(softcap: 50), .init(smoothing: 0.2, weighs: true),
    ])
  func valueAloneIsTheSame(classes: Int, extras: LabelBatch.Extras) throws {
    var batch = LabelBatch(rows: 50, classes: classes, seed: 11)
    batch.extras = extras
    #expect(try batch.outcome().result == batch.value())
  }

  /// A few rows without anything else take a shorter way, which changes no bit.
  @Test(arguments: [2, 3, 8, 10, 64], [LabelBatch.Extras.none, .init(gamma: 2)])
  func fewRowsAreTheSame(classes: Int, extras: LabelBatch.Extras) throws {
    var batch = LabelBatch(rows: 48, classes: classes, seed: 61)
    batch.ignoreIndex = -1
    batch.extras = extras
    batch.labels[3] = -1
    // One that the kernels leave to the definition, and one whose loss is very small.
    batch.logits[20 * classes] = .infinity
    batch.logits[30 * classes + batch.labels[30]] += 90
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        for rows in (1...8).flatMap({ n in stride(from: 0, to: 48 - n, by: 3).map { $0..<$0 + n } })
        {
          // Without the losses of rows, which take the longer way.
          var gradient = [Float](repeating: .nan, count: rows.count * classes)
          let result = try batch.value(rows, gradient: gradient.mutableSpan)
          let outcome = try batch.outcome(rows)
          #expect(result == outcome.result && gradient == outcome.gradient, "\(rows), \(level)")
        }
      }
    }
  }

  /// Rows that the kernels leave to the definition, each among others.
  @Test(
    arguments: [5, 65, 1500],
    [
      LabelBatch.Extras.none, .init(gamma: 2), .init(gamma: 0.5), .init(zLossScale: 0.01),
      .init(softcap: 30),
    ])
  func hardRowsAreTheDefinitions(classes: Int, extras: LabelBatch.Extras) throws {
    var batch = LabelBatch(rows: 16, classes: classes, seed: 21)
    func set(_ row: Int, _ logits: (Int) -> Float) {
      for c in 0..<classes { batch.logits[row * classes + c] = logits(c) }
      batch.labels[row] = classes - 2
    }
    batch.extras = extras
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
      let truth = try batch.definition()
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          expectNear(
            try batch.outcome(inPlace: inPlace), truth, "level \(level), in place \(inPlace)")
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
