import Foundation

/// The reference values of two rows' divergences, from ball arithmetic.
struct SoftmaxDivergenceTable: Decodable {
  struct Row: Decodable {
    let scalar: String
    let logits: [HexDouble]
    let others: [HexDouble]
    let forward: HexDouble
    let backward: HexDouble
    let jensenShannon: HexDouble
  }

  let bits: Int
  let values: [Row]

  static func load() throws -> SoftmaxDivergenceTable {
    let url = oracleFolder.appendingPathComponent("losses/softmax-divergences.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
  }
}
