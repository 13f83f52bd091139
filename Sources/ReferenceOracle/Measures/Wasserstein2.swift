public import InformationTheory

extension Certified {
  /// Returns the Wasserstein-2 distance of distributions on a line, certified.
  ///
  /// `√∫₀¹ (F⁻¹(u) − G⁻¹(u))² du`, F⁻¹ and G⁻¹ the quantile functions. The square is a
  /// rational number, which is summed exactly.
  ///
  /// - Parameters:
  ///   - p: One distribution.
  ///   - q: The other, of the same outcomes.
  ///   - positions: Where the outcomes lie, increasing; nil for 0, 1, 2, …
  /// - Returns: A number that is not negative.
  /// - Throws: `InformationError`, as the method of `Categorical`.
  public static func wasserstein2Distance(
    of p: Categorical, from q: Categorical, positions: [Double]? = nil
  ) throws(InformationError) -> Certified {
    _ = try p.wasserstein2Distance(from: q, positions: positions)
    let (p, q) = try Categorical.prepared(p, q, support: .infinite)
    let pair = MassPairs(p.masses, q.masses, BallArithmetic.exact)
    let cost = pair.squaredTransport(positions: positions)
    let scale = pair.p.total * pair.q.total
    return refined { a in
      (cost.with(precision: a.precision) / scale.with(precision: a.precision)).squareRoot()
    }
  }
}

extension MassPairs<BallArithmetic> {
  /// `PQ·∫ (F⁻¹ − G⁻¹)²`: the masses of both, on one scale, are paired from the left, and
  /// each stretch that moves together costs its distance squared.
  fileprivate func squaredTransport(positions: [Double]?) -> Ball {
    func position(_ i: Int) -> Ball { arithmetic.number(positions?[i] ?? Double(i)) }
    func left(_ i: Int) -> Ball { p.mass(i) * q.total }
    func right(_ j: Int) -> Ball { q.mass(j) * p.total }
    var (i, j, sum) = (0, 0, arithmetic.sum())
    var (here, there) = (left(0), right(0))
    while true {
      let distance = position(i) - position(j)
      let rest = here - there
      sum.add((rest.isPositive ? there : here) * distance * distance)
      let (isLeftDone, isRightDone) = (!rest.isPositive, rest.isPositive || rest.isZero)
      if isLeftDone { i += 1 }
      if isRightDone { j += 1 }
      guard i < p.values.count && j < q.values.count else { return sum.total }
      here = isLeftDone ? left(i) : rest
      there = isRightDone ? right(j) : -rest
    }
  }
}
