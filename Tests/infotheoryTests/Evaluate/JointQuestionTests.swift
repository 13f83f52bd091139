import Foundation
import Testing

@testable import infotheory

/// Questions about joint distributions; the values are exact or worked out by hand.
@Suite struct JointQuestionTests {
  private func answer(_ question: String) throws -> [String: Any] {
    let line = Evaluator.answer(Array(question.utf8)[...], line: 1)?.json ?? "{}"
    return try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  /// Cover and Thomas's example 2.2.1, in whose table the rows are y.
  private static let table =
    #""joint":[[4,2,1,1],[2,4,1,1],[2,2,2,2],[8,0,0,0]],"names":["y","x"],"normalize":true"#

  /// z is x xor y.
  private static let xor = #""columns":[["a","a","b","b"],[1,2,1,2],[true,false,false,true]]"#

  @Test(arguments: [
    (#""joint_entropy",TABLE"#, 3.375),
    (#""joint_entropy",TABLE,"x":"x""#, 1.75),
    (#""joint_entropy",TABLE,"x":["y"]"#, 2),
    (#""conditional_entropy",TABLE,"given":"y""#, 1.375),
    (#""conditional_entropy",TABLE,"given":["x"]"#, 1.625),
    (#""conditional_entropy",TABLE,"x":"x","given":["x","y"]"#, 0),
    (#""mutual_information",TABLE"#, 0.375),
    (#""mutual_information",TABLE,"x":"x","y":"x""#, 1.75),
    (#""information_gain",TABLE,"x":"x","y":"y""#, 0.375),
    (#""gain_ratio",TABLE,"x":"x","y":"y""#, 0.1875),
    (#""uncertainty_coefficient",TABLE,"given":"x""#, 0.1875),
    (#""variation_of_information",TABLE"#, 3),
    (#""normalized_mutual_information",TABLE"#, 0.2),
    (#""normalized_mutual_information",TABLE,"mean":"maximum""#, 0.1875),
    (#""pointwise_mutual_information",TABLE,"outcomes":[3,0]"#, 1),
    (#""total_correlation",TABLE"#, 0.375),
    (#""mutual_information",XOR,"x":"x","y":"y""#, 0),
    (#""mutual_information",XOR,"x":["x","y"],"y":"z""#, 1),
    (#""conditional_mutual_information",XOR,"given":"z""#, 1),
    (#""conditional_mutual_information",XOR,"x":"z","y":"x","given":["y"]"#, 1),
    (#""total_correlation",XOR"#, 1),
    (#""total_correlation",XOR,"given":"z""#, 1),
    (#""dual_total_correlation",XOR"#, 2),
    (#""interaction_information",XOR"#, 1),
    (#""co_information",XOR"#, -1),
    (#""o_information",XOR"#, -1),
    (#""s_information",XOR"#, 3),
    (#""pointwise_mutual_information",XOR,"x":["x","y"],"y":"z","outcomes":["b",2,true]"#, 1),
    (#""pointwise_mutual_information",XOR,"x":"x","y":"y","outcomes":["b",2,null]"#, 0),
    (#""adjusted_mutual_information","joint":[[3,0],[0,5]]"#, 1),
    (#""gini_gain","joint":[[0.5,0],[0,0.5]]"#, 0.5),
    (#""gini_impurity","p":[0.5,0.5]"#, 0.5),
    (#""joint_entropy","joint":[0.5,0.5]"#, 1),
    (#""joint_entropy","joint":[[[["0x1p-1"]]],[[["0.5"]]]]"#, 1),
    (#""joint_entropy","columns":[[1,1,2,2],["1","2","1","2"]],"names":["a","b"]"#, 2),
    (#""best_threshold","values":[1,2,3,10,11],"labels":["a","a","a","b","b"]"#, 6.5),
    (#""best_threshold","values":[1,2,4],"labels":[0,1,1],"criterion":"gini_gain""#, 1.5),
  ])
  func answers(question: String, expected: Double) throws {
    let question = question.replacingOccurrences(of: "TABLE", with: Self.table)
      .replacingOccurrences(of: "XOR", with: Self.xor)
    let answer = try answer("{\"measure\":\(question),\"unit\":\"bits\"}")
    #expect(answer["value"] as? Double == expected, "\(question): \(answer)")
  }

  /// Probabilities that are rounded when they are divided by their sum would show.
  @Test func theTableIsNormalisedExactly() throws {
    let answer = try answer(
      #"{"measure":"conditional_entropy","joint":[[1,2],[3,4]],"given":"x","normalize":true}"#)
    // (3/10) h(1/3) + (7/10) h(3/7), from ball arithmetic.
    #expect(answer["value"] as? Double == 0.668989923778774)
  }

  @Test func infiniteAnswers() throws {
    let pointwise = try answer(
      #"{"measure":"pointwise_mutual_information","joint":[[1,1],[2,0]],"normalize":true,"#
        + #""outcomes":[1,1]}"#)
    #expect(pointwise["value"] as? String == "-inf")
    let lautum = try answer(
      #"{"measure":"lautum_information","joint":[[1,0],[0,1]],"normalize":true}"#)
    #expect(lautum["value"] as? String == "inf")
  }

  @Test(arguments: [
    (#""mutual_information",XOR"#, "missing_field", "there are 3 to choose from"),
    (#""mutual_information",XOR,"x":"x""#, "missing_field", "needs the field \"y\""),
    (#""mutual_information",XOR,"x":"x","y":"q""#, "unknown_variable", "no variable \"q\""),
    (#""mutual_information",XOR,"x":1,"y":"z""#, "wrong_type", "x is a number"),
    (#""mutual_information",XOR,"given":"z""#, "unexpected_field", "given"),
    (#""conditional_mutual_information",XOR"#, "missing_field", "there are 3"),
    (#""conditional_entropy",XOR"#, "missing_field", "given"),
    (#""mutual_information""#, "missing_field", "either \"joint\""),
    (#""mutual_information","joint":[[1]],XOR"#, "unexpected_field", "either \"joint\""),
    (#""joint_entropy","joint":[[1,[1]],[1,1]]"#, "wrong_type", "joint[0][1] is an array"),
    (#""joint_entropy","joint":[[[1]],[1]]"#, "wrong_type", "joint[1] holds numbers"),
    (#""joint_entropy","joint":[[1],[[1]]]"#, "wrong_type", "joint[1] holds arrays"),
    (#""joint_entropy","joint":[[1,1],[1]]"#, "size_mismatch", "joint[1] has 1 element"),
    (#""joint_entropy","joint":[[],[]]"#, "empty", "joint[0] is empty"),
    (#""joint_entropy","joint":0.5"#, "wrong_type", "joint is a number"),
    (#""joint_entropy","joint":[[[0.5,0.5],[0,-1]]]"#, "negative_mass", "joint[0][1][1] is -1"),
    (#""joint_entropy","joint":[[1,1]]"#, "not_normalized", "joint sums to 2.0"),
    (#""joint_entropy","joint":[[1]],"names":["a"]"#, "bad_names", "2 different texts"),
    (#""joint_entropy","joint":[[1]],"names":["a","a"]"#, "bad_names", "2 different texts"),
    (#""joint_entropy","columns":[["a"],["b","c"]]"#, "size_mismatch", "observations"),
    (#""joint_entropy","columns":[["a",1]]"#, "wrong_type", "columns[0][1] is a number"),
    (#""joint_entropy","columns":[["a"],[null]]"#, "wrong_type", "columns[1][0] is null"),
    (#""joint_entropy","columns":["a"]"#, "wrong_type", "columns[0] is text"),
    (#""joint_entropy","columns":[]"#, "empty", "no columns"),
    (#""joint_entropy",XOR,"normalize":true"#, "unexpected_field", "normalize"),
    (
      #""adjusted_mutual_information","joint":[[0.5,0],[0,0.5]]"#, "not_counts",
      "joint[0][0] is 0.5"
    ),
    (#""adjusted_mutual_information","joint":[[-1]]"#, "negative_mass", "joint[0][0] is -1"),
    (#""normalized_mutual_information","joint":[[1]]"#, "undefined", "0/0"),
    (#""normalized_mutual_information","joint":[[1]],"mean":"max""#, "bad_parameter", "maximum"),
    (
      #""pointwise_mutual_information",XOR,"x":"x","y":"y","outcomes":["a",1]"#, "size_mismatch",
      "2 elements for 3 variables"
    ),
    (
      #""pointwise_mutual_information","joint":[[1]],"outcomes":[0,1]"#, "unknown_outcome",
      "\"y\" has no outcome 1"
    ),
    (
      #""pointwise_mutual_information","columns":[["a"],["b"]],"outcomes":["a","c"]"#,
      "unknown_outcome", "no outcome \"c\""
    ),
    (#""best_threshold","values":[1,1],"labels":["a","b"]"#, "undefined", "all values are equal"),
    (#""best_threshold","values":[1],"labels":["a","b"]"#, "size_mismatch", "2 labels"),
  ])
  func complains(question: String, code: String, message: String) throws {
    let question = question.replacingOccurrences(of: "XOR", with: Self.xor)
    let answer = try answer("{\"measure\":\(question)}")
    let error = try #require(answer["error"] as? [String: Any], "\(question): \(answer)")
    #expect(error["code"] as? String == code, "\(error)")
    #expect((error["message"] as? String)?.contains(message) == true, "\(error)")
  }
}
