import CGSL
import SpecialFunctions
import Testing

@Suite("Faults of GSL")
struct GSLFaultTests {
  /// A newer GSL may have mended a fault; what it may not do is something third, for
  /// then this list and the documentation's table are out of date.
  @Test("GSL is as wrong as described, or right; ours is right", arguments: GSLFault.all)
  func fault(_ fault: GSLFault) throws {
    let answer = GSLLibrary.answer(fault.gsl)
    let isMended = (answer.value - fault.truth).magnitude <= 1e-14 * fault.truth.magnitude
    #expect(
      isMended || answer.status == GSL_SUCCESS && fault.describes(answer),
      """
      GSL \(GSL_VERSION) answers \(answer): neither the fault \
      \(fault.wrong) nor the truth \(fault.truth). Measure it again.
      """)
    let ours = try fault.ours()
    expect(ours, near: fault.truth, relative: 1e-15)
  }

  @Test("psi(−3) is a pole: GSL says −8.6e15 with status 0")
  func psiAtPole() {
    let answer = GSLLibrary.answer { unsafe gsl_sf_psi_e(-3, &$0) }
    let isMended = answer.status == GSL_EDOM
    #expect(isMended || answer.status == GSL_SUCCESS && answer.value < -1e15, "\(answer)")
    expectCode(.pole) { () throws(SpecialFunctionError) in try digamma(-3) }
  }

  @Test("lngamma(−2) is a pole: GSL's error leaves 0 or NaN as the value")
  func lngammaAtPole() {
    let answer = GSLLibrary.answer { unsafe gsl_sf_lngamma_e(-2, &$0) }
    #expect(answer.status == GSL_EDOM && !(answer.value.magnitude > 0), "\(answer)")
    expectCode(.pole) { () throws(SpecialFunctionError) in try logGamma(-2) }
  }

  @Test("lngamma(1e306) overflows: GSL says inf with status 0")
  func lngammaOverflow() {
    let answer = GSLLibrary.answer { unsafe gsl_sf_lngamma_e(1e306, &$0) }
    let isMended = answer.status == GSL_EOVRFLW
    #expect(isMended || answer.status == GSL_SUCCESS && answer.value == .infinity, "\(answer)")
    expectCode(.overflow) { () throws(SpecialFunctionError) in try logGamma(1e306) }
  }

  @Test("lambert_Wm1(1) is not real: GSL gives the other branch with status 0")
  func lambertOtherBranch() {
    let answer = GSLLibrary.answer { unsafe gsl_sf_lambert_Wm1_e(1, &$0) }
    let isMended = answer.status == GSL_EDOM
    #expect(
      isMended || answer.status == GSL_SUCCESS && (answer.value - 0.56714329).magnitude < 1e-8,
      "\(answer)")
    expectCode(.domain) { () throws(SpecialFunctionError) in try lambertW(1, branch: .minusOne) }
  }

  @Test("expint_Ei(720) is 6.8e309: GSL says −inf")
  func expintOverflow() {
    let answer = GSLLibrary.answer { unsafe gsl_sf_expint_Ei_e(720, &$0) }
    #expect(answer.status == GSL_EOVRFLW && answer.value.isInfinite, "\(answer)")
    expectCode(.overflow) { () throws(SpecialFunctionError) in try exponentialIntegralEi(720) }
  }

  @Test("log_erfc(1e200) is beyond the largest double: GSL says NaN with status 0")
  func logErfcOverflow() {
    let answer = GSLLibrary.answer { unsafe gsl_sf_log_erfc_e(1e200, &$0) }
    let isMended = answer.status == GSL_EOVRFLW
    #expect(isMended || answer.status == GSL_SUCCESS && answer.value.isNaN, "\(answer)")
    expectCode(.overflow) { () throws(SpecialFunctionError) in
      try logComplementaryErrorFunction(1e200)
    }
  }

  @Test("beta_inc(1e7, 1e7, ½) is ½: GSL does not converge")
  func betaIncFails() throws {
    let answer = GSLLibrary.answer { unsafe gsl_sf_beta_inc_e(1e7, 1e7, 0.5, &$0) }
    #expect(answer.status == GSL_EMAXITER || answer.value == 0.5, "\(answer)")
    expect(try regularizedBeta(0.5, 1e7, 1e7), near: 0.5, relative: 1e-14)
  }

  /// We have no hypergeometric functions; here is a reason.
  @Test("hyperg_1F1(100, 2, 500) is 6.9e332: GSL says NaN with status 0")
  func hypergeometric() {
    let answer = GSLLibrary.answer { unsafe gsl_sf_hyperg_1F1_e(100, 2, 500, &$0) }
    let isMended = answer.status == GSL_EOVRFLW
    #expect(isMended || answer.status == GSL_SUCCESS && answer.value.isNaN, "\(answer)")
  }

  private func expectCode(
    _ code: SpecialFunctionError.Code, at location: SourceLocation = #_sourceLocation,
    _ body: () throws(SpecialFunctionError) -> Double
  ) {
    do {
      let value = try body()
      Issue.record("no error \(code) but \(value)", sourceLocation: location)
    } catch {
      #expect(error.code == code, "\(error)", sourceLocation: location)
    }
  }
}
