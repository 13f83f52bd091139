// The library's own logarithm: one algorithm on every machine, so that results
// are the same bits everywhere. The platform's libm picks variants that differ.

extension DoubleDouble {
  /// Returns the natural logarithm of a positive finite value, times 2ᵏ.
  ///
  /// `log(x·2ᵏ) = e·ln 2 − log c + log1p(m·c − 1)`, where m·c − 1 is exact and c
  /// is 1 next to m = 1, so that the relative accuracy survives x → 1.
  ///
  /// Accuracy: relative error below 2⁻⁶⁶ (`kernel-log.json`).
  package static func log(_ x: DoubleDouble, timesPowerOfTwo k: Int = 0) -> DoubleDouble {
    var (exponent, m) = x.high.binaryParts
    let index = Int((m.bitPattern >> 45) & 127)
    // √2 lies in interval 53: from there on use m/2, which keeps |log m| small.
    let halved = index >= 53
    let shift = halved ? exponent + 1 : exponent
    if halved { m *= 0.5 }
    exponent = shift + k

    let c = logarithmTable[3 * index]
    let low = x.low == 0 ? 0 : x.low.scaled(byPowerOfTwo: -shift)
    let mc = product(m, c)
    let r = sum(mc.high - 1, mc.low.addingProduct(low, c))
    let tail = log1pSeries(r)
    if exponent == 0 && c == 1 { return tail }

    // ln 2 on 41 bits, so that e·ln 2 is exact in its leading part for |e| < 4096.
    let e = Double(exponent)
    let leading = sum(e * 0x1.62e42fefa3000p-1, logarithmTable[3 * index + 1])
    let trailing = e * 0x1.3de6af278ece6p-42 + logarithmTable[3 * index + 2]
    return orderedSum(leading.high, leading.low + trailing) + tail
  }

  @inline(__always)
  package static func log(_ x: Double) -> DoubleDouble {
    log(DoubleDouble(x))
  }

  /// Returns log(a/b) of two positive values, without overflow or underflow.
  package static func logOfQuotient(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    let (i, j) = (a.high.binaryParts.exponent, b.high.binaryParts.exponent)
    return log(
      a.scaled(byPowerOfTwo: -i) / b.scaled(byPowerOfTwo: -j), timesPowerOfTwo: i - j)
  }

  /// Returns log(1 + x) for x > −1, with full relative accuracy near 0.
  package static func log1p(_ x: DoubleDouble) -> DoubleDouble {
    if x.high.magnitude < 0x1p-8 { return log1pSeries(x) }
    return log(DoubleDouble.one + x)
  }

  /// Returns log(1 + x)/x, which is 1 at 0, for x > −1.
  ///
  /// For factors that must not meet x itself, which may have underflowed.
  package static func log1pQuotient(_ x: DoubleDouble) -> DoubleDouble {
    x.high.magnitude < 0x1p-110 ? .one : log1p(x) / x
  }

  /// log(1 + r) for |r| ≤ 2⁻⁷: r − r²/2 as a pair, the cubic tail as a double.
  ///
  /// The tail is below r·2⁻¹⁵, so its rounding is below r·2⁻⁶⁷.
  @inline(__always)
  private static func log1pSeries(_ r: DoubleDouble) -> DoubleDouble {
    let x = r.high
    var tail = -1.0 / 12
    tail = tail * x + 1.0 / 11
    tail = tail * x - 1.0 / 10
    tail = tail * x + 1.0 / 9
    tail = tail * x - 1.0 / 8
    tail = tail * x + 1.0 / 7
    tail = tail * x - 1.0 / 6
    tail = tail * x + 1.0 / 5
    tail = tail * x - 1.0 / 4
    tail = tail * x + 1.0 / 3
    let square = r * r
    return r
      + (DoubleDouble(high: -0.5 * square.high, low: -0.5 * square.low)
        + x * square.high * tail)
  }
}
