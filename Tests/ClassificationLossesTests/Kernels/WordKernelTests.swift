import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Rows of doubles, of which the kernels take the definitions' steps: the same bits.
@Suite("Kernels of rows in pairs of doubles")
struct WordKernelTests {
  @Test func powersAreTheDefinitions() throws {
    var random = SplitMix64(state: 70)
    for scale in [1e-300, 1e-17, 0.01, 1, 30, 599] {
      var depths = (0..<203).map { _ in
        DoubleDouble.sum(-random.unit() * scale, random.unit() * scale * 0x1p-54)
      }
      depths[7] = .zero
      depths[100] = DoubleDouble(-.infinity)
      depths[101] = DoubleDouble(-1001)
      let truths = depths.map { depth in
        if depth.high < -1000 { return DoubleDouble.zero }
        let power = DoubleDouble.scaledExp(depth)
        return power.value.scaled(byPowerOfTwo: power.exponent + 200)
      }
      for level in KernelLevel.available {
        let found = KernelLevel.forcing(level) { KernelProbe.powers(of: depths) }
        #expect(found == truths, "scale \(scale), level \(level)")
      }
    }
  }

  @Test(arguments: [-600.1, -999])
  func powersThatCouldBeSubnormalAreLeft(depth: Double) {
    for place in [0, 7, 8] {
      var depths = [DoubleDouble](repeating: .zero, count: 9)
      depths[place] = DoubleDouble(depth)
      #expect(KernelProbe.powers(of: depths) == nil)
    }
  }

  /// What is asked of cross-entropy beside the logits.
  struct Options: Sendable {
    var smoothing = 0.0
    var isWeighted = false
    var hasProbabilities = false
    var reduction = LossReduction.mean
  }

  private func gradient(
    _ x: [Double], _ targets: [Double], _ labels: [Int], _ classes: Int, _ stride: Int,
    _ options: Options
  ) throws -> [Double] {
    let weights = options.isWeighted ? (0..<classes).map { Double($0 % 4) * 0.375 } : nil
    var gradient = x.map { _ in Double.nan }
    if options.hasProbabilities {
      _ = try softmaxCrossEntropy(
        logits: x.span, classProbabilities: targets.span, classCount: classes,
        classStride: stride, classWeights: weights, labelSmoothing: options.smoothing,
        reduction: options.reduction, gradient: gradient.mutableSpan)
    } else {
      _ = try softmaxCrossEntropy(
        logits: x.span, classIndices: labels.span, classCount: classes, classStride: stride,
        classWeights: weights, labelSmoothing: options.smoothing, reduction: options.reduction,
        gradient: gradient.mutableSpan)
    }
    return gradient
  }

  @Test(
    arguments: [8, 9, 17, 100],
    [
      Options(smoothing: 0.1), .init(hasProbabilities: true),
      .init(smoothing: 0.2, isWeighted: true, reduction: .sum),
      .init(smoothing: 0.2, isWeighted: true, hasProbabilities: true),
    ])
  func gradientsAreTheDefinitions(classes: Int, options: Options) throws {
    let layouts = Layouts(rows: 48, classes: classes)
    let x = Layouts.logits(layouts.rows, classes, seed: UInt64(classes) + 9)
    var random = SplitMix64(state: UInt64(classes))
    let labels = (0..<layouts.rows).map { _ in random.integer(0...classes - 1) }
    var targets: [Double] = []
    for _ in 0..<layouts.rows {
      let masses = (0..<classes).map { _ in random.integer(0...3) == 0 ? 0 : random.unit() + 0.1 }
      let total = masses.reduce(0x1p-20, +)
      targets += masses.enumerated().map { ($1 + ($0 == 0 ? 0x1p-20 : 0)) / total }
    }
    let truth = try gradient(
      layouts.apart(x), layouts.apart(targets), labels, classes, layouts.rows, options)
    for level in KernelLevel.available {
      let found = try KernelLevel.forcing(level) {
        try gradient(x, targets, labels, classes, 1, options)
      }
      #expect(layouts.agree(found, truth), "\(classes) classes, level \(level)")
    }
  }

  // MARK: - Threads

  /// What a loss gives for many rows.
  private struct Outcome: Equatable {
    var result: LossResult
    var gradient: [Double]
    var rowLosses: [Double]
  }

  private func outcome(
    _ x: [Double], _ labels: [Int], _ classes: Int, gamma: Double, inPlace: Bool
  ) throws -> Outcome {
    var (gradient, losses) = (x, labels.map { _ in Double.nan })
    let result =
      inPlace
      ? try softmaxFocalLoss(
        overwritingLogits: gradient.mutableSpan, classIndices: labels.span, classCount: classes,
        gamma: gamma, ignoreIndex: -1, rowLosses: losses.mutableSpan)
      : try softmaxFocalLoss(
        logits: x.span, classIndices: labels.span, classCount: classes, gamma: gamma,
        ignoreIndex: -1, gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    return Outcome(result: result, gradient: gradient, rowLosses: losses)
  }

  /// There is work for several threads; γ = 0 is cross-entropy.
  @Test(arguments: [0, 2.0])
  func threadsChangeNoBit(gamma: Double) throws {
    let (count, classes) = (gamma == 0 ? 2000 : 500, 150)
    let x = Layouts.logits(count, classes, seed: 71).map { $0 == .infinity ? 3 : $0 }
    let labels = (0..<count).map { $0 % 11 == 3 ? -1 : $0 * 7 % classes }
    let one = try Parallelism.$maximumThreads.withValue(1) {
      try outcome(x, labels, classes, gamma: gamma, inPlace: false)
    }
    for threads in [1, 2, 5] {
      try Parallelism.$maximumThreads.withValue(threads) {
        for inPlace in [false, true] {
          let again = try outcome(x, labels, classes, gamma: gamma, inPlace: inPlace)
          #expect(again == one, "\(threads) threads, in place: \(inPlace)")
        }
      }
    }
  }

  @Test func theFirstWrongRowIsNamed() {
    let (count, classes) = (500, 150)
    var x = Layouts.logits(count, classes, seed: 72).map { $0 == .infinity ? 3 : $0 }
    for row in [499, 321, 322] { x[row * classes + 5] = .nan }
    let labels = [Int](repeating: 0, count: count)
    for inPlace in [false, true] {
      let error = #expect(throws: InformationError.self) {
        try outcome(x, labels, classes, gamma: 0, inPlace: inPlace)
      }
      #expect(error?.code == .notFinite && error?.index == 321)
    }
  }

  @Test func aCancelledTaskEndsThePass() async {
    let (count, classes) = (500, 150)
    let x = Layouts.logits(count, classes, seed: 74).map { $0 == .infinity ? 3 : $0 }
    let labels = [Int](repeating: 0, count: count)
    let task = Task.detached { [self] in
      while !Task.isCancelled { await Task.yield() }
      _ = try outcome(x, labels, classes, gamma: 2, inPlace: false)
    }
    task.cancel()
    let error = await #expect(throws: InformationError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
