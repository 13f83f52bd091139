import InformationTheory

/// Uses the library as somebody would who has read its documentation only.
@main
struct ClientProbe {
  static func main() throws {
    try measureDistributions()
    try measureSpans()
    try reportErrors()
    try differentiate()
    try compare()
    addExactly()
    try relateVariables()
    try splitValues()
  }

  static func measureDistributions() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let q = try Categorical(counts: [10, 10, 10, 10])
    let entropy = p.entropy()
    print("H(p)", entropy.bits, entropy.description(in: .bits), entropy == .bits(1.75))
    print("D(p‖q)", try p.klDivergence(from: q))
    print("H(p, q)", try p.crossEntropy(relativeTo: q).bits)
    print("JS", try p.jensenShannonDivergence(from: q).nats)
    print("Hellinger", try p.hellingerDistance(from: q))
    print("log 4", Categorical.maximumEntropy(outcomes: 4).number(in: .bits))
    print("softmax", try Categorical(logits: [0, 0, -.infinity] as [Float]).probabilities)

    let cats = try Categorical(counts: [3, 1], labels: ["cat", "dog"])
    let dogs = try Categorical(counts: [1, 1], labels: ["dog", "fox"])
    print("disjoint", try cats.klDivergence(from: dogs).isFinite)
    print("restricted", try cats.klDivergence(from: dogs, support: .restricted))
    print("sum", (.bits(1) + .hartleys(1) + .zero).hartleys, Information.bits(3) / .bits(2))
  }

  static func measureSpans() throws {
    let p = [0.5, 0.25, 0.125, 0.125]
    let q = [0.25, 0.25, 0.25, 0.25]
    print("Double", try klDivergence(of: p.span, from: q.span).bits, try entropy(of: p.span).bits)
    let (x, y) = (p.map { Float($0) }, q.map { Float($0) })
    print("Float", try klDivergence(of: x.span, from: y.span).bits, try entropy(of: x.span).bits)
    print("cross", try crossEntropy(of: x.span, relativeTo: y.span).bits)
  }

  static func reportErrors() throws {
    do throws(InformationError) {
      _ = try Categorical([0.5, -0.1, 0.6])
    } catch {
      print(error.code, error.argument ?? "-", error.index ?? -1, error)
      print(error.code == .negativeMass)
    }
    do {
      let p = try Categorical([0.5, 0.5, 0])
      let q = try Categorical([1.0, 0, 0])
      _ = try p.klDivergence(from: q, support: .throwing)
    } catch {
      print(error.code)
    }
  }

  static func differentiate() throws {
    let p = try Categorical([0.5, 0.5])
    let q = try Categorical([0.25, 0.75])
    let gradient = try p.gradient(of: .kullbackLeibler, from: q)
    var (ofP, ofQ) = ([0.0, 0.0], [0.0, 0.0])
    try writeGradient(
      of: .kullbackLeibler, at: [0.5, 0.5].span, from: [0.25, 0.75].span,
      p: ofP.mutableSpan, q: ofQ.mutableSpan)
    print("gradient", gradient.q, ofP == gradient.p, ofQ == gradient.q)
  }

  static func compare() throws {
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    let comparison = try p.compared(to: try Categorical(counts: [1, 1, 1, 1]))
    print("rows", !comparison.rows.isEmpty, "outcomes", comparison.outcomeCount)
    let widest = comparison.description.split(separator: "\n").map(\.count).max() ?? 0
    print("fits 80 columns", (1...80).contains(widest))
  }

  static func addExactly() {
    var sum = ExactSum()
    sum.add(1e100)
    sum.add(1)
    sum.merge(ExactSum([-1e100, 0x1p-60]))
    print("exact", sum.value == 1, sum == ExactSum([1, 0x1p-60]))
  }

  static func relateVariables() throws {
    let joint = try JointDistribution(
      counts: [[4, 2, 1, 1], [2, 4, 1, 1], [2, 2, 2, 2], [8, 0, 0, 0]], rows: "y", columns: "x")
    print("I(X; Y)", try joint.mutualInformation(between: "x", and: "y").bits)
    print("H(X|Y)", try joint.entropy(of: "x", given: "y").bits)
    let coins = try JointDistribution(columns: [
      LabelColumn("first", [false, false, true, true]),
      LabelColumn("second", ["h", "t", "h", "t"]),
      LabelColumn("differ", [0, 1, 1, 0]),
    ])
    print("synergy", try coins.oInformation().bits, try coins.totalCorrelation().bits)
    print(
      "known", try coins.mutualInformation(between: "first", and: "differ", given: "second").bits)
    do {
      _ = try coins.entropy(of: "third")
    } catch {
      print(error.code)
    }
    print("labels", try mutualInformation(of: [1, 1, 2, 2].span, and: [7, 7, 7, 9].span).bits)
  }

  static func splitValues() throws {
    let split = try bestThreshold(of: [1, 2, 3, 10, 11], for: ["a", "a", "a", "b", "b"])
    print("threshold", split?.threshold ?? .nan, split?.leftCounts ?? [], split?.giniGain ?? .nan)
    print("gini", try Categorical([0.5, 0.25, 0.25]).giniImpurity())
  }
}
