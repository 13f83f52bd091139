import ClassificationLosses
import InformationTheory
import Testing

/// Quirks one by one, with what the frameworks returned: PyTorch 2.15.0, Keras 3.15.1 on
/// JAX, MLX 0.32.4 and TensorFlow 2.21.0, in double precision where they have it.
@Suite("Quirks of frameworks")
struct PresetQuirkTests {
  private func isNear(
    _ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12
  ) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { ($0 - $1).magnitude <= tolerance * max($1.magnitude, 1e-3) }
  }

  // MARK: - Keras

  private let predictions = [0.0, 2, 2, 1, 0, 0, 0.3, 0.3, 0.6]
  private let targets = [1.0, 0, 0, 1, 0, 0, 0.2, 0.3, 0.5]

  /// CategoricalCrossentropy divides a row by its sum and clips it.
  @Test func kerasNormalizesAndClipsProbabilities() throws {
    var (losses, gradient) = ([0.0, 0, 0], predictions)
    let result = try LossPreset.keras.categoricalCrossEntropy(
      probabilities: predictions.span, classProbabilities: targets.span, classCount: 3,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    #expect(isNear([result.value], [5.7192721739327474]))
    #expect(isNear(losses, [16.11809565095832, 1.0000000494736474e-07, 1.0397207708399179], 1e-9))
    #expect(isNear(gradient, [0, 0, 0, 0, 0, 0, 1 / 18.0, -1 / 18.0, 0]))
    let smoothed = try LossPreset.keras.categoricalCrossEntropy(
      probabilities: predictions.span, classProbabilities: targets.span, classCount: 3,
      labelSmoothing: 0.1, rowLosses: losses.mutableSpan)
    #expect(isNear(losses, [15.089765752931761, 1.074539803397226, 1.0512732238492504]))
    #expect(smoothed.validCount == 3)
  }

  /// SparseCategoricalCrossentropy likewise.
  @Test func kerasNormalizesAndClipsProbabilitiesOfLabels() throws {
    var gradient = predictions
    let result = try LossPreset.keras.categoricalCrossEntropy(
      probabilities: predictions.span, classIndices: [0, 0, 1].span, classCount: 3,
      gradient: gradient.mutableSpan)
    #expect(isNear([result.value], [5.834796704026072]))
    #expect(isNear(gradient, [0, 0, 0, 0, 0, 0, 1 / 3.6, -1 / 1.2, 1 / 3.6]))
  }

  /// Both sides of KLDivergence are brought into 10⁻⁷ … 1.
  @Test func kerasClipsBothSidesOfTheDivergence() throws {
    let (p, t) = ([0.0, 0.5, 0.5, 1.2, 0, 0.3], [0.0, 0, 1, 0.2, 0.3, 0.5])
    var gradient = p
    let result = try LossPreset.keras.klLoss(
      probabilities: p.span, targets: t.span, classCount: 3, gradient: gradient.mutableSpan)
    #expect(isNear([result.value], [2.550453860725494]))
    #expect(isNear(gradient, [0, -1e-7, -1, 0, 0, -1 / 1.2]))
    // Without a clip the first class of the second row alone makes it infinite.
    let exact = try klLoss(probabilities: p.span, targets: t.span, classCount: 3)
    #expect(exact.value == .infinity)
  }

  /// Keras returns an empty array for an empty batch, which has no number.
  @Test func kerasHasNoLossOfAnEmptyBatch() throws {
    let (none, noLabels) = ([Double](), [Int]())
    #expect(
      errorCode {
        _ = try LossPreset.keras.softmaxCrossEntropy(
          logits: none.span, classIndices: noLabels.span, classCount: 3)
      } == .empty)
    #expect(
      errorCode {
        _ = try LossPreset.keras.binaryCrossEntropy(probabilities: none.span, targets: none.span)
      } == .empty)
    // Ignored rows are rows: their mean is 0.
    let ignored = try LossPreset.keras.softmaxCrossEntropy(
      logits: [1.0, 2, 3].span, classIndices: [-1].span, classCount: 3, ignoreIndex: -1)
    #expect(ignored.value == 0 && ignored.validCount == 0)
  }

  private let logits = [1.0, 2, 3, 1, 2, 3, 1, 2, 3]
  private let sampleWeights = [0.5, 3, 7]

  /// The figure 6.4266 of `sum_over_batch_size` and 1.8362 of `mean_with_sample_weight`.
  @Test func kerasSampleWeights() throws {
    let labels = [0, 2, 0]
    let result = try LossPreset.keras.softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: 3,
      sampleWeights: sampleWeights.span)
    #expect(isNear([result.value], [6.426620875555332]))
    #expect(isNear([result.weightedMean], [1.836177393015809]))
  }

  // MARK: - MLX

  /// The figure 1.4266: weights multiply, and the mean divides by the number of rows.
  @Test func mlxSampleWeights() throws {
    let labels = [2, 2, 2]
    let result = try LossPreset.mlx.softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: 3,
      sampleWeights: sampleWeights.span)
    // MLX takes exponentials in single precision: it returned 1.426620892795368.
    #expect(isNear([result.value], [1.426620892795368], 1e-7))
    #expect(isNear([result.value], [10.5 * 0.40760596444438030448 / 3]))
  }

  @Test func mlxFloorsVariances() {
    #expect(LossPreset.mlx.leastVariance == 1e-6)
  }

  // MARK: - PyTorch

  private let pyTorchLogits = [1.0, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5]

  /// 0/0 in the gradient of rows that weigh nothing, 0 in that of ignored ones.
  @Test(arguments: [0, 0.1])
  func pyTorchHasNoGradientWithoutWeight(_ smoothing: Double) throws {
    var gradient = pyTorchLogits
    let result = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: pyTorchLogits.span, classIndices: [2, -100, 1].span, classCount: 3,
      classWeights: [1, 0, 0], labelSmoothing: smoothing, gradient: gradient.mutableSpan)
    #expect(result.value.isNaN && result.validCount == 2)
    #expect(gradient.map(\.isNaN) == [true, true, true, false, false, false, true, true, true])
    #expect(gradient[3..<6].allSatisfy { $0 == 0 })
    // Where all are ignored it is 0, and so it is in the function and the other presets.
    _ = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: pyTorchLogits.span, classIndices: [-100, -100, -100].span, classCount: 3,
      classWeights: [1, 0, 0], gradient: gradient.mutableSpan)
    #expect(gradient.allSatisfy { $0 == 0 })
    gradient = pyTorchLogits
    let onnx = try LossPreset.onnx.softmaxCrossEntropy(
      logits: pyTorchLogits.span, classIndices: [2, -100, 1].span, classCount: 3,
      classWeights: [1, 0, 0], ignoreIndex: -100, gradient: gradient.mutableSpan)
    #expect(onnx.value.isNaN && gradient.allSatisfy { $0 == 0 })
  }

  /// What has another divisor than the weights has a gradient, which is 0.
  @Test func pyTorchWithAnotherDivisor() throws {
    var preset = LossPreset.pytorch
    preset.classIndexReduction = .mean
    var gradient = pyTorchLogits
    let result = try preset.softmaxCrossEntropy(
      logits: pyTorchLogits.span, classIndices: [2, 2, 1].span, classCount: 3,
      classWeights: [1, 0, 0], gradient: gradient.mutableSpan)
    #expect(result.value == 0 && gradient.allSatisfy { $0 == 0 })
  }

  /// A row with a weight among them makes all of it ordinary.
  @Test func pyTorchHasAGradientWithAWeight() throws {
    var gradient = pyTorchLogits
    _ = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: pyTorchLogits.span, classIndices: [2, 0, 1].span, classCount: 3,
      classWeights: [1, 0, 0], gradient: gradient.mutableSpan)
    #expect(gradient.allSatisfy(\.isFinite) && gradient[3] < 0)
  }

  @Test func negativeTargets() throws {
    let targets = [2.0, -1, 0, -0.5, 0.5, 1, 0, 0, 1]
    let rows = [3.4076059644443806, 2.9076059644443806, 1.0986122886681098]
    let slopes = [
      -0.6366564756098732, 0.4149094903515992, 0.2217469852582739, 0.3884136519249406,
      -0.08509050964840079, -0.30332314227653984, 1 / 9.0, 1 / 9.0, -2 / 9.0,
    ]
    for preset in [LossPreset.pytorch, .keras, .optax, .mlx, .tensorFlow] {
      var (losses, gradient) = ([0.0, 0, 0], pyTorchLogits)
      let result = try preset.softmaxCrossEntropy(
        logits: pyTorchLogits.span, classProbabilities: targets.span, classCount: 3,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      #expect(isNear([result.value], [2.4712747391856236]), "\(preset.name)")
      #expect(isNear(losses, rows) && isNear(gradient, slopes), "\(preset.name)")
    }
    // Without a preset they are refused, as the divergence refuses them always.
    #expect(
      errorCode {
        _ = try softmaxCrossEntropy(
          logits: pyTorchLogits.span, classProbabilities: targets.span, classCount: 3)
      } == .negativeMass)
    #expect(
      errorCode {
        _ = try klLoss(
          logits: pyTorchLogits.span, targets: targets.span, classCount: 3, validation: .finite)
      } == .negativeMass)
  }

  /// `batchmean` divides by the first dimension, however many there are.
  @Test func pyTorchBatchMean() throws {
    let x = [1.0, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5, 2, 0, 1]
    let t = [0.2, 0.3, 0.5, 0.1, 0.1, 0.8, 0.3, 0.3, 0.4, 0.5, 0.25, 0.25]
    var i = x
    try logSoftmax(of: x.span, classCount: 3, into: i.mutableSpan)
    func value(_ shape: [Int]) throws -> Double {
      let count = shape.reduce(1, *)
      return try klLoss(
        logPredictions: i.span.extracting(0..<count), targets: t.span.extracting(0..<count),
        classCount: 3, reduction: .divided(by: Double(shape[0]))
      ).value
    }
    #expect(isNear([try value([2, 2, 3])], [0.8370622810506797]))
    #expect(isNear([try value([3])], [0.025984316793268968]))
  }

  // MARK: - TensorFlow

  /// TensorFlow's own test, with its negative label: one class, p − q.
  @Test func tensorFlowOfOneClass() throws {
    let (x, targets) = ([1.0, 2, 3, 4], [-1.0, 0, 1, 1])
    var (losses, gradient) = (x, x)
    _ = try LossPreset.tensorFlow.softmaxCrossEntropy(
      logits: x.span, classProbabilities: targets.span, classCount: 1,
      gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
    #expect(losses == [0, 0, 0, 0])
    #expect(gradient == [2 / 4.0, 1 / 4.0, 0, 0])
  }
}
