import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Losses of one logit for floats, which the kernels compute, beside those of the same
/// numbers as doubles, which the definitions compute.
@Suite("Kernels of losses of one logit")
struct BinaryKernelTests {
  /// Which loss, with which options.
  enum Loss: Equatable, Sendable, CustomTestStringConvertible {
    case crossEntropy(smoothing: Double, positiveWeight: Double?)
    case focal(alpha: Double?, gamma: Double)

    var testDescription: String { "\(self)" }
  }

  static let losses: [Loss] = [
    .crossEntropy(smoothing: 0, positiveWeight: nil),
    .crossEntropy(smoothing: 0, positiveWeight: 3.7),
    .crossEntropy(smoothing: 0.1, positiveWeight: nil), .focal(alpha: 0.25, gamma: 2),
    .focal(alpha: nil, gamma: 0), .focal(alpha: 0.6, gamma: 0.5), .focal(alpha: 0.25, gamma: 5.5),
  ]

  struct Outcome: Equatable {
    var result = LossResult(reduction: .sum)
    var losses: [Float] = []
    var gradient: [Float] = []
  }

  struct Batch {
    var logits: [Float]
    var targets: [Float]
    var weights: [Float]?
  }

  private func run<Scalar: InformationScalar>(
    _ loss: Loss, _ x: [Scalar], _ t: [Scalar], _ w: [Scalar]?, inPlace: Bool
  ) throws -> (LossResult, [Scalar], [Scalar]) {
    var losses = [Scalar](repeating: .nan, count: x.count)
    var gradient = inPlace ? x : [Scalar](repeating: .nan, count: x.count)
    let result =
      switch (loss, inPlace) {
      case (.crossEntropy(let smoothing, let weight), false):
        try binaryCrossEntropy(
          logits: x.span, targets: t.span, positiveWeights: weight.map { [$0] },
          weights: w?.span, labelSmoothing: smoothing, reduction: .sum,
          gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      case (.crossEntropy(let smoothing, let weight), true):
        try binaryCrossEntropy(
          overwritingLogits: gradient.mutableSpan, targets: t.span,
          positiveWeights: weight.map { [$0] }, weights: w?.span, labelSmoothing: smoothing,
          reduction: .sum, rowLosses: losses.mutableSpan)
      case (.focal(let alpha, let gamma), false):
        try sigmoidFocalLoss(
          logits: x.span, targets: t.span, alpha: alpha, gamma: gamma, weights: w?.span,
          reduction: .sum, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      case (.focal(let alpha, let gamma), true):
        try sigmoidFocalLoss(
          overwritingLogits: gradient.mutableSpan, targets: t.span, alpha: alpha, gamma: gamma,
          weights: w?.span, reduction: .sum, rowLosses: losses.mutableSpan)
      }
    return (result, losses, gradient)
  }

  private func outcome(_ loss: Loss, _ batch: Batch, inPlace: Bool = false) throws -> Outcome {
    let (result, losses, gradient) = try run(
      loss, batch.logits, batch.targets, batch.weights, inPlace: inPlace)
    return Outcome(result: result, losses: losses, gradient: gradient)
  }

  /// Logits small and large, and targets that are mostly 0 or 1.
  private func batch(_ count: Int, seed: UInt64, hard: Bool, weighted: Bool) -> Batch {
    var random = SplitMix64(state: seed)
    var batch = Batch(logits: [], targets: [], weights: weighted ? [] : nil)
    for _ in 0..<count {
      let scale = [1e-6, 0.5, 4, 20, 120][Int(random.next() % 5)]
      batch.logits.append(Float(scale * (random.unit() * 2 - 1)))
      let t = random.unit()
      batch.targets.append(hard || random.next() % 4 > 0 ? (t < 0.5 ? 0 : 1) : Float(t))
      batch.weights?.append(random.next() % 10 == 0 ? 0 : Float(random.magnitude(-6...6)))
    }
    return batch
  }

  /// Losses and derivatives are within 1 ulp of the definition's, the sum within 2⁻³⁸.
  private func expectNear(_ loss: Loss, _ batch: Batch, _ note: String) throws {
    let outcome = try outcome(loss, batch)
    let (result, losses, gradient) = try run(
      loss, batch.logits.map(Double.init), batch.targets.map(Double.init),
      batch.weights?.map(Double.init), inPlace: false)
    var worst = 0.0
    for (found, exact) in [(outcome.losses, losses), (outcome.gradient, gradient)] {
      for i in found.indices {
        let distance = ulps(found[i], from: exact[i])
        if distance > worst || distance.isNaN { worst = distance }
      }
    }
    #expect(worst <= 1, "\(note): \(worst) ulp")
    let (sum, exact) = (outcome.result.sum, result.sum)
    #expect(sum == exact || (sum - exact).magnitude <= 0x1p-38 * exact, "\(note)")
    #expect(outcome.result.appliedWeight == result.appliedWeight)
    #expect(outcome.result.validCount == result.validCount)
  }

  @Test(arguments: losses)
  func agreesWithTheDefinition(loss: Loss) throws {
    for count in [1, 7, 8, 100, 1024, 1025, 2500] {
      for hard in [false, true] {
        for weighted in [false, true] {
          let batch = batch(count, seed: UInt64(count), hard: hard, weighted: weighted)
          for level in KernelLevel.available {
            try KernelLevel.forcing(level) {
              try expectNear(loss, batch, "\(count) \(hard) \(weighted), level \(level)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: losses)
  func extremesAreTheDefinitions(loss: Loss) throws {
    var batch = batch(40, seed: 4, hard: true, weighted: false)
    batch.logits.replaceSubrange(
      0..<12,
      with: [
        .infinity, -.infinity, 1e30, -1e30, 0, -0.0, .leastNonzeroMagnitude, 601, -599, 600, 87,
        -103.9,
      ])
    try expectNear(loss, batch, "extremes")
    batch.targets = batch.targets.map { 1 - $0 }
    try expectNear(loss, batch, "extremes of the other class")
    // Derivatives of which two parts nearly cancel.
    var near = Batch(logits: [], targets: [])
    for k in -20...20 {
      for step in -3...3 {
        let x = Float(k) / 5
        let t = try sigmoid(x)
        near.logits.append(x)
        near.targets.append(t + Float(step) * t.ulp)
      }
    }
    try expectNear(loss, near, "cancelling")
  }

  /// Logits and targets of which no vector has anything special.
  private func calmBatch(_ count: Int, seed: UInt64) -> Batch {
    var random = SplitMix64(state: seed)
    var batch = Batch(logits: [], targets: [])
    for _ in 0..<count {
      batch.logits.append(Float(random.unit() * 14 - 7))
      batch.targets.append(random.next() % 2 == 0 ? 0 : 1)
    }
    return batch
  }

  @Test(arguments: losses)
  func calmBatchesAgreeWithTheDefinition(loss: Loss) throws {
    for count in [8, 256, 1000, 3000] {
      let batch = calmBatch(count, seed: UInt64(count))
      for level in KernelLevel.available {
        try KernelLevel.forcing(level) {
          try expectNear(loss, batch, "calm \(count), level \(level)")
        }
      }
    }
  }

  /// Whatever stands in a stage, the bits of its other elements are the same.
  @Test(arguments: losses)
  func neighboursChangeNoBit(loss: Loss) throws {
    let batch = calmBatch(3000, seed: 12)
    let calm = try outcome(loss, batch)
    for (logit, target) in [
      (Float(9), Float(1)), (30, 1), (-30, 1), (601, 0), (-.infinity, 0), (-0.0, 1), (1, 0.25),
      (-3, -0.0),
    ] {
      var other = batch
      let places = stride(from: 17, to: 3000, by: 200)
      for i in places { (other.logits[i], other.targets[i]) = (logit, target) }
      let found = try outcome(loss, other)
      let same = (0..<3000).allSatisfy { i in
        places.contains(i)
          || found.losses[i] == calm.losses[i] && found.gradient[i] == calm.gradient[i]
      }
      #expect(same, "\(logit) \(target)")
    }
  }

  /// The sum and the gradient have the same bits whether the losses are asked for or not.
  @Test func lossesAreOptional() throws {
    for batch in [calmBatch(3000, seed: 3), batch(3000, seed: 3, hard: true, weighted: true)] {
      var gradient = batch.logits
      let all = try outcome(Self.losses[0], batch)
      let result = try binaryCrossEntropy(
        logits: batch.logits.span, targets: batch.targets.span, weights: batch.weights?.span,
        reduction: .sum, gradient: gradient.mutableSpan)
      #expect(result == all.result && gradient == all.gradient)
      let value = try binaryCrossEntropy(
        logits: batch.logits.span, targets: batch.targets.span, weights: batch.weights?.span,
        reduction: .sum)
      #expect(value == all.result)
    }
  }

  /// Levels, threads and chunks, each with each, change no bit; there is work for several
  /// threads, and half of it is calm.
  @Test(arguments: [losses[0], losses[3]])
  func sameBitsAtEveryLevelThreadCountAndChunking(loss: Loss) throws {
    let (wild, calm) = (batch(5500, seed: 9, hard: true, weighted: false), calmBatch(5500, seed: 9))
    let parts = repeatElement([wild, calm], count: 50).joined()
    let batch = Batch(
      logits: Array(parts.map(\.logits).joined()), targets: Array(parts.map(\.targets).joined()))
    let first = try outcome(loss, batch)
    for level in KernelLevel.available {
      for threads in [1, 2, 5] {
        for chunk in [1, 3, 8, 100, 1000, 1024, 3000] {
          try KernelLevel.forcing(level) {
            try Parallelism.$maximumThreads.withValue(threads) {
              let merged = try chunked(loss, batch, by: chunk, times: 12)
              #expect(merged == first, "level \(level), \(threads) threads, by \(chunk)")
            }
          }
        }
      }
    }
  }

  /// So many chunks one by one, and the rest at once, merged.
  private func chunked(_ loss: Loss, _ batch: Batch, by chunk: Int, times: Int) throws -> Outcome {
    var merged = Outcome()
    let count = batch.logits.count
    let starts = Array(stride(from: 0, to: min(chunk * times, count), by: chunk))
    for (start, end) in zip(starts, starts.dropFirst() + [count]) {
      let part = try outcome(
        loss,
        Batch(
          logits: Array(batch.logits[start..<end]), targets: Array(batch.targets[start..<end]),
          weights: batch.weights.map { Array($0[start..<end]) }))
      merged.result.merge(part.result)
      merged.losses += part.losses
      merged.gradient += part.gradient
    }
    return merged
  }

  /// Level, chunks and place change no bit.
  @Test(arguments: losses)
  func bitsDependOnNothingElse(loss: Loss) throws {
    let batch = batch(5000, seed: 5, hard: false, weighted: true)
    let first = try outcome(loss, batch)
    let inPlace = try outcome(loss, batch, inPlace: true)
    #expect(inPlace == first)
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        let other = try outcome(loss, batch)
        #expect(other == first, "level \(level)")
      }
    }
    for chunk in [1, 3, 8, 100, 1000, 1024, 3000] {
      let merged = try chunked(loss, batch, by: chunk, times: 5000)
      #expect(merged == first, "by \(chunk)")
    }
  }

  /// The kernels have one weight of positives; one for each column is the definition's.
  @Test func positiveWeightsOfColumns() throws {
    let batch = batch(3000, seed: 8, hard: false, weighted: false)
    let (x, t) = (batch.logits.map(Double.init), batch.targets.map(Double.init))
    var (found, exact) = (batch.logits, x)
    let result = try binaryCrossEntropy(
      logits: batch.logits.span, targets: batch.targets.span, positiveWeights: [3, 0.5, 1],
      reduction: .sum, gradient: found.mutableSpan)
    let truth = try binaryCrossEntropy(
      logits: x.span, targets: t.span, positiveWeights: [3, 0.5, 1], reduction: .sum,
      gradient: exact.mutableSpan)
    #expect((result.sum - truth.sum).magnitude <= 0x1p-38 * truth.sum)
    #expect(zip(found, exact).allSatisfy { ulps($0, from: $1) <= 1 })
  }

  @Test func focalLossWithoutModulationIsCrossEntropy() throws {
    let batch = batch(3000, seed: 6, hard: true, weighted: true)
    let focal = try outcome(.focal(alpha: nil, gamma: 0), batch)
    let plain = try outcome(.crossEntropy(smoothing: 0, positiveWeight: nil), batch)
    #expect(focal == plain)
  }

  @Test func errorsNameTheFirstElement() {
    for (x, t, code) in [
      (Float.nan, Float(1), InformationError.Code.notFinite), (1, 1.5, .badParameter),
      (1, -0.25, .badParameter), (1, .nan, .notFinite),
    ] {
      var batch = batch(3000, seed: 7, hard: true, weighted: false)
      for i in [1777, 2999] { (batch.logits[i], batch.targets[i]) = (x, t) }
      for loss in Self.losses {
        do {
          _ = try outcome(loss, batch)
          Issue.record("no error")
        } catch let error as InformationError {
          #expect(error.code == code && error.index == 1777)
        } catch {
          Issue.record("\(error)")
        }
      }
    }
  }
}
