import Foundation
import InformationTheory
import ReferenceOracle
import Testing

@Suite struct CertifiedTests {
  private let p = [0.5, 0.25, 0.125, 0.125]
  private let uniform = [Double](repeating: 0.25, count: 4)

  @Test func valuesFromTheLiterature() throws {
    let (p, q) = (try Categorical(p), try Categorical(uniform))
    #expect(Certified.entropy(of: p, unit: .bits).value == 1.75)
    let divergence = try Certified.klDivergence(of: p, from: q)
    #expect(divergence.decimal == "0.1732867951399863273543080")
    #expect(divergence.isCorrectlyRounded)
    #expect(divergence.contains(0.17328679513998632))
  }

  @Test func confidentRows() throws {
    let loss = try Certified.softmaxCrossEntropy(
      logits: [20, 0], classIndices: [0], classCount: 2)
    #expect(loss.value.value == 2.061153620314381e-09)
    #expect(loss.gradient.map(\.value) == [-2.0611536181902037e-09, 2.0611536181902037e-09])
    #expect(loss.rowLosses == [loss.value])
  }

  @Test func infinities() throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([1.0, 0]))
    let divergence = try Certified.klDivergence(of: p, from: q)
    #expect(divergence.value == .infinity && divergence.lower == "inf")
    #expect(divergence.isExact && divergence.isCorrectlyRounded)
    #expect(throws: InformationError.self) {
      try Certified.klDivergence(of: p, from: q, support: .throwing)
    }
    let reply = try JSONDecoder().decode(Certified.self, from: JSONEncoder().encode(divergence))
    #expect(reply == divergence)
  }

  @Test func sameDistributionsAreExactlyZeroApart() throws {
    let p = try Categorical(normalizing: [0.1, 0.7, 0.3])
    let doubled = try Categorical(normalizing: [0.2, 1.4, 0.6])
    let divergence = try Certified.klDivergence(of: p, from: doubled)
    #expect(divergence.isExact && divergence.value == 0 && divergence.decimal == "0")
    #expect(Certified.entropy(of: try Categorical([0.0, 1, 0])).isExact)
  }

  /// Sums of powers beyond all doubles are known to be that, whatever the order.
  @Test(arguments: [1e5, 1e9, 1e20, 1e100, 1e308])
  func greatOrders(order: Double) throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.25, 0.75]))
    for divergence in [
      try Certified.tsallisDivergence(of: p, from: q, order: order),
      try Certified.alphaDivergence(of: p, from: q, order: order),
      try Certified.alphaDivergence(of: p, from: q, order: -order),
      try Certified.cressieReadDivergence(of: p, from: q, lambda: -order),
    ] {
      #expect(divergence.value == .infinity && divergence.isCorrectlyRounded)
      #expect(divergence.lower == "1e800")
    }
    let renyi = try Certified.renyiDivergence(of: p, from: q, order: order)
    #expect(renyi.isCorrectlyRounded)
    #expect(renyi.contains(try p.renyiDivergence(from: q, order: order).nats))
  }
}
