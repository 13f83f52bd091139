/// Tables of counts with given row and column sums, each as likely as the labels of
/// one variable, shuffled, make it: a cell's count is hypergeometric.
struct PermutationModel {
  /// The number of observations, at most 2⁵³.
  let total: Int
  /// Logarithms of the numbers below 1024, which most cells hold.
  private let logarithms: [DoubleDouble]

  init(total: Int) {
    self.total = total
    logarithms = [.zero] + (1..<1024).map { .log(Double($0)) }
  }

  /// Returns the expected conditional entropies, times the total.
  ///
  /// - Parameters:
  ///   - rows: The row sums, all positive.
  ///   - columns: The column sums, all positive.
  /// - Returns: N·E[H(X|Y)] and N·E[H(Y|X)], X being the rows' variable.
  func expectedEntropies(
    rows: [Int], columns: [Int]
  ) -> (ofRows: DoubleDouble, ofColumns: DoubleDouble) {
    let (rowSums, columnSums) = (Self.multiplicities(rows), Self.multiplicities(columns))
    var (ofRows, ofColumns) = (ExactSum(), ExactSum())
    // Equal sums cost once. Cells are transposed so that the smaller sum is first,
    // which makes the result the same bits for the transposed table.
    for (a, times) in rowSums {
      for (b, more) in columnSums {
        let cells = Double(times) * Double(more)
        let cell = expectations(min(a, b), max(a, b))
        ofRows.add((a < b ? cell.ofFirst : cell.ofSecond) * cells)
        ofColumns.add((a < b ? cell.ofSecond : cell.ofFirst) * cells)
      }
    }
    return (ofRows.doubleDouble, ofColumns.doubleDouble)
  }

  private static func multiplicities(_ sums: [Int]) -> [(sum: Int, times: Int)] {
    var result: [(sum: Int, times: Int)] = []
    for sum in sums.sorted() {
      if let last = result.last, last.sum == sum {
        result[result.count - 1].times += 1
      } else {
        result.append((sum, 1))
      }
    }
    return result
  }

  /// Returns what a cell adds.
  ///
  /// - Parameters:
  ///   - a: The sum of its row, or of its column.
  ///   - b: The other sum, not smaller.
  /// - Returns: E[n log(b/n)], then E[n log(a/n)].
  func expectations(_ a: Int, _ b: Int) -> (ofFirst: DoubleDouble, ofSecond: DoubleDouble) {
    let (lowest, highest) = (max(0, a - (total - b)), a)
    let mode = Int(Int128(a + 1) * Int128(b + 1) / Int128(total + 2))
    var sums = Sums(a: a, b: b)
    var weight = DoubleDouble.one
    // Outwards from the mode, by the ratio of neighbouring probabilities.
    var n = min(max(mode, lowest), highest)
    let start = n
    add(n, weight, to: &sums)
    while n < highest {
      weight =
        weight * .product(Double(a - n), Double(b - n))
        / .product(Double(n + 1), Double(total - b - a + n + 1))
      n += 1
      guard weight.high > 0x1p-110 * sums.weight.high else { break }
      add(n, weight, to: &sums)
    }
    (n, weight) = (start, .one)
    while n > lowest {
      weight =
        weight * .product(Double(n), Double(total - b - a + n))
        / .product(Double(a - n + 1), Double(b - n + 1))
      n -= 1
      guard weight.high > 0x1p-110 * sums.weight.high else { break }
      add(n, weight, to: &sums)
    }
    return (sums.ofB / sums.weight, sums.ofA / sums.weight)
  }

  private struct Sums {
    let a: Int
    let b: Int
    let logA: DoubleDouble
    let logB: DoubleDouble
    var weight = DoubleDouble.zero
    var ofA = DoubleDouble.zero
    var ofB = DoubleDouble.zero

    init(a: Int, b: Int) {
      self.a = a
      self.b = b
      (logA, logB) = (.log(Double(a)), .log(Double(b)))
    }
  }

  private func add(_ n: Int, _ weight: DoubleDouble, to sums: inout Sums) {
    sums.weight = sums.weight + weight
    guard n > 0 else { return }
    let mass = weight * Double(n)
    let log = n < logarithms.count ? logarithms[n] : .log(Double(n))
    sums.ofA = sums.ofA + mass * Self.surprisal(n, of: sums.a, sums.logA - log)
    sums.ofB = sums.ofB + mass * Self.surprisal(n, of: sums.b, sums.logB - log)
  }

  /// log(sum/n): the difference of the logarithms, unless it is small.
  @inline(__always)
  private static func surprisal(
    _ n: Int, of sum: Int, _ difference: DoubleDouble
  ) -> DoubleDouble {
    sum - n < n ? .log1p(.quotient(Double(sum - n), Double(n))) : difference
  }
}
