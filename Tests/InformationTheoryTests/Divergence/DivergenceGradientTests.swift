import Foundation
import InformationTheory
import TestSupport
import Testing

/// One row of the table of gradients.
struct GradientRow: Decodable, Sendable {
  struct Unit: Decodable, Sendable {
    let p: HexDouble
    let q: HexDouble
  }
  let `case`: String
  let measure: String
  let order: HexDouble?
  let p: [HexDouble]
  let q: [HexDouble]
  /// The last place of a number as large as the partial derivatives before their mean is
  /// taken off; infinite where that is.
  let unit: Unit
}

struct GradientTable: Decodable, Sendable {
  let bits: Int
  let values: [GradientRow]
}

@Suite("Divergence gradients")
struct DivergenceGradientTests {
  /// A divergence with its value, for differences of it.
  struct Case: Sendable {
    let name: String
    let divergence: DifferentiableDivergence
    let value: @Sendable (Categorical, Categorical) throws -> Double

    static let all = [
      Case(name: "kl", divergence: .kullbackLeibler) { try $0.klDivergence(from: $1).nats },
      Case(name: "reverse", divergence: .reverseKullbackLeibler) {
        try $0.reverseKLDivergence(from: $1).nats
      },
      Case(name: "jeffreys", divergence: .jeffreys) {
        try $0.jeffreysDivergence(from: $1).nats
      },
      Case(name: "js", divergence: .jensenShannon) {
        try $0.jensenShannonDivergence(from: $1).nats
      },
      Case(name: "hellinger", divergence: .hellinger) { try $0.hellingerDistance(from: $1) },
      Case(name: "coefficient", divergence: .bhattacharyyaCoefficient) {
        try $0.bhattacharyyaCoefficient(from: $1)
      },
      Case(name: "bhattacharyya", divergence: .bhattacharyya) {
        try $0.bhattacharyyaDistance(from: $1).nats
      },
      Case(name: "pearson", divergence: .pearsonChiSquared) { try $0.pearsonChiSquared(from: $1) },
      Case(name: "neyman", divergence: .neymanChiSquared) { try $0.neymanChiSquared(from: $1) },
      Case(name: "triangular", divergence: .triangular) {
        try $0.triangularDiscrimination(from: $1)
      },
      Case(name: "skew", divergence: .skew(weight: 0.25)) {
        try $0.skewDivergence(from: $1, weight: 0.25).nats
      },
      Case(name: "renyi", divergence: .renyi(order: 0.75)) {
        try $0.renyiDivergence(from: $1, order: 0.75).nats
      },
      Case(name: "renyi 1", divergence: .renyi(order: 1)) { try $0.klDivergence(from: $1).nats },
      Case(name: "tsallis", divergence: .tsallis(order: 1.5)) {
        try $0.tsallisDivergence(from: $1, order: 1.5)
      },
      Case(name: "alpha", divergence: .alpha(order: -0.5)) {
        try $0.alphaDivergence(from: $1, order: -0.5)
      },
      Case(name: "cressie-read", divergence: .cressieRead(lambda: 2.0 / 3)) {
        try $0.cressieReadDivergence(from: $1, lambda: 2.0 / 3)
      },
    ]
  }

  /// The divergence of a row of the table; nil for the cross-entropy, which has no gradient here.
  private func divergence(of row: GradientRow) throws -> DifferentiableDivergence? {
    let order = row.order?.value ?? .nan
    switch row.measure {
    case "kl_divergence": return .kullbackLeibler
    case "reverse_kl_divergence": return .reverseKullbackLeibler
    case "jeffreys_divergence": return .jeffreys
    case "jensen_shannon_divergence": return .jensenShannon
    case "skew_divergence": return .skew(weight: order)
    case "renyi_divergence": return .renyi(order: order)
    case "tsallis_divergence": return .tsallis(order: order)
    case "alpha_divergence": return .alpha(order: order)
    case "cressie_read_divergence": return .cressieRead(lambda: order)
    case "hellinger_distance": return .hellinger
    case "bhattacharyya_distance": return .bhattacharyya
    case "bhattacharyya_coefficient": return .bhattacharyyaCoefficient
    case "pearson_chi_squared": return .pearsonChiSquared
    case "neyman_chi_squared": return .neymanChiSquared
    case "triangular_discrimination": return .triangular
    case "cross_entropy": return nil
    default: throw UnknownMeasure(name: row.measure)
    }
  }

  struct UnknownMeasure: Error { let name: String }

