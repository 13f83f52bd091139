import InformationTheory
import Testing

/// Expects a typed error with a code, an argument, an index, and words in its message.
func expectError<Result>(
  _ code: InformationError.Code, argument: String?, index: Int? = nil, says words: String...,
  comment: String = "", at location: SourceLocation = #_sourceLocation,
  _ body: () throws -> Result
) {
  do {
    let result = try body()
    Issue.record("\(comment) no error \(code) but \(result)", sourceLocation: location)
  } catch let error as InformationError {
    #expect(error.code == code, "\(comment) \(error)", sourceLocation: location)
    #expect(error.argument == argument, "\(comment) \(error)", sourceLocation: location)
    #expect(error.index == index, "\(comment) \(error)", sourceLocation: location)
    for word in words {
      #expect(
        error.message.contains(word), "\(comment) the message lacks \(word): \(error)",
        sourceLocation: location)
    }
    #expect(error.description == error.message, sourceLocation: location)
  } catch {
    Issue.record("\(comment) \(error) is not an InformationError", sourceLocation: location)
  }
}

/// Masses that no function of probabilities accepts, and what it says of them.
struct BadMasses: Sendable {
  let masses: [Double]
  let code: InformationError.Code
  let index: Int?
  let word: String

  static let all = [
    BadMasses(masses: [], code: .empty, index: nil, word: "at least one outcome"),
    BadMasses(masses: [0.5, -0.25, 0.75], code: .negativeMass, index: 1, word: "-0.25"),
    BadMasses(masses: [0.5, 0.5, .nan], code: .notFinite, index: 2, word: "nan"),
    BadMasses(masses: [.infinity, 0.5], code: .notFinite, index: 0, word: "inf"),
    BadMasses(masses: [1, -.infinity], code: .notFinite, index: 1, word: "-inf"),
    BadMasses(masses: [0, 0, 0], code: .zeroTotal, index: nil, word: "all 3 masses"),
    BadMasses(masses: [0.5, 0.25], code: .notNormalized, index: nil, word: "0.75"),
    BadMasses(masses: [1e308, 1e308], code: .overflow, index: nil, word: "largest double"),
  ]

  /// The masses in single precision, where they say the same.
  var narrow: [Float]? { code == .overflow ? nil : masses.map { Float($0) } }
}

/// Checks that the span functions of a measure refuse bad masses, in both precisions.
func checkBadMasses(
  _ forms: some EntropyForms, argument: String = "p",
  at location: SourceLocation = #_sourceLocation
) {
  let arguments = forms.samples[0]
  for bad in BadMasses.all {
    expectError(
      bad.code, argument: argument, index: bad.index, says: argument, bad.word,
      comment: forms.table, at: location
    ) { try forms.span(ofArray: bad.masses, arguments) }
    guard let narrow = bad.narrow else { continue }
    expectError(
      bad.code, argument: argument, index: bad.index, says: argument, bad.word,
      comment: forms.table, at: location
    ) { try forms.span(ofArray: narrow, arguments) }
  }
}

/// Checks that a measure refuses bad masses on either side, and distributions that
/// do not fit each other.
func checkBadMasses(
  _ forms: some DivergenceForms, at location: SourceLocation = #_sourceLocation
) throws {
  let arguments = forms.samples[0]
  let table = forms.table
  for bad in BadMasses.all {
    let good = [1.0] + [Double](repeating: 0, count: max(bad.masses.count, 1) - 1)
    expectError(
      bad.code, argument: "p", index: bad.index, says: "p", bad.word, comment: table, at: location
    ) { try forms.span(ofArrays: bad.masses, good, arguments) }
    expectError(
      bad.code, argument: "q", index: bad.index, says: "q", bad.word, comment: table, at: location
    ) { try forms.span(ofArrays: good, bad.masses, arguments) }
    guard let narrow = bad.narrow else { continue }
    expectError(
      bad.code, argument: "q", index: bad.index, says: "q", bad.word, comment: table, at: location
    ) { try forms.span(ofArrays: good.map { Float($0) }, narrow, arguments) }
  }
  let two = try Categorical([0.5, 0.5])
  let three = try Categorical([0.5, 0.25, 0.25])
  expectError(.sizeMismatch, argument: "q", says: "2", "3", comment: table, at: location) {
    try forms.method(two, three, arguments)
  }
  expectError(.sizeMismatch, argument: "q", says: "2", "3", comment: table, at: location) {
    try forms.span(ofArrays: two.masses, three.masses, arguments)
  }
  try checkLabels(forms, at: location)
}

