import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Softmax cross-entropy of doubles with labels, by the kernels, beside the definition, which
/// computes rows whose classes are apart.
@Suite("Kernel of softmax cross-entropy of doubles")
struct DoubleLabelKernelTests {
  struct Outcome: Equatable {
    var result: LossResult
    var losses: [Double]
    var gradient: [Double]
  }

  /// Rows with labels, and with weights where these are asked for.
  struct Batch {
    var logits: [Double]
    var labels: [Int]
    let classes: Int
    var classWeights: [Double]?
    var sampleWeights: [Double]?
    var reduction = LossReduction.sum

    init(_ rows: Int, _ classes: Int, seed: UInt64, isWeighted: Bool = false) {
      self.classes = classes
      logits = Layouts.logits(rows, classes, seed: seed)
      var random = SplitMix64(state: seed &+ 1)
      labels = (0..<rows).map { $0 % 13 == 9 ? -1 : random.integer(0...classes - 1) }
      if !isWeighted { return }
      classWeights = (0..<classes).map { $0 % 5 == 1 ? 0 : random.magnitude(-3...3) }
      sampleWeights = (0..<rows).map { $0 % 7 == 3 ? 0 : random.magnitude(-20...20) }
    }

    /// The outcome of some rows, by the kernels where they follow each other.
    func outcome(_ rows: Range<Int>, stride: Int = 1, inPlace: Bool = false) throws -> Outcome {
      var logits = Array(logits[rows.lowerBound * classes..<rows.upperBound * classes])
      let (labels, weights) = (Array(labels[rows]), sampleWeights.map { Array($0[rows]) })
      if stride > 1 { logits = Layouts(rows: rows.count, classes: classes).apart(logits) }
      var losses = labels.map { _ in Double.nan }
      var gradient = logits.map { _ in Double.nan }
      if inPlace {
        let result = try softmaxCrossEntropy(
          overwritingLogits: logits.mutableSpan, classIndices: labels.span, classCount: classes,
          classStride: stride, classWeights: classWeights, sampleWeights: weights?.span,
          ignoreIndex: -1, reduction: reduction, empty: .zero, rowLosses: losses.mutableSpan)
        return Outcome(result: result, losses: losses, gradient: logits)
      }
      let result = try softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: classes, classStride: stride,
        classWeights: classWeights, sampleWeights: weights?.span, ignoreIndex: -1,
        reduction: reduction, empty: .zero, gradient: gradient.mutableSpan,
        rowLosses: losses.mutableSpan)
      return Outcome(result: result, losses: losses, gradient: gradient)
    }

    func outcome() throws -> Outcome { try outcome(labels.indices) }

    /// The definition's outcome, with the derivatives of a row apart.
    func definition() throws -> Outcome { try outcome(labels.indices, stride: labels.count) }

