public import InformationTheory

// Measures of the dependence of two groups of variables that are no sums of entropies,
// certified. Independence is decided in exact arithmetic, and is 0.

extension Certified {
  /// Returns the pointwise mutual information of two outcomes, certified.
  ///
  /// `log(p(x, y)/(p(x) p(y)))`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - x: The outcomes of one or several variables.
  ///   - y: The outcomes of others.
  ///   - unit: The unit of the amount.
  /// - Returns: A number of either sign, exactly 0 where p(x, y) = p(x) p(y); −∞ where the
  ///   outcomes are possible, but not together.
  /// - Throws: `InformationError`, as the method of `JointDistribution`.
  public static func pointwiseMutualInformation(
    in joint: JointDistribution, of x: [String: JointDistribution.Outcome],
    and y: [String: JointDistribution.Outcome], unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (cells, chosen) = (JointCells(joint), try joint.cells(with: x, and: y))
    return PointwiseEvaluation(cells: cells, chosen: chosen, unit: unit).certified
  }

  /// Returns the lautum information of two groups of variables, certified.
  ///
  /// `Σ p(x) p(y) log(p(x) p(y)/p(x, y))`.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - x: One group of variables.
  ///   - y: The other.
  ///   - unit: The unit of the amount.
  /// - Returns: A number in 0 … +∞, exactly 0 where X and Y are independent.
  /// - Throws: `InformationError` with the code `unknownVariable`.
  public static func lautumInformation(
    in joint: JointDistribution, between x: JointDistribution.Variables,
    and y: JointDistribution.Variables, unit: InformationUnit = .nats
  ) throws(InformationError) -> Certified {
    let (a, b) = (try joint.group(x, "x"), try joint.group(y, "y"))
    let cells = JointCells(joint)
    if JointPair(cells, a, b, BallArithmetic.exact).areIndependent { return Certified(exactly: 0) }
    return LautumEvaluation(cells: cells, x: a, y: b, unit: unit).certified
  }

  /// Returns by how much a split of the data lowers the Gini impurity of a target, certified.
  ///
  /// `Σ (p(x, y) − p(x) p(y))²/p(x)`, X the split and Y the target.
  ///
  /// - Parameters:
  ///   - joint: The joint distribution.
  ///   - target: The variables Y to predict.
  ///   - split: The variables X to split by.
  /// - Returns: A number in 0 … G(Y), exactly 0 where X and Y are independent.
  /// - Throws: `InformationError` with the code `unknownVariable`.
  public static func giniGain(
    in joint: JointDistribution, about target: JointDistribution.Variables,
    from split: JointDistribution.Variables
  ) throws(InformationError) -> Certified {
    let (x, y) = (try joint.group(split, "split"), try joint.group(target, "target"))
    let cells = JointCells(joint)
    if JointPair(cells, x, y, BallArithmetic.exact).areIndependent { return Certified(exactly: 0) }
    return GiniGainEvaluation(cells: cells, x: x, y: y).certified
  }
}
