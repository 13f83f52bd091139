import ClassificationLosses
import InformationTheory
import Testing

/// Bad data throws what is wrong and where; wrong buffers trap.
@Suite("Errors of losses")
struct LossErrorTests {
  private let x = [1.0, 2, 3, 1, 0, -1]

  /// The error that some work throws.
  private func error(_ work: () throws -> Void) throws -> InformationError {
    try #require(throws: InformationError.self) { try work() }
  }

  private func loss(
    _ logits: [Double], _ labels: [Int] = [0, 1], classWeights: [Double]? = nil,
    weights: [Double] = [1, 1], smoothing: Double = 0, zLoss: Double = 0, cap: Double? = nil
  ) throws {
    _ = try softmaxCrossEntropy(
      logits: logits.span, classIndices: labels.span, classCount: 3, classWeights: classWeights,
      sampleWeights: weights.span, labelSmoothing: smoothing, zLossScale: zLoss,
      logitSoftcap: cap)
  }

  @Test func labelsOutOfRange() throws {
    let found = try error { try loss(x, [0, 3]) }
    #expect(found.code == .labelOutOfRange && found.index == 1)
    #expect(found.argument == "classIndices" && found.code.description == "label_out_of_range")
    #expect(
      found.message == """
        row 1: the class index 3 is not in 0 ..< 3; pass it as ignoreIndex if such rows are to \
        be left out
        """)
  }

  @Test func logitsOutOfRange() throws {
    let nan = try error { try loss([1, 2, 3, 0, .nan, 0]) }
    #expect(nan.code == .notFinite && nan.index == 1 && nan.argument == "logits")
    #expect(nan.message.hasPrefix("row 1, class 1: the logit is NaN"))
    let low = -Double.infinity
    let none = try error { try loss([1, 2, 3, low, low, low]) }
    #expect(none.code == .undefined && none.index == 1)
    let several = try error { try loss([1, .infinity, .infinity, 0, 0, 0]) }
    #expect(several.code == .undefined && several.index == 0)
    #expect(several.message.contains("2 logits are +inf"))
    // The soft-cap makes all of them finite, but for NaN.
    try loss([1, .infinity, .infinity, low, low, low], cap: 3)
    #expect(errorCode { try loss([1, 2, 3, 0, .nan, 0], cap: 3) } == .notFinite)
  }

  @Test(arguments: [-0.1, 1.1, .nan, .infinity])
  func smoothingOutOfRange(_ smoothing: Double) throws {
    let found = try error { try loss(x, smoothing: smoothing) }
    #expect(found.argument == "labelSmoothing" && found.message.contains("\(smoothing)"))
    #expect(found.message.contains("0 ... 1"))
    #expect(found.code == (smoothing.isNaN ? .notFinite : .badParameter))
  }

  @Test(arguments: [-1, .nan, .infinity])
  func weightsOutOfRange(_ weight: Double) throws {
    let ofClass = try error { try loss(x, classWeights: [1, weight, 1]) }
    #expect(ofClass.argument == "classWeights" && ofClass.index == 1)
    let ofRow = try error { try loss(x, weights: [1, weight]) }
    #expect(ofRow.argument == "sampleWeights" && ofRow.index == 1)
    #expect(try error { try loss(x, zLoss: weight) }.argument == "zLossScale")
    #expect(try error { try loss(x, cap: weight) }.argument == "logitSoftcap")
    #expect(errorCode { try loss(x, cap: 0) } == .badParameter)
    let ofElement = try error {
      _ = try binaryCrossEntropy(
        logits: [1.0, 2].span, targets: [1.0, 0].span, weights: [1, weight].span)
    }
    #expect(ofElement.argument == "weights" && ofElement.index == 1)
    let positive = try error {
      _ = try binaryCrossEntropy(
        logits: [1.0].span, targets: [1.0].span, positiveWeights: [weight])
    }
    #expect(positive.argument == "positiveWeights")
  }

  @Test(arguments: [-0.5, 1.5, .nan])
  func probabilitiesOutOfRange(_ value: Double) throws {
    let target = try error {
      _ = try binaryCrossEntropy(logits: [1.0, 2].span, targets: [0.5, value].span)
    }
    #expect(target.argument == "targets" && target.index == 1)
    #expect(target.message == "targets[1] is \(value): it must be in 0 ... 1")
    let probability = try error {
      _ = try binaryCrossEntropy(probabilities: [value].span, targets: [0.5].span)
    }
    #expect(probability.argument == "probabilities" && probability.index == 0)
    let focal = try error {
      _ = try sigmoidFocalLoss(logits: [1.0].span, targets: [value].span)
    }
    #expect(focal.argument == "targets")
    if !(value > 0) {
      let mass = try error {
        _ = try klLoss(logPredictions: [-1.0].span, targets: [value].span, classCount: 1)
      }
      #expect(mass.code == (value.isNaN ? .notFinite : .negativeMass))
      #expect(
        errorCode { _ = try poissonNLL(predictions: [1.0].span, targets: [value].span) }
          == mass.code)
    }
  }

  @Test func logarithmsOutOfRange() throws {
    for value in [Double.nan, .infinity] {
      let kl = try error {
        _ = try klLoss(logPredictions: [value].span, logTargets: [0.0].span, classCount: 1)
      }
      #expect(kl.code == .notFinite && kl.argument == "logPredictions" && kl.index == 0)
      let target = try error {
        _ = try klLoss(logPredictions: [0.0].span, logTargets: [value].span, classCount: 1)
      }
      #expect(target.argument == "logTargets")
      let nll = try error {
        _ = try nllLoss(logProbabilities: [value].span, classIndices: [0].span, classCount: 1)
      }
      #expect(nll.argument == "logProbabilities")
      #expect(
        errorCode {
          _ = try generalizedKLLoss(
            logPredictions: [value].span, targets: [0.0].span, classCount: 1)
        } == .notFinite)
    }
    #expect(
      errorCode { _ = try binaryCrossEntropy(logits: [Double.nan].span, targets: [0.0].span) }
        == .notFinite)
  }

  @Test func negativeRates() throws {
    let found = try error {
      _ = try poissonNLL(
        predictions: [1.0, -2].span, targets: [1.0, 1].span, predictsLogarithms: false)
    }
    #expect(found.code == .negativeMass && found.argument == "predictions" && found.index == 1)
    #expect(found.message == "predictions[1] is -2.0: it must be finite and not negative")
  }

  /// A reward of +∞, and one next to a loss of as much.
  @Test func infiniteRewards() throws {
    func value(_ logits: [Double], _ targets: [Double], zLoss: Double = 0) throws -> Double {
      try softmaxCrossEntropy(
        logits: logits.span, classProbabilities: targets.span, classCount: 3,
        zLossScale: zLoss, validation: .finite
      ).value
    }
    let low = -Double.infinity
    #expect(try value([0, low, 1], [2, -1, 0]) == -.infinity)
    #expect(try value([0, low, 1], [2, 1, -2]) == .infinity)
    let found = try error { _ = try value([0, low, low], [2, -2, 1]) }
    #expect(found.code == .undefined && found.argument == "classProbabilities")
    #expect(found.index == 0)
    #expect(errorCode { _ = try value([0, .infinity, 1], [-1, 2, 0], zLoss: 1) } == .undefined)
    #expect(errorCode { _ = try value([0, 1, 2], [0, -.infinity, 1]) } == .negativeMass)
    #expect(errorCode { _ = try value([0, 1, 2], [0, .nan, 1]) } == .notFinite)
    // Products beyond the largest double cancel as numbers do.
    let far = try value([1e300, 0, -1e300], [0, -0x1p300, 0x1p299])
    #expect(far.magnitude <= 1e95)
  }

  @Test func variancesOutOfRange() throws {
    func code(_ mean: Double, _ target: Double, _ variance: Double, least: Double = 0)
      -> InformationError.Code?
    {
      errorCode {
        _ = try gaussianNLL(
          predictions: [mean].span, targets: [target].span, variances: [variance].span,
          leastVariance: least)
      }
    }
    #expect(code(0, 0, 0) == .badParameter && code(0, 0, -1, least: 1) == .badParameter)
    #expect(code(0, 0, .nan) == .notFinite && code(0, .infinity, 1) == .badParameter)
    #expect(code(.nan, 0, 1) == .notFinite)
    #expect(code(0, 0, 0, least: 1e-6) == nil)
  }

  @Test func polynomialsOutOfRange() throws {
    for epsilon in [-1.5, .nan, .infinity] {
      let found = try error {
        _ = try poly1CrossEntropy(
          logits: x.span, classIndices: [0, 1].span, classCount: 3, epsilon: epsilon)
      }
      #expect(found.argument == "epsilon")
    }
  }

  @Test func wrongLengthsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2, 3].span, classIndices: [0].span, classCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classIndices: [0, 0].span, classCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classIndices: [0].span, classCount: 2, classWeights: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classIndices: [0].span, classCount: 2,
        sampleWeights: [1.0, 1].span)
    }
    await #expect(processExitsWith: .failure) {
      var gradient = [0.0]
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classIndices: [0].span, classCount: 2,
        gradient: gradient.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      var losses = [0.0, 0]
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classIndices: [0].span, classCount: 2,
        rowLosses: losses.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classProbabilities: [1.0].span, classCount: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = try binaryCrossEntropy(logits: [1.0, 2].span, targets: [1.0].span)
    }
    await #expect(processExitsWith: .failure) {
      _ = try binaryCrossEntropy(
        logits: [1.0, 2].span, targets: [1.0, 1].span, positiveWeights: [1, 1, 1])
    }
  }

  @Test func impossibleLayoutsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = try softmaxCrossEntropy(logits: [1.0].span, classIndices: [0].span, classCount: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classIndices: [0].span, classCount: 2, classStride: 0)
    }
    await #expect(processExitsWith: .failure) {
      var hessian = [0.0, 0]
      _ = try softmaxCrossEntropy(
        logits: [1.0, 2].span, classIndices: [0].span, classCount: 2, zLossScale: 1,
        hessianDiagonal: hessian.mutableSpan)
    }
    await #expect(processExitsWith: .failure) { _ = LogFloor.logarithm(0) }
    await #expect(processExitsWith: .failure) { _ = LogFloor.epsilon(0.5) }
  }
}
