import InformationTheory

/// Numbers for people: as many digits as they need.
enum Digits {
  /// Numbers, all with as few significant digits (from 4) as make neighbours differ.
  static func distinct(_ values: [Double]) -> [String] {
    for digits in 4..<17 {
      let texts = values.map { $0.significant(digits) }
      if zip(texts, texts.dropFirst()).allSatisfy({ $0 != $1 }) { return texts }
    }
    return values.map { "\($0)" }
  }
}
