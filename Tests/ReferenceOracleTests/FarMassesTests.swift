import InformationTheory
import ReferenceOracle
import TestSupport
import Testing

/// Masses from the smallest double to the largest, whose quotients no double holds.
@Suite struct FarMassesTests {
  /// A measure as the library has it and as the oracle has it.
  struct Subject: Sendable, CustomStringConvertible {
    let description: String
    let fast: @Sendable (Categorical, Categorical) throws -> Double
    let truth: @Sendable (Categorical, Categorical) throws -> Certified
  }

  static let subjects: [Subject] = [
    Subject(description: "Kullback–Leibler") {
      try $0.klDivergence(from: $1).nats
    } truth: {
      try Certified.klDivergence(of: $0, from: $1)
    },
    Subject(description: "Jeffreys") {
      try $0.jeffreysDivergence(from: $1).nats
    } truth: {
      try Certified.jeffreysDivergence(of: $0, from: $1)
    },
    Subject(description: "Jensen–Shannon") {
      try $0.jensenShannonDivergence(from: $1).nats
    } truth: {
      try Certified.jensenShannonDivergence(of: $0, from: $1)
    },
    Subject(description: "Hellinger") {
      try $0.hellingerDistance(from: $1)
    } truth: {
      try Certified.hellingerDistance(of: $0, from: $1)
    },
    Subject(description: "total variation") {
      try $0.totalVariation(from: $1)
    } truth: {
      try Certified.totalVariation(of: $0, from: $1)
    },
    Subject(description: "Pearson's χ²") {
      try $0.pearsonChiSquared(from: $1)
    } truth: {
      try Certified.pearsonChiSquared(of: $0, from: $1)
    },
    Subject(description: "skew") {
      try $0.skewDivergence(from: $1, weight: 0.25).nats
    } truth: {
      try Certified.skewDivergence(of: $0, from: $1, weight: 0.25)
    },
    Subject(description: "Bhattacharyya's distance") {
      try $0.bhattacharyyaDistance(from: $1).nats
    } truth: {
      try Certified.bhattacharyyaDistance(of: $0, from: $1)
    },
    Subject(description: "Rényi of order 0.5") {
      try $0.renyiDivergence(from: $1, order: 0.5).nats
    } truth: {
      try Certified.renyiDivergence(of: $0, from: $1, order: 0.5)
    },
    Subject(description: "Rényi of order 0.75") {
      try $0.renyiDivergence(from: $1, order: 0.75).nats
    } truth: {
      try Certified.renyiDivergence(of: $0, from: $1, order: 0.75)
    },
    Subject(description: "Rényi of order 3") {
      try $0.renyiDivergence(from: $1, order: 3).nats
    } truth: {
      try Certified.renyiDivergence(of: $0, from: $1, order: 3)
    },
    Subject(description: "Tsallis") {
      try $0.tsallisDivergence(from: $1, order: 0.75)
    } truth: {
      try Certified.tsallisDivergence(of: $0, from: $1, order: 0.75)
    },
  ]

  @Test(arguments: subjects)
  func theLibraryAgreesWithTheOracle(subject: Subject) throws {
    var random = SplitMix64(state: 0xFA2)
    for _ in 0..<60 {
      let n = random.integer(2...4)
      func masses() -> [Double] { (0..<n).map { _ in random.magnitude(-1074...1020) } }
      let (p, q) = (try Categorical(normalizing: masses()), try Categorical(normalizing: masses()))
      let (value, truth) = (try subject.fast(p, q), try subject.truth(p, q))
      let isNear = value == truth.value || (value - truth.value).magnitude <= truth.value.ulp
      #expect(isNear, "\(subject): \(value), not \(truth.decimal), of \(p.masses), \(q.masses)")
    }
  }

  @Test func aQuotientBeyondAllDoubles() throws {
    let (p, q) = (
      try Categorical(normalizing: [0x1p1022, 0x1p-1074]),
      try Categorical(normalizing: [0x1p-1074, 0x1p1022])
    )
    #expect(try p.klDivergence(from: q).bits == 2096)
    #expect(try p.renyiDivergence(from: q, order: 0.5).bits == 2094)
    #expect(try p.jensenShannonDivergence(from: q).bits == 1)
    // Here the coefficient is a subnormal number.
    let other = try Categorical(normalizing: [0x1.1p-1064, 0x1p1022])
    let third = try Categorical(normalizing: [0x1p1022, 0x1.2p-1068])
    let distance = try third.bhattacharyyaDistance(from: other).nats
    let truth = try Certified.bhattacharyyaDistance(of: third, from: other).value
    #expect((distance - truth).magnitude <= truth.ulp)
    let point = try Categorical(normalizing: [1, 0])
    #expect(try point.renyiDivergence(from: q, order: 0).bits == 2096)
  }
}
