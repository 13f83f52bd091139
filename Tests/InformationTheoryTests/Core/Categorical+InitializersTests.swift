import InformationTheory
import TestSupport
import Testing

@Suite("Categorical initializers")
struct CategoricalInitializerTests {
  // MARK: - Probabilities

  @Test func badMasses() {
    for bad in BadMasses.all {
      expectError(bad.code, argument: "masses", index: bad.index, says: bad.word) {
        try Categorical(bad.masses)
      }
      if let narrow = bad.narrow {
        expectError(bad.code, argument: "masses", index: bad.index, says: bad.word) {
          try Categorical(narrow)
        }
      }
      guard bad.code != .notNormalized else { continue }
      expectError(bad.code, argument: "masses", index: bad.index, says: bad.word) {
        try Categorical(normalizing: bad.masses)
      }
    }
  }

  /// n·ε off passes and a little more does not, above and below 1.
  @Test(arguments: 1...40)
  func toleranceOfDouble(n: Int) throws {
    let step = Double(n) * 0x1p-52
    for sum in [1 + step, 1 - step] {
      #expect(try Categorical(listOf(n, summingTo: sum)).total == sum)
    }
    for sum in [1 + step + 0x1p-52, 1 - step - 0x1p-52] {
      expectError(
        .notNormalized, argument: "masses",
        says: "\(sum)", "\(step)", "Categorical(normalizing:)", "counts"
      ) { try Categorical(listOf(n, summingTo: sum)) }
    }
  }

  @Test(arguments: 1...40)
  func toleranceOfFloat(n: Int) throws {
    let step = Float(n) * 0x1p-23
    for sum in [1 + step, 1 - step] {
      #expect(try Categorical(listOf(n, summingTo: sum)).total == Double(sum))
    }
    for sum in [1 + step + 0x1p-23, 1 - step - 0x1p-23] {
      expectError(.notNormalized, argument: "masses", says: "\(Double(sum))", "\(Double(step))") {
        try Categorical(listOf(n, summingTo: sum))
      }
    }
    // What a Float may miss by, a Double may not.
    expectError(.notNormalized, argument: "masses", says: "\(Double(1 + step))") {
      try Categorical(listOf(n, summingTo: Double(1 + step)))
    }
  }

  /// One mass with the whole sum beside zeros, so that the sum is exact.
  private func listOf<Scalar: InformationScalar>(_ n: Int, summingTo sum: Scalar) -> [Scalar] {
    [Scalar](repeating: 0, count: n - 1) + [sum]
  }

  @Test func floatIsWidened() throws {
    let narrow: [Float] = [0.1, 0.2, 0.7]
    #expect(try Categorical(narrow).masses == narrow.map { Double($0) })
    #expect(try Categorical(normalizing: narrow).masses == narrow.map { Double($0) })
  }

  // MARK: - Weights

  @Test func weightsOfAnySize() throws {
    for exponent in [-1000, -300, -64, 0, 64, 300, 1000] {
      let unit = Double(sign: .plus, exponent: exponent, significand: 1)
      let p = try Categorical(normalizing: [3 * unit, unit])
      #expect(p.probabilities == [0.75, 0.25], "2^\(exponent)")
      expect(p.entropy().bits, near: 0.811278124459132863909696, "2^\(exponent)")
    }
    let smallest = Double.leastNonzeroMagnitude
    #expect(try Categorical(normalizing: [3 * smallest, smallest]).probabilities == [0.75, 0.25])
    let halfOfLargest = Double.greatestFiniteMagnitude / 2
    let large = try Categorical(normalizing: [halfOfLargest, halfOfLargest])
    #expect(large.probabilities == [0.5, 0.5])
    #expect(large.entropy().bits == 1)
  }

