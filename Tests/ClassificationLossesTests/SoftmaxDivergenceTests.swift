import ClassificationLosses
import Foundation
import InformationTheory
import TestSupport
import Testing

/// The divergence of rows of logits: of floats by the kernels, of doubles by the definition.
@Suite("Divergence of rows of logits")
struct SoftmaxDivergenceTests {
  private func divergences<Scalar: InformationScalar>(
    _ a: [Scalar], _ b: [Scalar], _ classes: Int
  ) throws -> [Scalar] {
    var output = [Scalar](repeating: .nan, count: a.count / classes)
    try klDivergence(
      ofLogits: a.span, fromLogits: b.span, classCount: classes, into: output.mutableSpan)
    return output
  }

  @Test func theExampleOfTheDocumentation() throws {
    let found = try divergences([Float(2), 1, 0, 0, 0, 0], [2, 0, 1, 5, 5, 5], 3)
    #expect(found == [0.1546979, 0])
  }

  @Test func everyOracleValue() throws {
    let rows = try SoftmaxDivergenceTable.load().values
    #expect(rows.count > 800)
    var worst = 0.0
    for (index, row) in rows.enumerated() {
      let (a, b) = (row.logits.map(\.value), row.others.map(\.value))
      for (x, y, truth) in [(a, b, row.forward.value), (b, a, row.backward.value)] {
        var found: [Double] = []
        if row.scalar == "double" {
          found.append(ulps(try divergences(x, y, x.count)[0], from: truth))
        } else {
          for level in KernelLevel.available {
            let value = try KernelLevel.forcing(level) {
              try divergences(x.map { Float($0) }, y.map { Float($0) }, x.count)[0]
            }
            found.append(ulps(value, from: truth))
          }
        }
        for distance in found {
          if !(distance <= worst) { worst = distance }
          #expect(distance <= 1, "row \(index) \(x) \(y): \(distance) ulp from \(truth)")
        }
      }
    }
    if ProcessInfo.processInfo.environment["ORACLE_REPORT"] != nil {
      print("worst of \(rows.count) rows of softmax-divergences: \(worst) ulp of its type")
    }
  }

  // MARK: - Rows of many kinds

  struct Pair {
    var first: [Float] = []
    var other: [Float] = []
  }

  /// Pairs from far apart to 10⁻⁷ of the logits, far from zero, shifted, confident.
  private func pairs(_ count: Int, _ classes: Int, seed: UInt64) -> Pair {
    var random = SplitMix64(state: seed)
    var all = Pair()
    for row in 0..<count {
      let scale = [0.01, 1, 5, 30][random.integer(0...3)]
      let offset = [0.0, 0, 1, -50, 1000][random.integer(0...4)]
      let shift = [0, 0, 0.01, 1, 3, -40][random.integer(0...5)]
      let step = [1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7][random.integer(0...7)]
      var a = (0..<classes).map { _ in Float(offset + scale * (random.unit() * 2 - 1)) }
      var b = a.map { $0 + Float(shift + step * scale * (random.unit() * 2 - 1)) }
      let c = random.integer(0...classes - 1)
      switch row % 10 {
      case 1: (a[c], b[c]) = (a[c] + 10, b[c] + 10)
      case 2: (a[c], b[c]) = (a[c] + 40, b[c] + 41)
      case 3: (a[c], b[c]) = (a[c] + 150, b[c] + 150)
      case 4: b[c] -= 800
      case 5: a[c] -= 800
      case 6: (a[c], b[c]) = (a[c] - 700, b[c] - 20)
      case 7: b = a
      case 8: b = a.map { $0 * 1.5 }
      default: break
      }
      all.first += a
      all.other += b
    }
    return all
  }

