import ClassificationLosses
import InformationTheory
import Plots

// Calibration.
extension LossReport {
  /// How far the probabilities are from what came true, bin by bin.
  static func lines(of calibration: CalibrationTable) -> [String] {
    var errors = TextTable()
    for (title, value) in [
      ("Expected calibration error", calibration.expectedCalibrationError),
      ("Maximum calibration error", calibration.maximumCalibrationError),
    ] {
      if let value { errors.add([title, value.significant(6)]) }
    }
    let shown = 30
    let edges = Digits.distinct([0] + calibration.bins.map(\.upper))
    let filled = calibration.bins.indices.filter { calibration.bins[$0].count > 0 }
    var table = TextTable()
    table.add(["probability", "rows", "accuracy", "mean p", "gap"])
    for i in filled.prefix(shown) {
      let bin = calibration.bins[i]
      table.add(
        ["\(edges[i]) … \(edges[i + 1])", "\(bin.count)"]
          + [bin.accuracy, bin.meanProbability, bin.gap].map(cell))
    }
    let bins = counted(calibration.bins.count, "bin")
    var lines =
      ["", "Calibration, \(bins) of equal width, empty ones left out"] + errors.lines()
      + table.lines()
    if filled.count > shown { lines.append("  … (\(filled.count - shown) more, see --json)") }
    return lines
  }

  /// The bins as a chart.
  func reliability() throws -> ReliabilityDiagram {
    let calibration =
      switch scores {
      case .classes(let scores), .likeliest(let scores): scores.calibration
      case .binary(let panel): panel.calibration
      }
    return try ReliabilityDiagram([predictions: calibration])
      .titled(title, subtitle: value.map { "\($0.significant(6)) \(unit.rawValue)" })
  }

  /// The errors in all, for programs.
  static func errors(of calibration: CalibrationTable) -> [(String, JSONTree)] {
    [
      ("expected_calibration_error", .optional(calibration.expectedCalibrationError)),
      ("maximum_calibration_error", .optional(calibration.maximumCalibrationError)),
      ("calibration_bins", .integer(calibration.bins.count)),
    ]
  }

  /// The bins, for programs.
  static func json(of calibration: CalibrationTable) -> JSONTree {
    .array(
      calibration.bins.map { bin in
        .object([
          ("lower", .number(bin.lower)), ("upper", .number(bin.upper)),
          ("rows", .integer(bin.count)), ("accuracy", .optional(bin.accuracy)),
          ("mean_probability", .optional(bin.meanProbability)), ("gap", .optional(bin.gap)),
        ])
      })
  }
}
