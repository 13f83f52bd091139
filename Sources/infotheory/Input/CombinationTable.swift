/// How often the codes of some columns come together.
///
/// It takes room for the combinations that occur, not for those that could.
struct CombinationTable {
  /// What stands in a row for a missing cell.
  static let missing = -1

  /// Which of a row's codes are counted.
  let columns: [Int]
  /// How often each combination was seen, in the order of its first row.
  private(set) var counts: [Int] = []
  /// How many rows were left out, because a code was missing.
  private(set) var incompleteCount = 0
  /// The first numbers the pairs of the first two codes, the next the pairs of that
  /// number and the third code, and so on.
  private var stages: [PairNumbers]

  /// Creates an empty table.
  init(columns: [Int]) {
    self.columns = columns
    stages = Array(repeating: PairNumbers(), count: columns.count - 1)
  }

  /// How many rows were counted.
  var rowCount: Int { counts.reduce(0, +) }

  /// Counts a row's combination, and returns whether it is a new one.
  mutating func add(_ codes: [Int]) -> Bool {
    var number = codes[columns[0]]
    guard number >= 0 else {
      incompleteCount += 1
      return false
    }
    for i in stages.indices {
      let code = codes[columns[i + 1]]
      guard code >= 0 else {
        incompleteCount += 1
        return false
      }
      number = stages[i].number(of: number, code)
    }
    if number < counts.count {
      counts[number] += 1
      return false
    }
    // With one column alone a code may come before those below it.
    while counts.count < number { counts.append(0) }
    counts.append(1)
    return true
  }

  /// For each column, its code in every combination.
  var outcomes: [[Int]] {
    var numbers = Array(counts.indices)
    var outcomes: [[Int]] = []
    for stage in stages.reversed() {
      let pairs = numbers.map { stage.pair($0) }
      outcomes.append(pairs.map(\.1))
      numbers = pairs.map(\.0)
    }
    return (outcomes + [numbers]).reversed()
  }
}
