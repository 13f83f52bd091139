/// The cells that stand for "no value".
struct MissingCells {
  /// What stands for "no value" unless the user says otherwise.
  static let defaultTokens = ["NA", "N/A", "NaN", "nan", "null", "NULL", "None"]

  private let tokens: [[UInt8]]
  /// Which bytes begin a token, to tell most cells apart at one look.
  private var begins = [Bool](repeating: false, count: 256)

  /// Creates a set of tokens; the empty cell is always missing.
  init(tokens: [String] = Self.defaultTokens) {
    self.tokens = tokens.map { Array($0.utf8) }.filter { !$0.isEmpty }
    for token in self.tokens { begins[Int(token[0])] = true }
  }

  /// Whether a cell stands for "no value".
  func contains(_ bytes: Span<UInt8>, _ cell: Range<Int>) -> Bool {
    guard let first = cell.first else { return true }
    guard begins[Int(bytes[first])] else { return false }
    return tokens.contains { token in
      token.count == cell.count
        && token.indices.allSatisfy { token[$0] == bytes[cell.lowerBound + $0] }
    }
  }
}
