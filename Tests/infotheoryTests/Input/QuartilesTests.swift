import TestSupport
import Testing

@testable import infotheory

@Suite struct QuartilesTests {
  /// R's type 7, from the sorted values.
  private func reference(_ values: [Double], _ share: Int) -> Double {
    let sorted = values.sorted()
    let position = share * (values.count - 1)
    let (low, weight) = (position / 4, Double(position % 4) / 4)
    return sorted[low] * (1 - weight) + sorted[min(low + 1, values.count - 1)] * weight
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func countingFindsWhatSortingFinds(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let scale = [1e-300, 1, 1e300][Int(seed % 3)]
    let values = (0..<Int.random(in: 1...200, using: &random)).map { _ in
      Bool.random(using: &random)
        ? Double(Int.random(in: -5...5, using: &random))
        : Double.random(in: -1...1, using: &random) * scale
    }
    var summary = NumericSummary()
    for value in values { summary.add(value) }
    var quartiles = Quartiles(of: summary)
    var passes = 0
    while !quartiles.isSettled && passes < 10 {
      quartiles.narrow { values.forEach($0) }
      passes += 1
    }
    #expect(passes <= 4)
    #expect(quartiles.values.0 == reference(values, 1))
    #expect(quartiles.values.1 == reference(values, 3))
  }

  @Test func patternsAreOrderedAsNumbersAre() {
    let values: [Double] = [
      -.greatestFiniteMagnitude, -1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1, 1e308,
    ]
    let patterns = values.map(Quartiles.pattern)
    #expect(patterns == patterns.sorted())
    #expect(patterns.map(Quartiles.number) == values)
    #expect(Quartiles.pattern(of: -0.0) == Quartiles.pattern(of: 0))
  }
}
