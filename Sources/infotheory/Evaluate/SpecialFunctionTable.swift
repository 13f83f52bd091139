import SpecialFunctions

extension SpecialFunction {
  /// Every special function, by the name of its Swift function in snake case.
  static let all: [SpecialFunction] = gamma + incomplete + elementary + errorFunctions + bessel

  /// The function with a name.
  static func named(_ name: String) -> SpecialFunction? { byName[name] }

  private static let byName: [String: SpecialFunction] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, $0) })

  private static let gamma: [SpecialFunction] = [
    SpecialFunction("log_gamma", "x", logGamma),
    SpecialFunction("sign_of_gamma", "x", signOfGamma),
    SpecialFunction("digamma", "x", digamma),
    SpecialFunction("trigamma", "x", trigamma),
    SpecialFunction("polygamma", whole: "order", "x", polygamma(order:_:)),
    SpecialFunction("log_beta", "a", "b", logBeta),
    SpecialFunction("log_binomial", "n", "k", logBinomial),
    SpecialFunction("log_gamma_remainder", "a", "h", logGammaRemainder(at:step:)),
    SpecialFunction("digamma_difference", "a", "h", digammaDifference(at:step:)),
    SpecialFunction("zeta", "s", zeta),
    SpecialFunction("zeta_minus_one", "s", zetaMinusOne),
    SpecialFunction("hurwitz_zeta", "s", "a", hurwitzZeta),
  ]

  private static let incomplete: [SpecialFunction] = [
    SpecialFunction("regularized_gamma_p", "a", "x", regularizedGammaP(shape:_:)),
    SpecialFunction("regularized_gamma_q", "a", "x", regularizedGammaQ(shape:_:)),
    SpecialFunction("inverse_regularized_gamma_p", "a", "p", inverseRegularizedGammaP(shape:_:)),
    SpecialFunction("inverse_regularized_gamma_q", "a", "q", inverseRegularizedGammaQ(shape:_:)),
    SpecialFunction("regularized_beta", "x", "a", "b", regularizedBeta),
    SpecialFunction("complementary_regularized_beta", "x", "a", "b", complementaryRegularizedBeta),
    SpecialFunction("inverse_regularized_beta", "p", "a", "b", inverseRegularizedBeta),
    SpecialFunction(
      "inverse_complementary_regularized_beta", "q", "a", "b", inverseComplementaryRegularizedBeta),
  ]

  private static let elementary: [SpecialFunction] = [
    SpecialFunction("log1pmx", "u", log1pmx),
    SpecialFunction("kl_generator", "x", klGenerator),
    SpecialFunction(
      "lambert_w", whole: "branch", standard: 0, "x"
    ) { branch, x throws(SpecialFunctionError) in
      try lambertW(x, branch: try lambertBranch(branch))
    },
    SpecialFunction("dilogarithm", "x", dilogarithm),
    SpecialFunction("exponential_integral_e1", "x", exponentialIntegralE1),
    SpecialFunction("exponential_integral_ei", "x", exponentialIntegralEi),
    SpecialFunction(
      "exponential_integral_e", whole: "order", "x", exponentialIntegralE(order:_:)),
  ]

  private static let errorFunctions: [SpecialFunction] = [
    SpecialFunction("error_function", "x", errorFunction),
    SpecialFunction("complementary_error_function", "x", complementaryErrorFunction),
    SpecialFunction("scaled_complementary_error_function", "x", scaledComplementaryErrorFunction),
    SpecialFunction("log_complementary_error_function", "x", logComplementaryErrorFunction),
    SpecialFunction("inverse_error_function", "y", inverseErrorFunction),
    SpecialFunction(
      "inverse_complementary_error_function", "y", inverseComplementaryErrorFunction),
  ]

  private static let bessel: [SpecialFunction] = [
    SpecialFunction("bessel_i0_scaled", "x", besselI0Scaled),
    SpecialFunction("bessel_i1_scaled", "x", besselI1Scaled),
    SpecialFunction("log_bessel_i0", "x", logBesselI0),
    SpecialFunction("log_bessel_i1", "x", logBesselI1),
    SpecialFunction("bessel_ratio_i1_i0", "x", besselRatioI1I0),
  ]
}

/// The branch of Lambert's W with a number, 0 or −1.
private func lambertBranch(_ number: Int) throws(SpecialFunctionError) -> LambertBranch {
  switch number {
  case 0: return .principal
  case -1: return .minusOne
  default:
    throw SpecialFunctionError(
      .badParameter, in: "lambertW", argument: "branch", value: Double(number),
      "branch is \(number): it must be 0 or -1")
  }
}
