import Foundation
import Testing

@testable import infotheory

/// Answers to single questions; the values are exact or worked out by hand.
@Suite struct EvaluatorTests {
  private func answer(_ question: String) -> String {
    Evaluator.answer(Array(question.utf8)[...], line: 7)?.json ?? "(none)"
  }

  /// The value that JSON spells, however it is laid out.
  private func value(of json: String) throws -> JSONInput {
    try JSONDecoder().decode(JSONInput.self, from: Data(json.utf8))
  }

  /// A field of an object, nil where there is none.
  private func field(_ name: String, of value: JSONInput?) -> JSONInput? {
    guard case .object(let fields) = value else { return nil }
    return fields[name]
  }

  @Test(arguments: [
    (
      #"{"id":1,"measure":"entropy","p":[0.5,0.25,0.125,0.125],"unit":"bits"}"#,
      #"{"id":1,"value":1.75,"unit":"bits"}"#
    ),
    (
      #"{"id":"a","measure":"hartley_entropy","p":[1,1,1,1],"normalize":true,"unit":"bits"}"#,
      #"{"id":"a","value":2.0,"unit":"bits"}"#
    ),
    (
      #"{"id":{"b": [1, null]},"measure":"perplexity","p":["0x1p-1","0.5"]}"#,
      #"{"id":{"b": [1, null]},"value":2.0}"#
    ),
    (
      #"{"measure":"kl_divergence","p":[1,0],"q":[0,1]}"#,
      #"{"id":null,"value":"inf","unit":"nats"}"#
    ),
    (
      #"{"id":1,"measure":"kl_divergence","p":[0.5,0.5],"q":[0.5,0.5]}"#,
      #"{"id":1,"value":0.0,"unit":"nats"}"#
    ),
    (
      #"{"id":1,"measure":"kl_divergence","p":[1,1,2],"q":[1,1,0],"normalize":true,"#
        + #""support":"restricted"}"#, #"{"id":1,"value":0.0,"unit":"nats"}"#
    ),
    (
      #"{"id":1,"measure":"total_variation","p":[1,0],"q":[1,0],"support":"smoothed","#
        + #""pseudocount":"0x1p-4"}"#, #"{"id":1,"value":0.0}"#
    ),
    (
      #"{"id":1,"measure":"renyi_entropy","p":[0.5,0.5],"order":"inf","unit":"bits"}"#,
      #"{"id":1,"value":1.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"hill_number","p":[0.25,0.25,0.25,0.25],"order":2}"#,
      #"{"id":1,"value":4.0}"#
    ),
    (#"{"id":1,"measure":"tsallis_entropy","p":[0.5,0.5],"order":2}"#, #"{"id":1,"value":0.5}"#),
    (
      #"{"id":1,"measure":"binary_entropy","p":0.5,"unit":"bits"}"#,
      #"{"id":1,"value":1.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"self_information","p":[0.75,0.25],"outcome":1,"unit":"bits"}"#,
      #"{"id":1,"value":2.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"joint_entropy","joint":[[0.25,0.25],[0.25,0.25]],"unit":"bits"}"#,
      #"{"id":1,"value":2.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"conditional_entropy","joint":[[1,1],[2,0]],"given":"x","normalize":true,"#
        + #""unit":"bits"}"#, #"{"id":1,"value":0.5,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"conditional_entropy","joint":[[1,0],[1,0]],"given":"b","names":["a","b"],"#
        + #""normalize":true,"unit":"bits"}"#, #"{"id":1,"value":1.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"jensen_shannon_distance","p":[1,0],"q":[0,1],"unit":"bits"}"#,
      #"{"id":1,"value":1.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"generalized_jensen_shannon_divergence","unit":"bits","#
        + #""distributions":[[1,0],[0,1]],"weights":[1,1]}"#, #"{"id":1,"value":1.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"wasserstein_1","p":[1,0],"q":[0,1],"positions":[0,2.5]}"#,
      #"{"id":1,"value":2.5}"#
    ),
    (#"{"id":1,"measure":"kolmogorov_smirnov","p":[1,0],"q":[0,1]}"#, #"{"id":1,"value":1.0}"#),
    (
      #"{"id":1,"measure":"generalized_kl_divergence","p":[2],"q":[2]}"#,
      #"{"id":1,"value":0.0,"unit":"nats"}"#
    ),
    (
      #"{"id":1,"measure":"itakura_saito_divergence","p":[1],"q":[0]}"#,
      #"{"id":1,"value":"inf"}"#
    ),
    (
      #"{"id":1,"measure":"pearson_chi_squared","p":[1,0],"q":[0.5,0.5]}"#,
      #"{"id":1,"value":1.0}"#
    ),
    (
      #"{"id":1,"measure":"alpha_divergence","p":[1,0],"q":[0.5,0.5],"order":2}"#,
      #"{"id":1,"value":0.5}"#
    ),
    (
      #"{"id":1,"measure":"cressie_read_divergence","p":[1,0],"q":[0.5,0.5],"order":1}"#,
      #"{"id":1,"value":0.5}"#
    ),
    (
      #"{"id":1,"measure":"skew_divergence","p":[1,0],"q":[0,1],"unit":"bits"}"#,
      #"{"id":1,"value":1.0,"unit":"bits"}"#
    ),
    (
      #"{"id":1,"measure":"skew_divergence","p":[1,0],"q":[0,1],"order":0.75,"unit":"bits"}"#,
      #"{"id":1,"value":2.0,"unit":"bits"}"#
    ),
  ])
  func answers(question: String, expected: String) throws {
    #expect(try value(of: answer(question)) == value(of: expected))
  }

  @Test(arguments: [
    (#"{"measure":"entropy","p":[0.5,-0.1,0.6]}"#, "negative_mass", "p[1] is -0.1"),
    (#"{"measure":"entropy","p":["NaN"]}"#, "not_finite", "p[0] is NaN"),
    (#"{"measure":"entropy","p":["inf"]}"#, "not_finite", "p[0] is inf"),
    (#"{"measure":"entropy","p":["1e999"]}"#, "not_finite", "p[0] is inf"),
    (#"{"measure":"entropy","p":["x"]}"#, "bad_number", "p[0] is \"x\""),
    (#"{"measure":"entropy","p":[]}"#, "empty", "p is empty"),
    (#"{"measure":"entropy","p":[0.5,0.25]}"#, "not_normalized", "p sums to 0.75"),
    (#"{"measure":"entropy","p":[0,0],"normalize":true}"#, "zero_total", "of p are 0"),
    (#"{"measure":"entropy","p":0.5}"#, "wrong_type", "p is a number"),
    (#"{"measure":"entropy","p":[[1]]}"#, "wrong_type", "p[0] is an array"),
    (#"{"measure":"entropy"}"#, "missing_field", "needs the field"),
    (#"{"p":[1]}"#, "missing_field", "\"measure\" is missing"),
    (
      #"{"measure":"entropy","p":[1],"normalise":true}"#, "unknown_field",
      "did you mean \"normalize\"?"
    ),
    (#"{"measure":"entropy","p":[1],"q":[1]}"#, "unexpected_field", "does not take the field"),
    (#"{"measure":"entropie","p":[1]}"#, "unknown_measure", "did you mean \"entropy\"?"),
    (#"{"measure":"entropy","p":[1],"unit":"bit"}"#, "bad_parameter", "did you mean \"bits\"?"),
    (#"{"measure":"renyi_entropy","p":[1],"order":-1}"#, "bad_parameter", "order"),
    (#"{"measure":"kl_divergence","p":[1],"q":[0.5,0.5]}"#, "size_mismatch", "2"),
    (
      #"{"measure":"kl_divergence","p":[1,0],"q":[0,1],"support":"throwing"}"#, "support_mismatch",
      "supports differ"
    ),
    (
      #"{"measure":"kl_divergence","p":[1],"q":[1],"support":"smoothed"}"#, "missing_field",
      "pseudocount"
    ),
    (
      #"{"measure":"kl_divergence","p":[1],"q":[1],"pseudocount":1}"#, "unexpected_field",
      "smoothed"
    ),
    (#"{"measure":"self_information","p":[1],"outcome":1}"#, "bad_parameter", "0 ... 0"),
    (#"{"measure":"self_information","p":[1],"outcome":0.5}"#, "bad_parameter", "whole number"),
    (#"{"measure":"joint_entropy","joint":[[0.5,0.5],[1]]}"#, "size_mismatch", "joint[1]"),
    (#"{"measure":"joint_entropy","joint":[[0.5,0.5],[1,-1]]}"#, "negative_mass", "joint[1][1]"),
    (
      #"{"measure":"conditional_entropy","joint":[[1]],"given":"z"}"#, "unknown_variable",
      #"the variables are "x", "y""#
    ),
    (
      #"{"measure":"wasserstein_1","p":[1,0],"q":[0,1],"positions":[1,1]}"#, "bad_positions",
      "positions[1]"
    ),
    (
      #"{"measure":"generalized_jensen_shannon_divergence","distributions":[[1],[-1]]}"#,
      "negative_mass", "distributions[1][0]"
    ),
  ])
  func complains(question: String, code: String, message: String) throws {
    let answer = try value(of: answer(question))
    #expect(field("id", of: answer) == .null)
    let error = field("error", of: answer)
    #expect(field("code", of: error) == .text(code))
    guard case .text(let said) = field("message", of: error) else {
      Issue.record("no message in \(answer)")
      return
    }
    #expect(said.contains(message))
  }

  @Test(arguments: [
    "oops", "{", "[1]", "1", #"{"a"}"#, #"{"a":}"#, #"{a:1}"#, #"{'a':1}"#, #"{"a":NaN}"#,
    #"{"a":[1 2]}"#, #"{"a":"b}"#, #"{"a":tru}"#, #"{"a":1} {"b":2}"#, #"{"a":1e999}"#,
  ])
  func linesThatAreNotJSONAreAnsweredWithTheirNumber(line: String) throws {
    let answer = try value(of: answer(line))
    #expect(field("id", of: answer) == .null)
    #expect(field("line", of: answer) == .integer(7))
    #expect(field("code", of: field("error", of: answer)) == .text("not_json"))
  }

  @Test func blankLinesAreNotAnswered() { #expect(answer("  \r") == "(none)") }

  @Test func nestingThatWouldOverflowTheStackIsRefused() {
    let deep = "{\"id\":" + String(repeating: "[", count: 100_000)
    #expect(answer(deep).contains("not_json"))
  }
}
