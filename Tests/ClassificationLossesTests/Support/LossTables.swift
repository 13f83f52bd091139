import Foundation
import InformationTheory
import TestSupport
import Testing

/// A number written as a hexadecimal float.
struct HexDouble: Decodable, Sendable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Double(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
    }
    self.value = value
  }
}

/// One row of a table of losses: what a call needs, and the truth.
struct LossRow: Decodable, Sendable {
  struct Recipe: Decodable, Sendable {
    let n: Int
    let seed: UInt64
    let scale: HexDouble
  }
  enum CodingKeys: String, CodingKey {
    case scalar, loss, gradient, label, picks, generated, smoothing, zLoss, softcap, gamma, alpha
    case positiveWeight, convention, eps, full, log, form
    case hexLogits = "logits"
    case hexTargets = "targets"
    case hexWeights = "classWeights"
    case hexVariances = "variances"
  }
  let scalar: String
  let loss: HexDouble
  let gradient: [HexDouble]
  let label: Int?
  let picks: [Int]?
  let generated: Recipe?
  let smoothing: HexDouble?
  let zLoss: HexDouble?
  let softcap: HexDouble?
  let gamma: HexDouble?
  let alpha: HexDouble?
  let positiveWeight: HexDouble?
  let convention: String?
  let eps: HexDouble?
  let form: String?
  let full: Bool?
  let log: Bool?
  private let hexLogits: [HexDouble]?
  private let hexTargets: [HexDouble]?
  private let hexWeights: [HexDouble]?
  private let hexVariances: [HexDouble]?

  var targets: [Double]? { hexTargets.map { $0.map(\.value) } }
  var variances: [Double]? { hexVariances.map { $0.map(\.value) } }
  var classWeights: [Double]? { hexWeights.map { $0.map(\.value) } }

  /// The logits as they stand, or as the recipe makes them.
  var logits: [Double] {
    guard let generated else { return (hexLogits ?? []).map(\.value) }
    var random = SplitMix64(state: generated.seed)
    return (0..<generated.n).map { _ in
      generated.scale.value * (Double(random.next() >> 11) * 0x1p-52 - 1)
    }
  }
}

/// The reference values of one loss, from ball arithmetic.
struct LossTable: Decodable, Sendable {
  let bits: Int
  let values: [LossRow]

  static func load(_ name: String) throws -> LossTable {
    let data = try Data(contentsOf: oracleFolder.appendingPathComponent("losses/\(name).json"))
    return try JSONDecoder().decode(LossTable.self, from: data)
  }
}

let oracleFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Oracles")

/// How far a result is from a correctly rounded reference, in units in its last place.
func ulps<Scalar: InformationScalar>(_ value: Scalar, from reference: Double) -> Double {
  let nearest = Scalar(reference)
  if value == nearest { return value == 0 && value.sign == .minus ? .infinity : 0 }
  guard value.isFinite && nearest.isFinite else { return .infinity }
  return Double((value - nearest).magnitude / nearest.ulp)
}

/// Checks a loss against its table, in both types, and the derivatives with it.
///
/// The kernels of every level must give the same bits. With the environment variable
/// `ORACLE_REPORT` set, the worst distances are printed.
func checkLossTable(
  _ name: String, rows least: Int, ulps tolerance: Double = 1,
  at location: SourceLocation = #_sourceLocation,
  double: (LossRow, inout [Double]) throws -> Double,
  float: (LossRow, inout [Float]) throws -> Float
) throws {
  let table = try LossTable.load(name)
  #expect(table.bits >= 80 && table.values.count >= least, sourceLocation: location)
  var (worst, worstRow, failures) = (0.0, 0, 0)
  for (index, row) in table.values.enumerated() {
    let found =
      row.scalar == "double"
      ? try distances(row, "\(name) row \(index)", location, double)
      : try distances(row, "\(name) row \(index)", location, float)
    for (place, (distance, value)) in found.enumerated() {
      if distance > worst { (worst, worstRow) = (distance, index) }
      guard !(distance <= tolerance) else { continue }
      failures += 1
      if failures > 8 { continue }
      let what = place == 0 ? "loss" : "derivative \(place - 1)"
      Issue.record(
        """
        \(name) row \(index) (\(row.scalar) \(row.logits.prefix(5)) label \(row.label ?? -1) \
        targets \(row.targets ?? [])): \(what) \(value) is \(distance) ulp off
        """, sourceLocation: location)
    }
  }
  #expect(failures == 0, "\(name): \(failures) values", sourceLocation: location)
  if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
    print("worst of \(table.values.count) rows of \(name): \(worst) ulp, row \(worstRow)")
  }
}

/// How far a row's loss and derivatives are from the truth, each with its value, where the
/// kernels of every level must give the same bits.
private func distances<Scalar: InformationScalar>(
  _ row: LossRow, _ note: String, _ location: SourceLocation,
  _ evaluate: (LossRow, inout [Scalar]) throws -> Scalar
) throws -> [(Double, Double)] {
  var gradient = row.logits.map { _ in Scalar.nan }
  let loss = try evaluate(row, &gradient)
  for level in KernelLevel.available.dropLast() {
    var other = row.logits.map { _ in Scalar.nan }
    let again = try KernelLevel.forcing(level) { try evaluate(row, &other) }
    let isSame = zip([again] + other, [loss] + gradient).allSatisfy { $0.isIdentical(to: $1) }
    #expect(isSame, "\(note): kernels of level \(level)", sourceLocation: location)
  }
  let picks = row.picks ?? Array(gradient.indices)
  let derivatives = zip(row.gradient, picks).map { entry, pick in
    (ulps(gradient[pick], from: entry.value), Double(gradient[pick]))
  }
  return [(ulps(loss, from: row.loss.value), Double(loss))] + derivatives
}

extension InformationScalar {
  /// Whether both are one number, signs of zero apart, or both are none.
  fileprivate func isIdentical(to other: Self) -> Bool {
    self == other ? sign == other.sign : isNaN && other.isNaN
  }
}
