import Testing

@testable import infotheory

/// What questions about losses can ask for beside the value.
///
/// The numbers are exact, or doubles nearest to what 40 digits give
/// (`Scripts/check-evaluate.py` asks thousands more).
@Suite struct LossDerivativeTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let question: String
    let field: String
    let expected: [Double]

    init(_ question: String, _ field: String, _ expected: Double...) {
      (self.question, self.field, self.expected) = (question, field, expected)
    }

    var testDescription: String { question }
  }

  private static let ln2 = 0.6931471805599453
  private static let even = #""softmax_cross_entropy","logits":[[0,0]]"#
  private static let binary = #""binary_cross_entropy","logits":[1.5,-1.5,0],"targets":[1,0,1]"#
  private static let quarter = #""binary_cross_entropy","probabilities":[0.25],"targets":[1]"#
  private static let impossible = #""binary_cross_entropy","probabilities":[0],"targets":[1]"#

  private static let softmax: [Example] = [
    Example(#"\#(even),"class_indices":[0]"#, "hessian_diagonal", 0.25, 0.25),
    Example(
      #"\#(even),"class_indices":[1],"class_weights":[1,3]"#, "hessian_diagonal", 0.75, 0.75),
    Example(
      #""softmax_cross_entropy","logits":[[20,0]],"class_indices":[0]"#, "hessian_diagonal",
      2.0611536139418488e-9, 2.0611536139418488e-9),
    Example(#"\#(even),"class_probabilities":[[1,0]]"#, "target_gradient", ln2, ln2),
    Example(
      #"\#(even),"class_probabilities":[[1,0]],"class_weights":[2,0],"label_smoothing":0.5"#,
      "target_gradient", ln2, 0),
    Example(
      #""softmax_cross_entropy","logits":[[20,0]],"class_probabilities":[[1,0]]"#,
      "target_gradient", 2.0611536203143807e-9, 20.000000002061153),
    Example(
      #""softmax_cross_entropy","logits":[[0,"-inf"]],"class_probabilities":[[1,0]]"#,
      "target_gradient", 0, .infinity),
  ]

  private static let elements: [Example] = [
    Example(#"\#(binary),"reduction":"sum""#, "target_gradient", -1.5, 1.5, 0),
    Example(
      #""binary_cross_entropy","logits":0,"targets":1,"positive_weight":3"#, "target_gradient",
      2 * ln2),
    Example(#""binary_cross_entropy","logits":0,"targets":1"#, "hessian_diagonal", 0.25),
    Example(quarter, "gradient", -4),
    Example(quarter, "target_gradient", 1.0986122886681098),
    Example(quarter, "hessian_diagonal", 16),
    Example(
      #""generalized_kl_loss","log_predictions":[0,1],"targets":[1,0]"#, "target_gradient", 0,
      -.infinity),
    Example(
      #""generalized_kl_loss","log_predictions":[0,1],"targets":[1,0]"#, "hessian_diagonal", 1,
      2.718281828459045),
    Example(
      #""kl_loss","log_predictions":[[-1,-2]],"targets":[[1,0]]"#, "target_gradient", 2,
      -.infinity),
    Example(
      #""kl_loss","log_predictions":[[-1,-2]],"log_targets":[[0,"-inf"]]"#, "target_gradient", 2,
      0),
    Example(#""poisson_nll","predictions":[0,-2],"targets":[5,1]"#, "target_gradient", 0, 2),
    Example(
      #""poisson_nll","predictions":[2],"targets":[3],"predicts_logarithms":false"#,
      "hessian_diagonal", 0.75),
    Example(
      #""gaussian_nll","predictions":[1],"targets":[3],"variances":[1]"#, "variance_gradient",
      -1.5),
  ]

  private static let floors: [Example] = [
    Example(#"\#(impossible),"log_floor":-2.5"#, "value", 2.5),
    // (p − t) over 10⁻¹² as single precision has it.
    Example(#"\#(impossible),"log_floor":-2.5"#, "gradient", -1000000003995.8029),
    Example(#"\#(impossible),"log_floor":-2.5"#, "target_gradient", 2.5),
    Example(#"\#(impossible),"epsilon":0.125"#, "value", 3 * ln2),
    Example(#"\#(impossible),"epsilon":0.125"#, "gradient", 0),
    Example(#"\#(impossible),"epsilon":0.125"#, "hessian_diagonal", 0),
    Example(#"\#(impossible),"preset":"pytorch","log_floor":-3"#, "value", 3),
    Example(#"\#(impossible),"preset":"pytorch","epsilon":0.125"#, "value", 3 * ln2),
    Example(#"\#(impossible),"preset":"pytorch","log_floor":null"#, "value", .infinity),
    Example(#"\#(impossible),"preset":"keras""#, "value", 16.11809565095832),
  ]

  private static let divided: [Example] = [
    Example(
      #"\#(even),"class_indices":[0],"reduction":"divided_by","divisor":4"#, "value", ln2 / 4),
    Example(
      #"\#(even),"class_indices":[0],"reduction":"divided_by","divisor":4"#, "gradient", -0.125,
      0.125),
    Example(
      #"\#(even),"class_indices":[0],"reduction":"divided_by","divisor":4,"preset":"pytorch""#,
      "hessian_diagonal", 0.0625, 0.0625),
    Example(
      #""binary_cross_entropy","logits":[],"targets":[],"reduction":"divided_by","divisor":4"#,
      "value", 0),
  ]

  @Test(arguments: softmax + elements + floors)
  func answers(example: Example) throws {
    let (question, field) = (example.question, example.field)
    let asked = field == "value" ? "" : ",\"\(field)\":true"
    // The derivatives are those of the sum, so that elements do not share a divisor.
    let sum = question.contains("\"reduction\"") ? "" : #","reduction":"sum""#
    let answer = try LossReply.of("{\"measure\":\(question)\(asked)\(sum)}")
    LossReply.expect(LossReply.numbers(answer[field]), example.expected, "\(question): \(answer)")
    #expect(Set(answer.keys) == ["id", "value", field])
  }

  @Test(arguments: divided)
  func divides(example: Example) throws {
    let asked = example.field == "value" ? "" : ",\"\(example.field)\":true"
    let answer = try LossReply.of("{\"measure\":\(example.question)\(asked)}")
    LossReply.expect(
      LossReply.numbers(answer[example.field]), example.expected, "\(answer)")
  }

  @Test func derivativesHaveTheShapeOfTheLogits() throws {
    let answer = try LossReply.of(
      #"{"measure":"softmax_cross_entropy","logits":[[[0,0],[0,0]]],"#
        + #""class_probabilities":[[[1,0],[0,1]]],"target_gradient":true,"hessian_diagonal":true,"#
        + #""gradient":true,"reduction":"sum"}"#)
    let ln2 = Self.ln2
    #expect(
      answer["target_gradient"] == .array([.array([.numbers([ln2, ln2]), .numbers([ln2, ln2])])]))
    #expect(
      answer["hessian_diagonal"]
        == .array([.array([.numbers([0.25, 0.25]), .numbers([0.25, 0.25])])]))
    #expect(
      answer["gradient"] == .array([.array([.numbers([-0.5, 0.5]), .numbers([0.5, -0.5])])]))
  }

  @Test func ignoredRowsHaveNoSecondDerivative() throws {
    let answer = try LossReply.of(
      #"{"measure":"softmax_cross_entropy","logits":[[7,0],[0,0]],"class_indices":[9,1],"#
        + #""ignore_index":9,"hessian_diagonal":true}"#)
    #expect(LossReply.numbers(answer["hessian_diagonal"]) == [0, 0, 0.25, 0.25])
  }

  /// Each measure offers what the library has of it, and nothing else.
  @Test(arguments: LossMeasure.allCases)
  func onlyWhatThereIs(measure: LossMeasure) throws {
    for derivative in LossDerivative.allCases where !measure.derivatives.contains(derivative) {
      let answer = try LossReply.of(
        "{\"measure\":\"\(measure.rawValue)\",\"\(derivative.rawValue)\":true}")
      guard case .object(let error) = answer["error"] else {
        Issue.record("\(measure.rawValue) takes \(derivative.rawValue)")
        continue
      }
      #expect(error["code"] == .text("unexpected_field"))
    }
  }
}
