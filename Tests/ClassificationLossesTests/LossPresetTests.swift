import ClassificationLosses
import InformationTheory
import Testing

/// The quirks of frameworks that a preset has, with the figures that the frameworks gave
/// when they were run; the inputs are those of the specification.
@Suite("Loss presets")
struct LossPresetTests {
  let logits = [1.0, 2, 3, 1, 0, -1, 0.5, 0.5, 0.5]
  let labels = [2, 0, 1]
  let weights = [1.0, 2, 5]
  let oneHot = [0.0, 0, 1, 1, 0, 0, 0, 1, 0]
  let presets: [LossPreset] = [.pytorch, .keras, .mlx, .optax, .tensorFlow, .onnx]

  private func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    (a - b).magnitude <= tolerance * b.magnitude
  }

  @Test func weightedMeanOfIndices() throws {
    let values = try presets.map {
      try $0.softmaxCrossEntropy(
        logits: logits.span, classIndices: labels.span, classCount: 3, classWeights: weights
      ).value
    }
    // Σ w·l over Σ w, or over the number of rows.
    let byWeight = 0.58035754550031265121
    let byRows = 1.54762012133416706990
    for (value, expected) in zip(values, [byWeight, byRows, byRows, byRows, byRows, byWeight]) {
      #expect(isNear(value, expected))
    }
  }

  /// PyTorch's index and one-hot targets differ, and that is why.
  @Test func weightedMeanOfProbabilities() throws {
    for preset in [LossPreset.pytorch, .keras, .optax, .tensorFlow] {
      let value = try preset.softmaxCrossEntropy(
        logits: logits.span, classProbabilities: oneHot.span, classCount: 3,
        classWeights: weights
      ).value
      #expect(isNear(value, 1.54762012133416706990), "\(preset.name)")
    }
  }

  @Test func smoothingWithWeights() throws {
    let value = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: 3, classWeights: weights,
      labelSmoothing: 0.1
    ).value
    #expect(isNear(value, 0.65278259820217706277))
    let ofOneHot = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: logits.span, classProbabilities: oneHot.span, classCount: 3,
      classWeights: weights, labelSmoothing: 0.1
    ).value
    #expect(isNear(ofOneHot, 1.74075359520580550072))
  }

  @Test func ignoredRowsOfPyTorch() throws {
    let some = [2, -100, 1]
    let value = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: logits.span, classIndices: some.span, classCount: 3
    ).value
    #expect(isNear(value, 0.75310912655624499794))
    let weighted = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: logits.span, classIndices: some.span, classCount: 3, classWeights: weights
    ).value
    #expect(isNear(weighted, 0.60503634279401, 1e-11))
  }

  @Test func allIgnored() throws {
    let all = [-100, -100, -100]
    for preset in [LossPreset.pytorch, .keras, .onnx] {
      var gradient = logits
      let result = try preset.softmaxCrossEntropy(
        logits: logits.span, classIndices: all.span, classCount: 3, ignoreIndex: -100,
        gradient: gradient.mutableSpan)
      #expect(preset == .keras ? result.value == 0 : result.value.isNaN, "\(preset.name)")
      #expect(result.validCount == 0 && result.sum == 0)
      #expect(gradient.allSatisfy { $0 == 0 })
    }
  }

  @Test func emptyBatch() throws {
    let (none, noLabels) = ([Double](), [Int]())
    for preset in [LossPreset.pytorch, .optax, .tensorFlow, .onnx] {
      let result = try preset.softmaxCrossEntropy(
        logits: none.span, classIndices: noLabels.span, classCount: 3)
      #expect(result.value.isNaN, "\(preset.name)")
    }
    #expect(throws: InformationError.self) {
      try LossPreset.mlx.softmaxCrossEntropy(
        logits: none.span, classIndices: noLabels.span, classCount: 3)
    }
  }

  @Test func weightsThatSumToZero() throws {
    let zero = [0.0, 0, 0]
    let result = try LossPreset.pytorch.softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: 3, classWeights: zero)
    #expect(result.value.isNaN && result.validCount == 3)
  }

  @Test func targetsThatDoNotSumToOne() throws {
    let targets = [2.0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5]
    func rows(_ preset: LossPreset) throws -> (losses: [Double], gradient: [Double]) {
      var (losses, gradient) = ([0.0, 0, 0], logits)
      _ = try preset.softmaxCrossEntropy(
        logits: logits.span, classProbabilities: targets.span, classCount: 3,
        gradient: gradient.mutableSpan, rowLosses: losses.mutableSpan)
      return (losses, gradient)
    }
    let exact = [4.815211928888761, 0, 1.647918433002165]
    for preset in [LossPreset.pytorch, .optax, .keras, .tensorFlow] {
      let found = try rows(preset).losses
      #expect(zip(found, exact).allSatisfy { isNear($0, $1) }, "\(preset.name): \(found)")
    }
    // MLX takes the total for 1: a row without targets has a loss.
    let mlx = try rows(.mlx)
    let expected = [4.407605964444380, 0.407605964444380, 1.098612288668110]
    #expect(zip(mlx.losses, expected).allSatisfy { isNear($0, $1) }, "\(mlx.losses)")
    // The gradient of the row without targets is p, not 0, where the total is taken for 1.
    let p = [0.6652409557748218895290183, 0.2447284710547976524729596, 0.0900305731703804579980]
    for preset in [LossPreset.mlx, .tensorFlow] {
      let gradient = try rows(preset).gradient
      #expect(zip(gradient[3..<6], p).allSatisfy { isNear($0 * 3, $1) }, "\(preset.name)")
    }
    #expect(try rows(.pytorch).gradient[3..<6].allSatisfy { $0 == 0 })
  }

  @Test func floorOfPyTorchAndMLX() throws {
    let (p, t) = ([0.0], [1.0])
    var gradient = [0.0]
    let result = try LossPreset.pytorch.binaryCrossEntropy(
      probabilities: p.span, targets: t.span, gradient: gradient.mutableSpan)
    // Its floor of the derivative's divisor is 10⁻¹² in single precision.
    let floor = Double(Float(1e-12))
    #expect(result.value == 100 && isNear(gradient[0], -1 / floor))
    _ = try LossPreset.pytorch.binaryCrossEntropy(
      probabilities: [1e-13].span, targets: [0.0].span, gradient: gradient.mutableSpan)
    #expect(isNear(gradient[0], 1e-13 / floor))
    #expect(
      try LossPreset.mlx.binaryCrossEntropy(probabilities: p.span, targets: t.span).value == 100)
  }

  @Test func clippingOfKeras() throws {
    let (p, t) = ([Float(0)], [Float(1)])
    let low = try LossPreset.keras.binaryCrossEntropy(probabilities: p.span, targets: t.span)
    #expect(isNear(low.value, 16.1181, 1e-5))
    // 1 − 10⁻⁷ is a coarse number in single precision.
    let high = try LossPreset.keras.binaryCrossEntropy(probabilities: t.span, targets: p.span)
    #expect(isNear(high.value, 15.9424, 1e-5))
    let (mixed, truth) = ([Float(1), 0, 1, 0], [Float(0), 0, 1, 0])
    let mean = try LossPreset.keras.binaryCrossEntropy(
      probabilities: mixed.span, targets: truth.span)
    #expect(isNear(mean.value, 3.98559, 1e-5))
  }

  @Test func meanOfTheKullbackLeiblerLoss() throws {
    var i = [0.0, 0, 0]
    let (x, t) = ([1.0, 2, 3], [0.2, 0.3, 0.5])
    try logSoftmax(of: x.span, classCount: 3, into: i.mutableSpan)
    func value(_ preset: LossPreset) throws -> Double {
      try preset.klLoss(logPredictions: i.span, targets: t.span, classCount: 3).value
    }
    #expect(isNear(try value(.optax), 0.07795295037980677707))
    #expect(isNear(try value(.keras), 0.07795295037980677707))
    #expect(isNear(try value(.pytorch), 0.07795295037980677707 / 3))
  }

  /// The balancing weight is torchvision's default and nobody else's.
  @Test func focalLossWithAndWithoutBalance() throws {
    let (x, t) = ([-1.6, 0.51, 2.94, -1.8], [0.0, 1, 0, 0])
    func value(_ preset: LossPreset) throws -> Double {
      try preset.sigmoidFocalLoss(logits: x.span, targets: t.span).value
    }
    for preset in [LossPreset.keras, .optax] {
      #expect(isNear(try value(preset), 0.6932789388, 1e-9), "\(preset.name)")
    }
    #expect(isNear(try value(.pytorch), 0.5116834427, 1e-9))
  }

  @Test func weightsOverTheNumberOfElements() throws {
    let (x, t, u) = ([0.4, -1.2, 2, 0.1], [1.0, 0, 0.3, 1], [2.0, 2, 0.25, 0.25])
    let result = try LossPreset.pytorch.binaryCrossEntropy(
      logits: x.span, targets: t.span, positiveWeights: [3, 0.5], weights: u.span)
    #expect(isNear(result.value, 1.0214943090005406))
  }
}
