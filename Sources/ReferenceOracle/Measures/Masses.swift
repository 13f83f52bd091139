import InformationTheory

/// The masses of a distribution in some arithmetic, with their exact total.
///
/// Which masses are 0, and which is the largest, is decided on the doubles.
struct Masses<A: Arithmetic> {
  typealias Number = A.Number

  let arithmetic: A
  let values: [Double]
  let total: Number
  let largest: Int
  /// The total without the largest mass, which near a point mass has all information.
  let rest: Number

  init(_ values: [Double], _ arithmetic: A) {
    self.arithmetic = arithmetic
    self.values = values
    var (whole, rest, largest) = (arithmetic.sum(), arithmetic.sum(), 0)
    for i in values.indices where values[i] > values[largest] { largest = i }
    for i in values.indices where values[i] != 0 {
      let mass = arithmetic.number(values[i])
      whole.add(mass)
      if i != largest { rest.add(mass) }
    }
    (total, self.rest, self.largest) = (whole.total, rest.total, largest)
  }

  var support: [Int] { values.indices.filter { values[$0] > 0 } }

  func mass(_ i: Int) -> Number { arithmetic.number(values[i]) }
  func probability(_ i: Int) -> Number { mass(i) / total }

  /// −log p of an outcome with mass; of the largest it is log(1 + rest/mass), in which
  /// nothing cancels.
  func surprisal(_ i: Int) -> Number {
    i == largest ? (rest / mass(i)).log1p() : (total / mass(i)).log()
  }

  /// 1 − p of an outcome.
  func complement(_ i: Int) -> Number {
    (i == largest ? rest : total - mass(i)) / total
  }

  /// The sum over the outcomes with mass.
  func sum(_ term: (Int) -> Number) -> Number {
    var sum = arithmetic.sum()
    for i in values.indices where values[i] > 0 { sum.add(term(i)) }
    return sum.total
  }
}

/// The masses of two distributions of the same outcomes.
struct MassPairs<A: Arithmetic> {
  typealias Number = A.Number

  let arithmetic: A
  let p: Masses<A>
  let q: Masses<A>

  init(_ p: [Double], _ q: [Double], _ arithmetic: A) {
    self.arithmetic = arithmetic
    self.p = Masses(p, arithmetic)
    self.q = Masses(q, arithmetic)
  }

  /// The difference of the totals, exactly summed: from the totals, which are rounded, it
  /// would have few digits where they are close.
  var gap: Number {
    var sum = arithmetic.sum()
    for i in p.values.indices {
      sum.add(p.mass(i))
      sum.add(-q.mass(i))
    }
    return sum.total
  }

  /// The same with the roles exchanged.
  var reversed: MassPairs { MassPairs(arithmetic: arithmetic, p: q, q: p) }

  private init(arithmetic: A, p: Masses<A>, q: Masses<A>) {
    (self.arithmetic, self.p, self.q) = (arithmetic, p, q)
  }

  /// Whether p has mass where q has none.
  var escapes: Bool { p.values.indices.contains { p.values[$0] > 0 && q.values[$0] == 0 } }

  /// The outcomes with mass in both.
  var shared: [Int] { p.values.indices.filter { p.values[$0] > 0 && q.values[$0] > 0 } }

  /// Whether both normalise to the same distribution: pᵢQ = qᵢP, in exact arithmetic.
  ///
  /// Pairs of doubles only know that two lists are the same.
  var areSame: Bool {
    if p.values == q.values { return true }
    guard A.self == BallArithmetic.self else { return false }
    let exact = BallArithmetic.exact
    let (p, q) = (Masses(p.values, exact), Masses(q.values, exact))
    return p.values.indices.allSatisfy { i in
      (p.mass(i) * q.total - q.mass(i) * p.total).isZero
    }
  }
}

extension BallArithmetic {
  /// Arithmetic that rounds no sum of products of up to four doubles, or of as many masses.
  static let exact = BallArithmetic(precision: 1 << 14)
}

extension Arithmetic {
  /// An amount in nats, in another unit.
  func convert(_ nats: Number, to unit: InformationUnit) -> Number {
    switch unit {
    case .nats: nats
    case .bits: nats / log(2)
    case .hartleys: nats / log(10)
    }
  }
}
