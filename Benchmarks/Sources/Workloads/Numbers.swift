/// The same numbers in every run (SplitMix64; Steele, Lea and Flood 2014).
struct Numbers {
  private var state: UInt64 = 1

  /// From 0 to 1, neither included.
  private mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return (Double(bits >> 12) + 0.5) * 0x1p-52
  }

  mutating func masses(_ count: Int) -> [Double] {
    let masses = (0..<count).map { _ in next() }
    let total = masses.reduce(0, +)
    return masses.map { $0 / total }
  }

  mutating func logits(_ count: Int) -> [Float] { (0..<count).map { _ in Float(8 * next() - 4) } }

  mutating func targets(_ count: Int) -> [Float] { (0..<count).map { _ in next() < 0.5 ? 0 : 1 } }
}
