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

/// The named inputs that many oracle tables share.
struct OracleInputs: Decodable, Sendable {
  struct Case: Decodable, Sendable {
    struct Generated: Decodable, Sendable {
      let kind: String
      let n: Int
      let seed: UInt64
      let separation: HexDouble?
    }
    let name: String
    let p: [HexDouble]?
    let q: [HexDouble]?
    let normalize: Bool?
    let generated: Generated?

    /// The masses of both distributions; q is empty where there is one only.
    var masses: (p: [Double], q: [Double]) {
      guard let generated else { return ((p ?? []).map(\.value), (q ?? []).map(\.value)) }
      var random = SplitMix64(state: generated.seed)
      let p = Self.draw(generated.n, &random)
      switch generated.kind {
      case "independent": return (p, Self.draw(generated.n, &random))
      case "near":
        let separation = generated.separation?.value ?? 0
        let q = p.map { $0 * (1 + separation * (Double(random.next() >> 11) * 0x1p-52 - 1)) }
        let sum = ExactSum(q).value
        return (p, q.map { $0 / sum })
      default: return (p, [])
      }
    }

    /// Forty-bit integers over their exact sum.
    private static func draw(_ n: Int, _ random: inout SplitMix64) -> [Double] {
      let weights = (0..<n).map { _ in max(random.next() >> 24, 1) }
      let total = Double(weights.reduce(0, +))
      return weights.map { Double($0) / total }
    }
  }
  let cases: [Case]
}

/// One row of an oracle table: the arguments it has, and the truth.
struct OracleRow: Decodable, Sendable {
  let `case`: String?
  let order: HexDouble?
  let positions: [HexDouble]?
  let outcome: Int?
  let x: HexDouble?
  let distributions: [[HexDouble]]?
  let weights: [HexDouble]?
  let joint: [[HexDouble]]?
  let given: String?
  let value: HexDouble
  let ball: String
}

/// The reference values of one measure, from ball arithmetic.
struct OracleTable: Decodable, Sendable {
  let measure: String
  let generator: String
  let pythonFlint: String
  let bits: Int
  let values: [OracleRow]

  static func load<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Oracles")
    let data = try Data(contentsOf: folder.appendingPathComponent(name + ".json"))
    return try JSONDecoder().decode(type, from: data)
  }
}

/// The inputs by name, read once.
enum OracleCases {
  static let pairs = Result { try byName("pairs") }
  static let pmfs = Result { try byName("pmfs") }

  private static func byName(_ file: String) throws -> [String: OracleInputs.Case] {
    let inputs: OracleInputs = try OracleTable.load(file)
    return Dictionary(uniqueKeysWithValues: inputs.cases.map { ($0.name, $0) })
  }
}
