import Foundation
import Testing

@testable import infotheory

/// Everything that is answered is answered with proof too, and with the same numbers.
///
/// What cannot be is named here. A measure or a field that is added to one side only fails.
@Suite struct CertifiedTableTests {
  /// A threshold is a number of the question: there is nothing to prove.
  private static let measuresWithoutProof: Set<Measure> = [.bestThreshold]
  /// The oracle has the derivatives by logits, and by what is given in their place.
  private static let fieldsWithoutProof: Set = [
    "target_gradient", "variance_gradient", "hessian_diagonal",
  ]

  private func answer(_ question: String, certified: Bool) throws -> [String: Any] {
    let json = try #require(
      Evaluator.answer(Array(question.utf8)[...], line: 1, certified: certified)?.json)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  private func code(_ answer: [String: Any]) -> String? {
    (answer["error"] as? [String: Any])?["code"] as? String
  }

  /// The numbers of an answer, from any depth; of bounds only what is between them.
  private func numbers(_ part: Any?) -> [Double] {
    switch part {
    case let number as Double: [number]
    case let text as String: Double(text).map { [$0] } ?? []
    case let list as [Any]: list.flatMap { numbers($0) }
    case let object as [String: Any]: numbers(object["value"]) + numbers(object["gradient"])
    default: []
    }
  }

  /// Asks both ways; whether the oracle answered.
  private func compare(_ question: String, ulpOfOne: Double = 0x1p-52) throws -> Bool {
    let (plain, proven) = (
      try answer(question, certified: false), try answer(question, certified: true)
    )
    #expect(plain["value"] != nil, "\(question): \(plain)")
    if code(proven) == "not_certified" { return false }
    #expect(proven["value"] != nil, "\(question): \(proven)")
    let (x, y) = (numbers(plain), numbers(proven))
    #expect(x.count == y.count && !x.isEmpty, "\(question): \(plain) \(proven)")
    for (a, b) in zip(x, y) {
      let isNear = (a - b).magnitude <= 2 * ulpOfOne * b.magnitude + 0x1p-60
      #expect(a == b || isNear, "\(question): \(a) \(b)")
    }
    return true
  }

  private func merged(_ base: SampleQuestion.Fields, _ more: SampleQuestion.Fields)
    -> SampleQuestion.Fields
  {
    base.merging(more) { _, new in new }.filter { !$0.value.isEmpty }
  }

  @Test(arguments: Measure.allCases)
  func everyMeasureAndFieldIsCertified(measure: Measure) throws {
    let base = SampleQuestion.fields(of: measure)
    for field in measure.fields.sorted() where field != "measure" {
      let samples = try #require(
        SampleQuestion.samples(of: field, for: measure), "\(measure.rawValue) \(field)")
      for sample in samples {
        let question = SampleQuestion.json(measure.rawValue, merged(base, sample))
        #expect(
          try compare(question) == !Self.measuresWithoutProof.contains(measure), "\(question)")
      }
    }
  }

  @Test(arguments: LossMeasure.allCases)
  func everyLossAndFieldIsCertified(loss: LossMeasure) throws {
    let base = SampleQuestion.fields(of: loss)
    for field in loss.fields.sorted() where field != "measure" {
      let samples = try #require(
        SampleQuestion.samples(of: field, for: loss), "\(loss.rawValue) \(field)")
      for sample in samples {
        let question = SampleQuestion.json(loss.rawValue, merged(base, sample))
        let isProven = try compare(question, ulpOfOne: field == "dtype" ? 0x1p-23 : 0x1p-52)
        #expect(isProven == !Self.fieldsWithoutProof.contains(field), "\(question)")
      }
    }
  }

  @Test(arguments: SpecialFunction.all.map(\.name))
  func specialFunctionsAreNotCertified(name: String) throws {
    let question = SampleQuestion.json(name, [:])
    #expect(code(try answer(question, certified: true)) == "not_certified")
  }

  /// A floor of probabilities is a number of their type, and the oracle's are doubles.
  @Test(arguments: [
    #"{"measure":"binary_cross_entropy","probabilities":0.5,"targets":1,"epsilon":0.1"#,
    #"{"measure":"categorical_cross_entropy","probabilities":[0.5,0.5],"class_indices":0"#
      + #","preset":"keras""#,
    #"{"measure":"kl_loss","probabilities":[0.5,0.5],"targets":[1,0],"least_probability":0.1"#,
  ])
  func floorsAreCertifiedInDoublePrecisionOnly(question: String) throws {
    #expect(try compare(question + "}"))
    let single = try answer(question + #","dtype":"float32"}"#, certified: true)
    #expect(code(single) == "not_certified")
    #expect((single["error"] as? [String: Any])?["argument"] as? String == "dtype")
  }
}
