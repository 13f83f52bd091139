import Foundation
import SpecialFunctions
import TestSupport
import Testing

@Suite("Log-binomial")
struct LogBinomialTests {
  @Test("is within its bound of every row")
  func table() throws {
    try expectTable("log-binomial", relativeError: 1.2e-16) { row in
      try logBinomial(row[0], row[1])
    }
  }

  @Test("Pascal's triangle, and nothing chosen or everything")
  func triangle() throws {
    var row = [1.0]
    for n in 0..<55 {
      for (k, count) in row.enumerated() {
        expectNear(try logBinomial(Double(n), Double(k)), log(count), within: 2.3e-16)
      }
      row = [1] + zip(row, row.dropFirst()).map(+) + [1]
    }
    for n in [0, 0x1p-1074, 0.3, 1e17, .greatestFiniteMagnitude] {
      #expect(try logBinomial(n, 0) == 0)
      #expect(try logBinomial(n, n) == 0)
      #expect(try logBinomial(n, -0.0).sign == .plus)
    }
  }

  @Test("is symmetric, and keeps C(n + 1, k + 1) = C(n, k)·(n + 1)/(k + 1)")
  func identities() throws {
    var random = SplitMix64(state: 6)
    for _ in 0..<400 {
      let n = Double(random.integer(1...1 << 24)) * 0x1p-14
      let k = n * Double(random.integer(0...64)) / 64
      let value = try logBinomial(n, k)
      #expect(try logBinomial(n, n - k) == value)
      let next = try logBinomial(n + 1, k + 1)
      let ratio = log((n + 1) / (k + 1))
      expectNear(next, value + ratio, within: 6e-16, of: value, ratio, note: "\(n), \(k)")
    }
  }

  @Test("grows without a jump where the method changes")
  func seams() throws {
    try expectNoJump(at: [0x1p-110, 0x1p-109, 1e-3, 19, 20], ulps: 32) {
      try logBinomial(100, $0)
    }
    try expectNoJump(at: [0x1p120]) { try logBinomial(0x1p130, $0) }
  }

  /// The largest of all, n log 2, is in range, so there is no overflow.
  @Test("the largest value")
  func largest() throws {
    let n = Double.greatestFiniteMagnitude
    expectNear(try logBinomial(n, n / 2), n * log(2), within: 2.3e-16)
  }

  @Test("errors")
  func errors() {
    for (n, k, code, argument, value) in [
      (Double.nan, 1.0, SpecialFunctionError.Code.notFinite, "n", Double.nan),
      (1, .nan, .notFinite, "k", .nan), (.infinity, 2, .notFinite, "n", .infinity),
      (2, .infinity, .notFinite, "k", .infinity), (-1, 0, .domain, "n", -1),
      (3, -0x1p-1074, .domain, "k", -0x1p-1074), (3, 3.5, .domain, "k", 3.5),
    ] {
      expectSpecialError(code, argument: argument, value: value) { try logBinomial(n, k) }
    }
  }
}
