import Foundation
import Testing

@testable import infotheory

/// Bad questions about losses, each refused with the field, the row and what to do.
@Suite struct LossQuestionErrorTests {
  struct Complaint: CustomTestStringConvertible, Sendable {
    let question: String
    let code: String
    let argument: String?
    var index: Int?
    let message: String

    init(
      _ question: String, _ code: String, _ argument: String?, at index: Int? = nil,
      _ message: String
    ) {
      (self.question, self.code, self.argument) = (question, code, argument)
      (self.index, self.message) = (index, message)
    }

    var testDescription: String { question }
  }

  private static let logits = #""softmax_cross_entropy","logits":[[1,2,3],[1,0,-1]]"#
  private static let labels = logits + #","class_indices":[2,0]"#
  private static let binary = #""binary_cross_entropy","logits":[[0,1],[2,3]]"#
  private static let targets = binary + #","targets":[[0,1],[1,0]]"#

  private static let rowsAndValues: [Complaint] = [
    Complaint(
      #"\#(logits),"class_indices":[2,3]"#, "label_out_of_range", "class_indices", at: 1,
      "row 1: the class index 3 is not in 0 ..< 3; pass it as ignore_index"),
    Complaint(
      #"\#(logits),"class_indices":[-1,0]"#, "label_out_of_range", "class_indices", at: 0,
      "row 0: the class index -1"),
    Complaint(
      #"\#(logits),"class_indices":[0.5,0]"#, "bad_parameter", "class_indices", at: 0,
      "class_indices[0] is 0.5; it must be a whole number"),
    Complaint(
      #"\#(logits),"class_indices":[1,1e300]"#, "bad_parameter", "class_indices", at: 1,
      "it must be a whole number"),
    Complaint(
      #""softmax_cross_entropy","logits":[[1,2],["nan",0]],"class_indices":[0,0]"#, "not_finite",
      "logits", at: 1, "logits[1][0] is NaN"),
    Complaint(
      #""softmax_cross_entropy","logits":[[1,2],["nan",0]],"class_indices":[0,0],"ignore_index":7"#,
      "not_finite", "logits", at: 1, "row 1, class 0: the logit is NaN"),
    Complaint(
      #""softmax_cross_entropy","logits":[[1,2],["-inf","-inf"]],"class_indices":[0,0]"#,
      "undefined", "logits", at: 1, "row 1: every logit is -inf"),
    Complaint(
      #"\#(logits),"class_probabilities":[[0.5,0.5,0],[0.5,0.25,0]]"#, "not_normalized",
      "class_probabilities", at: 1, #""validation":"non_negative""#),
    Complaint(
      #"\#(logits),"class_probabilities":[[1.5,-0.5,0],[1,0,0]]"#, "negative_mass",
      "class_probabilities", at: 0, "row 0, class 1: the target is -0.5"),
    Complaint(
      #"\#(binary),"targets":[[0,1],[1,1.5]]"#, "bad_parameter", "targets", at: 1,
      "targets[1][1] is 1.5"),
    Complaint(
      #"\#(targets),"weights":[[1,1],[-2,1]]"#, "bad_parameter", "weights", at: 1,
      "weights[1][0] is -2.0"),
    Complaint(
      #"\#(labels),"class_weights":[1,1,-3]"#, "bad_parameter", "class_weights", at: 2,
      "class_weights[2] is -3.0"),
    Complaint(
      #"\#(labels),"sample_weights":[1,"inf"]"#, "bad_parameter", "sample_weights", at: 1,
      "sample_weights[1] is inf"),
  ]

  private static let nothing: [Complaint] = [
    Complaint(
      #"\#(logits),"class_indices":[7,7],"ignore_index":7"#, "empty", nil,
      #"all 2 rows are ignored: a mean of nothing is undefined; ask for "empty":"zero" or "#),
    Complaint(
      #"\#(labels),"sample_weights":[0,0],"reduction":"weighted_mean""#, "zero_total",
      "sample_weights", #""reduction":"mean""#),
    Complaint(
      #"\#(logits),"class_indices":[-100,-100],"preset":"pytorch""#, "empty", nil,
      "PyTorch gives NaN"),
    Complaint(#""binary_cross_entropy","logits":[],"targets":[]"#, "empty", nil, "no rows"),
    Complaint(#""softmax","logits":[[],[]]"#, "empty", "logits", "rows without classes"),
  ]

  private static let shapes: [Complaint] = [
    Complaint(
      #""softmax","logits":[[1,2],[3]]"#, "size_mismatch", "logits", at: 1,
      "logits[1] is 1 number, and logits[0] is 2 numbers"),
    Complaint(#""softmax","logits":1"#, "wrong_type", "logits", "it must be an array of rows"),
    Complaint(#""softmax","logits":[["a"]]"#, "bad_number", "logits", at: 0, "spells no number"),
    Complaint(
      #"\#(logits),"class_indices":[2]"#, "size_mismatch", "class_indices",
      "class_indices is 1 number, and logits wants 2 numbers"),
    Complaint(
      #"\#(logits),"class_probabilities":[[1,0],[1,0]]"#, "size_mismatch",
      "class_probabilities", "2 × 2 numbers, and logits wants 2 × 3 numbers"),
    Complaint(
      #"\#(labels),"class_weights":[1,2]"#, "size_mismatch", "class_weights",
      "class_weights has 2 elements for 3 classes"),
    Complaint(
      #"\#(labels),"sample_weights":[1]"#, "size_mismatch", "sample_weights", "1 number"),
    Complaint(
      #"\#(targets),"positive_weight":[1,2,3]"#, "size_mismatch", "positive_weight",
      "one for each column"),
    Complaint(#"\#(binary),"targets":[0,1]"#, "size_mismatch", "targets", "2 × 2 numbers"),
    Complaint(
      #""gaussian_nll","predictions":[1],"targets":[1],"variances":[1,2]"#, "size_mismatch",
      "variances", "variances is 2 numbers"),
  ]

  private static let options: [Complaint] = [
    Complaint(
      #"\#(labels),"label_smoothing":1.5"#, "bad_parameter", "label_smoothing",
      "label_smoothing is 1.5: it must be in 0 ... 1"),
    Complaint(#"\#(labels),"label_smoothing":"nan""#, "not_finite", "label_smoothing", "NaN"),
    Complaint(#"\#(labels),"z_loss_scale":-1"#, "bad_parameter", "z_loss_scale", "not negative"),
    Complaint(#"\#(labels),"logit_softcap":0"#, "bad_parameter", "logit_softcap", "positive"),
    Complaint(#"\#(labels),"reduction":"avg""#, "bad_parameter", "reduction", "batch_mean"),
    Complaint(#"\#(labels),"preset":"torch""#, "bad_parameter", "preset", "pytorch"),
    Complaint(#"\#(labels),"dtype":"float16""#, "bad_parameter", "dtype", "float32"),
    Complaint(#"\#(labels),"unit":"bits""#, "bad_parameter", "unit", "losses are in nats"),
    Complaint(#"\#(labels),"gradient":1"#, "wrong_type", "gradient", "true or false"),
    Complaint(#"\#(labels),"gamma":1"#, "unexpected_field", "gamma", "does not take"),
    Complaint(#"\#(labels),"label_smoothin":1"#, "unknown_field", "label_smoothin", "did you mean"),
    Complaint(#"\#(logits)"#, "missing_field", "class_indices", #"or "class_probabilities""#),
    Complaint(
      #"\#(labels),"class_probabilities":[]"#, "unexpected_field", "class_probabilities",
      "not both"),
    Complaint(
      #"\#(logits),"class_probabilities":[[1,0,0],[1,0,0]],"ignore_index":1"#,
      "unexpected_field", "ignore_index", "goes with class_indices only"),
    Complaint(
      #""binary_cross_entropy","probabilities":[1],"targets":[1],"label_smoothing":0.1"#,
      "unexpected_field", "label_smoothing", "goes with logits"),
    Complaint(
      #""kl_loss","log_predictions":[-1],"targets":[1],"validation":"probabilities""#,
      "unexpected_field", "validation", "goes with logits"),
    Complaint(
      #""sigmoid_focal_loss","logits":[1],"targets":[1],"gamma":-1"#, "bad_parameter", "gamma",
      "gamma is -1.0"),
    Complaint(
      #""sigmoid_focal_loss","logits":[1],"targets":[1],"alpha":2"#, "bad_parameter", "alpha",
      "in 0 ... 1"),
    Complaint(#""softmax_crossentropy""#, "unknown_measure", "measure", "softmax_cross_entropy"),
  ]

  private static let probabilities = #""binary_cross_entropy","probabilities":[1],"targets":[1]"#

  private static let outputs: [Complaint] = [
    Complaint(
      #"\#(labels),"target_gradient":true"#, "unexpected_field", "target_gradient",
      "goes with class_probabilities"),
    Complaint(
      #""kl_loss","logits":[0,0],"targets":[1,0],"target_gradient":true"#, "unexpected_field",
      "target_gradient", "goes with log_predictions"),
    Complaint(
      #"\#(labels),"hessian_diagonal":true,"z_loss_scale":1e-4"#, "unexpected_field",
      "hessian_diagonal", "goes neither with z_loss_scale nor with logit_softcap"),
    Complaint(
      #"\#(labels),"hessian_diagonal":true,"logit_softcap":30"#, "unexpected_field",
      "hessian_diagonal", "goes neither with"),
    Complaint(
      #"\#(targets),"hessian_diagonal":"yes""#, "wrong_type", "hessian_diagonal",
      "true or false"),
    Complaint(
      #""gaussian_nll","predictions":[1],"targets":[1],"variances":[1],"target_gradient":true"#,
      "unexpected_field", "target_gradient", "does not take"),
  ]

  private static let divisors: [Complaint] = [
    Complaint(
      #"\#(labels),"reduction":"divided_by""#, "missing_field", "divisor", "needs the field"),
    Complaint(#"\#(labels),"divisor":2"#, "unexpected_field", "divisor", "goes with"),
    Complaint(
      #"\#(labels),"reduction":"divided_by","divisor":0"#, "bad_parameter", "divisor",
      "divisor is 0.0: it must be positive and finite"),
    Complaint(
      #"\#(labels),"reduction":"divided_by","divisor":"inf""#, "bad_parameter", "divisor",
      "divisor is inf"),
    Complaint(
      #"\#(labels),"reduction":"divided_by","divisor":"nan""#, "not_finite", "divisor", "NaN"),
  ]

  private static let predicted = #""categorical_cross_entropy","probabilities":[[0.5,0.5]]"#

  private static let ofProbabilities: [Complaint] = [
    Complaint(
      #""categorical_cross_entropy","probabilities":[[0.5,1.5]],"class_indices":[1]"#,
      "bad_parameter", "probabilities", at: 0, "1.5"),
    Complaint(
      #"\#(predicted),"class_indices":[1],"least_probability":0.5"#, "bad_parameter",
      "least_probability", "least_probability is 0.5"),
    Complaint(
      #"\#(predicted),"class_indices":[1],"label_smoothing":0.1"#, "unexpected_field",
      "label_smoothing", "goes with class_probabilities"),
    Complaint(
      #"\#(predicted),"class_indices":[1,1]"#, "size_mismatch", "class_indices", "1 number"),
    Complaint(
      #""kl_loss","probabilities":[1],"logits":[1],"targets":[1]"#, "unexpected_field",
      "probabilities", "not several"),
    Complaint(#""kl_loss","targets":[1]"#, "missing_field", "logits", #"or "probabilities""#),
    Complaint(
      #""kl_loss","probabilities":[1],"log_targets":[0]"#, "unexpected_field", "log_targets",
      "goes with log_predictions"),
    Complaint(
      #""kl_loss","logits":[1],"targets":[1],"least_probability":0.1"#, "unexpected_field",
      "least_probability", "goes with probabilities"),
    Complaint(
      #""kl_loss","probabilities":[[1,-0.5]],"targets":[[1,0]]"#, "negative_mass",
      "probabilities", at: 0, "probabilities[0][1] is -0.5"),
  ]

  private static let floors: [Complaint] = [
    Complaint(
      #"\#(probabilities),"log_floor":0"#, "bad_parameter", "log_floor",
      "log_floor is 0.0: it must be negative and finite, or null for none"),
    Complaint(
      #"\#(probabilities),"log_floor":"-inf""#, "bad_parameter", "log_floor", "-inf"),
    Complaint(
      #"\#(probabilities),"epsilon":0.5"#, "bad_parameter", "epsilon",
      "epsilon is 0.5: it must be in 0 ..< 0.5"),
    Complaint(#"\#(probabilities),"epsilon":-1e-7"#, "bad_parameter", "epsilon", "-1e-07"),
    Complaint(
      #"\#(probabilities),"epsilon":0.1,"log_floor":-100"#, "unexpected_field", "epsilon",
      "not both"),
    Complaint(
      #"\#(targets),"log_floor":-100"#, "unexpected_field", "log_floor", "goes with probabilities"),
    Complaint(
      #"\#(targets),"epsilon":0.1"#, "unexpected_field", "epsilon", "goes with probabilities"),
  ]

  @Test(
    arguments: rowsAndValues + nothing + shapes + options + outputs + divisors + floors
      + ofProbabilities)
  func complains(complaint: Complaint) throws {
    let question = "{\"measure\":\(complaint.question)}"
    let line = Evaluator.answer(Array(question.utf8)[...], line: 1)?.json ?? "{}"
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let error = try #require(answer["error"] as? [String: Any], "\(answer)")
    #expect(error["code"] as? String == complaint.code, "\(error)")
    #expect(error["argument"] as? String == complaint.argument, "\(error)")
    #expect(error["index"] as? Int == complaint.index, "\(error)")
    #expect((error["message"] as? String)?.contains(complaint.message) == true, "\(error)")
  }
}
