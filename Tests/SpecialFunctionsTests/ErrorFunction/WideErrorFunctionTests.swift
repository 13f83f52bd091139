import InformationTheory
import TestSupport
import Testing

@testable import SpecialFunctions

@Suite("Error functions in two doubles")
struct WideErrorFunctionTests {
  private func expectWide(
    _ value: DoubleDouble, _ truth: DoubleDouble, within bound: Double, _ context: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    let error = (value - truth).high.magnitude / truth.high.magnitude
    #expect(error <= bound, "\(context): \(error)", sourceLocation: location)
  }

  @Test("e^(x²) erfc x, to all its bits")
  func scaledComplement() {
    // From ball arithmetic.
    let values = [
      (0.25, 0x1.8a6adcda2ea92p-1, -0x1.b3e5e8f69dcbfp-57),
      (0.5, 0x1.3b3bc3c98b0f3p-1, -0x1.aa856b121880fp-56),
      (0.75, 0x1.038d54ea3d834p-1, -0x1.ec2134d851665p-55),
      (1.0, 0x1.b5d8780f956b2p-2, 0x1.825447f231a67p-58),
      (2.5, 0x1.afbb3f3b7343bp-3, -0x1.9f40bca142466p-58),
      (5.0, 0x1.c57239e943d1ap-4, -0x1.0e682190858dbp-59),
      (5.5, 0x1.9d8a8f2284f2cp-4, -0x1.5b0277fa1ecb8p-58),
      (6.5, 0x1.5f75c42e97171p-4, -0x1.a1eaaa8191c30p-58),
      (8.5, 0x1.0e078051f491dp-4, 0x1.52f3784168bc7p-62),
      (8.75, 0x1.0669c59166c17p-4, 0x1.a9783bfcd417ap-59),
      (20.0, 0x1.cd9bc89b73548p-6, -0x1.c826601a2f019p-65),
      (1e6, 0x1.2ee5a03c7620fp-21, 0x1.a7ebc5b5aebe1p-77),
    ]
    for (x, high, low) in values {
      expectWide(
        .wideScaledErfc(DoubleDouble(x)), DoubleDouble(high: high, low: low), within: 0x1p-102,
        "at \(x)")
    }
  }

  @Test("erf, to all its bits")
  func errorFunction() {
    // From ball arithmetic.
    let values = [
      (0x1p-30, 0x1.20dd750429b6dp-30, 0x1.14df0bfa3df98p-86),
      (0.25, 0x1.1af54e232d609p-2, -0x1.bee921fa4172bp-56),
      (0.4999, 0x1.0a7370e7541aap-1, 0x1.f661decbb5feap-59),
      (0.5, 0x1.0a7ef5c18edd2p-1, 0x1.5e809f1a31a28p-56),
      (1.0, 0x1.af767a741088bp-1, -0x1.c97f778122797p-56),
      (3.0, 0x1.fffd1ac4135f9p-1, 0x1.eeafa1ecd6cefp-55),
    ]
    for (x, high, low) in values {
      let truth = DoubleDouble(high: high, low: low)
      expectWide(.wideErf(DoubleDouble(x)), truth, within: 0x1p-102, "at \(x)")
      expectWide(.wideErf(DoubleDouble(-x)), -truth, within: 0x1p-102, "at \(-x)")
      expectWide(.wideErfc(DoubleDouble(x)), .one - truth, within: 0x1p-88, "erfc at \(x)")
      expectWide(.wideErfc(DoubleDouble(-x)), truth + 1.0, within: 0x1p-102, "erfc at \(-x)")
    }
  }

  /// The low word moves the value by the derivative, −(2/√π) e^(−x²) low.
  @Test("the low word of the argument counts")
  func lowWord() {
    var random = SplitMix64(state: 107)
    for _ in 0..<200 {
      let x = 5 * random.unit() + 0x1p-10
      // So small that its square does not count.
      let low = x.ulp * (random.unit() - 0.5) / 8
      let argument = DoubleDouble(high: x, low: low)
      let slope = DoubleDouble.twoOverSquareRootOfPi * .wideExp(-.product(x, x)) * low
      expectWide(
        .wideErfc(argument), .wideErfc(DoubleDouble(x)) - slope, within: 0x1p-97, "at \(x)")
    }
  }

  @Test("rounding a product once, also where it is subnormal")
  func rounding() {
    let third = DoubleDouble.third
    #expect(third.rounded(times: 3) == 1)
    #expect(third.rounded(times: 0x1p-1073) == 0x1p-1074)
    #expect(third.rounded(times: 9 * 0x1p-1074) == 3 * 0x1p-1074)
    #expect(third.rounded(times: -0x1p-1074).bitPattern == 0)
    #expect((-third).rounded(times: 0).bitPattern == 0)
  }
}
