extension Double {
  /// The number with so many significant digits, the same in every locale: in plain
  /// notation between 10⁻⁴ and 10⁷, otherwise with an exponent; `∞` for infinity.
  ///
  /// - Parameter count: How many significant digits, at least 1.
  /// - Returns: The text, without trailing zeros after the point.
  package func significant(_ count: Int) -> String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "−∞" : "∞" }
    guard self != 0 else { return "0" }
    var (digits, exponent) = magnitude.decimalDigits
    if digits.count > count {
      let roundsUp = digits[count] >= 5
      digits = Array(digits[..<count])
      if roundsUp { exponent += Self.increment(&digits) }
    }
    while digits.count > 1 && digits.last == 0 { digits.removeLast() }
    return (self < 0 ? "-" : "") + Self.text(digits, exponent: exponent)
  }

  /// The digits of the shortest text that reads back as this number, and the power
  /// of ten of the first.
  private var decimalDigits: (digits: [Int], exponent: Int) {
    let parts = description.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var digits = mantissa.joined().compactMap(\.wholeNumberValue)
    exponent += mantissa[0].count - 1
    while digits.count > 1 && digits[0] == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    return (digits, exponent)
  }

  /// Adds one to the last digit; returns 1 where that adds a place in front.
  private static func increment(_ digits: inout [Int]) -> Int {
    for i in digits.indices.reversed() {
      if digits[i] < 9 {
        digits[i] += 1
        return 0
      }
      digits[i] = 0
    }
    digits[0] = 1
    return 1
  }

  private static func text(_ digits: [Int], exponent: Int) -> String {
    let all = digits.map(String.init)
    switch exponent {
    case -4..<0:
      return "0." + String(repeating: "0", count: -exponent - 1) + all.joined()
    case 0..<7:
      let whole = (all + Array(repeating: "0", count: max(0, exponent + 1 - all.count)))
      let fraction = whole[(exponent + 1)...].joined()
      return whole[...exponent].joined() + (fraction.isEmpty ? "" : "." + fraction)
    default:
      let fraction = all.dropFirst().joined()
      return all[0] + (fraction.isEmpty ? "" : "." + fraction) + "e\(exponent)"
    }
  }
}