/// Checks what a measure says of labels that do not fit each other.
private func checkLabels(_ forms: some DivergenceForms, at location: SourceLocation) throws {
  let arguments = forms.samples[0]
  let bare = try Categorical([0.5, 0.5])
  let labelled = try Categorical([0.25, 0.75], labels: ["a", "b"])
  let reordered = try Categorical([0.75, 0.25], labels: ["b", "a"])
  if forms.isOrdered {
    // The order is the outcomes' own, so labels cannot put it right.
    expectError(.badLabels, argument: "q", says: "labels", comment: forms.table, at: location) {
      try forms.method(labelled, reordered, arguments)
    }
  } else {
    expectError(.unlabelled, argument: "p", says: "p", comment: forms.table, at: location) {
      try forms.method(bare, labelled, arguments)
    }
    expectError(.unlabelled, argument: "q", says: "q", comment: forms.table, at: location) {
      try forms.method(labelled, bare, arguments)
    }
    let (matched, same) = (
      try forms.method(labelled, reordered, arguments),
      try forms.method(labelled, labelled, arguments)
    )
    expectSameBits(matched, same, "\(forms.table): matched by label,", at: location)
  }
}

// MARK: - Parameters

/// Checks that a measure refuses orders, in both forms.
func checkBadOrders(
  _ forms: some EntropyForms, _ orders: [Double], argument: String = "order",
  at location: SourceLocation = #_sourceLocation
) throws {
  let p = try Categorical([0.25, 0.75])
  for order in orders {
    let arguments = Arguments(order: order)
    expectError(.badParameter, argument: argument, says: "\(order)", at: location) {
      try forms.method(p, arguments)
    }
    expectError(.badParameter, argument: argument, says: "\(order)", at: location) {
      try forms.span(ofArray: p.masses, arguments)
    }
  }
}

/// As for one distribution.
func checkBadOrders(
  _ forms: some DivergenceForms, _ orders: [Double], argument: String = "order",
  at location: SourceLocation = #_sourceLocation
) throws {
  let (p, q) = (try Categorical([0.5, 0.5]), try Categorical([0.25, 0.75]))
  for order in orders {
    let arguments = Arguments(order: order)
    expectError(.badParameter, argument: argument, says: "\(order)", at: location) {
      try forms.method(p, q, arguments)
    }
    expectError(.badParameter, argument: argument, says: "\(order)", at: location) {
      try forms.span(ofArrays: p.masses, q.masses, arguments)
    }
  }
}

/// Positions of three outcomes that nobody accepts: the index at fault, and its value.
private let badPositions: [([Double], Int, String)] = [
  ([0, 1, 1], 2, "1.0"), ([0, -2, 1], 1, "-2.0"), ([0, .nan, 1], 1, "nan"),
  ([0, 1, .infinity], 2, "inf"), ([-0x1p600, 1, 2], 0, "2^500"),
]

/// Checks that a measure refuses positions, in both forms.
func checkBadPositions(_ forms: some EntropyForms) throws {
  let p = try Categorical([0.5, 0.25, 0.25])
  try checkBadPositions(
    method: { try forms.method(p, $0) }, span: { try forms.span(ofArray: p.masses, $0) })
}

/// As for one distribution.
func checkBadPositions(_ forms: some DivergenceForms) throws {
  let p = try Categorical([0.5, 0.25, 0.25])
  try checkBadPositions(
    method: { try forms.method(p, p, $0) },
    span: { try forms.span(ofArrays: p.masses, p.masses, $0) })
}

private func checkBadPositions(
  method: @escaping (Arguments) throws -> Double, span: @escaping (Arguments) throws -> Double
) throws {
  for (positions, index, word) in badPositions {
    for form in [method, span] {
      expectError(.badPositions, argument: "positions", index: index, says: word) {
        try form(Arguments(positions: positions))
      }
    }
  }
  for form in [method, span] {
    expectError(.sizeMismatch, argument: "positions", says: "4", "3") {
      try form(Arguments(positions: [0, 1, 2, 3]))
    }
  }
}

// MARK: - Edges

/// What a divergence is of (½, ½) from (1, 0), of the reverse, and of (1, 0) from (0, 1).
struct Edges: Sendable {
  var order = 1.0
  let onlyInP: Double
  let onlyInQ: Double
  let disjoint: Double
}

/// Checks a divergence where supports differ.
func checkEdges(
  _ forms: some DivergenceForms, _ edges: Edges..., at location: SourceLocation = #_sourceLocation
) throws {
  let (coin, sure, other) = (
    try Categorical([0.5, 0.5]), try Categorical([1.0, 0]), try Categorical([0, 1.0])
  )
  for edge in edges {
    let arguments = Arguments(order: edge.order)
    for (p, q, value) in [
      (coin, sure, edge.onlyInP), (sure, coin, edge.onlyInQ), (sure, other, edge.disjoint),
      (other, sure, edge.disjoint),
    ] {
      let name = "\(arguments) of \(p) from \(q):"
      expect(try forms.method(p, q, arguments), near: value, name, at: location)
      expect(
        try forms.span(ofArrays: p.masses, q.masses, arguments), near: value, name, at: location)
    }
  }
}
