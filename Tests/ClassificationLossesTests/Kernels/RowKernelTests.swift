import ClassificationLosses
import InformationTheory
import TestSupport
import Testing

/// Functions of rows of floats, which the kernels compute, beside those of the same numbers
/// as doubles, which the definitions compute.
@Suite("Kernels of functions of rows")
struct RowKernelTests {
  /// The three functions of the same rows.
  struct Outcome: Equatable {
    var softmax: [Float] = []
    var logSoftmax: [Float] = []
    var logSumExp: [Float] = []

    /// Equal bits, so that −0 is not 0.
    static func == (a: Outcome, b: Outcome) -> Bool {
      zip([a.softmax, a.logSoftmax, a.logSumExp], [b.softmax, b.logSoftmax, b.logSumExp])
        .allSatisfy { $0.map(\.bitPattern) == $1.map(\.bitPattern) }
    }
  }

  private func values<Scalar: InformationScalar>(
    _ logits: [Scalar], _ classes: Int
  ) throws -> [[Scalar]] {
    var (p, logs) = (logits.map { _ in Scalar.nan }, logits.map { _ in Scalar.nan })
    var sums = [Scalar](repeating: .nan, count: logits.count / classes)
    try softmax(of: logits.span, classCount: classes, into: p.mutableSpan)
    try logSoftmax(of: logits.span, classCount: classes, into: logs.mutableSpan)
    try logSumExp(of: logits.span, classCount: classes, into: sums.mutableSpan)
    return [p, logs, sums]
  }

  private func outcome(_ logits: [Float], _ classes: Int) throws -> Outcome {
    let all = try values(logits, classes)
    return Outcome(softmax: all[0], logSoftmax: all[1], logSumExp: all[2])
  }

  /// Rows of many kinds: flat and steep, far from zero, tied, confident, with −∞.
  private func rows(_ count: Int, _ classes: Int, seed: UInt64) -> [Float] {
    var random = SplitMix64(state: seed)
    var all: [Float] = []
    for row in 0..<count {
      let scale = [1e-6, 0.01, 1, 8, 30, 100][random.integer(0...5)]
      let offset = [0, 0, -3, 100, 1e8, -1e8, 1e-30][random.integer(0...6)]
      var logits = (0..<classes).map { _ in Float(offset + scale * (random.unit() * 2 - 1)) }
      let top = random.integer(0...classes - 1)
      switch row % 9 {
      case 1: logits[top] += 20
      case 2: logits[top] += Float(40 + 700 * random.unit())
      case 3: for c in stride(from: 0, to: classes, by: 3) { logits[c] = logits[0] }
      case 4: for c in stride(from: 1, to: classes, by: 5) { logits[c] = -.infinity }
      case 5: logits = logits.map { $0 == logits.max() ? $0 + 30 : $0 }
      case 6: for c in 0..<classes where c != top { logits[c] = -.infinity }
      // Whole rows near log Σ eˣ = 0, where the parts of the sum cancel.
      case 7:
        if let sum = try? logSumExp(of: logits.span) { logits = logits.map { $0 - sum } }
      default: break
      }
      all += logits
    }
    return all
  }

  /// The worst distance from the definition in units in the last place.
  ///
  /// log Σ eˣ next to 0 is held to what is documented.
  private func worst(_ logits: [Float], _ classes: Int) throws -> Double {
    let found = try values(logits, classes)
    let exact = try values(logits.map(Double.init), classes)
    var worst = 0.0
    for kind in 0..<3 {
      for (value, truth) in zip(found[kind], exact[kind]) {
        if kind == 2 && truth.magnitude < 0x1p-11
          && (Double(value) - truth).magnitude <= 0x1p-64 + truth.magnitude * 0x1p-24
        {
          continue
        }
        let distance = ulps(value, from: truth)
        if !(distance <= worst) { worst = distance }
      }
    }
    return worst
  }

