import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Softmax cross-entropy of floats with class probabilities, which the kernels compute,
/// beside that of the same numbers as doubles, which the definition computes.
@Suite("Kernel of softmax cross-entropy with class probabilities")
struct TargetKernelTests {
  /// One call's input.
  struct Batch {
    var logits: [Float] = []
    var targets: [Float] = []
    let classCount: Int
    var classWeights: [Double]?
    var sampleWeights: [Float]?
    var smoothing = 0.0
    var reduction = LossReduction.mean

    var rowCount: Int { logits.count / classCount }

    /// The kernels' outcome for some rows.
    func outcome(_ rows: Range<Int>? = nil, inPlace: Bool = false) throws -> LossOutcome {
      let rows = rows ?? 0..<rowCount
      let places = rows.lowerBound * classCount..<rows.upperBound * classCount
      var logits = Array(logits[places])
      let targets = Array(targets[places])
      let weights = sampleWeights.map { Array($0[rows]) }
      var losses = [Float](repeating: .nan, count: rows.count)
      var gradient = [Float](repeating: .nan, count: places.count)
      if inPlace {
        let result = try softmaxCrossEntropy(
          overwritingLogits: logits.mutableSpan, classProbabilities: targets.span,
          classCount: classCount, classWeights: classWeights, sampleWeights: weights?.span,
          labelSmoothing: smoothing, validation: .nonNegative, reduction: reduction,
          empty: .zero, rowLosses: losses.mutableSpan)
        return LossOutcome(result: result, losses: losses, gradient: logits)
      }
      let result = try softmaxCrossEntropy(
        logits: logits.span, classProbabilities: targets.span, classCount: classCount,
        classWeights: classWeights, sampleWeights: weights?.span, labelSmoothing: smoothing,
        validation: .nonNegative, reduction: reduction, empty: .zero,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      return LossOutcome(result: result, losses: losses, gradient: gradient)
    }

    /// The outcomes of chunks of so many rows, put together.
    func merged(by chunk: Int, inPlace: Bool = false) throws -> LossOutcome {
      var merged = LossOutcome(
        result: LossResult(reduction: reduction, empty: .zero), losses: [], gradient: [])
      for start in stride(from: 0, to: rowCount, by: chunk) {
        let part = try outcome(start..<min(start + chunk, rowCount), inPlace: inPlace)
        merged.result.merge(part.result)
        merged.losses += part.losses
        merged.gradient += part.gradient
      }
      return merged
    }

    /// The definition's losses and derivatives.
    func definition() throws -> LossTruth {
      let (wide, goals) = (logits.map(Double.init), targets.map(Double.init))
      let weights = sampleWeights?.map(Double.init)
      var losses = [Double](repeating: .nan, count: rowCount)
      var gradient = [Double](repeating: .nan, count: logits.count)
      let result = try softmaxCrossEntropy(
        logits: wide.span, classProbabilities: goals.span, classCount: classCount,
        classWeights: classWeights, sampleWeights: weights?.span, labelSmoothing: smoothing,
        validation: .nonNegative, reduction: reduction, empty: .zero,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      return LossTruth(result: result, losses: losses, gradient: gradient)
    }

    /// Appends a row.
    mutating func add(_ logits: [Float], _ targets: [Float]) {
      self.logits += logits
      self.targets += targets
    }
  }

  /// Rows of many kinds: flat and steep, far from zero, tied, with −∞ where nothing is
  /// wanted; targets spread, sparse, next to a label, and labels.
  private func batch(rows: Int, classes: Int, seed: UInt64) -> Batch {
    var random = SplitMix64(state: seed)
    var batch = Batch(classCount: classes)
    for row in 0..<rows {
      let scale = [0.01, 1, 8, 30, 100][Int(random.next() % 5)]
      let offset = [0, 0, 100, -250, 1e8][Int(random.next() % 5)]
      var logits = (0..<classes).map { _ in Float(offset + scale * (random.unit() * 2 - 1)) }
      var targets = (0..<classes).map { _ in Float(random.unit()) }
      let label = random.integer(0...classes - 1)
      switch row % 6 {
      case 1: logits[label] += 20
      case 2: targets = targets.map { $0 < 0.7 ? 0 : $0 }
      case 3: for c in stride(from: 0, to: classes, by: 3) { logits[c] = logits[0] }
      case 4: targets = targets.indices.map { $0 == label ? 1 : targets[$0] * 1e-7 }
      case 5:
        targets = targets.indices.map { $0 == label ? 1 : 0 }
        for c in stride(from: 1, to: classes, by: 5) where c != label { logits[c] = -.infinity }
      default: break
      }
      let total = targets.reduce(0, +)
      batch.add(logits, total > 0 ? targets.map { $0 / total } : targets)
    }
    return batch
  }

  /// Weights that are even, far apart, none for some classes, and out of the kernels' bounds.
  @Test(arguments: [2, 3, 7, 8, 10, 64, 65, 257])
  func mixedTargetsAgreeWithTheDefinition(classes: Int) throws {
    var random = SplitMix64(state: 93)
    let far = (0..<classes).map { _ in random.magnitude(-30...30) }
    let sparse = far.map { $0 < 1e-3 ? 0 : $0 }
    let weights: [[Double]?] = [nil, far.map { _ in 3 }, far, sparse, far.map { $0 * 1e-40 }]
    for classWeights in weights {
      var batch = batch(rows: max(12, 400 / classes), classes: classes, seed: 94)
      batch.classWeights = classWeights
      batch.sampleWeights = (0..<batch.rowCount).map { Float($0 % 4) }
      for smoothing in [0, 0.1, 1, 1e-6, 1e-40] {
        batch.smoothing = smoothing
        let truth = try batch.definition()
        for level in KernelLevel.available {
          try KernelLevel.forcing(level) {
            let note = "\(classes) classes, smoothing \(smoothing), level \(level)"
            expectNear(try batch.outcome(), truth, note)
            expectNear(try batch.outcome(inPlace: true), truth, note)
          }
        }
      }
    }
  }

  @Test(arguments: [2, 3, 7, 8, 9, 10, 33, 65, 100, 1000, 1025])
  func agreesWithTheDefinition(classes: Int) throws {
    let batch = batch(rows: max(12, 1200 / classes), classes: classes, seed: UInt64(classes))
    let truth = try batch.definition()
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        expectNear(try batch.outcome(), truth, "\(classes) classes, level \(level)")
      }
    }
  }

