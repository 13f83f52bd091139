import Foundation
import Testing

@testable import infotheory

/// Questions about special functions; the values are exact, or the double nearest to
/// what ball arithmetic gives.
@Suite struct SpecialFunctionTests {
  private func answer(_ question: String) throws -> [String: Any] {
    let line = Evaluator.answer(Array(question.utf8)[...], line: 1)?.json ?? "{}"
    return try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test(arguments: [
    (#""digamma","x":1.5"#, 0.03648997397857652), (#""log_gamma","x":1"#, 0),
    (#""log_gamma","x":"0x1.8p+1""#, 0.6931471805599453),
    (#""polygamma","order":2,"x":1.5"#, -0.8287966442343199),
    (#""log_beta","a":1,"b":1"#, 0), (#""log_binomial","n":5,"k":5"#, 0),
    (#""zeta","s":-2"#, 0), (#""hurwitz_zeta","s":2,"a":1"#, 1.6449340668482264),
    (#""lambert_w","x":1"#, 0.5671432904097838),
    (#""lambert_w","x":-0.2,"branch":-1"#, -2.5426413577735263),
    (#""kl_generator","x":1"#, 0), (#""error_function","x":0"#, 0),
    (#""inverse_error_function","y":0"#, 0), (#""bessel_i0_scaled","x":0"#, 1),
    (#""exponential_integral_e","order":1,"x":1"#, 0.21938393439552026),
    (#""regularized_gamma_p","a":1,"x":1"#, 0.6321205588285577),
    (#""regularized_beta","a":1,"b":1,"x":0.25"#, 0.25),
    (#""inverse_regularized_beta","a":1,"b":1,"p":0.25"#, 0.25),
  ])
  func answers(question: String, expected: Double) throws {
    let answer = try answer("{\"measure\":\(question)}")
    let value = try #require(answer["value"] as? Double, "\(question): \(answer)")
    #expect(abs(value - expected) <= 4 * expected.ulp, "\(question): \(value)")
    #expect(answer["unit"] == nil)
  }

  @Test(arguments: [
    (#""digamma","x":-3"#, "pole", "x", "x is -3.0, a pole"),
    (#""lambert_w","x":-1"#, "domain", "x", "x is -1.0"),
    (#""lambert_w","x":1,"branch":2"#, "bad_parameter", "branch", "0 or -1"),
    (#""log_gamma","x":1e308"#, "overflow", "x", "beyond the largest double"),
    (#""digamma","x":"nan""#, "not_finite", "x", "NaN"),
    (#""digamma""#, "missing_field", "x", "needs the field \"x\""),
    (#""digamma","x":[1]"#, "wrong_type", "x", "it must be a number"),
    (#""digamma","z":1"#, "unknown_field", "z", "no field \"z\""),
    (#""digamma","y":1"#, "unexpected_field", "y", "it takes unit, x"),
    (#""polygamma","order":0.5,"x":1"#, "bad_parameter", "order", "a whole number"),
    (#""polygamma","order":"inf","x":1"#, "bad_parameter", "order", "a whole number"),
    (#""digama","x":1"#, "unknown_measure", "measure", "did you mean \"digamma\"?"),
  ])
  func complains(question: String, code: String, argument: String, message: String) throws {
    let answer = try answer("{\"measure\":\(question)}")
    let error = try #require(answer["error"] as? [String: Any], "\(question): \(answer)")
    #expect(error["code"] as? String == code, "\(error)")
    #expect(error["argument"] as? String == argument)
    #expect((error["message"] as? String)?.contains(message) == true, "\(error)")
  }
}
