import InformationTheory
import InformationTheoryTesting
import Testing

@Suite struct AdversarialMassesTests {
  /// The first numbers for the seed 1234567, as the authors' C code prints them.
  @Test func theGeneratorIsSplitMix64() {
    var generator = SeededGenerator(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  /// All pairs of a family, from a seed.
  private func pairs(
    _ family: AdversarialMasses.Family, _ precision: TestPrecision = .double, count: Int = 200
  ) -> [(p: [Double], q: [Double])] {
    var generator = SeededGenerator(seed: 5)
    let source = AdversarialMasses(family, precision: precision, longCount: 3000)
    return (0..<count).map { _ in source.pair(using: &generator) }
  }

  @Test(arguments: AdversarialMasses.Family.allCases, TestPrecision.allCases)
  func sumsAreExactlyOne(family: AdversarialMasses.Family, precision: TestPrecision) throws {
    let unit = precision == .double ? 0x1p53 : 0x1p24
    for (p, q) in pairs(family, precision, count: family == .long ? 3 : 200) {
      #expect(p.count == q.count && p.count >= 2)
      for masses in [p, q] {
        // Whole numbers below 2⁵³, so that integers add them without rounding.
        let units = masses.filter { $0 * unit >= 1 }.map { $0 * unit }
        #expect(units.allSatisfy { $0 == $0.rounded() })
        #expect(units.map { Int($0) }.reduce(0, +) == Int(unit))
        #expect(masses.allSatisfy { $0 >= 0 })
        #expect(precision == .double || masses.allSatisfy { Double(Float($0)) == $0 })
        _ = try Categorical(masses)
      }
    }
  }

  @Test func aSeedIsReplayed() {
    for family in AdversarialMasses.Family.allCases where family != .long {
      let (first, second) = (pairs(family), pairs(family))
      #expect(first.map(\.p) == second.map(\.p) && first.map(\.q) == second.map(\.q))
      #expect(Set(first.map(\.p)).count > 150, "\(family) repeats itself")
    }
  }

  @Test func nearlyEqualOnesComeAtEveryDistance() {
    let largest = pairs(.nearlyEqual).map { p, q in
      zip(p, q).map { abs($0 - $1) / $0 }.max() ?? 0
    }
    #expect(largest.allSatisfy { $0 > 0 && $0 < 0.1 })
    for exponent in 2...14 {
      let power = (0..<exponent).reduce(1.0) { power, _ in power / 10 }
      #expect(largest.contains { $0 < power * 10 && $0 > power / 100 }, "1e-\(exponent)")
    }
  }

  @Test func spikesAreSpikes() {
    for (p, _) in pairs(.spiky) { #expect((p.max() ?? 0) >= 1 - 1e-3) }
  }

  @Test func subnormalMassesAreThere() {
    for (p, q) in pairs(.subnormal) { #expect((p + q).contains { $0.isSubnormal }) }
    let single = pairs(.subnormal, .single).flatMap { $0.p + $0.q }.map { Float($0) }
    #expect(single.contains { $0.isSubnormal })
  }

  @Test func zerosAreInEveryPlaceAndOnEitherSide() {
    let all = pairs(.zeros)
    for place in 0..<6 { #expect(all.contains { $0.p.count > place && $0.p[place] == 0 }) }
    let hasOrphan = all.map { zip($0.p, $0.q).contains { $0 > 0 && $1 == 0 } }
    #expect(hasOrphan.contains(true) && hasOrphan.contains(false))
    #expect(all.contains { zip($0.p, $0.q).contains { $0 == 0 && $1 == 0 } })
    #expect(all.contains { zip($0.p, $0.q).contains { $0 == 0 && $1 > 0 } })
  }

  @Test func longOnesAreLong() {
    let pair = pairs(.long, count: 1)[0]
    #expect(pair.p.count == 3000 && pair.p.allSatisfy { $0 > 0 })
  }

  @Test func aBadCountTraps() async {
    await #expect(processExitsWith: .failure) { _ = AdversarialMasses(.long, longCount: 1) }
  }
}
