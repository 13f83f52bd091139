import Testing

@testable import infotheory

/// Answers with proof, whole: JSON has its fields in alphabetical order.
@Suite struct CertifiedAnswerTests {
  private func answer(_ question: String) -> String {
    Evaluator.answer(Array(question.utf8)[...], line: 1, certified: true)?.json ?? "(none)"
  }

  @Test func aNumberHasItsBoundsBesideIt() {
    #expect(
      answer(#"{"id":1,"measure":"kl_divergence","p":[0.5,0.25,0.25],"q":[0.4,0.4,0.2]}"#)
        == #"{"decimal":"0.04985675617422342841198706","id":1,"#
        + #""lower":"0.04985675617422342841198705994","unit":"nats","#
        + #""upper":"0.04985675617422342841198705995","value":0.04985675617422343}"#)
    #expect(
      answer(#"{"id":2,"measure":"kl_divergence","p":[1,0],"q":[0,1]}"#)
        == #"{"decimal":"inf","id":2,"lower":"inf","unit":"nats","upper":"inf","value":"inf"}"#)
  }

  @Test func aGradientIsAnArrayOfNumbersWithBounds() {
    #expect(
      answer(
        #"{"measure":"softmax_cross_entropy","logits":[20,0],"class_indices":0,"gradient":true}"#
      ).contains(
        #"{"decimal":"2.061153618190203581430862e-9","lower":"2.061153618190203581430862129e-9","#
          + #""upper":"2.061153618190203581430862130e-9","value":2.0611536181902037e-09}]"#))
  }

  @Test(arguments: [
    #"{"measure":"digamma","x":1}"#,
    #"{"measure":"best_threshold","values":[1,2,4],"labels":["a","a","b"]}"#,
    #"{"measure":"gaussian_nll","predictions":1,"targets":1,"variances":1,"#
      + #""variance_gradient":true}"#,
  ])
  func whatIsNotCertifiedIsRefused(_ question: String) {
    #expect(answer(question).contains(#""code":"not_certified""#))
  }

  @Test func otherErrorsAreThoseWithoutProof() {
    let question = #"{"measure":"entropy","p":[1.1,-0.1]}"#
    let plain = Evaluator.answer(Array(question.utf8)[...], line: 1)?.json
    #expect(answer(question) == plain)
  }
}
