import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite("DistributionComparison")
struct DistributionComparisonTests {
  private let p = Result { try Categorical([0.5, 0.25, 0.125, 0.125]) }
  private let uniform = Result { try Categorical([0.25, 0.25, 0.25, 0.25]) }

  /// Values of the golden pair, from two independent routes.
  @Test(arguments: [
    ("kl_divergence", 0.17328679513998632735), ("entropy", 1.2130075659799042),
    ("jensen_shannon_divergence", 0.042474759198849368225),
    ("jensen_shannon_distance", 0.20609405425399677994),
    ("bhattacharyya_coefficient", 0.9571067811865475244),
    ("bhattacharyya_distance", 0.043840314666364652052),
    ("hellinger_distance", 0.2071067811865475244), ("total_variation", 0.25),
    ("pearson_chi_squared", 0.375), ("triangular_discrimination", 1.0 / 6),
    ("renyi_divergence_0.5", 0.087680629332729304104),
    ("renyi_divergence_2", 0.31845373111853461581),
    ("renyi_divergence_inf", 0.693147180559945309417),
  ])
  func hasTheGoldenValues(measure: String, value: Double) throws {
    let comparison = try p.get().compared(to: uniform.get())
    let row = try #require(comparison[measure])
    #expect(row.forward.value().ulps(from: value) <= 1)
  }

  @Test func bothWaysAreTheOtherWayRound() throws {
    let (p, q) = (try Categorical([0.75, 0.25]), try Categorical([0.5, 0.5]))
    let (there, back) = (try p.compared(to: q), try q.compared(to: p))
    for (row, other) in zip(there.rows, back.rows) {
      #expect(row.measure == other.measure)
      if let backward = row.backward {
        #expect(backward == other.forward, "\(row.measure)")
        #expect(row.forward == other.backward, "\(row.measure)")
      } else {
        #expect(row.forward.value().ulps(from: other.forward.value()) <= 1, "\(row.measure)")
      }
    }
    // ½·log₂(4/3), in bits.
    let divergence = try #require(there["kl_divergence"])
    #expect(divergence.backward?.value(in: .bits) == 0.20751874963942190928)
  }

  @Test func orderedDistancesNeedPositions() throws {
    let (p, q) = (try p.get(), try uniform.get())
    #expect(try p.compared(to: q)["wasserstein_1"] == nil)
    let comparison = try p.compared(to: q, positions: [0, 1, 2, 3])
    #expect(comparison["wasserstein_1"]?.forward == .number(0.625))
    #expect(comparison["kolmogorov_smirnov"]?.forward == .number(0.25))
    #expect(throws: InformationError.self) { try p.compared(to: q, positions: [0, 1, 2]) }
  }

  @Test func contributionsAreSharesOfTheDivergence() throws {
    let comparison = try p.get().compared(to: uniform.get(), contributionCount: 9)
    // The second outcome is equal in both and adds nothing.
    #expect(comparison.contributions.map(\.outcome) == ["0", "2", "3"])
    let shares = comparison.contributions.compactMap(\.share)
    #expect(shares.count == 3)
    #expect((shares.reduce(0, +) - 1).magnitude < 1e-15)
    // (½ log 2 − ¼)/(¼ log 2).
    #expect(shares[0].ulps(from: 0.5573049591110366) <= 1)
    #expect(comparison.contributions[0].p == 0.5)
    #expect(comparison.contributions[0].q == 0.25)
    let two = try p.get().compared(to: uniform.get(), contributionCount: 2)
    #expect(two.contributions == Array(comparison.contributions.prefix(2)))
  }

  @Test func supportsAreComparedByLabel() throws {
    let p = try Categorical(counts: [4, 5, 6], labels: ["x", "y", "z"])
    let q = try Categorical(counts: [4, 1, 11], labels: ["x", "y", "w"])
    let comparison = try p.compared(to: q)
    #expect(comparison.outcomeCount == 4)
    #expect(comparison.support.shared == 2)
    #expect(comparison.support.onlyInP == ["z"])
    #expect(comparison.support.onlyInQ == ["w"])
    #expect(comparison.support.massOnlyInP == 0.4)
    #expect(comparison.support.massOnlyInQ == 0.6875)
    #expect(comparison["kl_divergence"]?.forward == .information(.infinity))
    #expect(comparison.contributions.first?.outcome == "z")
    #expect(comparison.contributions.allSatisfy { $0.share == nil })
  }

  @Test func policiesReachEveryMeasure() throws {
    let (p, q) = (try Categorical(counts: [1, 1, 2]), try Categorical(counts: [1, 3, 0]))
    #expect(throws: InformationError.self) { try p.compared(to: q, support: .throwing) }
    let restricted = try p.compared(to: q, positions: [0, 1, 5], support: .restricted)
    #expect(restricted.outcomeCount == 2)
    // (½, ½) against (¼, ¾), one apart.
    #expect(restricted["wasserstein_1"]?.forward == .number(0.25))
    #expect(restricted["total_variation"]?.forward == .number(0.25))
    let smoothed = try p.compared(to: q, support: .smoothed(pseudocount: 1))
    // (2, 2, 3)/7 against (2, 4, 1)/7.
    #expect(smoothed["total_variation"]?.forward == .number(2.0 / 7))
  }

  @Test func codingKeepsEverything() throws {
    let p = try Categorical([0.5, 0.5, 0], labels: ["a", "b", "c"])
    let q = try Categorical([0.5, 0.25, 0.25], labels: ["a", "b", "c"])
    for comparison in [
      try p.compared(to: q), try q.compared(to: p), try p.compared(to: q, positions: [0, 1, 2]),
    ] {
      let data = try JSONEncoder().encode(comparison)
      #expect(try JSONDecoder().decode(DistributionComparison.self, from: data) == comparison)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ComparedQuantity.self, from: Data("\"much\"".utf8))
    }
  }

  @Test func theTableFitsEightyColumns() throws {
    var random = SplitMix64(state: 7)
    for count in [1, 2, 7, 40] {
      let labels = (0..<count).map { "\($0) " + String(repeating: "long ", count: $0) }
      let p = try Categorical(normalizing: random.weights(count), labels: labels)
      let q = try Categorical(normalizing: random.weights(count), labels: labels)
      let table = try p.compared(to: q, positions: (0..<count).map(Double.init))
        .table(in: .bits, p: labels[count - 1], q: "q")
      for line in table.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
      #expect(table.contains("Kullback–Leibler"))
      #expect(table.contains("in bits"))
    }
  }

  @Test func theTableSaysWhatTheRowsSay() throws {
    let table = try p.get().compared(to: uniform.get()).description
    #expect(table.contains("Kullback–Leibler                         0.1732868       0.1732868\n"))
    #expect(table.contains("Total variation                               0.25\n"))
    #expect(table.contains("55.7 %"))
    #expect(table.contains("2·TV² ≤ D(p‖q)"))
    #expect(table.contains("Support: both give mass to the same 4 outcomes."))
  }
}
