extension JointDistribution {
  /// Some variables of a joint distribution, by their names.
  ///
  /// One name or a list of names, as a literal or not. What counts is which
  /// variables are named, not how often or in what order.
  public struct Variables: Hashable, Sendable, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral
  {
    /// The names as given.
    public let names: [String]

    /// Creates the list of some variables.
    ///
    /// - Parameter names: Their names; there may be none.
    public init(_ names: [String]) { self.names = names }

    /// Creates the list of one variable.
    public init(stringLiteral name: String) { names = [name] }

    /// Creates the list of some variables.
    public init(arrayLiteral names: String...) { self.names = names }
  }

  /// An outcome of a variable: its number, or its label.
  public enum Outcome: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// The outcome with this number, from 0.
    case index(Int)
    /// The outcome with this label.
    case label(String)

    /// Creates the outcome with a number.
    public init(integerLiteral index: Int) { self = .index(index) }

    /// Creates the outcome with a label.
    public init(stringLiteral label: String) { self = .label(label) }
  }
}

// MARK: - From names to numbers

extension JointDistribution {
  /// The number of a variable.
  func index(of name: String, argument: String) throws(InformationError) -> Int {
    guard let index = names.firstIndex(of: name) else {
      let known = names.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
      throw InformationError(
        .unknownVariable, argument: argument,
        """
        there is no variable "\(name)"\(NearestName.hint(for: name, among: names)) \
        (the variables are \(known)\(names.count > 20 ? " and others" : ""))
        """)
    }
    return index
  }

  /// The numbers of some variables.
  package func indices(
    of variables: Variables, argument: String
  ) throws(InformationError) -> Set<Int> {
    var indices: Set<Int> = []
    for name in variables.names { indices.insert(try index(of: name, argument: argument)) }
    return indices
  }

  /// The numbers of some variables in the order of their names, so that no result
  /// depends on the order in which they were given.
  package func sortedIndices(
    of variables: Variables?, argument: String
  ) throws(InformationError) -> [Int] {
    let indices =
      try variables.map { variables throws(InformationError) in
        try self.indices(of: variables, argument: argument)
      } ?? Set(names.indices)
    return indices.sorted { names[$0] < names[$1] }
  }

  /// The number of a variable's outcome.
  func code(
    of outcome: Outcome, variable: Int, argument: String
  ) throws(InformationError) -> UInt32 {
    switch outcome {
    case .index(let index):
      guard index >= 0 && index < shape[variable] else {
        throw InformationError(
          .unknownOutcome, argument: argument,
          "\"\(names[variable])\" has no outcome \(index): they are 0 to \(shape[variable] - 1)")
      }
      return UInt32(index)
    case .label(let label):
      guard let labels = labels[variable] else {
        throw InformationError(
          .unlabelled, argument: argument,
          "the outcomes of \"\(names[variable])\" have no labels: give the number of \"\(label)\"")
      }
      guard let index = labels.firstIndex(of: label) else {
        throw InformationError(
          .unknownOutcome, argument: argument,
          """
          "\(names[variable])" has no outcome "\(label)"\
          \(NearestName.hint(for: label, among: labels))
          """)
      }
      return UInt32(index)
    }
  }
}