  /// Scaling would lose bits of the small mass, so nothing is scaled.
  @Test func weightsThatDoNotScale() throws {
    let masses = [0x1p1000, 3 * 0x1p-1074]
    let p = try Categorical(normalizing: masses)
    #expect(p.masses == masses)
    expect(p.selfInformation(ofOutcome: 1).bits, near: 2072.415037499278843818546)  // − log₂3
    expectSameBits(p[0], 1)
  }

  // MARK: - Counts

  @Test func counts() throws {
    #expect(try Categorical(counts: [4, 0, 12]).probabilities == [0.25, 0, 0.75])
    #expect(try Categorical(counts: [1 << 53, 1 << 60]).masses == [0x1p53, 0x1p60])
    expectError(.negativeMass, argument: "counts", index: 1, says: "counts[1]", "-3") {
      try Categorical(counts: [1, -3])
    }
    expectError(.zeroTotal, argument: "counts", says: "all 2") { try Categorical(counts: [0, 0]) }
    expectError(.empty, argument: "counts", says: "empty") { try Categorical(counts: []) }
    expectError(.inexactCount, argument: "counts", index: 1, says: "9007199254740993", "2^53") {
      try Categorical(counts: [1, 1 << 53 + 1])
    }
    expectError(.inexactCount, argument: "counts", index: 0, says: "\(Int.max)") {
      try Categorical(counts: [Int.max])
    }
  }

  // MARK: - Logits

  @Test func logits() throws {
    #expect(try Categorical(logits: [0.0, 0, 0, 0]).probabilities == [0.25, 0.25, 0.25, 0.25])
    let p = try Categorical(logits: [1.0, 2, 3])
    expect(p[0], near: 0.0900305731703804579980)
    expect(p[1], near: 0.244728471054797652473)
    expect(p[2], near: 0.665240955774821889528)
    #expect(try Categorical(logits: [5.0]).probabilities == [1])
  }

  /// A shift that rounds no logit changes no bit.
  @Test func logitsAreShiftInvariant() throws {
    try forEachDraw(from: 0x106) { random, seed in
      let logits = (0..<random.integer(1...20)).map { _ in
        (random.unit() * 0x1p20).rounded() * 0x1p-10
      }
      let p = try Categorical(logits: logits)
      for shift in [-0x1p30, 0x1p-10, 700, 1e6, 0x1p40] {
        let shifted = try Categorical(logits: logits.map { $0 + shift })
        #expect(shifted == p, "\(seed) shifted by \(shift)")
      }
    }
  }

  @Test func logitsAtTheEnds() throws {
    let p = try Categorical(logits: [0, -Double.infinity, 0])
    #expect(p.masses == [1, 0, 1])
    #expect(p.support == [0, 2])
    // exp(−745) is the smallest double; further down there is none.
    #expect(try Categorical(logits: [0.0, -745]).masses == [1, 0x1p-1074])
    #expect(try Categorical(logits: [0.0, -746]).masses == [1, 0])
    // The differences are beyond the range, the logits are not.
    let far = try Categorical(logits: [-1e308, 1.5e308, 1.5e308])
    #expect(far.probabilities == [0, 0.5, 0.5])
    #expect(try Categorical(logits: [Float(0), -.infinity]).masses == [1, 0])
  }

  @Test func badLogits() {
    expectError(.notFinite, argument: "logits", index: 1, says: "logits[1]", "inf") {
      try Categorical(logits: [0, Double.infinity])
    }
    expectError(.notFinite, argument: "logits", index: 0, says: "nan") {
      try Categorical(logits: [Double.nan, 0])
    }
    expectError(.zeroTotal, argument: "logits", says: "all 2", "-inf") {
      try Categorical(logits: [-Double.infinity, -.infinity])
    }
    expectError(.empty, argument: "logits", says: "empty") { try Categorical(logits: [Float]()) }
  }

  // MARK: - Logarithms of probabilities

