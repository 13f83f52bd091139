/// What a question asks for: a measure of distributions, a loss, or a special function.
enum Subject {
  case measure(Measure)
  case loss(LossMeasure)
  case function(SpecialFunction)

  /// Every name that can be asked for.
  static let names =
    Measure.allCases.map(\.rawValue) + LossMeasure.allCases.map(\.rawValue)
    + SpecialFunction.all.map(\.name)

  /// The subject with a name.
  init?(name: String) {
    if let measure = Measure(rawValue: name) {
      self = .measure(measure)
    } else if let loss = LossMeasure(rawValue: name) {
      self = .loss(loss)
    } else if let function = SpecialFunction.named(name) {
      self = .function(function)
    } else {
      return nil
    }
  }

  var name: String {
    switch self {
    case .measure(let measure): measure.rawValue
    case .loss(let loss): loss.rawValue
    case .function(let function): function.name
    }
  }

  /// The fields that a question for it may have.
  ///
  /// A unit may be sent with every question, whether or not the answer has one.
  var fields: Set<String> {
    switch self {
    case .measure(let measure): measure.fields
    case .loss(let loss): loss.fields
    case .function(let function): function.fields
    }
  }
}
