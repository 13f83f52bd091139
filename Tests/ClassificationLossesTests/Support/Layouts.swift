import InformationTheory
import TestSupport
import Testing

/// Rows that follow each other, by the kernels, and class by class, by the definitions.
struct Layouts {
  let rows, classes: Int

  /// The same table with a row's classes apart.
  func apart(_ table: [Double]) -> [Double] {
    (0..<rows * classes).map { table[$0 % rows * classes + $0 / rows] }
  }

  /// Compares bits, of which NaN has none.
  func agree(_ together: [Double], _ apart: [Double]) -> Bool {
    zip(self.apart(together), apart).allSatisfy { $0.bitPattern == $1.bitPattern }
  }

  /// How many numbers are not the definition's, of which none is more than 1 ulp off.
  static func differences(_ found: [Double], _ truths: [Double], _ note: String) -> Int {
    var count = 0
    for (value, truth) in zip(found, truths) {
      #expect(value.sign == truth.sign || value.isNaN, "\(note): \(value) for \(truth)")
      if value == truth { continue }
      count += 1
      #expect(ulps(value, from: truth) <= 1, "\(note): \(value) for \(truth)")
    }
    return count
  }

  /// Rows of many kinds: flat and steep, far from zero, tied, confident, far apart, with −∞.
  static func logits(_ count: Int, _ classes: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(state: seed)
    var all: [Double] = []
    for row in 0..<count {
      let scale = [1e-9, 0.01, 1, 8, 100][random.integer(0...4)]
      let offset = [0, 0, -3, 1e3, 0x1p40][random.integer(0...4)]
      var logits = (0..<classes).map { _ in offset + scale * (random.unit() * 2 - 1) }
      let top = random.integer(0...classes - 1)
      switch row % 8 {
      case 1: logits[top] += 40
      case 2: logits[top] += 700 * random.unit()
      case 3: logits[top] -= 700
      case 4: for c in stride(from: 1, to: classes, by: 3) { logits[c] = -.infinity }
      case 5: logits = logits.map { $0.rounded() }
      case 6: for c in 0..<classes where c != top { logits[c] = -.infinity }
      case 7: logits[top] = .infinity
      default: break
      }
      all += logits
    }
    return all
  }
}
