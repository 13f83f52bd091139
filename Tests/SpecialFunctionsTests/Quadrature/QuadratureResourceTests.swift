import Foundation
import SpecialFunctions
import Testing

@Suite("Adaptive quadrature: nesting, threads and memory")
struct QuadratureResourceTests {
  /// ∬ over the triangle 0 < y < x < 1 of eˣ·y: an integral of an integral.
  @Test("an integrand may integrate")
  func nested() throws {
    let outer = try integrate(from: 0, to: 1) { (x) throws(SpecialFunctionError) in
      exp(x) * (try integrate(from: 0, to: x) { y in y }.value)
    }
    // e/2 − 1.
    #expect((outer.value - 0.3591409142295226176802).magnitude <= 1e-15)
    // Three deep, with a root inside: ∫ 4·√x over 0 … 1 with √x as a root.
    let root = try integrate(from: 0, to: 1) { (x) throws(SpecialFunctionError) in
      try findRoot(in: 0...1) { (y) throws(SpecialFunctionError) in
        try integrate(from: 0, to: y, absoluteTolerance: 1e-300) { 2 * $0 }.value - x
      }.value
    }
    #expect((root.value - 2.0 / 3).magnitude <= 1e-10)
  }

  @Test("an error of the inner integrand comes out of the outer integral")
  func nestedError() {
    #expect(throws: Stop.self) {
      try integrate(from: 0, to: 1) { (x) throws in
        try integrate(from: 0, to: x) { (y) throws(Stop) in
          if y > 0.5 { throw Stop() }
          return y
        }.value
      }
    }
  }

  @Test("many at once have the bits of one after the other")
  func concurrent() async throws {
    @Sendable func work(_ n: Int) throws -> [UInt64] {
      let n = Double(n)
      let moment = try integrate(from: 0, to: .infinity) { x in pow(x, n / 10) * exp(-x) }
      let root = try findRoot(in: 0...100) { x in x * x - n }
      let minimum = try findMinimum(in: -10...10) { x in (x - n / 100) * (x - n / 100) }
      return [
        moment.value.bitPattern, moment.errorEstimate.bitPattern, root.value.bitPattern,
        minimum.location.bitPattern,
      ]
    }
    let serial = try (1...200).map(work)
    let parallel = try await withThrowingTaskGroup(of: (Int, [UInt64]).self) { group in
      for n in 1...200 { group.addTask { (n, try work(n)) } }
      return try await group.reduce(into: [Int: [UInt64]]()) { $0[$1.0] = $1.1 }
    }
    for n in 1...200 { #expect(parallel[n] == serial[n - 1], "\(n)") }
  }

  /// In a process of its own, because other tests take memory at the same time.
  ///
  /// A workspace is 48 kB and a solver 200 bytes, so that a leak would be 500 MB or 16 MB.
  @Test("nothing leaks, whichever way it ends", .enabled(if: residentPages() != nil))
  func leaks() async {
    await #expect(processExitsWith: .success) {
      func everyWay() {
        _ = try? integrate(from: 0, to: 1, breakPoints: [0.5]) { x in x }
        _ = try? integrate(from: 0, to: 1, subdivisionLimit: 1000) { _ in .nan }
        _ = try? integrate(from: 0, to: 1) { (_) throws(Stop) in throw Stop() }
        _ = try? integrate(from: 0, to: .infinity, subdivisionLimit: 1) { x in sin(x) }
      }
      func searches() {
        _ = try? findRoot(in: 0...2) { x in x * x - 2 }
        _ = try? findRoot(in: 0...2) { x in x > 1.3 ? .nan : x - 1.5 }
        _ = try? findRoot(in: 0...2, evaluationLimit: 6) { x in x * x - 2 }
        _ = try? findMinimum(in: 0...2) { x in x * x - 2 * x }
        _ = try? findMinimum(in: 0...2, evaluationLimit: 6) { x in x * x - 2 * x }
        _ = try? findMinimum(in: 0...2) { (x) throws(Stop) in
          if x > 0.8 && x < 1.2 { throw Stop() }
          return x * x - 2 * x
        }
      }
      everyWay()
      searches()
      guard let before = residentPages() else { exit(1) }
      for _ in 0..<2500 { everyWay() }
      for _ in 0..<15_000 { searches() }
      guard let after = residentPages() else { exit(2) }
      // Pages of 4 kB: 2 MB.
      if after - before > 512 { exit(3) }
    }
  }
}

/// How many pages of memory the process has, where the system says it in a file.
private func residentPages() -> Int? {
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
    return nil
  }
  return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
}
