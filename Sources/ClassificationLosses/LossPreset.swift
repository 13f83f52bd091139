/// The conventions of a framework: what its "mean" divides by, what it makes of nothing,
/// where it floors a logarithm.
///
/// ```swift
/// let loss = try LossPreset.pytorch.softmaxCrossEntropy(
///   logits: z.span, classIndices: y.span, classCount: 10, classWeights: weights)
/// ```
///
/// The numbers are those that the framework would give in exact arithmetic: its rounding
/// errors, its −0 and its NaN next to infinities are not imitated. The gradient of a mean
/// over nothing is 0, but for PyTorch's of rows that weigh 0 in total, which is NaN.
public struct LossPreset: Hashable, Sendable {
  /// The framework's name.
  public let name: String
  /// What the mean of losses of class indices is divided by.
  public var classIndexReduction = LossReduction.mean
  /// What the mean of losses of class probabilities is divided by.
  public var classProbabilityReduction = LossReduction.batchMean
  /// What a mean over nothing is.
  public var empty = EmptyPolicy.nan
  /// The label of rows that the framework skips unless told otherwise.
  public var ignoreIndex: Int?
  /// What is made of class probabilities whose total is not 1.
  public var softTargets = SoftTargetConvention.derivative
  /// What becomes of probabilities near 0 and 1.
  public var logFloor = LogFloor.none
  /// Whether rows of predicted probabilities are divided by their sums.
  public var normalizesProbabilities = false
  /// Whether the gradient is NaN where rows take part and weigh 0 in total.
  public var hasNaNGradientWithoutWeight = false
  /// Whether the mean of the Kullback–Leibler loss divides by the number of elements,
  /// not of rows.
  public var dividesKLByElements = false
  /// The weight of positives in the focal loss.
  public var focalAlpha: Double?
  /// What is added to a Poisson rate before its logarithm is taken.
  public var poissonEpsilon = 0.0
  /// The least variance of the Gaussian likelihood.
  public var leastVariance = 0.0

  /// PyTorch 2.13 to 2.15 with torchvision, its argument `reduction="mean"`.
  ///
  /// Class weights make a weighted mean with indices, but not with probabilities.
  public static let pytorch = Self(
    name: "PyTorch", classIndexReduction: .weightedMean, ignoreIndex: -100,
    logFloor: .logarithm(-100), hasNaNGradientWithoutWeight: true, dividesKLByElements: true,
    focalAlpha: 0.25,
    poissonEpsilon: 1e-8, leastVariance: 1e-6)

  /// Keras 3.15 with its loss classes' `sum_over_batch_size`.
  ///
  /// A mean over ignored rows alone is 0, and of no rows at all an empty array, which is an
  /// error here. Rows of probabilities are divided by their sums and brought into
  /// 10⁻⁷ … 1 − 10⁻⁷.
  public static let keras = Self(
    name: "Keras", classProbabilityReduction: .mean, empty: .zeroUnlessNoRows,
    logFloor: .epsilon(1e-7), normalizesProbabilities: true, poissonEpsilon: 1e-7)

  /// MLX 0.32 with `reduction="mean"`: weighted losses over the number of rows.
  ///
  /// It takes the total of class probabilities for 1, in the loss too.
  public static let mlx = Self(
    name: "MLX", classIndexReduction: .batchMean, empty: .throwing, softTargets: .unitTotal,
    logFloor: .logarithm(-100), leastVariance: 1e-6)

  /// Optax 0.2.8 with the mean of what it returns, which is a loss for each row.
  public static let optax = Self(name: "Optax", classIndexReduction: .batchMean)

  /// TensorFlow's `tf.nn` with the mean of what it returns.
  ///
  /// The gradient takes the total of class probabilities for 1, the loss does not.
  public static let tensorFlow = Self(
    name: "TensorFlow", classIndexReduction: .batchMean, softTargets: .unitTotalGradient)

  /// The operator `SoftmaxCrossEntropyLoss` of ONNX, with `reduction="mean"`.
  public static let onnx = Self(name: "ONNX", classIndexReduction: .weightedMean)

  /// The least probability of losses that have no other floor.
  var leastProbability: Double {
    if case .probability(let epsilon) = logFloor.kind { return epsilon }
    return 0
  }
}
