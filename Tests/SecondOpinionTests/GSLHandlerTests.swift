import CGSL
import SpecialFunctions
import Testing

@Suite("GSL's error handler")
struct GSLHandlerTests {
  @Test("as GSL comes, a domain error and even an underflow end the process")
  func defaultHandler() async {
    await #expect(processExitsWith: .failure) {
      var result = gsl_sf_result()
      _ = unsafe gsl_sf_psi_e(0, &result)
    }
    await #expect(processExitsWith: .failure) {
      var result = gsl_sf_result()
      _ = unsafe gsl_sf_exp_e(-1000, &result)
    }
  }

  @Test("each of our functions that call GSL has switched it off, before any other")
  func switchedOff() async {
    // What each of them does must come first in its process, and GSL fail after it.
    await #expect(processExitsWith: .success) {
      _ = try? integrate(from: 0, to: 1) { x in x }
      var result = gsl_sf_result()
      _ = unsafe gsl_sf_psi_e(0, &result)
    }
    await #expect(processExitsWith: .success) {
      _ = try? integrate(from: 0, to: 1) { x in 1 / x }
      _ = try? integrate(from: 0, to: .infinity) { x in x }
    }
    await #expect(processExitsWith: .success) {
      _ = try? findRoot(in: 0...1) { x in x > 0.25 ? .nan : x - 0.5 }
      var result = gsl_sf_result()
      _ = unsafe gsl_sf_exp_e(-1000, &result)
    }
    await #expect(processExitsWith: .success) {
      _ = try? findMinimum(in: 0...1) { x in (x - 0.3) * (x - 0.3) }
      var result = gsl_sf_result()
      _ = unsafe gsl_sf_exp_e(1000, &result)
    }
  }
}
