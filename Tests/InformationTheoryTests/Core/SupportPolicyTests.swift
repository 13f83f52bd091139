import InformationTheory
import Testing

@Suite("Support policies")
struct SupportPolicyTests {
  let unordered = allDivergences.filter { !$0.isOrdered }
  let p = Result { try Categorical(counts: [2, 1, 0, 5, 0], labels: ["a", "b", "c", "d", "e"]) }
  let q = Result { try Categorical(counts: [1, 0, 4, 2, 0], labels: ["a", "b", "c", "d", "e"]) }

  /// An error names the bins exactly where the result is infinite.
  @Test func throwing() throws {
    let (p, q) = (try p.get(), try q.get())
    var thrown = 0
    for forms in unordered {
      for var arguments in forms.samples {
        let value = try forms.method(p, q, arguments)
        arguments.support = .throwing
        if value.isFinite {
          expectSameBits(try forms.method(p, q, arguments), value, "\(forms.table) \(arguments)")
          continue
        }
        expectError(
          .support, argument: "q", index: 1, says: "\"b\" (not in q)", "\"c\" (not in p)",
          comment: "\(forms.table) \(arguments)"
        ) { try forms.method(p, q, arguments) }
        thrown += 1
      }
    }
    #expect(thrown >= 10)
  }

  @Test func throwingNamesIndicesWithoutLabels() throws {
    let (p, q) = ([0.5, 0.5, 0], [0.5, 0, 0.5])
    expectError(.support, argument: "q", index: 1, says: "1 (not in q)", "2 (not in p)") {
      try klDivergence(of: p.span, from: q.span, support: .throwing)
    }
    expectError(.support, argument: "q", index: 1, says: "1 (not in q)") {
      try Categorical(p).crossEntropy(relativeTo: Categorical(q), support: .throwing)
    }
    let (narrowP, narrowQ) = (p.map { Float($0) }, q.map { Float($0) })
    expectError(.support, argument: "q", index: 1, says: "1 (not in q)", "2 (not in p)") {
      try jeffreysDivergence(of: narrowP.span, from: narrowQ.span, support: .throwing)
    }
    // q's outcome comes first here.
    expectError(.support, argument: "p", index: 0, says: "0 (not in p)") {
      try Categorical([0, 1]).reverseKLDivergence(
        from: Categorical([0.5, 0.5]), support: .throwing)
    }
  }

  @Test func throwingNamesTenBinsAtMost() throws {
    let p = try Categorical(counts: [Int](repeating: 1, count: 30))
    let q = try Categorical(counts: [1] + [Int](repeating: 0, count: 29))
    expectError(.support, argument: "q", index: 1, says: "10 (not in q) and 19 more") {
      try p.klDivergence(from: q, support: .throwing)
    }
  }

  /// The value of what is left, normalised again.
  @Test func restricted() throws {
    let (p, q) = (try p.get(), try q.get())
    let (sharedP, sharedQ) = (try Categorical(counts: [2, 5]), try Categorical(counts: [1, 2]))
    for forms in unordered {
      for var arguments in forms.samples {
        let expected = try forms.method(sharedP, sharedQ, arguments)
        arguments.support = .restricted
        let value = try forms.method(p, q, arguments)
        expectSameBits(value, expected, "\(forms.table) \(arguments):")
        #expect(value.isFinite)
        let (x, y) = ([0.25, 0.125, 0, 0.625], [0.25, 0, 0.25, 0.5])
        let (keptX, keptY) = (
          try Categorical(normalizing: [0.25, 0.625]), try Categorical(normalizing: [0.25, 0.5])
        )
        var plain = arguments
        plain.support = .infinite
        expectSameBits(
          try forms.span(ofArrays: x, y, arguments), try forms.method(keptX, keptY, plain),
          "\(forms.table) \(arguments), span:")
      }
    }
  }

  @Test func restrictedToNothing() throws {
    for forms in unordered {
      var arguments = forms.samples[0]
      arguments.support = .restricted
      expectError(.support, argument: nil, says: "no outcome", comment: forms.table) {
        try forms.method(Categorical([1, 0]), Categorical([0, 1]), arguments)
      }
    }
  }

  @Test func smoothed() throws {
    let (p, q) = (try p.get(), try q.get())
    let (smoothP, smoothQ) = (
      try Categorical(normalizing: [2.5, 1.5, 0.5, 5.5, 0.5]),
      try Categorical(normalizing: [1.5, 0.5, 4.5, 2.5, 0.5])
    )
    for forms in unordered {
      for var arguments in forms.samples {
        let expected = try forms.method(smoothP, smoothQ, arguments)
        arguments.support = .smoothed(pseudocount: 0.5)
        let value = try forms.method(p, q, arguments)
        expectSameBits(value, expected, "\(forms.table) \(arguments):")
        #expect(value.isFinite)
      }
    }
    // Lists are in probabilities, so the pseudocount is too; Float is widened first.
    let (x, y) = ([Float(1), 0], [Float(0), 1])
    let value = try klDivergence(of: x.span, from: y.span, support: .smoothed(pseudocount: 1))
    expect(value.nats, near: 0.231049060186648436472)  // (2/3 − 1/3)·log 2
  }

  @Test(arguments: [0, -0.5, .infinity, .nan])
  func badPseudocount(pseudocount: Double) throws {
    let (p, q) = (try p.get(), try q.get())
    for forms in unordered {
      var arguments = forms.samples[0]
      arguments.support = .smoothed(pseudocount: pseudocount)
      expectError(
        .badParameter, argument: "pseudocount", says: "\(pseudocount)", comment: forms.table
      ) { try forms.method(p, q, arguments) }
    }
  }

  @Test func policiesAreValues() {
    let policies: Set<SupportPolicy> = [
      .infinite, .throwing, .restricted, .smoothed(pseudocount: 1), .smoothed(pseudocount: 2),
      .smoothed(pseudocount: 1), .infinite,
    ]
    #expect(policies.count == 5)
  }
}
