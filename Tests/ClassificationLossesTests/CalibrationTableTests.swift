import ClassificationLosses
import Foundation
import Testing

@Suite("Calibration table")
struct CalibrationTableTests {
  /// Dyadic probabilities, of which every sum is exact.
  private static let predictions: [(Double, Double)] = [
    (0.25, 0), (0.25, 1), (0.125, 0), (0.5, 1), (0.75, 1), (0.625, 0), (1, 1), (0.875, 1),
  ]

  private func table(_ predictions: [(Double, Double)], bins: Int) -> CalibrationTable {
    var table = CalibrationTable(binCount: bins)
    for (probability, outcome) in predictions {
      table.add(probability: probability, outcome: outcome)
    }
    return table
  }

  @Test func reliabilityByHand() {
    let table = table(Self.predictions, bins: 4)
    #expect(table.bins.map(\.count) == [3, 1, 2, 2])
    #expect(table.bins.map(\.lower) == [0, 0.25, 0.5, 0.75])
    #expect(table.bins.map(\.accuracy) == [1.0 / 3, 1, 0.5, 1])
    #expect(table.bins.map(\.meanProbability) == [0.625 / 3, 0.5, 0.6875, 0.9375])
    #expect(table.bins.map(\.gap) == [0.375 / 3, 0.5, -0.1875, 0.0625])
    // (0.375 + 0.5 + 0.375 + 0.125)/8.
    #expect(table.expectedCalibrationError == 0.171875)
    #expect(table.maximumCalibrationError == 0.5)
  }

  /// An upper edge belongs to its bin, as the double nearest to m/M.
  @Test func everyEdgeIsInItsBin() {
    for count in [1, 2, 3, 7, 10, 15, 49, 100, 1000] {
      for m in 1...count {
        let edge = Double(m) / Double(count)
        var table = CalibrationTable(binCount: count)
        table.add(probability: edge, outcome: 1)
        table.add(probability: edge.nextDown, outcome: 1)
        if m < count { table.add(probability: edge.nextUp, outcome: 1) }
        #expect(table.bins[m - 1].count == 2, "\(m)/\(count)")
        #expect(m == count || table.bins[m].count == 1, "\(m)/\(count)")
      }
    }
    #expect(table([(0, 0)], bins: 3).bins[0].count == 1)
  }

  @Test func nothing() {
    let table = CalibrationTable()
    #expect(table.bins.count == 15)
    #expect(table.expectedCalibrationError == nil)
    #expect(table.maximumCalibrationError == nil)
    #expect(table.bins.allSatisfy { $0.accuracy == nil && $0.gap == nil })
  }

  @Test func outcomesMayBeShares() {
    let table = table([(0.75, 0.5), (0.75, 1)], bins: 2)
    #expect(table.bins[1].accuracy == 0.75)
    #expect(table.expectedCalibrationError == 0)
  }

  @Test func partsMergeBitForBit() throws {
    let whole = table(Self.predictions, bins: 5)
    var merged = table(Array(Self.predictions[5...]), bins: 5)
    merged.merge(table(Array(Self.predictions[..<5]), bins: 5))
    #expect(merged == whole)
    let copy = try JSONDecoder().decode(CalibrationTable.self, from: JSONEncoder().encode(whole))
    #expect(copy == whole)
  }

  @Test func callersBugsTrap() async {
    await #expect(processExitsWith: .failure) { _ = CalibrationTable(binCount: 0) }
    await #expect(processExitsWith: .failure) {
      var table = CalibrationTable()
      table.add(probability: 1.5, outcome: 1)
    }
    await #expect(processExitsWith: .failure) {
      var table = CalibrationTable(binCount: 3)
      table.merge(CalibrationTable(binCount: 4))
    }
  }
}
