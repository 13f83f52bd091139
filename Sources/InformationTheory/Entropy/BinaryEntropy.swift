/// Returns the entropy of a coin: of one probability and its complement.
///
/// `h(x) = −x log x − (1−x) log(1−x)`, with 1 − x exact, so that both ends keep
/// their digits: h(3e-20) is right to the last, and so is h(1 − 2⁻⁵³).
///
/// - Parameter probability: The probability x, in 0 … 1.
/// - Returns: A value from 0, at both ends, to 1 bit, at ½.
/// - Throws: ``InformationError`` with the code `badParameter`.
/// - Accuracy: within 1 ulp (`binary-entropy.json`).
/// - Source: Cover and Thomas, *Elements of Information Theory*, 2nd ed., eq. 2.5.
public func binaryEntropy(_ probability: Double) throws(InformationError) -> Information {
  guard probability >= 0 && probability <= 1 else {
    throw InformationError(
      .badParameter, argument: "probability",
      "the probability is \(probability): it must be in 0 ... 1")
  }
  guard probability > 0 && probability < 1 else { return .zero }
  let complement = DoubleDouble.difference(1, probability)
  let lift = Term.lift(probability)
  let lifted = probability.scaled(byPowerOfTwo: lift)
  var sum = ExactSum()
  sum.add(-DoubleDouble.log(probability) * lifted, timesPowerOfTwo: -lift)
  // Where x was lifted, −log(1−x) is x to all digits.
  let log = lift == 0 ? -DoubleDouble.log1p(DoubleDouble(-probability)) : DoubleDouble(lifted)
  sum.add(complement * log, timesPowerOfTwo: -lift)
  return Information(sum.doubleDouble)
}
