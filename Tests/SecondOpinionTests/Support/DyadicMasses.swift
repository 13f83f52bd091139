import TestSupport

extension SplitMix64 {
  /// A distribution whose masses are multiples of 2⁻⁴⁰ and sum to exactly 1, so that no
  /// definition needs to say what it does with a sum that is not 1.
  mutating func dyadicMasses(_ count: Int) -> [Double] {
    // The cuts of a stick 2⁴⁰ long; from time to time a piece is tiny.
    var cuts: Set<Int> = []
    while cuts.count < count - 1 {
      cuts.insert(1 + Int(magnitude(0...39)) % ((1 << 40) - 1))
    }
    let marks = [0] + cuts.sorted() + [1 << 40]
    return zip(marks, marks.dropFirst()).map { Double($1 - $0) * 0x1p-40 }
  }

  /// A distribution next to another: 2⁻⁴⁰ at a time goes from one outcome to the next.
  mutating func neighbour(of p: [Double]) -> [Double] {
    var q = p
    for i in q.indices where q[i] > 0x1p-39 && next() & 1 == 0 {
      q[i] -= 0x1p-40
      q[(i + 1) % q.count] += 0x1p-40
    }
    return q
  }
}
