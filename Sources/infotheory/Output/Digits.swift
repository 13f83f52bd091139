import Foundation
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

  /// A number with so many digits after the point.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = (value.magnitude * pow(10, Double(decimals))).rounded()
    guard let digits = Int(exactly: scaled) else { return value.significant(decimals + 1) }
    let text = String(digits)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
    let sign = value < 0 && digits > 0 ? "-" : ""
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}