  @Test func logProbabilities() throws {
    let p = try Categorical(logProbabilities: [-0.693147180559945309417, -0.693147180559945309417])
    expect(p[0], near: 0.5)
    #expect(try Categorical(logProbabilities: [0, -Double.infinity]).masses == [1, 0])
    let narrow: [Float] = [-1.38629436, -1.38629436, -0.693147181]
    expect(try Categorical(logProbabilities: narrow).entropy().bits, near: 1.5, ulps: 0x1p30)
  }

  /// The tolerance is (n + Σ p·|log p|)·ε: rounding the logarithm of a small mass
  /// moves the sum more.
  @Test func toleranceOfLogProbabilities() throws {
    // exp(x) ≈ 1 + x, so that the sum of one outcome is off by x itself; 1·ε is allowed.
    #expect(try Categorical(logProbabilities: [-0x1p-53]).count == 1)
    #expect(try Categorical(logProbabilities: [0x1p-52]).count == 1)
    for log in [0x1p-51, -0x1.8p-52, 0.1, -1] {
      expectError(.notNormalized, argument: "logProbabilities", says: "logits", "not 1") {
        try Categorical(logProbabilities: [log])
      }
    }
    // 4096 masses of 2⁻¹² and a bit: n·ε alone would be 2⁻⁴⁰, log adds 8.3·2⁻⁵².
    let n = 4096
    let exact = -8.317766166719343
    let within = [Double](repeating: exact + 0x1p-42, count: n)
    #expect(try Categorical(logProbabilities: within).count == n)
    let beyond = [Double](repeating: exact + 0x1p-39, count: n)
    expectError(.notNormalized, argument: "logProbabilities", says: "logits") {
      try Categorical(logProbabilities: beyond)
    }
    // In Float the same miss is nothing.
    #expect(try Categorical(logProbabilities: [Float](repeating: -8.317766, count: n)).count == n)
  }

  @Test func badLogProbabilities() {
    expectError(.overflow, argument: "logProbabilities", index: 1, says: "1000.0", "at most 0") {
      try Categorical(logProbabilities: [0, 1000])
    }
    expectError(.notFinite, argument: "logProbabilities", index: 0, says: "inf") {
      try Categorical(logProbabilities: [Double.infinity])
    }
    expectError(.notFinite, argument: "logProbabilities", index: 1, says: "nan") {
      try Categorical(logProbabilities: [0, Double.nan])
    }
    expectError(.zeroTotal, argument: "logProbabilities", says: "all 1", "-inf") {
      try Categorical(logProbabilities: [-Double.infinity])
    }
    expectError(.zeroTotal, argument: "logProbabilities", says: "all 1") {
      try Categorical(logProbabilities: [-800.0])
    }
    expectError(.empty, argument: "logProbabilities", says: "empty") {
      try Categorical(logProbabilities: [Double]())
    }
  }

  // MARK: - Labels

  @Test func labelsMustFit() {
    expectError(.badLabels, argument: "labels", index: 2, says: "\"a\"", "outcome 0", "differ") {
      try Categorical([0.5, 0.25, 0.25], labels: ["a", "b", "a"])
    }
    for labels in [[], ["a"], ["a", "b", "c"]] {
      expectError(.badLabels, argument: "labels", says: "\(labels.count) labels", "2 outcomes") {
        try Categorical([0.5, 0.5], labels: labels)
      }
      expectError(.badLabels, argument: "labels", says: "\(labels.count) labels") {
        try Categorical(counts: [5, 5], labels: labels)
      }
      expectError(.badLabels, argument: "labels", says: "\(labels.count) labels") {
        try Categorical(normalizing: [0.5, 5], labels: labels)
      }
      expectError(.badLabels, argument: "labels", says: "\(labels.count) labels") {
        try Categorical(logits: [0.5, 5], labels: labels)
      }
      expectError(.badLabels, argument: "labels", says: "\(labels.count) labels") {
        try Categorical(logProbabilities: [0, -Double.infinity], labels: labels)
      }
    }
  }
}
