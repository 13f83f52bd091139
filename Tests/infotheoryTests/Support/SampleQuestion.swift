@testable import infotheory

/// A question for everything that can be asked for, and for every field that it may have.
enum SampleQuestion {
  /// Fields with their values as JSON.
  typealias Fields = [String: String]

  static func json(_ name: String, _ fields: Fields) -> String {
    let all = fields.merging(["measure": "\"\(name)\""]) { own, _ in own }
    let parts = all.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return "{\(parts.joined(separator: ","))}"
  }

  // MARK: - Measures

  /// The least that a measure needs.
  static func fields(of measure: Measure) -> Fields {
    let own: [Measure: Fields] = [
      .binaryEntropy: ["p": "0.3"],
      .bestThreshold: ["values": "[1,2,4]", "labels": #"["a","a","b"]"#],
      .conditionalMutualInformation: [
        "columns": #"[["a","b","a"],[1,2,2],[true,true,false]]"#, "given": "\"z\"",
      ],
      .adjustedMutualInformation: ["joint": "[[5,1],[1,3]]"],
      .selfInformation: ["outcome": "0"],
      .conditionalEntropy: ["given": "\"y\""], .uncertaintyCoefficient: ["given": "\"y\""],
      .pointwiseMutualInformation: ["outcomes": "[0,0]"],
    ]
    var fields = own[measure] ?? [:]
    let wanted = measure.fields
    if wanted.contains("order") { fields["order"] = "0.75" }
    if wanted.contains("p") && fields["p"] == nil { fields["p"] = "[0.5,0.25,0.25]" }
    if wanted.contains("q") { fields["q"] = "[0.25,0.125,0.625]" }
    if wanted.contains("distributions") { fields["distributions"] = "[[0.5,0.5],[0.25,0.75]]" }
    if wanted.contains("joint") && fields["joint"] == nil && fields["columns"] == nil {
      fields["joint"] = "[[0.5,0],[0.25,0.25]]"
    }
    return fields
  }

  /// What a field adds to that; nil where no sample has it.
  ///
  /// An empty value stands for a field whose place it takes. There are several where the
  /// values matter.
  static func samples(of field: String, for measure: Measure) -> [Fields]? {
    switch field {
    case "id": return [["id": "7"]]
    case "unit": return ["nats", "bits", "hartleys"].map { ["unit": "\"\($0)\""] }
    case "p", "q", "joint", "distributions", "values", "labels", "outcome": return [[:]]
    case "normalize":
      if measure.fields.contains("joint") {
        return measure == .conditionalMutualInformation
          ? [["normalize": "true", "joint": "[[[3,1],[2,2]],[[1,5],[4,1]]]", "columns": ""]]
          : [["normalize": "true", "joint": "[[3,1],[2,2]]"]]
      }
      let masses = "[3,1,2]"
      return [
        ["normalize": "true", "p": masses, "q": "[1,1,5]", "distributions": "[[3,1],[2,2]]"]
          .filter { measure.fields.contains($0.key) }
      ]
    case "order":
      let orders = ["0", "0.5", "1"] + (measure == .skewDivergence ? [] : ["2"])
      return orders.map { ["order": $0] }
    case "support":
      return ["infinite", "throwing", "restricted"].map { ["support": "\"\($0)\""] }
    case "pseudocount": return [["support": "\"smoothed\"", "pseudocount": "0.5"]]
    case "positions": return [["positions": "[0,0.1,7]"]]
    case "weights": return [["weights": "[1,3]"]]
    case "criterion": return [["criterion": "\"gini_gain\""]]
    case "columns":
      return measure == .conditionalMutualInformation
        ? [[:]]
        : [
          [
            "joint": "", "columns": #"[["a","b","a","b"],[1,2,2,1]]"#,
            "outcomes": measure == .pointwiseMutualInformation ? #"["a",2]"# : "",
          ]
        ]
    case "names":
      return measure == .conditionalMutualInformation
        ? [["names": #"["a","b","c"]"#, "given": "\"c\""]]
        : [
          ["names": #"["a","b"]"#]
            .merging(measure.needsGiven ? ["given": "\"b\""] : [:]) { own, _ in own }
        ]
    case "x":
      return measure.fields.contains("y") ? [["x": "\"x\"", "y": "\"y\""]] : [["x": "\"x\""]]
    case "y": return [["x": "\"y\"", "y": "\"x\""]]
    case "given":
      return measure.needsGiven || measure == .conditionalMutualInformation
        ? [[:]] : [["given": "\"z\"", "joint": "[[[0.5,0],[0,0.125]],[[0.125,0],[0,0.25]]]"]]
    case "mean":
      return ["arithmetic", "geometric", "minimum", "maximum"].map { ["mean": "\"\($0)\""] }
    case "outcomes": return [["outcomes": "[1,0]"], ["outcomes": "[0,1]"]]
    default: return nil
    }
  }
}

extension Measure {
  fileprivate var needsGiven: Bool {
    self == .conditionalEntropy || self == .uncertaintyCoefficient
  }
}

// MARK: - Losses

extension SampleQuestion {
  private static let rows = "[[1,2,3],[0,-1,1.5]]"
  private static let distributions = "[[0.5,0.25,0.25],[0.125,0.5,0.375]]"
  private static let otherDistributions = "[[0.25,0.5,0.25],[0.5,0,0.5]]"
  private static let logarithms = "[[-1,-2,-0.5],[-3,-0.25,-2]]"
  private static let elements = "[[1,-2],[0.5,3]]"
  private static let targets = "[[1,0],[0.25,1]]"

  /// The least that a loss needs.
  static func fields(of loss: LossMeasure) -> Fields {
    switch loss {
    case .softmaxCrossEntropy, .poly1CrossEntropy, .softmaxFocalLoss:
      ["logits": rows, "class_indices": "[0,2]"]
    case .categoricalCrossEntropy: ["probabilities": distributions, "class_indices": "[0,2]"]
    case .nllLoss: ["log_probabilities": logarithms, "class_indices": "[0,2]"]
    case .klLoss: ["logits": rows, "targets": otherDistributions]
    case .generalizedKLLoss: ["log_predictions": logarithms, "targets": otherDistributions]
    case .binaryCrossEntropy, .sigmoidFocalLoss: ["logits": elements, "targets": targets]
    case .poissonNLL: ["predictions": elements, "targets": "[[1,0],[2,3]]"]
    case .gaussianNLL:
      ["predictions": elements, "targets": targets, "variances": "[[1,0.25],[2,4]]"]
    case .logSumExp, .logSoftmax, .softmax: ["logits": rows]
    case .sigmoid, .softplus: ["x": elements]
    }
  }

  /// What a field adds to that; nil where no sample has it.
  static func samples(of field: String, for loss: LossMeasure) -> [Fields]? {
    let softTargets: Fields = ["class_indices": "", "class_probabilities": otherDistributions]
    let probabilities: Fields =
      loss == .klLoss
      ? ["logits": "", "probabilities": distributions]
      : ["logits": "", "probabilities": "[[0.5,0.125],[1,0.75]]"]
    switch field {
    case "id": return [["id": "\"a\""]]
    case "unit": return [["unit": "\"nats\""]]
    case "dtype": return [["dtype": "\"float32\""]]
    case "logits", "targets", "variances", "predictions", "x", "log_probabilities",
      "class_indices":
      return [[:]]
    case "probabilities": return loss == .categoricalCrossEntropy ? [[:]] : [probabilities]
    case "log_predictions":
      return loss == .klLoss ? [["logits": "", "log_predictions": logarithms]] : [[:]]
    case "log_targets":
      return [
        [
          "logits": "", "targets": "", "log_predictions": logarithms,
          "log_targets": "[[-1,\"-inf\",-0.5],[-2,-0.25,-1]]",
        ]
      ]
    case "class_probabilities": return [softTargets]
    case "sample_weights": return [["sample_weights": "[1,2.5]"]]
    case "weights": return [["weights": "[[1,2],[0.5,3]]"]]
    case "normalize": return [["normalize": "true", "probabilities": rowsOfMasses]]
    case "validation":
      let more = loss == .klLoss ? [:] : softTargets
      return ["probabilities", "non_negative", "finite"].map {
        more.merging(["validation": "\"\($0)\""]) { own, _ in own }
      }
    default: return options(field, loss, softTargets, probabilities)
    }
  }

  private static var rowsOfMasses: String { "[[3,1,2],[0.5,4,1]]" }

  private static func options(
    _ field: String, _ loss: LossMeasure, _ softTargets: Fields, _ probabilities: Fields
  ) -> [Fields]? {
    func with(_ value: String, _ more: Fields = [:]) -> [Fields] {
      [more.merging([field: value]) { _, new in new }]
    }
    switch field {
    case "class_weights": return with("[1,2,0.5]")
    case "ignore_index": return with("2")
    case "label_smoothing":
      return with("0.125", loss == .categoricalCrossEntropy ? softTargets : [:])
    case "z_loss_scale": return with("0.5")
    case "logit_softcap": return with("4")
    case "alpha": return with(loss == .softmaxFocalLoss ? "[1,2,0.5]" : "0.75")
    case "gamma": return with("1.5")
    case "soft_targets": return with("\"termwise\"")
    case "positive_weight": return with("2") + with("[2,3]")
    case "log_floor": return with("-0.5", probabilities)
    case "epsilon":
      return with("0.25", loss == .binaryCrossEntropy ? probabilities : [:])
    case "least_probability":
      return with("0.3", loss == .klLoss ? probabilities : [:])
    case "predicts_logarithms": return with("false", ["predictions": "[[1,2],[0.5,3]]"])
    case "full": return with("true")
    case "least_variance": return with("0.5")
    case "reduction":
      return ["none", "sum", "mean", "weighted_mean", "batch_mean"].flatMap { with("\"\($0)\"") }
    case "divisor": return with("3", ["reduction": "\"divided_by\""])
    case "empty": return ["throwing", "zero", "zero_unless_no_rows"].flatMap { with("\"\($0)\"") }
    case "preset":
      // With every input, because presets say what becomes of each, of totals that are not 1 too.
      var inputs: [Fields] = ["class_probabilities", "probabilities", "log_predictions"]
        .filter { loss.fields.contains($0) }.flatMap { samples(of: $0, for: loss) ?? [] }
      if loss.fields.contains("class_probabilities") {
        inputs.append(["class_indices": "", "class_probabilities": "[[2,0,0.5],[0,0,0]]"])
      }
      return PresetName.allCases.flatMap { preset in
        ([[:]] + inputs).flatMap { input in
          with(
            "\"\(preset.rawValue)\"", input.merging(["gradient": "true"]) { own, _ in own })
        }
      }
    case "gradient", "target_gradient", "variance_gradient", "hessian_diagonal":
      let ofTargets: [LossMeasure: Fields] = [
        .softmaxCrossEntropy: softTargets, .klLoss: ["logits": "", "log_predictions": logarithms],
      ]
      return with("true", field == "target_gradient" ? ofTargets[loss] ?? [:] : [:])
    default: return nil
    }
  }
}
