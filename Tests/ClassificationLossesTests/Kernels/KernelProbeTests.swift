import InformationTheory
import TestSupport
import Testing

@testable import ClassificationLosses

/// The exponentials and logarithms of the kernels, at each level, beside those of pairs of
/// doubles, which have about 100 bits.
@Suite("Exponentials and logarithms of the kernels")
struct KernelProbeTests {
  /// The function of pairs of doubles.
  private func definition(_ probe: KernelProbe, _ x: Double) -> DoubleDouble {
    let power = { (z: Double) in DoubleDouble.exp(DoubleDouble(z)) }
    switch probe {
    case .exponential, .fineExponential: return power(x)
    case .logOnePlus: return .log1p(DoubleDouble(x))
    case .logTotal: return .log1p(power(-x.magnitude))
    case .lesser:
      let e = power(-x.magnitude)
      return e / (DoubleDouble.one + e)
    }
  }

  /// The largest relative error that is stated for a function.
  private func bound(_ probe: KernelProbe) -> Double {
    switch probe {
    case .exponential: 0x1p-38
    case .fineExponential: 0x1p-50
    case .logOnePlus: 0x1p-50
    case .logTotal, .lesser: 0x1p-48
    }
  }

  /// Numbers all over the range of a function, next to where its reductions turn, and its
  /// edges.
  private func numbers(_ probe: KernelProbe, _ count: Int) -> [Double] {
    var random = SplitMix64(state: 0x10B)
    // The losses take no powers below e⁻⁶⁰⁰.
    var numbers: [Double] = []
    for i in 0..<count {
      let sign: Double = i % 2 == 0 ? 1 : -1
      switch probe {
      case .exponential:
        numbers.append(sign * random.unit() * [1e-9, 0.5, 30, 600][i % 4])
      case .fineExponential: numbers.append(-random.unit() * [1e-9, 0.5, 30, 600][i % 4])
      case .logOnePlus:
        numbers.append(i % 4 == 0 ? random.unit() : random.magnitude(-600...49))
      case .logTotal, .lesser:
        numbers.append(Double(Float(sign * random.unit() * [1e-9, 0.5, 30, 600][i % 4])))
      }
    }
    let turns = (-865...864).map { (Double($0) + 0.5) * 0.6931471805599453 }
    switch probe {
    case .exponential: numbers += turns + [0, -0.0, 0x1p-1074, -0x1p-1074, 600, -600]
    case .fineExponential: numbers += turns.filter { $0 <= 0 } + [0, -0.0, -0x1p-1074, -600]
    case .logOnePlus:
      let root = 0x1.6a09e667f3bcdp0
      numbers += [0, 0x1p-600, root - 1, (root - 1).nextUp, (root - 1).nextDown, 1]
    case .logTotal, .lesser:
      numbers += turns.map { Double(Float($0)) }.filter { $0.magnitude <= 600 }
      numbers += [0, -0.0, 0x1p-149, -0x1p-149, 600, -600]
    }
    return numbers
  }

  /// Rounded to float, each is within 1 ulp; as a double, within the bound of the function.
  @Test(arguments: KernelProbe.allCases)
  func agreesWithPairsOfDoubles(probe: KernelProbe) {
    let numbers = numbers(probe, 20_000)
    let truths = numbers.map { definition(probe, $0) }
    for level in KernelLevel.available {
      KernelLevel.forcing(level) {
        let values = probe.values(numbers)
        var (error, ulp) = (0.0, 0.0)
        for (value, truth) in zip(values, truths) {
          if truth.high == 0 || value == 0 {
            #expect(value == truth.high)
            continue
          }
          // Below the normal doubles pairs have no digits to tell.
          if truth.high >= 0x1p-960 {
            error = max(error, ((DoubleDouble(value) - truth) / truth).high.magnitude)
          }
          let distance = ulps(Float(value), from: truth.high)
          if distance > ulp || distance.isNaN { ulp = distance }
        }
        #expect(error <= bound(probe), "level \(level): 2^\(DoubleDouble.log(error).high / 0.6931)")
        #expect(ulp <= 1, "level \(level): \(ulp) ulp of a float")
      }
    }
  }

  @Test(arguments: KernelProbe.allCases)
  func everyLevelHasTheSameBits(probe: KernelProbe) {
    let numbers = numbers(probe, 5000)
    let first = probe.values(numbers).map(\.bitPattern)
    for level in KernelLevel.available {
      KernelLevel.forcing(level) {
        #expect(probe.values(numbers).map(\.bitPattern) == first, "level \(level)")
      }
    }
    // How many are asked for, and beside which others, is all the same.
    for i in stride(from: 0, to: numbers.count, by: 97) {
      #expect(probe.values([numbers[i]])[0].bitPattern == first[i])
    }
  }

  @Test func edgesAreExact() {
    for level in KernelLevel.available {
      KernelLevel.forcing(level) {
        for exponential in [KernelProbe.exponential, .fineExponential] {
          #expect(exponential.values([0, -0.0, -0x1p-1074]) == [1, 1, 1])
          #expect(exponential.values([.nan])[0].isNaN)
        }
        let small = [0, 0x1p-600, 0x1p-300, 0x1p-60]
        #expect(KernelProbe.logOnePlus.values(small) == small)
        // A rest that is NaN fails the comparison before its logarithm, which is some number.
        #expect(KernelProbe.lesser.values([0, -0.0, 0x1p-149]) == [0.5, 0.5, 0.5])
        for probe in [KernelProbe.logTotal, .lesser] {
          #expect(probe.values([.nan])[0].isNaN)
          // Infinite logits are the definition's; what the stage makes of them is not used.
          #expect(probe.values([600, -600]).allSatisfy { $0 > 0 && $0 < 0x1p-860 })
        }
      }
    }
  }
}
