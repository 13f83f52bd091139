import Testing

@testable import infotheory

/// Questions about distributions by name.
@Suite struct ParametricQuestionTests {
  private func answer(_ question: String, certified: Bool = true) -> String {
    Evaluator.answer(Array(question.utf8)[...], line: 1, certified: certified)?.json ?? "(none)"
  }

  private func ask(_ measure: String, _ p: String, _ q: String? = nil) -> String {
    answer(
      #"{"measure":"\#(measure)","p":"\#(p)""# + (q.map { #","q":"\#($0)""# } ?? "") + "}")
  }

  @Test func aDivergenceHasItsBoundsBesideIt() {
    #expect(
      ask("kl_divergence", "normal(0,1)", "normal(1,2)")
        == #"{"decimal":"0.4431471805599453094172321","id":null,"#
        + #""lower":"0.4431471805599453094172321214","unit":"nats","#
        + #""upper":"0.4431471805599453094172321215","value":0.4431471805599453}"#)
    #expect(
      ask("reverse_kl_divergence", "normal(0,1)", "normal(1,2)")
        .contains(#""decimal":"1.306852819440054690582768""#))
    #expect(
      ask("jeffreys_divergence", "normal(0,1)", "normal(1,2)").contains(#""value":1.75"#))
    #expect(
      ask("cross_entropy", "exponential(0.5)", "exponential(1)").contains(#""value":2"#))
    #expect(
      ask("kl_divergence", "poisson(1)", "bernoulli(0.5)").contains(#""value":"inf""#))
  }

  /// One distribution, written in several ways.
  @Test(arguments: [
    "gamma(2,3)", "gamma(shape=2,scale=3)", " gamma ( scale = 3 , shape = 2 ) ",
    "gamma(2, scale=0x1.8p1)", "gamma(2e0,3.0)",
  ])
  func parametersAreInOrderOrByName(p: String) {
    #expect(ask("entropy", p).contains(#""decimal":"2.6758279535696"#), "\(ask("entropy", p))")
  }

  @Test func listsDefaultsAndUnits() {
    #expect(
      ask("entropy", "dirichlet([1,2,3])") == ask("entropy", "dirichlet(concentration=[1, 2,3])"))
    #expect(ask("entropy", "student_t(3)") == ask("entropy", "student_t(3,scale=1,location=0)"))
    #expect(
      ask("kl_divergence", "diagonal_normal([0,0],[1,1])", "diagonal_normal([1,0],[1,1])")
        .contains(#""value":0.5"#))
    #expect(
      answer(#"{"measure":"entropy","p":"uniform(0,8)","unit":"bits"}"#)
        .contains(#""unit":"bits""#))
    #expect(
      answer(#"{"measure":"binary_entropy","p":"0.5","unit":"bits"}"#).contains(#""value":1"#))
  }

  @Test(arguments: [
    ("norml(0,1)", "unknown_family", #"did you mean \"normal\"?"#),
    (
      "normal(0,sd=1)", "bad_distribution",
      #"normal has no parameter \"sd\"; it is normal(mean, standard_deviation)"#
    ),
    (
      "normal(0,standard_deviatoin=1)", "bad_distribution", #"did you mean \"standard_deviation\"?"#
    ),
    (
      "normal(0)", "bad_distribution",
      "standard_deviation is missing; it is normal(mean, standard_deviation)"
    ),
    (
      "normal(0,1,2)", "bad_distribution",
      "normal takes 2 parameters: normal(mean, standard_deviation)"
    ),
    ("normal(0,mean=1)", "bad_distribution", "mean is given twice"),
    ("normal(mean=0,1)", "bad_distribution", #"\"1\" has no name, and stands after one that has"#),
    ("normal(0,x)", "bad_distribution", #"standard_deviation is \"x\", which spells no number"#),
    (
      "normal(0,nan)", "bad_distribution", #"standard_deviation is \"nan\", which spells no number"#
    ),
    ("normal", "bad_distribution", "a distribution is written like normal(0,1)"),
    (
      "dirichlet(1,2)", "bad_distribution",
      #"concentration is \"1\": it must be a list such as [1,2,3]"#
    ),
    ("binomial(2.5,0.5)", "bad_distribution", "trials is 2.5; it must be a whole number"),
    (
      "normal(0,-1)", "bad_parameter",
      "standard_deviation of normal is -1.0: it must be positive and finite"
    ),
    (
      "half_normal(0)", "bad_parameter",
      "scale of half_normal is 0.0: it must be positive and finite"
    ),
    ("poisson(1e9)", "no_closed_form", "the entropy of poisson(1e9) is a sum of about"),
  ])
  func whatIsWrongIsNamed(p: String, code: String, message: String) {
    let reply = ask("entropy", p)
    #expect(reply.contains(#""code":"\#(code)""#) && reply.contains(message), "\(reply)")
    #expect(reply.contains(#""argument":"p""#), "\(reply)")
  }

  @Test func pairsAndMeasuresWithoutAFormAreRefused() {
    let pair = ask("kl_divergence", "student_t(3)", "student_t(4)")
    #expect(
      pair.contains(#""code":"no_closed_form""#) && pair.contains("student_t(3) from student_t(4)"))
    let measure = ask("renyi_entropy", "normal(0,1)")
    #expect(measure.contains(#""code":"wrong_type""#) && measure.contains("kl_divergence"))
    #expect(ask("entropy", "normal(0,1)", "normal(0,1)").contains(#""code":"unexpected_field""#))
    #expect(
      answer(#"{"measure":"kl_divergence","p":"normal(0,1)","q":[0.5,0.5]}"#)
        .contains("q is an array; it must be text"))
    #expect(
      answer(#"{"measure":"entropy","p":"normal(0,1)","normalize":true}"#)
        .contains(#""code":"unexpected_field""#))
  }

  @Test func withoutProofItSaysWhatToAdd() {
    let reply = answer(#"{"measure":"entropy","p":"normal(0,1)"}"#, certified: false)
    #expect(reply.contains(#""code":"needs_certified""#) && reply.contains("add --certified"))
  }
}