  @Test func everyOracleValue() throws {
    let table: GradientTable = try OracleTable.load("gradients")
    #expect(table.bits >= 80)
    let cases = try OracleCases.pairs.get()
    var (worst, worstName, checked) = (0.0, "", 0)
    for row in table.values {
      guard let divergence = try divergence(of: row) else { continue }
      let input = try #require(cases[row.case], "no input \(row.case)")
      let (x, y) = input.masses
      let normalize = input.normalize ?? false
      let (p, q) = (
        try categorical(x, normalize: normalize), try categorical(y, normalize: normalize)
      )
      let gradient = try p.gradient(of: divergence, from: q)
      let sides = [
        (gradient.p, row.p, row.unit.p.value), (gradient.q, row.q, row.unit.q.value),
      ]
      for (values, truth, unit) in sides {
        #expect(values.count == truth.count)
        for (value, reference) in zip(values, truth) {
          checked += 1
          if value == reference.value { continue }
          let name = "\(row.measure) \(row.order?.value ?? 0) of \(row.case)"
          #expect(
            value.isFinite && reference.value.isFinite, "\(name): \(value), not \(reference.value)")
          let error = (value - reference.value).magnitude / unit
          #expect(error <= 2, "\(name): \(value), not \(reference.value)")
          if error > worst { (worst, worstName) = (error, name) }
        }
      }
    }
    #expect(checked > 2000)
    if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
      print("worst of \(checked) gradients: \(worst) ulp of the scale, \(worstName)")
    }
  }

  /// Along the masses nothing changes: Σ pᵢ gᵢ = 0 but for the rounding of each term.
  @Test(arguments: Case.all.indices)
  func orthogonalToTheMasses(index: Int) throws {
    let example = Case.all[index]
    try forEachDraw(200, from: 0x0274) { random, seed in
      let n = random.integer(2...10)
      let (p, q) = (try random.positive(n), try random.positive(n))
      let gradient = try p.gradient(of: example.divergence, from: q)
      for (masses, slopes) in [(p.masses, gradient.p), (q.masses, gradient.q)] {
        let sum = ExactSum(exactProducts(masses, slopes)).value
        let size = zip(masses, slopes).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
        let largest = slopes.map(\.magnitude).max() ?? 0
        let room = size + largest * (masses.max() ?? 0)
        #expect(sum.magnitude <= 4 * 0x1p-52 * room, "\(example.name), \(seed) \(sum) of \(size)")
      }
    }
  }

  /// A small step towards another distribution moves the value by slope times step.
  @Test(arguments: Case.all.indices)
  func followsFiniteDifferences(index: Int) throws {
    let example = Case.all[index]
    try forEachDraw(200, from: 0x0D1F) { random, seed in
      let n = random.integer(2...6)
      let (x, y) = (
        (0..<n).map { _ in 0.5 + random.unit() }, (0..<n).map { _ in 0.5 + random.unit() }
      )
      let (p, q) = (try Categorical(normalizing: x), try Categorical(normalizing: y))
      let gradient = try p.gradient(of: example.divergence, from: q)
      let outcome = random.integer(0...n - 1)
      let step = 0x1p-17
      func moved(_ masses: [Double], by step: Double) throws -> Categorical {
        var masses = masses
        masses[outcome] += step
        return try Categorical(normalizing: masses)
      }
      let ofP =
        (try example.value(moved(x, by: step), q) - example.value(moved(x, by: -step), q))
        / (2 * step)
      let ofQ =
        (try example.value(p, moved(y, by: step)) - example.value(p, moved(y, by: -step)))
        / (2 * step)
      // The third derivative times step², and the values' rounding over the step.
      let room = 1e-8
      #expect((gradient.p[outcome] - ofP).magnitude < room, "\(example.name), p, \(seed)")
      #expect((gradient.q[outcome] - ofQ).magnitude < room, "\(example.name), q, \(seed)")
    }
  }

  @Test func spanFormWritesTheSame() throws {
    try forEachDraw(from: 0x59A) { random, seed in
      let n = random.integer(1...8)
      let (x, y) = (random.dyadic(n, zeros: 0), random.dyadic(n, zeros: 0))
      guard !x.contains(0), !y.contains(0), x != y else { return }
      let (p, q) = (try Categorical(x), try Categorical(y))
      for example in Case.all {
        var (ofP, ofQ) = ([Double](repeating: .nan, count: n), [Double](repeating: .nan, count: n))
        try writeGradient(
          of: example.divergence, at: x.span, from: y.span, p: ofP.mutableSpan, q: ofQ.mutableSpan)
        let gradient = try p.gradient(of: example.divergence, from: q)
        #expect(gradient.p == ofP, "\(example.name), \(seed)")
        #expect(gradient.q == ofQ, "\(example.name), \(seed)")
      }
    }
  }

  /// Where the divergence is least, at p = q, its gradient is 0; never −0.
  @Test func vanishesAtEquality() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    for example in Case.all where example.name != "hellinger" {
      let gradient = try p.gradient(of: example.divergence, from: p)
      #expect(gradient.p.allSatisfy { $0 == 0 }, "\(example.name)")
      #expect(gradient.q.allSatisfy { $0 == 0 }, "\(example.name)")
    }
  }

  @Test func errors() throws {
    let p = try Categorical([0.5, 0.5])
    for example in Case.all {
      expectError(.undefined, argument: "p", index: 1, says: "outcome 1", comment: example.name) {
        try Categorical([1.0, 0]).gradient(of: example.divergence, from: p)
      }
      expectError(.undefined, argument: "q", index: 0, says: "outcome 0", comment: example.name) {
        try p.gradient(of: example.divergence, from: Categorical([0, 1.0]))
      }
      expectError(.sizeMismatch, argument: "q", says: "2", "1", comment: example.name) {
        try p.gradient(of: example.divergence, from: Categorical([1.0]))
      }
    }
    expectError(.undefined, argument: nil, says: "p = q") {
      try p.gradient(of: .hellinger, from: p)
    }
    for labels in [["b", "a"], ["a", "c"]] {
      expectError(.badLabels, argument: "q", says: "labels") {
        try Categorical([0.5, 0.5], labels: ["a", "b"])
          .gradient(of: .jeffreys, from: Categorical([0.5, 0.5], labels: labels))
      }
    }
    expectError(.badLabels, argument: "q", says: "labels") {
      try p.gradient(of: .jeffreys, from: Categorical([0.5, 0.5], labels: ["a", "b"]))
    }
  }

  @Test func spanErrors() {
    for bad in BadMasses.all where !bad.masses.isEmpty {
      let (masses, n) = (bad.masses, bad.masses.count)
      let good = [1.0] + [Double](repeating: 0, count: n - 1)
      var (ofP, ofQ) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
      expectError(bad.code, argument: "p", index: bad.index, says: bad.word) {
        try writeGradient(
          of: .jeffreys, at: masses.span, from: good.span, p: ofP.mutableSpan, q: ofQ.mutableSpan)
      }
      expectError(bad.code, argument: "q", index: bad.index, says: bad.word) {
        try writeGradient(
          of: .jeffreys, at: good.span, from: masses.span, p: ofP.mutableSpan, q: ofQ.mutableSpan)
      }
    }
  }

  @Test func wrongOutputLengths() async {
    await #expect(processExitsWith: .failure) {
      let p = [0.5, 0.5]
      var (ofP, ofQ) = ([0.0], [0.0, 0])
      try? writeGradient(
        of: .jeffreys, at: p.span, from: p.span, p: ofP.mutableSpan, q: ofQ.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      let p = [0.5, 0.5]
      var (ofP, ofQ) = ([0.0, 0], [0.0, 0, 0])
      try? writeGradient(
        of: .jeffreys, at: p.span, from: p.span, p: ofP.mutableSpan, q: ofQ.mutableSpan)
    }
  }

  @Test func parametersOutOfRange() async {
    await #expect(processExitsWith: .failure) { _ = DifferentiableDivergence.skew(weight: 1.5) }
    await #expect(processExitsWith: .failure) { _ = DifferentiableDivergence.renyi(order: 0) }
    await #expect(processExitsWith: .failure) {
      _ = DifferentiableDivergence.tsallis(order: .infinity)
    }
    await #expect(processExitsWith: .failure) { _ = DifferentiableDivergence.alpha(order: .nan) }
    await #expect(processExitsWith: .failure) {
      _ = DifferentiableDivergence.cressieRead(lambda: -.infinity)
    }
  }

  @Test func coding() throws {
    let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.25, 0.75]))
    let gradient = try p.gradient(of: .kullbackLeibler, from: q)
    let data = try JSONEncoder().encode(gradient)
    #expect(try JSONDecoder().decode(DivergenceGradient.self, from: data) == gradient)
  }

  private func exactProducts(_ x: [Double], _ y: [Double]) -> [Double] {
    zip(x, y).flatMap { a, b in [a * b, (-(a * b)).addingProduct(a, b)] }
  }
}
