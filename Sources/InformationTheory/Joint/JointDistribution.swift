/// The joint distribution of any number of named variables, checked once.
///
/// ```swift
/// let joint = try JointDistribution(
///   counts: [[4, 2, 1, 1], [2, 4, 1, 1], [2, 2, 2, 2], [8, 0, 0, 0]],
///   rows: "y", columns: "x")
/// try joint.entropy(of: ["x", "y"]).bits                     // 3.375
/// try joint.mutualInformation(between: "x", and: "y").bits   // 0.375
/// ```
///
/// Only cells with mass are stored, so that a table of many variables takes no
/// more room than it has cells. Counts stay whole numbers until the last step,
/// and so do sums of probabilities: marginals are exact, and every measure is of
/// the cells' masses over their exact total.
///
/// Variables have names, by which every measure asks for them; their outcomes are
/// numbered from 0 and may have labels.
public struct JointDistribution: Sendable, Equatable {
  /// The variables' names, all different.
  public let names: [String]
  /// How many outcomes each variable has, those without mass included.
  public let shape: [Int]
  /// Each variable's labels, all different, or nil.
  let labels: [[String]?]
  /// By variable, the outcome in each cell; cells are sorted by their outcomes.
  let columns: [[UInt32]]
  let weights: CellWeights

  init(
    names: [String], shape: [Int], labels: [[String]?], columns: [[UInt32]], weights: CellWeights
  ) {
    self.names = names
    self.shape = shape
    self.labels = labels
    self.columns = columns
    self.weights = weights
  }

  /// The number of cells that have mass.
  public var cellCount: Int { columns[0].count }

  /// The cells with mass: their outcomes in the order of the variables, and their masses up
  /// to one power of two, each as two doubles, because a count may have more than 53 bits.
  package var cells: [(outcomes: [UInt32], high: Double, low: Double)] {
    (0..<cellCount).map { cell in
      let outcomes = columns.map { $0[cell] }
      switch weights {
      case .masses(let masses): return (outcomes, masses[cell], 0)
      case .counts(let counts):
        let low = counts[cell] & 0xFFFF_FFFF
        return (outcomes, Double(counts[cell] - low), Double(low))
      }
    }
  }

  /// The number of observations, where the distribution was made of counts.
  public var observationCount: Int? {
    guard case .counts(let counts) = weights else { return nil }
    return counts.reduce(0, +)
  }

  /// The total of the masses, rounded once.
  public var total: Double {
    switch weights {
    case .counts(let counts): Double(counts.reduce(0, +))
    case .masses(let masses): ExactSum(masses).value
    }
  }

  /// The labels of a variable's outcomes.
  ///
  /// - Parameter variable: The variable's name.
  /// - Returns: The labels in the order of the outcomes, or nil where it has none.
  /// - Throws: ``InformationError`` with the code `unknownVariable`.
  public func labels(of variable: String) throws(InformationError) -> [String]? {
    labels[try index(of: variable, argument: "variable")]
  }
}

/// What the cells of a joint distribution hold, each of them more than 0.
enum CellWeights: Sendable, Equatable {
  /// Whole numbers whose sum is an `Int`.
  case counts([Int])
  /// Numbers whose sum is a double, neither huge nor tiny.
  case masses([Double])
}

extension JointDistribution: CustomStringConvertible {
  /// The variables, and how many cells have mass: `"x (4) × y (4), 13 cells"`.
  public var description: String {
    let variables = zip(names, shape).map { "\($0) (\($1))" }.joined(separator: " × ")
    return "\(variables), \(cellCount) \(cellCount == 1 ? "cell" : "cells")"
  }
}
