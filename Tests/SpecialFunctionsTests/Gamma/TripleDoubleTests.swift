import InformationTheory
import TestSupport
import Testing

@testable import SpecialFunctions

@Suite("Triple-double arithmetic")
struct TripleDoubleTests {
  /// Expects a value to be 0 to 2⁻¹⁴⁸ of what was subtracted.
  private func expectZero(
    _ value: TripleDouble, of scale: Double, at location: SourceLocation = #_sourceLocation
  ) {
    #expect(value.high.magnitude <= 0x1p-148 * scale.magnitude, sourceLocation: location)
  }

  @Test("quotients times divisors, and products in two orders")
  func arithmetic() {
    var random = SplitMix64(state: 10)
    for _ in 0..<500 {
      let (a, b) = (
        TripleDouble(random.magnitude(-50...50)), TripleDouble(random.magnitude(-9...9))
      )
      let c = TripleDouble(random.unit(), plus: random.unit() * 0x1p-54)
      let quotient = a / (b + c)
      expectZero(quotient * (b + c) - a, of: a.high)
      expectZero(quotient * b + quotient * c - a, of: a.high)
      expectZero(quotient * 3 - (quotient + quotient + quotient), of: quotient.high * 3)
      #expect((a - a).high == 0)
    }
  }

  @Test("the logarithm of a product")
  func logarithm() {
    var random = SplitMix64(state: 11)
    for _ in 0..<300 {
      let (a, b) = (random.magnitude(-60...60), random.magnitude(-60...60))
      let sum = TripleDouble.log(TripleDouble(a)) + .log(TripleDouble(b))
      // The product of two doubles is exact.
      let product = TripleDouble.log(TripleDouble(DoubleDouble.product(a, b)))
      expectZero(product - sum, of: 64)
      let third = TripleDouble(a) / TripleDouble(3)
      let difference = TripleDouble.log(TripleDouble(a)) - .log(TripleDouble(3))
      expectZero(TripleDouble.log(third) - difference, of: 64)
    }
    #expect(TripleDouble.log(TripleDouble(1)).high == 0)
    // log 2 in three words.
    let two = TripleDouble.log(TripleDouble(2)) - TripleDouble.log(TripleDouble(0.5))
    #expect(two.high == 2 * 0x1.62e42fefa39efp-1 && two.middle == 2 * 0x1.abc9e3b39803fp-56)
  }
}
