import InformationTheory
import TestSupport
import Testing

/// What must not change a result, not by a bit.
@Suite("Invariances")
struct InvarianceTests {
  let unordered = allDivergences.filter { !$0.isOrdered }

  private func permuted(_ p: Categorical, _ order: [Int]) throws -> Categorical {
    try Categorical(normalizing: order.map { p.masses[$0] })
  }

  private func appending(_ zeros: Int, to p: Categorical) throws -> Categorical {
    try Categorical(normalizing: p.masses + [Double](repeating: 0, count: zeros))
  }

  private func scaled(_ p: Categorical, by exponent: Int) throws -> Categorical {
    let factor = Double(sign: .plus, exponent: exponent, significand: 1)
    return try Categorical(normalizing: p.masses.map { $0 * factor })
  }

  @Test func orderOfTheOutcomes() throws {
    try forEachDraw(from: 0x2A0) { random, seed in
      let (p, q) = try random.pair(1...16)
      let order = random.permutation(p.count)
      let (x, y) = (try permuted(p, order), try permuted(q, order))
      for forms in allEntropies where !forms.isOrdered {
        for arguments in forms.samples {
          expectSameBits(
            try forms.method(x, arguments), try forms.method(p, arguments),
            "\(forms.table) \(arguments), \(seed)")
        }
      }
      for forms in unordered {
        for arguments in forms.samples {
          expectSameBits(
            try forms.method(x, y, arguments), try forms.method(p, q, arguments),
            "\(forms.table) \(arguments), \(seed)")
        }
      }
    }
  }

  /// Outcomes without mass on either side, at the end, where no distance sees them.
  @Test func paddingWithZeros() throws {
    try forEachDraw(from: 0x2A1) { random, seed in
      let (p, q) = try random.pair()
      let zeros = random.integer(1...5)
      let (x, y) = (try appending(zeros, to: p), try appending(zeros, to: q))
      for forms in allEntropies {
        for arguments in forms.samples where arguments.positions == nil {
          expectSameBits(
            try forms.method(x, arguments), try forms.method(p, arguments),
            "\(forms.table) \(arguments), \(seed)")
        }
      }
      for forms in allDivergences {
        for arguments in forms.samples where arguments.positions == nil {
          expectSameBits(
            try forms.method(x, y, arguments), try forms.method(p, q, arguments),
            "\(forms.table) \(arguments), \(seed)")
        }
      }
    }
  }

  /// Masses times a power of two, both sides the same one.
  @Test func scalingByAPowerOfTwo() throws {
    try forEachDraw(from: 0x2A2) { random, seed in
      let (p, q) = try random.pair()
      let exponent = random.integer(-300...300)
      let (x, y) = (try scaled(p, by: exponent), try scaled(q, by: exponent))
      for forms in allEntropies {
        for arguments in forms.samples where arguments.positions == nil {
          expectSameBits(
            try forms.method(x, arguments), try forms.method(p, arguments),
            "\(forms.table) \(arguments) times 2^\(exponent), \(seed)")
        }
      }
      for forms in allDivergences {
        for arguments in forms.samples where arguments.positions == nil {
          expectSameBits(
            try forms.method(x, y, arguments), try forms.method(p, q, arguments),
            "\(forms.table) \(arguments) times 2^\(exponent), \(seed)")
        }
      }
    }
  }

  /// One side only: other totals are compared another way, which may round the other
  /// way where the result is within 2⁻⁵⁰ ulp of a tie, but no further.
  @Test func scalingOneSide() throws {
    try forEachDraw(from: 0x2A3) { random, seed in
      let (p, q) = try random.pair()
      let exponent = random.integer(-300...300)
      let x = try scaled(p, by: exponent)
      for forms in allDivergences {
        for arguments in forms.samples where arguments.positions == nil {
          expect(
            try forms.method(x, q, arguments), near: try forms.method(p, q, arguments),
            "\(forms.table) \(arguments) times 2^\(exponent), \(seed)")
        }
      }
    }
  }

  @Test func exchangingTheSides() throws {
    try forEachDraw(from: 0x2A4) { random, seed in
      let (p, q) = try random.pair()
      for forms in allDivergences where forms.isSymmetric {
        expectSameBits(
          try forms.method(p, q, Arguments()), try forms.method(q, p, Arguments()),
          "\(forms.table), \(seed)")
      }
    }
  }

  /// Exactly 0, or whatever the measure is of equals, however the masses look.
  @Test func equalDistributions() throws {
    try forEachDraw(from: 0x2A5) { random, seed in
      let p = try random.categorical(random.integer(1...12))
      for forms in allDivergences {
        guard let atEquality = forms.atEquality else { continue }
        for arguments in forms.samples where arguments.positions == nil {
          expectSameBits(
            try forms.method(p, p, arguments), atEquality, "\(forms.table) \(arguments), \(seed)")
        }
      }
    }
  }

  /// The positions of a distance on a line may move by what rounds none of them.
  @Test func movingThePositions() throws {
    try forEachDraw(from: 0x2A6) { random, seed in
      let (p, q) = try random.pair()
      let places = (0..<p.count).map { Double($0 * $0) }
      let moved = Arguments(positions: places.map { $0 - 0x1p20 })
      for forms in allDivergences where forms.isOrdered {
        expectSameBits(
          try forms.method(p, q, moved), try forms.method(p, q, Arguments(positions: places)),
          "\(forms.table), \(seed)")
      }
    }
  }
}