  @Test(arguments: [2, 3, 7, 8, 9, 15, 16, 17, 33, 100, 1000, 1025, 9000])
  func agreesWithTheDefinition(classes: Int) throws {
    let pairs = pairs(max(12, 4000 / classes), classes, seed: UInt64(classes))
    let exact = try divergences(
      pairs.first.map(Double.init), pairs.other.map(Double.init), classes)
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        let found = try divergences(pairs.first, pairs.other, classes)
        for (row, (value, truth)) in zip(found, exact).enumerated() {
          #expect(
            ulps(value, from: truth) <= 1 && value.sign == .plus,
            "\(classes) classes, row \(row), level \(level): \(value) for \(truth)")
        }
      }
    }
  }

  /// Ordinary rows are the kernel's: all of them far apart, near each other, or equal.
  @Test(arguments: [2, 10, 64, 65, 100, 1025])
  func ordinaryRowsAreTheKernels(classes: Int) {
    var random = SplitMix64(state: UInt64(classes))
    let x = (0..<50 * classes).map { _ in Float(random.unit() * 4 - 2) }
    for step in [2.0, 0.05, 1e-4, 0] {
      let y = x.map { $0 + Float(step * (random.unit() * 2 - 1)) }
      for level in KernelLevel.available {
        KernelLevel.forcing(level) {
          let left = KernelProbe.pairsLeft(logits: x, otherLogits: y, classCount: classes)
          #expect(left == 0, "\(classes) classes, \(step) apart, level \(level)")
        }
      }
    }
    let none = [Float](repeating: -.infinity, count: classes)
    #expect(KernelProbe.pairsLeft(logits: none, otherLogits: none, classCount: classes) == 1)
  }

  /// Level, threads and chunks change no bit; there is work for several threads.
  @Test(arguments: [10, 3001])
  func bitsDependOnNothingElse(classes: Int) throws {
    let pairs = pairs(30_000 / classes, classes, seed: 9)
    let few = try divergences(pairs.first, pairs.other, classes)
    for level in KernelLevel.available {
      let again = try KernelLevel.forcing(level) {
        try divergences(pairs.first, pairs.other, classes)
      }
      #expect(again == few, "level \(level)")
    }
    for chunk in [1, 2, 3, 7, 8, 64, 129] {
      var merged: [Float] = []
      for start in stride(from: 0, to: pairs.first.count, by: chunk * classes) {
        let part = start..<min(start + chunk * classes, pairs.first.count)
        merged += try divergences(Array(pairs.first[part]), Array(pairs.other[part]), classes)
      }
      #expect(merged == few, "\(classes) classes by \(chunk)")
    }
    let first = Array(repeatElement(pairs.first, count: 30).joined())
    let other = Array(repeatElement(pairs.other, count: 30).joined())
    for threads in [1, 2, 5] {
      let again = try Parallelism.$maximumThreads.withValue(threads) {
        try divergences(first, other, classes)
      }
      #expect(again == Array(repeatElement(few, count: 30).joined()), "\(threads) threads")
    }
  }

  // MARK: - Laws

  /// Not negative; 0 of a row from itself and from its exact shift; a shift that leaves the
  /// differences of the logits exact changes the result by no more than its rounding.
  @Test(arguments: 0..<10)
  func laws(seed: UInt64) throws {
    var random = SplitMix64(state: 0x1aa5 &+ seed)
    for _ in 0..<100 {
      let classes = random.integer(1...120)
      // Multiples of 2⁻¹⁰ below 64, to which 2¹⁰ can be added exactly.
      let grid = { (random: inout SplitMix64) in Float(random.integer(-65535...65535)) / 1024 }
      let a = (0..<classes).map { _ in grid(&random) }
      let spread = Float([1, 32, 1024][random.integer(0...2)])
      let b = a.map { $0 + (grid(&random) / spread * 1024).rounded() / 1024 }
      let forward = try divergences(a, b, classes)[0]
      #expect(forward >= 0 && forward.isFinite)
      #expect(try divergences(a, a, classes) == [0])
      for shift in [Float(1024), -0.5, -777] {
        let moved = a.map { $0 + shift }
        #expect(try divergences(a, moved, classes) == [0])
        let again = try divergences(moved, b, classes)[0]
        #expect((again - forward).magnitude <= 2 * forward.ulp, "\(a) \(b) by \(shift)")
      }
      // Pinsker's inequality.
      let (p, q) = (try softmaxes(a, classes), try softmaxes(b, classes))
      let distance = p.indices.reduce(0.0) { $0 + (p[$1] - q[$1]).magnitude }
      let least = distance * distance / 2
      #expect(Double(forward) >= least * (1 - 0x1p-22) - 0x1p-149)
    }
  }

  private func softmaxes(_ logits: [Float], _ classes: Int) throws -> [Double] {
    let wide = logits.map(Double.init)
    var p = wide
    try softmax(of: wide.span, classCount: classes, into: p.mutableSpan)
    return p
  }

  /// Against the sum of both entropies' parts, where nothing cancels.
  @Test func crossEntropyLessEntropy() throws {
    var random = SplitMix64(state: 77)
    for classes in [2, 9, 50, 2000] {
      let a = (0..<classes).map { _ in Float(4 * random.unit()) }
      let b = (0..<classes).map { _ in Float(-3 * random.unit()) }
      var (p, log, other) = (a, a, a)
      try softmax(of: a.span, classCount: classes, into: p.mutableSpan)
      try logSoftmax(of: a.span, classCount: classes, into: log.mutableSpan)
      try logSoftmax(of: b.span, classCount: classes, into: other.mutableSpan)
      let sum = p.indices.reduce(0.0) {
        $0 + Double(p[$1]) * (Double(log[$1]) - Double(other[$1]))
      }
      let found = Double(try divergences(a, b, classes)[0])
      // Logarithms of single precision, of which the largest is below 16.
      #expect((found - sum).magnitude <= 0x1p-19)
    }
  }

  @Test func infinities() throws {
    let none = -Float.infinity
    #expect(try divergences([0, 0], [0, none], 2) == [.infinity])
    #expect(try divergences([0, none], [0, 0], 2)[0] == 0.6931472)
    #expect(try divergences([0, none, 1], [0, none, 1], 3) == [0])
    #expect(try divergences([Float.infinity, 0], [.infinity, 3], 2) == [0])
    #expect(try divergences([Float(10_000), 0], [0, 10_000], 2) == [10_000])
    // Beyond the largest float.
    let most = Float.greatestFiniteMagnitude
    #expect(try divergences([most, 0, 0], [-most, 0, most], 3) == [.infinity])
  }

  @Test func layoutsWithOtherStrides() throws {
    // Two rows of two classes, class by class.
    let (a, b): ([Float], [Float]) = ([1, 3, 0, -2], [0.5, 3, 0.25, 1])
    var found: [Float] = [0, 0]
    try klDivergence(
      ofLogits: a.span, fromLogits: b.span, classCount: 2, classStride: 2,
      into: found.mutableSpan)
    #expect(found == (try divergences([1, 0, 3, -2], [0.5, 0.25, 3, 1], 2)))
  }

  @Test(arguments: [3, 2000])
  func errorsNameTheModelAndTheFirstRow(classes: Int) {
    let good = [Float](repeating: 1, count: 300 * classes)
    var bad = good
    for row in [201, 250] { bad[row * classes + 2] = .nan }
    func error(_ a: [Float], _ b: [Float]) -> InformationError? {
      do throws(InformationError) {
        var output = [Float](repeating: 0, count: a.count / classes)
        try klDivergence(
          ofLogits: a.span, fromLogits: b.span, classCount: classes, into: output.mutableSpan)
      } catch {
        return error
      }
      return nil
    }
    let first = error(bad, good)
    #expect(first?.code == .notFinite && first?.argument == "logits" && first?.index == 201)
    let second = error(good, bad)
    #expect(second?.code == .notFinite && second?.argument == "otherLogits")
    #expect(second?.index == 201)
    #expect(error(good.map { _ in -.infinity }, good)?.code == .undefined)
  }

  @Test func wrongLengthsTrap() async {
    await #expect(processExitsWith: .failure) {
      var output: [Float] = [0]
      try klDivergence(
        ofLogits: [Float(1), 2].span, fromLogits: [Float(1), 2, 3, 4].span, classCount: 2,
        into: output.mutableSpan)
    }
    await #expect(processExitsWith: .failure) {
      var output: [Double] = [0]
      try klDivergence(
        ofLogits: [1.0, 2, 3, 4].span, fromLogits: [1.0, 2, 3, 4].span, classCount: 2,
        into: output.mutableSpan)
    }
  }
}
