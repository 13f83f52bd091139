import Foundation
import TestSupport
import Testing

@testable import InformationTheory

@Suite("Double-double arithmetic")
struct DoubleDoubleTests {
  /// What the type promises of every operation.
  let bound = 0x1p-100

  // MARK: - Error-free transformations

  @Test func sumIsExact() {
    forEachDraw(from: 0xDD0) { random, seed in
      let (a, b) = (random.doubleDouble(-60...60).high, random.doubleDouble(-60...60).high)
      #expect(ExactSum(DoubleDouble.sum(a, b).parts) == ExactSum([a, b]), "\(seed)")
      #expect(ExactSum(DoubleDouble.difference(a, b).parts) == ExactSum([a, -b]), "\(seed)")
      let (large, small) = a.magnitude > b.magnitude ? (a, b) : (b, a)
      let ordered = DoubleDouble.orderedSum(large, small)
      #expect(ExactSum(ordered.parts) == ExactSum([a, b]), "\(seed)")
      #expect(ordered.high == a + b, "\(seed)")
    }
  }

  /// Of whole numbers below 2⁵³, in 128-bit integers.
  @Test func productIsExact() {
    forEachDraw(from: 0xDD1) { random, seed in
      let a = Int64(random.next() >> 11) - (1 << 52)
      let b = Int64(random.next() >> random.integer(11...40))
      let product = DoubleDouble.product(Double(a), Double(b))
      #expect(Int128(product.high) + Int128(product.low) == Int128(a) * Int128(b), "\(seed)")
      #expect(product.high == Double(a) * Double(b), "\(seed)")
    }
  }

  // MARK: - Arithmetic

  @Test func addition() {
    var (pairs, mixed) = (WorstError("dd + dd", bound: bound), WorstError("dd + d", bound: bound))
    forEachDraw(5000, from: 0xDD2) { random, seed in
      let (x, y) = (random.doubleDouble(-60...60), random.doubleDouble(-60...60))
      pairs.check(x + y, x.parts + y.parts, seed)
      pairs.check(x - y, x.parts + (-y).parts, seed)
      // Close to each other, so that most cancels.
      let near = x * (1 + 0x1p-45 * random.unit())
      pairs.check(x - near, x.parts + (-near).parts, seed)
      if x.high.sign == y.high.sign { mixed.check(x + y.high, x.parts + [y.high], seed) }
    }
    pairs.finish()
    mixed.finish()
  }

  @Test func multiplication() {
    var (pairs, mixed) = (WorstError("dd * dd", bound: bound), WorstError("dd * d", bound: bound))
    forEachDraw(5000, from: 0xDD3) { random, seed in
      let (x, y) = (random.doubleDouble(-200...200), random.doubleDouble(-200...200))
      pairs.check(x * y, exactProduct(x.parts, y.parts), seed)
      mixed.check(x * y.high, exactProduct(x.parts, [y.high]), seed)
    }
    pairs.finish()
    mixed.finish()
  }

  /// By multiplying back: (x/y)·y is within the bound of x.
  @Test func division() {
    var (pairs, plain) = (WorstError("dd / dd", bound: bound), WorstError("d / d", bound: bound))
    forEachDraw(5000, from: 0xDD4) { random, seed in
      let (x, y) = (random.doubleDouble(-200...200), random.doubleDouble(-200...200))
      checkProduct((x / y).parts, y.parts, is: x, &pairs, seed)
      checkProduct(
        DoubleDouble.quotient(x.high, y.high).parts, [y.high], is: DoubleDouble(x.high), &plain,
        seed)
    }
    pairs.finish()
    plain.finish()
  }

  @Test func squareRoots() {
    // (r(1+e))² = r²(1+2e).
    var worst = WorstError("sqrt dd, twice", bound: 2 * bound)
    forEachDraw(5000, from: 0xDD5) { random, seed in
      let x = random.doubleDouble(-200...200).magnitude
      let root = x.squareRoot()
      checkProduct(root.parts, root.parts, is: x, &worst, seed)
    }
    worst.finish()
    #expect(DoubleDouble.zero.squareRoot() == .zero)
    #expect(DoubleDouble(9).squareRoot() == DoubleDouble(3))
  }

  /// Checks that the exact product of two sums is a number, within a bound.
  private func checkProduct(
    _ x: [Double], _ y: [Double], is z: DoubleDouble, _ worst: inout WorstError, _ seed: String
  ) {
    // The product minus z as the error of z: the same within the bound squared.
    worst.check(z, exactProduct(x, y), seed)
  }

  // MARK: - Signs and order

  @Test func negationAndMagnitude() {
    let x = DoubleDouble(high: 1, low: -0x1p-60)
    #expect(-x == DoubleDouble(high: -1, low: 0x1p-60))
    #expect((-x).magnitude == x)
    #expect(x.magnitude == x)
  }

  @Test func order() {
    forEachDraw(from: 0xDD6) { random, seed in
      let x = random.doubleDouble(-3...3)
      let y = random.unit() < 0.5 ? random.doubleDouble(-3...3) : x + x.high * 0x1p-80
      let difference = ExactSum(x.parts + (-y).parts).value
      #expect((x < y) == (difference < 0), "\(seed)")
      #expect((x > y) == (difference > 0), "\(seed)")
      #expect((x == y) == (difference == 0), "\(seed)")
    }
  }

  // MARK: - Powers of two

  /// Against the platform's scalbn, which rounds once.
  @Test func scaling() {
    forEachDraw(5000, from: 0xDD7) { random, seed in
      let x = Double(
        sign: random.unit() < 0.5 ? .plus : .minus, exponent: random.integer(-1074...1023),
        significand: 1 + random.unit())
      let k = random.integer(-2200...2200)
      let expected = scalbn(x, k)
      #expect(
        x.scaled(byPowerOfTwo: k) == expected, "\(seed) \(x) times 2^\(k), not \(expected)")
    }
  }

  @Test func parts() {
    forEachDraw(from: 0xDD8) { random, seed in
      let x = Double(
        sign: .plus, exponent: random.integer(-1074...1023), significand: 1 + random.unit())
      let (exponent, significand) = x.binaryParts
      #expect(exponent == Int(x.exponent), "\(seed)")
      #expect(significand == x.significand, "\(seed)")
    }
    #expect(Double.powerOfTwo(-1022) == .leastNormalMagnitude)
    #expect(Double.powerOfTwo(1023) == 0x1p1023)
  }

  // MARK: - Constants

  @Test func constants() throws {
    for (x, constant) in [(2.0, DoubleDouble.ln2), (10, .ln10)] {
      let row = try #require(KernelTable.rows("log").first { $0.x == x })
      #expect(constant.parts == row.truth)
    }
    var third = WorstError("1/3", bound: 0x1p-106)
    third.check(.one, exactProduct(DoubleDouble.third.parts, [3]), "3·⅓")
    third.finish(atLeast: 1)
  }
}