  @Test(arguments: [
    1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 100, 257, 1000, 1024, 1025, 5000,
  ])
  func agreesWithTheDefinition(classes: Int) throws {
    let logits = rows(max(9, 2700 / classes), classes, seed: UInt64(classes))
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        let distance = try worst(logits, classes)
        #expect(distance <= 1, "\(classes) classes, level \(level): \(distance) ulp")
      }
    }
  }

  /// Level, threads and chunks change no bit; there is work for several threads.
  @Test(arguments: [1, 10, 3001])
  func bitsDependOnNothingElse(classes: Int) throws {
    let some = rows(30_000 / classes, classes, seed: 50)
    let few = try outcome(some, classes)
    for level in KernelLevel.available {
      try KernelLevel.forcing(level) {
        let again = try outcome(some, classes)
        #expect(again == few, "level \(level)")
      }
    }
    for chunk in [1, 2, 3, 7, 8, 64, 129] where 30_000 / classes / chunk < 5000 {
      var merged = Outcome()
      for start in stride(from: 0, to: some.count, by: chunk * classes) {
        let part = try outcome(
          Array(some[start..<min(start + chunk * classes, some.count)]), classes)
        merged.softmax += part.softmax
        merged.logSoftmax += part.logSoftmax
        merged.logSumExp += part.logSumExp
      }
      #expect(merged == few, "\(classes) classes by \(chunk)")
    }
    let many = Array(repeatElement(some, count: 40).joined())
    let first = try Parallelism.$maximumThreads.withValue(1) { try outcome(many, classes) }
    #expect(Array(first.logSumExp.prefix(few.logSumExp.count)) == few.logSumExp)
    for threads in [2, 5] {
      try Parallelism.$maximumThreads.withValue(threads) {
        let again = try outcome(many, classes)
        #expect(again == first, "\(threads) threads")
      }
    }
  }

  /// A logit is found wherever it stands: in a whole vector, and in the row's end.
  @Test func everyPlaceCounts() throws {
    for classes in 1...70 {
      for place in 0..<classes {
        var logits = [Float](repeating: -2, count: classes)
        logits[place] = 3
        let found = try values(logits, classes)
        let exact = try values(logits.map(Double.init), classes)
        for kind in 0..<3 {
          for (value, truth) in zip(found[kind], exact[kind]) {
            #expect(ulps(value, from: truth) <= 1, "\(classes) classes, \(place)")
          }
        }
      }
    }
  }

  /// Rows at the ends of the range of floats.
  @Test(arguments: [2, 5, 16, 40, 1500])
  func extremesAreTheDefinitions(classes: Int) throws {
    let most = Float.greatestFiniteMagnitude
    let kinds: [(Int) -> Float] = [
      { $0 == 1 ? .infinity : Float($0) }, { $0 == 0 ? most : -most }, { _ in -most },
      { _ in most }, { _ in .leastNonzeroMagnitude }, { $0 == 1 ? -0.0 : -.infinity },
      { $0 == 1 ? 0 : -87 }, { $0 == 1 ? 0 : -104 }, { $0 == 1 ? 0 : -745 },
      { $0 == 0 ? -600.0001 : 0 }, { -1e30 * Float($0) }, { $0 == 0 ? .leastNormalMagnitude : -20 },
    ]
    for (number, kind) in kinds.enumerated() {
      let logits = (0..<classes).map(kind)
      let distance = try worst(logits, classes)
      #expect(distance <= 1, "kind \(number): \(distance) ulp")
    }
    var sums: [Float] = [0]
    let none = [Float](repeating: -.infinity, count: classes)
    try logSumExp(of: none.span, classCount: classes, into: sums.mutableSpan)
    #expect(sums == [-.infinity])
    let several = [Float](repeating: .infinity, count: classes)
    #expect(try logSumExp(of: several.span) == .infinity)
  }

  @Test(arguments: [4, 100, 5000])
  func errorsNameTheFirstRow(classes: Int) {
    for (value, code) in [
      (Float.nan, InformationError.Code.notFinite), (.infinity, .undefined),
    ] {
      var logits = [Float](repeating: 1, count: 200 * classes)
      for row in [150, 199] {
        logits[row * classes + 1] = value
        logits[row * classes + classes - 1] = value
      }
      let wide = logits.map(Double.init)
      let found = errorOfSoftmax(logits, classes)
      let truth = errorOfSoftmax(wide, classes)
      #expect(found?.code == code && found?.index == 150)
      #expect(found?.message == truth?.message && found?.argument == truth?.argument)
    }
  }

  private func errorOfSoftmax<Scalar: InformationScalar>(
    _ logits: [Scalar], _ classes: Int
  ) -> InformationError? {
    var output = logits
    do throws(InformationError) {
      try softmax(of: logits.span, classCount: classes, into: output.mutableSpan)
    } catch {
      return error
    }
    return nil
  }
}
