import InformationTheory

// What can be wrong with the data of a loss: the row, the value and what would do.
extension InformationError {
  static func nanLogit(row: Int, class c: Int) -> InformationError {
    InformationError(
      .notFinite, argument: "logits", index: row,
      "row \(row), class \(c): the logit is NaN; mark the row as ignored or mend it")
  }

  static func noPossibleClass(row: Int) -> InformationError {
    InformationError(
      .undefined, argument: "logits", index: row,
      "row \(row): every logit is -inf, so no class is possible and softmax is undefined")
  }

  static func severalInfiniteLogits(row: Int, count: Int) -> InformationError {
    InformationError(
      .undefined, argument: "logits", index: row,
      "row \(row): \(count) logits are +inf, and their differences are undefined")
  }

  static func oppositeInfinities(row: Int) -> InformationError {
    InformationError(
      .undefined, argument: "classProbabilities", index: row,
      """
      row \(row): a class of no probability has a negative target and another loss is +inf, \
      and their sum is undefined
      """)
  }

  static func labelOutOfRange(row: Int, _ label: Int, classCount: Int) -> InformationError {
    InformationError(
      .labelOutOfRange, argument: "classIndices", index: row,
      """
      row \(row): the class index \(label) is not in 0 ..< \(classCount); \
      pass it as ignoreIndex if such rows are to be left out
      """)
  }

  static func badNumber(
    _ argument: String, at index: Int? = nil, _ value: Double, _ demand: String
  ) -> InformationError {
    let place = index.map { "\(argument)[\($0)]" } ?? argument
    let code: Code = value.isNaN ? .notFinite : .badParameter
    return InformationError(
      code, argument: argument, index: index, "\(place) is \(value): it must be \(demand)")
  }

  /// Checks that weights are not negative, nor so large that products of them overflow.
  static func demandWeights<Scalar: InformationScalar>(
    _ weights: Span<Scalar>?, _ argument: String
  ) throws(InformationError) {
    guard let weights else { return }
    for i in weights.indices {
      let weight = Double(weights[i])
      guard weight >= 0 && weight <= 0x1p300 else {
        throw badNumber(argument, at: i, weight, "not negative and at most 2^300")
      }
    }
  }

  /// Checks that there is a weight for each class, finite and not negative.
  static func demandClassWeights(
    _ weights: [Double]?, _ argument: String, _ layout: ClassLayout
  ) throws(InformationError) {
    guard let weights else { return }
    precondition(
      weights.count == layout.classCount, "\(argument) must have one element a class")
    try demandWeights(weights.span, argument)
  }

  /// Checks that a number is in 0 … 1, which NaN is not.
  static func demandShare(_ value: Double, _ argument: String) throws(InformationError) {
    guard value >= 0 && value <= 1 else { throw badNumber(argument, value, "in 0 ... 1") }
  }

  /// Checks that a number is finite and not negative.
  static func demandScale(_ value: Double, _ argument: String) throws(InformationError) {
    guard value >= 0 && value < .infinity else {
      throw badNumber(argument, value, "finite and not negative")
    }
  }
}
