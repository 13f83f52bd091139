import ClassificationLosses
import InformationTheory
import RealModule
import TestSupport
import Testing

/// Functions of rows of doubles, by the kernels, beside the definition, which computes rows whose
/// classes are apart.
@Suite("Kernels of functions of rows of doubles")
struct DoubleRowKernelTests {
  /// Softmax, its logarithm and log-sum-exp of a table, one after the other.
  private func functions(_ x: [Double], _ classes: Int, _ stride: Int) throws -> [[Double]] {
    var (p, logs) = (x.map { _ in Double.nan }, x.map { _ in Double.nan })
    var sums = [Double](repeating: .nan, count: x.count / classes)
    try softmax(of: x.span, classCount: classes, classStride: stride, into: p.mutableSpan)
    try logSoftmax(of: x.span, classCount: classes, classStride: stride, into: logs.mutableSpan)
    try logSumExp(of: x.span, classCount: classes, classStride: stride, into: sums.mutableSpan)
    return [p, logs, sums]
  }

  private func check(_ x: [Double], _ rows: Int, _ classes: Int) throws {
    let layouts = Layouts(rows: rows, classes: classes)
    let truths = try functions(layouts.apart(x), classes, rows)
    for level in KernelLevel.available {
      let found = try KernelLevel.forcing(level) { try functions(x, classes, 1) }
      let note = "\(classes) classes, level \(level)"
      let count =
        Layouts.differences(layouts.apart(found[0]), truths[0], "softmax, \(note)")
        + Layouts.differences(layouts.apart(found[1]), truths[1], "logarithm, \(note)")
        + Layouts.differences(found[2], truths[2], "sum, \(note)")
      #expect(count <= (2 * x.count + rows) >> 10, "\(note): \(count) of \(x.count)")
    }
  }

  /// Numbers right to 2⁻⁶² before they are rounded differ from the definition's in one of 2¹⁰ at
  /// most.
  @Test(arguments: [1, 2, 3, 7, 8, 10, 31, 63, 64, 65, 71, 100, 257, 1025])
  func functionsAgreeWithTheDefinitions(classes: Int) throws {
    let rows = max(50, 3000 / classes)
    try check(Layouts.logits(rows, classes, seed: UInt64(classes) + 100), rows, classes)
  }

  /// Rows that are logarithms of probabilities, whose log-sum-exp cancels.
  @Test(arguments: [2, 10, 70])
  func logarithmsAgreeWithTheDefinitions(classes: Int) throws {
    let rows = 60
    var random = SplitMix64(state: 5)
    var x: [Double] = []
    for row in 0..<rows {
      let masses = (0..<classes).map { _ in random.unit() + 1e-3 }
      let shift = row % 3 == 0 ? 0 : random.magnitude(-30...(-1))
      x += masses.map { Double.log($0 / masses.reduce(0, +)) + shift }
    }
    try check(x, rows, classes)
  }

  /// Rows at and beyond the ends of what the kernels take, each among others.
  @Test(arguments: [2, 5, 65, 1500])
  func hardRowsAreTheDefinitions(classes: Int) throws {
    let last = classes - 1
    let rows: [(Int) -> Double] = [
      { $0 == 0 ? .infinity : Double($0) }, { $0 == last ? -.infinity : 1 },
      { $0 == last ? 900 : 0 }, { $0 == last ? 0 : -.infinity },
      { Double($0) * (1e308 / Double(classes)) },
      { $0 == 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude },
      { _ in -.greatestFiniteMagnitude }, { $0 == last ? 599.99 : 0 },
      { $0 == 0 ? 600.01 : 0 }, { $0 == 0 ? 1000.01 : 0 },
      { $0 == 0 ? .leastNonzeroMagnitude : 0 }, { _ in 0 },
    ]
    let x = rows.flatMap { row in (0..<classes).map(row) }
    try check(x, rows.count, classes)
    let nothing = [Double](repeating: -.infinity, count: classes)
    #expect(try logSumExp(of: nothing.span) == -.infinity)
  }

  /// A row has the same bits beside any others, alone, on any number of threads and at every
  /// level; there is work for several threads.
  @Test(arguments: [3, 10, 130])
  func bitsDependOnNothingElse(classes: Int) throws {
    let rows = 400_000 / classes
    let x = Layouts.logits(rows, classes, seed: 73)
    let first = try functions(x, classes, 1)
    for level in KernelLevel.available {
      for threads in [1, 2, 5] {
        let again = try KernelLevel.forcing(level) {
          try Parallelism.$maximumThreads.withValue(threads) { try functions(x, classes, 1) }
        }
        #expect(again == first, "level \(level), \(threads) threads")
      }
    }
    for row in stride(from: 0, to: 200, by: 7) {
      for count in [1, 3, 8] {
        let (from, to) = (row * classes, (row + count) * classes)
        let some = try functions(Array(x[from..<to]), classes, 1)
        #expect(some[0] == Array(first[0][from..<to]) && some[1] == Array(first[1][from..<to]))
        #expect(some[2] == Array(first[2][row..<row + count]))
      }
    }
  }

  @Test func theFirstWrongRowIsNamed() {
    let classes = 10
    var x = Layouts.logits(60_000, classes, seed: 72).map { $0 == .infinity ? 3 : $0 }
    for row in [59_999, 40_321, 40_322] { x[row * classes + 5] = .nan }
    let error = #expect(throws: InformationError.self) { try functions(x, classes, 1) }
    #expect(error?.code == .notFinite && error?.index == 40_321)
  }

  @Test func aCancelledTaskEndsThePass() async {
    let x = Layouts.logits(60_000, 10, seed: 74)
    let task = Task.detached { [self] in
      while !Task.isCancelled { await Task.yield() }
      _ = try functions(x, 10, 1)
    }
    task.cancel()
    let error = await #expect(throws: InformationError.self) { try await task.value }
    #expect(error?.code == .cancelled)
  }
}
