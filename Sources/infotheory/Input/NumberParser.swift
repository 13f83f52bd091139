/// Reads numbers, correctly rounded.
enum NumberParser {
  /// 10^k for the k at which it is exact.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The decimal number that bytes spell, nil if they spell none.
  ///
  /// Infinities and NaN, however written, come out as such, for the caller to
  /// refuse by name. A number too large for a double is infinite.
  static func decimal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    var i = range.lowerBound
    let end = range.upperBound
    var isNegative = false
    if i < end, bytes[i] == 0x2D || bytes[i] == 0x2B {
      isNegative = bytes[i] == 0x2D
      i += 1
    }
    var digits: UInt64 = 0
    var digitCount = 0
    var scale = 0
    var hasDigits = false
    func take(_ byte: UInt8) {
      hasDigits = true
      if digits == 0 && byte == 0x30 { return }
      digitCount += 1
      if digitCount <= 19 { digits = digits * 10 + UInt64(byte - 0x30) }
    }
    while i < end, bytes[i] >= 0x30, bytes[i] <= 0x39 {
      take(bytes[i])
      i += 1
    }
    if i < end, bytes[i] == 0x2E {
      i += 1
      while i < end, bytes[i] >= 0x30, bytes[i] <= 0x39 {
        take(bytes[i])
        scale -= 1
        i += 1
      }
    }
    guard hasDigits else { return special(bytes, range) }
    if i < end, bytes[i] | 0x20 == 0x65 {
      guard let exponent = exponent(bytes, from: i + 1, to: end) else { return nil }
      scale += exponent
      i = end
    }
    guard i == end else { return nil }
    // An integer below 2^53 times or over an exact power of ten is rounded but once.
    guard digits < 1 << 53, digitCount <= 19, scale.magnitude <= 22 else {
      return Double(text(bytes, range))
    }
    let power = powersOfTen[Int(scale.magnitude)]
    let magnitude = scale < 0 ? Double(digits) / power : Double(digits) * power
    return isNegative ? -magnitude : magnitude
  }

  /// The number that a text spells: decimal, hexadecimal, or infinite.
  static func any(_ text: String) -> Double? { Double(text) }

  private static func exponent(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    var i = start
    var isNegative = false
    if i < end, bytes[i] == 0x2D || bytes[i] == 0x2B {
      isNegative = bytes[i] == 0x2D
      i += 1
    }
    guard i < end else { return nil }
    var value = 0
    while i < end {
      guard bytes[i] >= 0x30, bytes[i] <= 0x39 else { return nil }
      value = min(1_000_000, value * 10 + Int(bytes[i] - 0x30))
      i += 1
    }
    return isNegative ? -value : value
  }

  private static func special(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard range.count <= 9 else { return nil }
    switch text(bytes, range).lowercased() {
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    case "nan", "+nan", "-nan": return .nan
    default: return nil
    }
  }

  /// The text of a range of bytes.
  static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let part = bytes.extracting(range)
    if let valid = try? UTF8Span(validating: part) { return String(copying: valid) }
    return String(decoding: part.indices.map { part[$0] }, as: UTF8.self)
  }
}
