/// The pairs of small whole numbers that occur, numbered as they first appear.
struct PairNumbers {
  /// Both numbers of every pair in one word.
  private var pairs: [UInt64] = []
  /// One more than a pair's number where its search ends, 0 where there is none; the
  /// size is a power of two, and half of the slots at least are free.
  private var slots = [UInt32](repeating: 0, count: 1 << 6)

  /// The number of pairs.
  var count: Int { pairs.count }

  /// The pair with a number.
  func pair(_ number: Int) -> (Int, Int) {
    (Int(pairs[number] >> 32), Int(pairs[number] & 0xFFFF_FFFF))
  }

  /// The number of a pair, a new one if it was never asked for.
  mutating func number(of first: Int, _ second: Int) -> Int {
    let pair = UInt64(first) << 32 | UInt64(second)
    var slot = home(of: pair)
    while true {
      let number = Int(slots[slot]) - 1
      if number < 0 { break }
      if pairs[number] == pair { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    pairs.append(pair)
    slots[slot] = UInt32(pairs.count)
    if pairs.count * 2 > slots.count { grow() }
    return pairs.count - 1
  }

  private func home(of pair: UInt64) -> Int {
    let mixed = (pair ^ pair >> 29) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> UInt64(64 - slots.count.trailingZeroBitCount))
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (number, pair) in pairs.enumerated() {
      var slot = home(of: pair)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }
}
