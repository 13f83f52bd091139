import Testing

@testable import infotheory

/// Questions about losses.
///
/// The values are doubles nearest to what ball arithmetic gives
/// (`Scripts/check-evaluate.py` asks thousands more), or exact.
@Suite struct LossQuestionTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let question: String
    let expected: [Double]

    init(_ question: String, _ expected: Double...) {
      (self.question, self.expected) = (question, expected)
    }

    var testDescription: String { question }
  }

  private static let base = #""logits":[[1,2,3],[1,0,-1],[0.5,0.5,0.5]]"#
  private static let labels = base + #","class_indices":[2,0,1]"#
  private static let weighted = labels + #","class_weights":[1,2,5]"#
  private static let oneHot =
    base + #","class_probabilities":[[0,0,1],[1,0,0],[0,1,0]],"class_weights":[1,2,5]"#
  private static let ignoring = base + #","class_indices":[2,-100,1]"#
  private static let unnormalized =
    base + #","class_probabilities":[[2,0,0],[0,0,0],[0.5,0.5,0.5]],"reduction":"none""#
  private static let allIgnored = #""logits":[[1,2]],"class_indices":[-100],"ignore_index":-100"#

  private static let crossEntropies: [Example] = [
    Example(#""softmax_cross_entropy",\#(labels)"#, 0.6379414058522901),
    Example(#""softmax_cross_entropy",\#(labels),"reduction":"sum""#, 1.9138242175568703),
    Example(
      #""softmax_cross_entropy",\#(labels),"reduction":"none""#, 0.4076059644443803,
      0.4076059644443803, 1.0986122886681098),
    Example(
      #""softmax_cross_entropy",\#(weighted),"reduction":"weighted_mean""#, 0.5803575455003126),
    Example(#""softmax_cross_entropy",\#(weighted),"reduction":"batch_mean""#, 1.547620121334167),
    Example(#""softmax_cross_entropy",\#(weighted)"#, 1.547620121334167),
    Example(#""softmax_cross_entropy",\#(weighted),"preset":"pytorch""#, 0.5803575455003126),
    Example(#""softmax_cross_entropy",\#(weighted),"preset":"onnx""#, 0.5803575455003126),
    Example(#""softmax_cross_entropy",\#(weighted),"preset":"optax""#, 1.547620121334167),
    Example(#""softmax_cross_entropy",\#(oneHot),"preset":"pytorch""#, 1.547620121334167),
    Example(#""softmax_cross_entropy",\#(ignoring),"preset":"pytorch""#, 0.753109126556245),
    Example(#""softmax_cross_entropy",\#(ignoring),"ignore_index":-100"#, 0.753109126556245),
    // What an ignored row holds is not read.
    Example(
      #""softmax_cross_entropy","logits":[[1,2,3],["nan",0,"inf"]],"class_indices":[2,7],"ignore_index":7"#,
      0.4076059644443803),
    Example(
      #""softmax_cross_entropy",\#(unnormalized),"preset":"pytorch""#, 4.815211928888761, 0,
      1.6479184330021647),
    Example(
      #""softmax_cross_entropy",\#(unnormalized),"preset":"mlx""#, 4.40760596444438,
      0.4076059644443803, 1.0986122886681098),
    Example(#""softmax_cross_entropy",\#(allIgnored),"reduction":"sum""#, 0),
    Example(#""softmax_cross_entropy",\#(allIgnored),"empty":"zero""#, 0),
    Example(#""softmax_cross_entropy",\#(allIgnored),"preset":"keras""#, 0),
    Example(#""softmax_cross_entropy","logits":[20,0],"class_indices":0"#, 2.0611536203143807e-9),
    Example(#""softmax_cross_entropy","logits":[20,0],"class_indices":[0]"#, 2.0611536203143807e-9),
    Example(#""softmax_cross_entropy","logits":[["-inf",0]],"class_indices":[0]"#, .infinity),
    Example(
      #""softmax_cross_entropy","logits":[12,-3,45],"class_indices":2,"logit_softcap":30,"z_loss_scale":0.0001"#,
      0.07373654691370333),
  ]

  private static let binaryAndFocal: [Example] = [
    Example(#""sigmoid_focal_loss","logits":0.5,"targets":1"#, 0.01689337262937591),
    Example(#""sigmoid_focal_loss","logits":-2,"targets":1"#, 0.4125195448553522),
    Example(
      #""sigmoid_focal_loss","logits":0,"targets":1,"alpha":null,"gamma":0"#, 0.6931471805599453),
    Example(
      #""sigmoid_focal_loss","logits":0,"targets":1,"preset":"optax","gamma":0"#, 0.6931471805599453
    ),
    Example(#""softmax_focal_loss","logits":[[0,0]],"class_indices":[0]"#, 0.17328679513998632),
    Example(
      #""softmax_focal_loss","logits":[[0,0]],"class_indices":[0],"alpha":[2,0]"#,
      0.34657359027997264),
    Example(#""binary_cross_entropy","logits":[0,0],"targets":[0,1]"#, 0.6931471805599453),
    Example(#""binary_cross_entropy","logits":[20],"targets":[1]"#, 2.0611536203143807e-9),
    Example(
      #""binary_cross_entropy","logits":[[0,0]],"targets":[[1,1]],"positive_weight":[2,4],"reduction":"none""#,
      1.3862943611198906, 2.772588722239781),
    Example(#""binary_cross_entropy","probabilities":[0],"targets":[1]"#, .infinity),
    Example(#""binary_cross_entropy","probabilities":[0],"targets":[1],"preset":"pytorch""#, 100),
  ]

  private static let likelihoods: [Example] = [
    Example(#""kl_loss","logits":[0,0],"targets":[1,0]"#, 0.6931471805599453),
    Example(
      #""kl_loss","logits":[0,0],"targets":[1,0],"preset":"pytorch""#, 0.34657359027997264),
    Example(#""kl_loss","logits":[0,0],"targets":[1,0],"preset":"mlx""#, 0.6931471805599453),
    Example(#""kl_loss","log_predictions":[[0,"-inf"]],"targets":[[1,0]]"#, 0),
    Example(#""kl_loss","log_predictions":[[-1,-1]],"log_targets":[[0,"-inf"]]"#, 1),
    Example(#""kl_loss","log_predictions":[[-1,-1]],"targets":[[1,0]],"preset":"pytorch""#, 0.5),
    Example(
      #""kl_loss","log_predictions":[[-1,-1]],"targets":[[1,0]],"preset":"pytorch","reduction":"batch_mean""#,
      1),
    Example(#""generalized_kl_loss","log_predictions":[0],"targets":[1]"#, 0),
    Example(#""generalized_kl_loss","log_predictions":[0],"targets":[0]"#, 1),
    Example(#""nll_loss","log_probabilities":[[-1,-2],[-3,-4]],"class_indices":[0,1]"#, 2.5),
    Example(
      #""poly1_cross_entropy","logits":[[0,0]],"class_indices":[0],"epsilon":2"#, 1.6931471805599454
    ),
    Example(
      #""poly1_cross_entropy","logits":[[0,0]],"class_probabilities":[[1,0]]"#, 1.1931471805599454),
    Example(#""poisson_nll","predictions":[0],"targets":[5]"#, 1),
    Example(#""poisson_nll","predictions":[1],"targets":[5],"predicts_logarithms":false"#, 1),
    Example(#""gaussian_nll","predictions":[1],"targets":[3],"variances":[1]"#, 2),
    Example(
      #""gaussian_nll","predictions":[1],"targets":[1],"variances":[1],"full":true"#,
      0.9189385332046727),
    Example(
      #""gaussian_nll","predictions":[1],"targets":[3],"variances":[0],"least_variance":1"#, 2),
  ]

  private static let ofProbabilities: [Example] = [
    Example(
      #""categorical_cross_entropy","probabilities":[[0.5,0.25]],"class_indices":[0]"#,
      0.6931471805599453),
    Example(
      #""categorical_cross_entropy","probabilities":[[3,1]],"class_indices":[1],"normalize":true"#,
      1.3862943611198906),
    Example(
      #""categorical_cross_entropy","probabilities":[[0,1]],"class_probabilities":[[0.5,0.5]],"least_probability":0.25"#,
      0.8369882167858358),
    Example(
      #""categorical_cross_entropy","probabilities":[[0,1]],"class_indices":[0],"preset":"keras""#,
      16.11809565095832),
    Example(
      #""categorical_cross_entropy","probabilities":[[0,1]],"class_indices":[0]"#, .infinity),
    Example(#""kl_loss","probabilities":[[0.5,0.5]],"targets":[[1,0]]"#, 0.6931471805599453),
    Example(
      #""kl_loss","probabilities":[[0.5,0.5]],"targets":[[1,0]],"preset":"pytorch""#,
      0.34657359027997264),
    Example(
      #""kl_loss","probabilities":[[0.25,1]],"targets":[[1,0]],"least_probability":0.25"#,
      1.0397207708399179),
    Example(
      #""softmax_cross_entropy","logits":[[0,0]],"class_probabilities":[[3,-1]],"validation":"finite""#,
      1.3862943611198906),
  ]

  private static let functions: [Example] = [
    Example(#""log_sum_exp","logits":[0,0]"#, 0.6931471805599453),
    Example(#""log_sum_exp","logits":[[0,"-inf"],["-inf","-inf"]]"#, 0, -.infinity),
    Example(
      #""log_softmax","logits":[[0,0],["inf",0]]"#, -0.6931471805599453, -0.6931471805599453, 0,
      -.infinity),
    Example(#""softmax","logits":[[[1,2],[1,2]]]"#, 0.5, 0.5, 0.5, 0.5),
    Example(#""sigmoid","x":[0,"inf","-inf"]"#, 0.5, 1, 0),
    Example(#""softplus","x":[[0],["-inf"]]"#, 0.6931471805599453, 0),
  ]

  @Test(arguments: crossEntropies + binaryAndFocal + likelihoods + ofProbabilities + functions)
  func answers(example: Example) throws {
    let question = example.question
    let expected = example.expected
    let answer = try LossReply.of("{\"measure\":\(question)}")
    LossReply.expect(LossReply.numbers(answer["value"]), expected, "\(question): \(answer)")
    #expect(answer["unit"] == nil && answer["gradient"] == nil)
  }

  @Test func gradientHasTheShapeOfTheLogits() throws {
    let question =
      #"{"measure":"softmax_cross_entropy","logits":[[[0,0],[0,0]]],"class_indices":[[0,1]],"#
      + #""gradient":true,"reduction":"sum"}"#
    let gradient = try LossReply.of(question)["gradient"]
    #expect(gradient == .array([.array([.numbers([-0.5, 0.5]), .numbers([0.5, -0.5])])]))
    let one = try LossReply.of(
      #"{"measure":"binary_cross_entropy","logits":0,"targets":1,"gradient":true}"#)
    #expect(one["gradient"] == .number(-0.5))
  }

  @Test func gradientsDivideAsValuesDo() throws {
    for (reduction, divisor) in [("mean", 2.0), ("sum", 1), ("none", 1), ("batch_mean", 3)] {
      let question =
        #"{"measure":"softmax_cross_entropy","logits":[[0,0],[0,0],[0,0]],"ignore_index":9,"#
        + #""class_indices":[0,9,1],"gradient":true,"reduction":"\#(reduction)"}"#
      let expected = [-0.5, 0.5, 0, 0, 0.5, -0.5].map { $0 / divisor }
      LossReply.expect(
        LossReply.numbers(try LossReply.of(question)["gradient"]), expected, reduction)
    }
  }

  @Test func floatQuestionsAreAnsweredInFloat() throws {
    let question =
      #"{"measure":"softmax_cross_entropy","logits":[2.5,0.25],"class_indices":0,"gradient":true,"#
    let float = try LossReply.of(question + #""dtype":"float32"}"#)
    let double = try LossReply.of(question + #""dtype":"float64"}"#)
    for key in ["value", "gradient"] {
      for (narrow, wide) in zip(LossReply.numbers(float[key]), LossReply.numbers(double[key])) {
        #expect(narrow == Double(Float(narrow)) && wide != Double(Float(wide)))
        #expect(abs(narrow - wide) <= 0x1p-24 * abs(wide))
      }
    }
  }

  @Test func rowsOfClassesGiveWhatTheirTransposeGives() throws {
    let rows = try LossReply.of(
      #"{"measure":"softmax_cross_entropy","logits":[[1,2,4],[0.5,7,3]],"class_indices":[0,2],"#
        + #""gradient":true}"#)
    let deep = try LossReply.of(
      #"{"measure":"softmax_cross_entropy","logits":[[[1,0.5],[2,7],[4,3]]],"#
        + #""class_indices":[[0,2]],"gradient":true}"#)
    #expect(rows["value"] == deep["value"])
    let (a, b) = (LossReply.numbers(rows["gradient"]), LossReply.numbers(deep["gradient"]))
    #expect(b == [a[0], a[3], a[1], a[4], a[2], a[5]])
  }

  @Test(arguments: LossMeasure.allCases)
  func everyLossHasAnAnswer(measure: LossMeasure) throws {
    let given: [String: String] = [
      "logits": "[[0.5,0.25]]", "class_indices": "[1]", "targets": "[[0.5,0.5]]",
      "log_predictions": "[[-1,-2]]", "log_probabilities": "[[-1,-2]]", "x": "[1]",
      "predictions": "[[1,2]]", "variances": "[[1,2]]", "probabilities": "[[0.5,0.25]]",
    ]
    var fields = measure.fields.filter { given[$0] != nil }
    if measure == .klLoss { fields.subtract(["log_predictions", "probabilities"]) }
    if measure == .binaryCrossEntropy { fields.remove("probabilities") }
    let text = fields.sorted().map { ",\"\($0)\":\(given[$0] ?? "")" }.joined()
    let answer = try LossReply.of("{\"measure\":\"\(measure.rawValue)\"\(text)}")
    #expect(
      LossReply.numbers(answer["value"]).allSatisfy(\.isFinite) && answer["value"] != nil,
      "\(answer)")
  }
}
