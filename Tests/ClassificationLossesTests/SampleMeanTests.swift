import ClassificationLosses
import Foundation
import TestSupport
import Testing

@Suite("Sample mean")
struct SampleMeanTests {
  private func mean(_ values: [Double]) -> SampleMean {
    var mean = SampleMean()
    for value in values { mean.add(value) }
    return mean
  }

  @Test func smallNumbers() {
    let numbers = mean([1, 2, 3, 4])
    #expect(numbers.count == 4)
    #expect(numbers.mean == 2.5)
    // Σ(x − x̄)² = 5, over 4·3.
    #expect(numbers.standardError == (5.0 / 12).squareRoot())
    #expect(mean([1, 1, 4]).standardError == 1)
  }

  /// A spread of 1 about 2⁴⁰ is past what Σx² − n·x̄² leaves in doubles.
  @Test func aSmallSpreadAboutALargeMean() {
    let base = 0x1p40
    let numbers = mean([base - 1, base, base + 1])
    #expect(numbers.mean == base)
    #expect(numbers.standardError == (1.0 / 3).squareRoot())
    #expect(mean([0.1, 0.1, 0.1]).standardError == 0)
    let tiny = mean([1, 1, 1 + 0x1p-52])
    // The mean deviation is 2⁻⁵²·(1/3, 1/3, −2/3): Σ of squares 2⁻¹⁰⁴·2/3, over 3·2.
    #expect(tiny.standardError == 0x1p-52 / 3)
  }

  @Test func aMeanBelowEveryDoubleIsZero() {
    let mean = mean([-.leastNonzeroMagnitude, 0, 0])
    #expect(mean.mean == 0 && mean.mean?.sign == .plus)
  }

  @Test func nothingAndInfinity() {
    #expect(SampleMean().mean == nil)
    #expect(SampleMean().standardError == nil)
    #expect(mean([3]).mean == 3)
    #expect(mean([3]).standardError == nil)
    let infinite = mean([1, .infinity, 2])
    #expect(infinite.mean == .infinity)
    #expect(infinite.standardError == nil)
    #expect(infinite.infiniteCount == 1)
    #expect(mean([1e200, 3e200]).mean == 2e200)
    #expect(mean([1e200, 3e200]).standardError == nil)
    #expect(mean([-0.0]).mean?.sign == .plus)
  }

  @Test func partsMergeBitForBit() throws {
    var random = SplitMix64(state: 5)
    let values = (0..<200).map { _ in Double(random.next() >> 11) * 0x1p-40 - 3000 }
    let whole = mean(values)
    var merged = SampleMean()
    for start in stride(from: 0, to: 200, by: 37).reversed() {
      merged.merge(mean(Array(values[start..<min(200, start + 37)])))
    }
    #expect(merged == whole)
    #expect(merged.standardError == whole.standardError)
    let copy = try JSONDecoder().decode(SampleMean.self, from: JSONEncoder().encode(whole))
    #expect(copy == whole)
  }

  @Test func notANumberTraps() async {
    await #expect(processExitsWith: .failure) {
      var mean = SampleMean()
      mean.add(.nan)
    }
  }
}
