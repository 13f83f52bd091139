/// A mass as doubles that add up to it exactly, largest first: for tables whose
/// masses are too far apart for one fixed-point scale.
struct WideMass: ExactMass {
  let parts: [Double]

  struct Balance: ExactBalance {
    private var sum = ExactSum()

    mutating func add(_ x: WideMass, _ y: WideMass) {
      for p in x.parts {
        for q in y.parts { sum.addProduct(exactly: p, q) }
      }
    }

    mutating func subtract(_ x: WideMass, _ y: WideMass) {
      for p in x.parts {
        for q in y.parts { sum.addProduct(exactly: -p, q) }
      }
    }

    /// Lifted until a pair of doubles holds all its digits.
    var term: Term {
      var (lifted, exponent) = (sum, 0)
      while lifted.value.magnitude < 0x1p-500 && exponent > -2048 {
        lifted = lifted.lifted(byDigits: 16)
        exponent -= 512
      }
      return Term(lifted.doubleDouble, exponent: exponent)
    }
  }

  static func sums(of masses: [WideMass], in groups: CellGroups) -> [WideMass] {
    let order = groups.order()
    return (0..<groups.count).map { group in
      var sum = ExactSum()
      for cell in order.cells(of: group) {
        for part in masses[Int(cell)].parts { sum.add(part) }
      }
      return WideMass(parts: sum.expansion)
    }
  }

  /// The value as a number in 1 ..< 2 and a power of two.
  var term: Term {
    guard let first = parts.first else { return Term(.zero) }
    let value = DoubleDouble(high: first, low: parts.count > 1 ? parts[1] : 0)
    let exponent = first.binaryParts.exponent
    return Term(value.scaled(byPowerOfTwo: -exponent), exponent: exponent)
  }

  static func surprisal(of part: WideMass, in whole: WideMass) -> DoubleDouble {
    let (small, large) = (part.term, whole.term)
    var sum = ExactSum(whole.parts)
    for x in part.parts { sum.add(-x) }
    // On the scale of the part: what is below its last bit is nothing to the result.
    let rest = WideMass(parts: sum.expansion).term
    let shift = rest.exponent - small.exponent
    if rest.value.high == 0 { return .zero }
    if shift <= 0 && rest.value.scaled(byPowerOfTwo: shift) < small.value {
      return .log1p(rest.value.scaled(byPowerOfTwo: shift) / small.value)
    }
    return .log(large.value / small.value, timesPowerOfTwo: large.exponent - small.exponent)
  }

  static func pair(joint: WideMass, whole: WideMass, x: WideMass, y: WideMass) -> ScaledPair {
    var balance = Balance()
    balance.add(joint, whole)
    balance.subtract(x, y)
    let (a, b, d) = (joint.term * whole.term, x.term * y.term, balance.term)
    // The larger one at 2⁴⁰⁰: the other, at most 2¹⁰⁷⁶ below it, still is a normal number.
    let exponent = max(a.exponent, b.exponent) - 400
    return ScaledPair(
      pair: MassPair(
        a: a.value.scaled(byPowerOfTwo: a.exponent - exponent),
        b: b.value.scaled(byPowerOfTwo: b.exponent - exponent),
        d: d.value.scaled(byPowerOfTwo: d.exponent - exponent)),
      exponent: exponent)
  }
}

extension ExactSum {
  /// Adds x·y exactly, for finite numbers of any size whose product is below 2¹²⁰⁰.
  fileprivate mutating func addProduct(exactly x: Double, _ y: Double) {
    guard x != 0 && y != 0 else { return }
    let (p, q) = (x.magnitude.binaryParts, y.magnitude.binaryParts)
    let product = DoubleDouble.product(p.significand, q.significand)
    add(x.sign == y.sign ? product : -product, timesPowerOfTwo: p.exponent + q.exponent)
  }
}
