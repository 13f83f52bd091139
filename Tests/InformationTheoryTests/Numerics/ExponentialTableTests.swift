import Testing

@testable import InformationTheory

@Suite("Table of the exponential")
struct ExponentialTableTests {
  private func entry(_ j: Int) -> DoubleDouble {
    DoubleDouble(high: exponentialTable[2 * j], low: exponentialTable[2 * j + 1])
  }

  /// 2^(i/64)·2^(j/64) = 2^((i+j)/64), and the first is 1.
  @Test func entriesMultiply() {
    #expect(exponentialTable.count == 2 * 64)
    #expect(entry(0) == .one)
    var worst = WorstError("table of the exponential", bound: 0x1p-104)
    for i in 0..<64 {
      for j in 0..<64 {
        let power = i + j < 64 ? entry(i + j) : entry(i + j - 64) * 2.0
        worst.check(power, exactProduct(entry(i).parts, entry(j).parts), "\(i) and \(j)")
      }
    }
    worst.finish()
  }
}
