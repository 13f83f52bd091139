/// The unit of an amount of information: the base of the logarithm.
public enum InformationUnit: String, CaseIterable, Codable, Sendable {
  /// Natural logarithms.
  case nats
  /// Logarithms to base 2.
  case bits
  /// Logarithms to base 10; also called bans or dits.
  case hartleys

  /// How many nats one of the unit is.
  var nats: DoubleDouble {
    switch self {
    case .nats: .one
    case .bits: .ln2
    case .hartleys: .ln10
    }
  }
}