  /// Rows of which either the whole vectors or the classes after them hold nearly everything.
  @Test(arguments: [9, 10, 11, 12, 13, 14, 15, 23, 71, 79])
  func eitherEndOfARow(classes: Int) throws {
    let whole = classes - classes % 8
    var batch = Batch(classCount: classes)
    for (first, last) in [(Float(-20), Float(0)), (0, -20), (-3, 0), (0, -3)] {
      let logits = (0..<classes).map { ($0 < whole ? first : last) - Float($0) / 64 }
      for share in [0x1p-20, 0.25, 0.9] {
        let other = (1 - share) / Double(classes - whole)
        let targets = (0..<classes).map { Float($0 < whole ? share / Double(whole) : other) }
        batch.add(logits, targets)
      }
    }
    let truth = try batch.definition()
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        expectNear(try batch.outcome(), truth, "\(classes) classes, level \(level)")
      }
    }
  }

  @Test(arguments: [
    LossReduction.sum, .mean, .weightedMean, .batchMean, .divided(by: 3e9),
    .divided(by: 1e-20),
  ])
  func takesWeights(reduction: LossReduction) throws {
    for classes in [3, 70] {
      var batch = batch(rows: 40, classes: classes, seed: 7)
      var random = SplitMix64(state: 8)
      batch.sampleWeights = (0..<40).map { $0 == 5 ? 0 : Float(random.magnitude(-30...30)) }
      batch.reduction = reduction
      expectNear(try batch.outcome(), try batch.definition(), "\(classes) classes")
    }
  }

  /// Level, threads, chunks and place change no bit, in any combination; there is work
  /// for several threads.
  @Test(arguments: [129, 3001])
  func bitsDependOnNothingElse(classes: Int) throws {
    var batch = batch(rows: 24_000 / classes, classes: classes, seed: UInt64(classes) + 50)
    batch.reduction = .sum
    let copies = 540_000 / batch.logits.count
    batch.logits = Array(repeatElement(batch.logits, count: copies).joined())
    batch.targets = Array(repeatElement(batch.targets, count: copies).joined())
    let rows = batch.rowCount
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
  @Test(arguments: [2, 8, 10, 65], [false, true])
  func chunksMergeToTheSameBits(classes: Int, isMixed: Bool) throws {
    var batch = batch(rows: 140, classes: classes, seed: 3)
    if isMixed {
      batch.smoothing = 0.1
      batch.classWeights = (0..<classes).map { Double($0 % 4) * 0.375 }
    }
    batch.reduction = .sum
    // One that the kernels leave to the definition.
    batch.logits[90 * classes] = .infinity
    let first = try batch.outcome()
    for level in KernelLevel.available {
      for chunk in [1, 2, 3, 7, 64, 65, 100] {
        let outcome = try KernelLevel.forcing(level) {
          try batch.merged(by: chunk, inPlace: chunk % 2 == 1)
        }
        #expect(outcome == first, "level \(level), by \(chunk)")
      }
    }
  }

  /// Rows that the kernels leave to the definition, each among others.
  @Test(arguments: [2, 5, 65])
  func hardRowsAreTheDefinitions(classes: Int) throws {
    var batch = batch(rows: 6, classes: classes, seed: 21)
    let last = classes - 1
    func add(_ logits: (Int) -> Float, _ targets: (Int) -> Float) {
      batch.add((0..<classes).map(logits), (0..<classes).map(targets))
    }
    let even = { (_: Int) in 1 / Float(classes) }
    let label = { (c: Int) in c == last ? Float(1) : 0 }
    // A loss of +∞, one of nothing, and derivatives that are zero though no part is.
    add({ $0 == 0 ? -.infinity : 1 }, even)
    add({ $0 == last ? .infinity : 1 }, label)
    add({ _ in 3 }, even)
    add({ _ in 3 }, { _ in 0 })
    add({ $0 == last ? 900 : 0 }, label)
    add({ $0 == last ? 500 : 0 }, label)
    add({ $0 == last ? 410 : 0 }, { $0 == last ? 1 - 0x1p-23 : 0x1p-23 })
    add({ Float($0) * (1e37 / Float(classes)) }, even)
    add({ $0 == 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude }, even)
    add({ _ in 1 }, { $0 == 0 ? 0x1p100 : 0x1p-149 })
    for inPlace in [false, true] {
      let truth = try batch.definition()
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          let outcome = try batch.outcome(inPlace: inPlace)
          expectNear(outcome, truth, "level \(level), in place \(inPlace)")
          #expect(outcome.losses[6] == .infinity)
          #expect(outcome.gradient[8 * classes..<9 * classes].allSatisfy { $0 == 0 })
        }
      }
    }
  }

  /// The value alone is the value that comes with a gradient.
  @Test(arguments: [5, 200])
  func valueAloneIsTheSame(classes: Int) throws {
    let batch = batch(rows: 50, classes: classes, seed: 11)
    let alone = try softmaxCrossEntropy(
      logits: batch.logits.span, classProbabilities: batch.targets.span, classCount: classes,
      validation: .nonNegative, empty: .zero)
    #expect(try batch.outcome().result == alone)
  }

  /// What is wrong with the targets is said of the first row, before anything is written.
  @Test(arguments: [
    (Float.nan, InformationError.Code.notFinite), (-0.5, .negativeMass), (.infinity, .badParameter),
    (40, .notNormalized), (-0x1p-149, .negativeMass),
  ])
  func badTargetsAreErrors(target: Float, code: InformationError.Code) {
    for classes in [4, 100] {
      var batch = batch(rows: 80, classes: classes, seed: 31)
      // Rows without any target are not what this is about.
      for row in 0..<80
      where batch.targets[row * classes..<(row + 1) * classes].allSatisfy({ $0 == 0 }) {
        batch.targets[row * classes] = 1
      }
      for row in [70, 75] { batch.targets[row * classes + 1] = target }
      var gradient = [Float](repeating: 7, count: batch.logits.count)
      var found: InformationError?
      do throws(InformationError) {
        _ = try softmaxCrossEntropy(
          logits: batch.logits.span, classProbabilities: batch.targets.span,
          classCount: classes, gradient: gradient.mutableSpan)
      } catch { found = error }
      #expect(found?.code == code && found?.index == 70)
      #expect(gradient.allSatisfy { $0 == 7 })
    }
  }

  /// A bad target is found in every place, also where nothing is asked of the total.
  @Test(arguments: [TargetValidation.probabilities, .nonNegative], [2, 8, 19])
  func badTargetsOfEveryPlaceAreErrors(validation: TargetValidation, classes: Int) {
    let logits = [Float](repeating: 0, count: 3 * classes)
    for place in classes..<2 * classes {
      for bad in [Float.nan, .infinity, -0.5] {
        var targets = [Float](repeating: 1 / Float(classes), count: 3 * classes)
        targets[place] = bad
        let error = #expect(throws: InformationError.self) {
          try softmaxCrossEntropy(
            logits: logits.span, classProbabilities: targets.span, classCount: classes,
            validation: validation)
        }
        #expect(error?.index == 1, "\(bad) in place \(place)")
      }
    }
  }

  /// Targets whose total is at the edge of what passes for 1, on both sides.
  @Test func totalsAtTheEdgeAreJudgedExactly() throws {
    let tolerance = Double(Float.ulpOfOne).squareRoot()
    let logits = [Float](repeating: 0, count: 2)
    for steps in -3...3 {
      let other = Float(0.5 + tolerance) + Float(steps) * 0x1p-24
      let targets: [Float] = [0.5, other]
      let isNormal = Double(other) + 0.5 - 1 <= tolerance
      let result = try? softmaxCrossEntropy(
        logits: logits.span, classProbabilities: targets.span, classCount: 2)
      #expect((result != nil) == isNormal, "\(steps) steps")
    }
  }

  @Test func nanLogitIsAnError() {
    var batch = batch(rows: 80, classes: 10, seed: 41)
    batch.logits[405] = .nan
    #expect(throws: InformationError.self) { try batch.outcome() }
  }
}