    /// The outcomes of chunks of so many rows, put together.
    func merged(by chunk: Int, inPlace: Bool) throws -> Outcome {
      let empty = LossResult(reduction: reduction, empty: .zero)
      var merged = Outcome(result: empty, losses: [], gradient: [])
      for start in stride(from: 0, to: labels.count, by: chunk) {
        let rows = start..<min(start + chunk, labels.count)
        let part = try outcome(rows, inPlace: inPlace)
        merged.result.merge(part.result)
        merged.losses += part.losses
        merged.gradient += part.gradient
      }
      return merged
    }
  }

  /// Numbers right to 2⁻⁶² before they are rounded differ from the definition's in one of 2¹⁰ at
  /// most; there are thousands.
  @Test(
    arguments: [2, 3, 7, 8, 9, 10, 31, 63, 64, 65, 71, 100, 257, 1000, 1025], [false, true])
  func agreesWithTheDefinition(classes: Int, isWeighted: Bool) throws {
    let rows = max(24, 4000 / classes)
    let batch = Batch(rows, classes, seed: UInt64(classes), isWeighted: isWeighted)
    let truth = try batch.definition()
    let derivatives = Layouts(rows: rows, classes: classes)
    for level in KernelLevel.available {
      let found = try KernelLevel.forcing(level) { try batch.outcome() }
      let note = "\(classes) classes, level \(level)"
      let count =
        Layouts.differences(found.losses, truth.losses, note)
        + Layouts.differences(
          derivatives.apart(found.gradient), truth.gradient, note)
      #expect(count <= (rows * classes) >> 10, "\(note): \(count) of \(rows * classes)")
      let (sum, exact) = (found.result.sum, truth.result.sum)
      #expect(ulps(sum, from: exact) <= 1, "\(note): \(sum) for \(exact)")
      #expect(found.result.appliedWeight == truth.result.appliedWeight)
      #expect(found.result.infiniteCount == truth.result.infiniteCount)
      #expect(found.result.validCount == truth.result.validCount)
    }
  }

  /// A row has the same bits beside any others, alone, in place and at every level.
  @Test(arguments: [2, 3, 8, 10, 64, 65, 200], [false, true])
  func chunksMergeToTheSameBits(classes: Int, isWeighted: Bool) throws {
    let batch = Batch(203, classes, seed: UInt64(classes) + 3, isWeighted: isWeighted)
    let first = try batch.outcome()
    for level in KernelLevel.available {
      for chunk in [1, 2, 3, 7, 8, 64, 65, 200] {
        let outcome = try KernelLevel.forcing(level) {
          try batch.merged(by: chunk, inPlace: chunk % 2 == 1)
        }
        #expect(outcome == first, "level \(level), by \(chunk)")
      }
    }
  }

  /// Level, threads, chunks and place change no bit, in any combination; there is work for
  /// several threads.
  @Test(arguments: [(3, false), (10, false), (70, true), (129, false)])
  func bitsDependOnNothingElse(classes: Int, isWeighted: Bool) throws {
    let rows = 400_000 / classes
    let batch = Batch(rows, classes, seed: UInt64(classes) + 7, isWeighted: isWeighted)
    let first = try batch.outcome()
    for level in KernelLevel.available {
      for threads in [1, 2, 5] {
        for chunk in [rows, rows - 1, rows * 2 / 3, rows / 2, rows / 3 + 1, rows / 5, rows / 7] {
          let outcome = try KernelLevel.forcing(level) {
            try Parallelism.$maximumThreads.withValue(threads) {
              try batch.merged(by: chunk, inPlace: chunk % 2 == 0)
            }
          }
          #expect(outcome == first, "level \(level), \(threads) threads, \(chunk) of \(rows) rows")
        }
      }
    }
  }

  /// Rows at and beyond the ends of what the kernels take, each among others.
  @Test(arguments: [2, 5, 65, 1500])
  func hardRowsAreTheDefinitions(classes: Int) throws {
    var batch = Batch(16, classes, seed: 21)
    batch.reduction = .mean
    func set(_ row: Int, _ logits: (Int) -> Double) {
      for c in 0..<classes { batch.logits[row * classes + c] = logits(c) }
      batch.labels[row] = classes - 1
    }
    let last = classes - 1
    set(1) { $0 == 0 ? .infinity : Double($0) }
    set(2) { $0 == last ? .infinity : Double($0) }
    set(3) { $0 == last ? -.infinity : 1 }
    set(4) { $0 == last ? 900 : 0 }
    set(5) { $0 == 0 ? 900 : 0 }
    set(6) { $0 == last ? 0 : -.infinity }
    set(7) { Double($0) * (1e308 / Double(classes)) }
    set(8) { $0 == 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude }
    set(9) { _ in -.greatestFiniteMagnitude }
    set(10) { $0 == last ? 599.99 : 0 }
    set(11) { $0 == 0 ? 600.01 : 0 }
    set(12) { $0 == 0 ? 1000.01 : 0 }
    set(13) { $0 == 0 ? .leastNonzeroMagnitude : 0 }
    set(14) { $0 == last ? 40 : 0 }
    let truth = try batch.definition()
    let derivatives = Layouts(rows: 16, classes: classes)
    for inPlace in [false, true] {
      for level in KernelLevel.available {
        let found = try KernelLevel.forcing(level) {
          try batch.outcome(0..<16, inPlace: inPlace)
        }
        let note = "level \(level), in place \(inPlace)"
        _ = Layouts.differences(found.losses, truth.losses, note)
        _ = Layouts.differences(
          derivatives.apart(found.gradient), truth.gradient, note)
        #expect(found.losses[3] == .infinity)
        #expect(found.result.infiniteCount == truth.result.infiniteCount)
      }
    }
  }

  /// Losses so large that the label's power is nothing, beside two peaks: the distance and log 2,
  /// rounded once.
  @Test(arguments: [3, 10, 64, 65])
  func largeLossesAreRoundedOnce(classes: Int) throws {
    var random = SplitMix64(state: 61)
    var batch = Batch(200, classes, seed: 62)
    batch.logits = batch.logits.map { _ in -.infinity }
    var truths: [Double] = []
    for row in 0..<200 {
      let (peak, label) = (random.magnitude(-10...10), random.integer(0...classes - 1))
      let own = peak - 1000 - 1e3 * random.unit()
      batch.labels[row] = label
      batch.logits[row * classes + label] = own
      for step in [1, 2] { batch.logits[row * classes + (label + step) % classes] = peak }
      truths.append((DoubleDouble.difference(peak, own) + DoubleDouble.ln2).high)
    }
    for level in KernelLevel.available {
      let outcome = try KernelLevel.forcing(level) { try batch.outcome() }
      #expect(outcome.losses == truths, "level \(level)")
    }
  }

  /// The value alone is the value that comes with a gradient; without a weight for anything
  /// both are 0.
  @Test(arguments: [3, 100])
  func valueAloneIsTheSame(classes: Int) throws {
    var batch = Batch(50, classes, seed: 11)
    for sampleWeights in [nil, (0..<50).map { Double($0) }, (0..<50).map { _ in 0 }] {
      batch.sampleWeights = sampleWeights
      let value = try softmaxCrossEntropy(
        logits: batch.logits.span, classIndices: batch.labels.span, classCount: classes,
        sampleWeights: sampleWeights?.span, ignoreIndex: -1, reduction: .sum, empty: .zero)
      #expect(try batch.outcome().result == value)
      if sampleWeights?.last == 0 { #expect(value.sum == 0) }
    }
  }

  /// Weights of 1 change no bit.
  @Test(arguments: [3, 100])
  func weightsOfOneAreNone(classes: Int) throws {
    var batch = Batch(203, classes, seed: 51)
    let first = try batch.outcome()
    batch.classWeights = (0..<classes).map { _ in 1 }
    #expect(try batch.outcome() == first)
    batch.sampleWeights = batch.labels.map { _ in 1 }
    #expect(try batch.outcome() == first)
  }

  /// Without an exponent the focal loss is the same, bit for bit.
  @Test func theFocalLossWithoutAnExponentIsTheSame() throws {
    let batch = Batch(100, 10, seed: 31)
    var gradient = batch.logits.map { _ in Double.nan }
    let result = try softmaxFocalLoss(
      logits: batch.logits.span, classIndices: batch.labels.span, classCount: 10, gamma: 0,
      ignoreIndex: -1, reduction: .sum, empty: .zero, gradient: gradient.mutableSpan)
    let outcome = try batch.outcome()
    #expect(result == outcome.result && gradient == outcome.gradient)
  }

  @Test func aCancelledTaskEndsThePass() async {
    let batch = Batch(40_000, 10, seed: 41)
    let task = Task.detached {
      while !Task.isCancelled { await Task.yield() }
      _ = try batch.outcome()
    }
    task.cancel()
    let error = await #expect(throws: InformationError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
