import InformationTheory
import TestSupport
import Testing

@testable import Plots

@Suite struct HistogramTests {
  @Test func binsHoldTheirLowerEdge() throws {
    let chart = try Histogram([.init("s", [0, 1, 1, 2, 3, 4, 4])], binCount: 4)
    #expect(chart.edges == [0, 1, 2, 3, 4])
    #expect(chart.bars.map(\.values) == [[1, 2, 1, 3]])
    let parsed = try Parsed(chart)
    #expect(parsed.column("from").map(\.number) == [0, 1, 2, 3])
    #expect(parsed.column("to").map(\.number) == [1, 2, 3, 4])
    #expect(parsed["encoding"]["x"]["bin"]["binned"].isTrue)
    #expect(parsed["encoding"]["y"]["stack"].isNull)
  }

  @Test func samplesShareTheirBins() throws {
    let chart = try Histogram(
      [.init("s", [0, 1]), .init("t", [9, 10, 10, 10])], binCount: 2, height: .share)
    #expect(chart.edges == [0, 5, 10])
    #expect(chart.bars.map(\.values) == [[1, 0], [0, 1]])
  }

  @Test func equalValuesHaveOneBin() throws {
    #expect(try Histogram([.init("s", [3, 3])]).edges == [2.5, 3.5])
    let huge = try Histogram([.init("s", [1e300, 1e300])])
    #expect(huge.edges[0] < 1e300 && huge.edges[1] > 1e300)
    #expect(huge.bars[0].values == [2])
  }

  @Test func everyValueIsCountedOnceInABinThatHoldsIt() throws {
    var generator = SplitMix64(state: 9)
    for _ in 0..<200 {
      let scales: [Double] = [1e-300, 1e-3, 1, 1e9, 1e300]
      let scale = scales[Int.random(in: scales.indices, using: &generator)]
      let values = (0..<Int.random(in: 2...200, using: &generator)).map { _ in
        scale * Double(Int.random(in: -50...50, using: &generator))
      }
      let bins = Int.random(in: 1...40, using: &generator)
      let chart = try Histogram([.init("s", values)], binCount: bins)
      let edges = chart.edges
      #expect(edges.first == values.min() || edges.count == 2)
      #expect(edges.last == values.max() || edges.count == 2)
      for (i, count) in chart.bars[0].values.enumerated() {
        let isLast = i == edges.count - 2
        let upper = isLast ? edges[i + 1].nextUp : edges[i + 1]
        let inside = values.count { (edges[i]..<upper).contains($0) }
        #expect(Double(inside) == count)
      }
      let density = try Histogram([.init("s", values)], binCount: bins, height: .density)
      var area = 0.0
      for (i, height) in density.bars[0].values.enumerated() {
        area += height * (edges[i + 1] - edges[i])
      }
      #expect(abs(area - 1) < 1e-12)
    }
  }

  @Test func densitiesHaveTheirMassWhereTheValuesAre() throws {
    var generator = SplitMix64(state: 10)
    for _ in 0..<50 {
      let values = (0..<Int.random(in: 2...300, using: &generator)).map { _ in
        Double.random(in: -3...8, using: &generator)
      }
      let line = try DensityChart(samples: [.init("s", values)]).densities[0]
      let step = line.x[1] - line.x[0]
      let mass = line.y.reduce(0, +) * step
      var mean = 0.0
      for (x, y) in zip(line.x, line.y) { mean += x * y * step / mass }
      #expect(abs(mass - 1) < 3e-3)
      #expect(line.y.allSatisfy { $0 >= 0 })
      #expect(abs(mean - values.reduce(0, +) / Double(values.count)) < 0.02)
    }
  }

  @Test func oneKernelIsTheNormalDensity() throws {
    // The values lie on points of the grid, ten apart, so that each bell stands alone.
    let line = try DensityChart(samples: [.init("s", [0, 249])], bandwidth: 1).densities[0]
    #expect(line.x[3] == 0 && line.x[252] == 249)
    // φ(0)/2, φ(1)/2, φ(2)/2 from a table of the normal density.
    let expected = [0.19947114020071635, 0.12098536225957168, 0.02699548325659403]
    for (i, value) in expected.enumerated() { #expect(abs(line.y[3 + i] - value) < 1e-16) }
  }

  @Test func silvermansRule() throws {
    // s = √2.5, quartiles 2 and 4: IQR/1.34 = 1.4925… is the less, and 5^(−1/5) = 0.7247…
    let width = try KernelDensity.bandwidth(.init("s", [1, 2, 3, 4, 5]), asked: nil)
    #expect(abs(width - 0.9 * (2 / 1.34) * 0.7247796636776955) < 1e-15)
  }
}
