import SpecialFunctions

/// A call of a public function with some numbers for arguments.
struct HostileCall: Sendable, CustomStringConvertible {
  let function: String
  let arguments: [Double]
  let body: @Sendable ([Double]) throws(SpecialFunctionError) -> Double

  var description: String { "\(function)(\(arguments.map { "\($0)" }.joined(separator: ", ")))" }

  /// The value's bits, or the error in words.
  var outcome: String {
    do {
      return String(try body(arguments).bitPattern, radix: 16)
    } catch {
      return "\(error.code) \(error)"
    }
  }

  /// What is wrong with how the call ends: a value is a number, and not −0; an error
  /// says where and what.
  var complaint: String? {
    do {
      let value = try body(arguments)
      if value.isNaN { return "\(self) is nan" }
      return value == 0 && value.sign == .minus ? "\(self) is -0.0" : nil
    } catch {
      if error.function != function { return "\(self): \(error) names another function" }
      if error.code == .library { return "\(self): \(error)" }
      // What an integral adds up to is no fault of one argument.
      let isNamed =
        error.argument != nil && error.value != nil
        || function == "integrate" && [.notConverged, .overflow].contains(error.code)
      return isNamed && !error.message.isEmpty ? nil : "\(self): \(error) says too little"
    }
  }
}

/// Every public function of numbers, by its name.
struct HostileFunction: Sendable {
  typealias Body = @Sendable ([Double]) throws(SpecialFunctionError) -> Double

  let name: String
  let count: Int
  let body: Body

  private init(_ name: String, _ count: Int, _ body: @escaping Body) {
    self.name = name
    self.count = count
    self.body = body
  }

  /// The numbers at which functions fail: zeros, poles and their neighbours, branch
  /// points, the ends of the range, and what is no number.
  static let numbers: [Double] =
    hardNumbers + [
      2, -2, 5, (-3.0).nextUp, (-3.0).nextDown, 1.0.nextUp, 1.0.nextDown, (-1.0).nextUp,
      0x1.762d86356be3fp+0, 0x1.930ba2bb410aep+3, 0x1.7d72952b4b5fcp-2, -0x1.3a7fc9600f86cp+1,
      0x1.78b56362cef38p-2, -0x1.78b56362cef37p-2, -0x1.78b56362cef38p-2, -0x1.78b56362cef39p-2,
      1e-8, -1e-8, 1e-20, 26.7, -26.7, 171.7, 709.8, -745.2, 1e8, 1e15, 0x1p+53 - 1, -0x1p+53 - 2,
      0x1p-1022, -0x1p-1022, 1e155, -1e155,
    ]

  /// Those of them that are used in all positions of two and three arguments.
  static let hardNumbers: [Double] = [
    0, -0.0, 1, -1, 0.5, -0.5, -3, 100.25, 1e300, -1e300, 1e-300, 0x1p-1074, -0x1p-1074, .infinity,
    -.infinity, .nan, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
  ]

  /// Integers for orders, of which a number's place in the list chooses one.
  private static let orders = [0, 1, 2, 3, 10, 1000, 1001, -1, .min, .max]

  private static func order(_ number: Double) -> Int {
    let place = numbers.firstIndex { $0.bitPattern == number.bitPattern } ?? 0
    return orders[place % orders.count]
  }

  /// The calls with all combinations of arguments.
  var calls: [HostileCall] {
    let numbers = count == 1 ? Self.numbers : Self.hardNumbers
    var lists: [[Double]] = [[]]
    for _ in 0..<count { lists = lists.flatMap { list in numbers.map { list + [$0] } } }
    return lists.map { HostileCall(function: name, arguments: $0, body: body) }
  }

  static let names = Set(all.map { $0.name }).sorted()

  static let all: [HostileFunction] = unary + binary + ternary + numerical

  private static let unary: [HostileFunction] = [
    HostileFunction("logGamma", 1) { a throws(SpecialFunctionError) in try logGamma(a[0]) },
    HostileFunction("signOfGamma", 1) { a throws(SpecialFunctionError) in try signOfGamma(a[0]) },
    HostileFunction("digamma", 1) { a throws(SpecialFunctionError) in try digamma(a[0]) },
    HostileFunction("trigamma", 1) { a throws(SpecialFunctionError) in try trigamma(a[0]) },
    HostileFunction("zeta", 1) { a throws(SpecialFunctionError) in try zeta(a[0]) },
    HostileFunction("zetaMinusOne", 1) { a throws(SpecialFunctionError) in try zetaMinusOne(a[0]) },
    HostileFunction("log1pmx", 1) { a throws(SpecialFunctionError) in try log1pmx(a[0]) },
    HostileFunction("klGenerator", 1) { a throws(SpecialFunctionError) in try klGenerator(a[0]) },
    HostileFunction("dilogarithm", 1) { a throws(SpecialFunctionError) in try dilogarithm(a[0]) },
    HostileFunction("exponentialIntegralE1", 1) { a throws(SpecialFunctionError) in
      try exponentialIntegralE1(a[0])
    },
    HostileFunction("exponentialIntegralEi", 1) { a throws(SpecialFunctionError) in
      try exponentialIntegralEi(a[0])
    },
    HostileFunction("besselI0Scaled", 1) { a throws(SpecialFunctionError) in
      try besselI0Scaled(a[0])
    },
    HostileFunction("besselI1Scaled", 1) { a throws(SpecialFunctionError) in
      try besselI1Scaled(a[0])
    },
    HostileFunction("logBesselI0", 1) { a throws(SpecialFunctionError) in try logBesselI0(a[0]) },
    HostileFunction("logBesselI1", 1) { a throws(SpecialFunctionError) in try logBesselI1(a[0]) },
    HostileFunction("besselRatioI1I0", 1) { a throws(SpecialFunctionError) in
      try besselRatioI1I0(a[0])
    },
    HostileFunction("errorFunction", 1) { a throws(SpecialFunctionError) in
      try errorFunction(a[0])
    },
    HostileFunction("complementaryErrorFunction", 1) { a throws(SpecialFunctionError) in
      try complementaryErrorFunction(a[0])
    },
    HostileFunction("scaledComplementaryErrorFunction", 1) { a throws(SpecialFunctionError) in
      try scaledComplementaryErrorFunction(a[0])
    },
    HostileFunction("logComplementaryErrorFunction", 1) { a throws(SpecialFunctionError) in
      try logComplementaryErrorFunction(a[0])
    },
    HostileFunction("inverseErrorFunction", 1) { a throws(SpecialFunctionError) in
      try inverseErrorFunction(a[0])
    },
    HostileFunction("inverseComplementaryErrorFunction", 1) { a throws(SpecialFunctionError) in
      try inverseComplementaryErrorFunction(a[0])
    },
    HostileFunction("lambertW", 1) { a throws(SpecialFunctionError) in
      try lambertW(a[0], branch: .principal)
    },
    HostileFunction("lambertW", 1) { a throws(SpecialFunctionError) in
      try lambertW(a[0], branch: .minusOne)
    },
  ]

  private static let binary: [HostileFunction] = [
    HostileFunction("polygamma", 2) { a throws(SpecialFunctionError) in
      try polygamma(order: order(a[0]), a[1])
    },
    HostileFunction("exponentialIntegralE", 2) { a throws(SpecialFunctionError) in
      try exponentialIntegralE(order: order(a[0]), a[1])
    },
    HostileFunction("logBeta", 2) { a throws(SpecialFunctionError) in try logBeta(a[0], a[1]) },
    HostileFunction("logBinomial", 2) { a throws(SpecialFunctionError) in
      try logBinomial(a[0], a[1])
    },
    HostileFunction("logGammaRemainder", 2) { a throws(SpecialFunctionError) in
      try logGammaRemainder(at: a[0], step: a[1])
    },
    HostileFunction("digammaDifference", 2) { a throws(SpecialFunctionError) in
      try digammaDifference(at: a[0], step: a[1])
    },
    HostileFunction("hurwitzZeta", 2) { a throws(SpecialFunctionError) in
      try hurwitzZeta(a[0], a[1])
    },
    HostileFunction("regularizedGammaP", 2) { a throws(SpecialFunctionError) in
      try regularizedGammaP(shape: a[0], a[1])
    },
    HostileFunction("regularizedGammaQ", 2) { a throws(SpecialFunctionError) in
      try regularizedGammaQ(shape: a[0], a[1])
    },
    HostileFunction("inverseRegularizedGammaP", 2) { a throws(SpecialFunctionError) in
      try inverseRegularizedGammaP(shape: a[0], a[1])
    },
    HostileFunction("inverseRegularizedGammaQ", 2) { a throws(SpecialFunctionError) in
      try inverseRegularizedGammaQ(shape: a[0], a[1])
    },
  ]

  private static let ternary: [HostileFunction] = [
    HostileFunction("regularizedBeta", 3) { a throws(SpecialFunctionError) in
      try regularizedBeta(a[0], a[1], a[2])
    },
    HostileFunction("complementaryRegularizedBeta", 3) { a throws(SpecialFunctionError) in
      try complementaryRegularizedBeta(a[0], a[1], a[2])
    },
    HostileFunction("inverseRegularizedBeta", 3) { a throws(SpecialFunctionError) in
      try inverseRegularizedBeta(a[0], a[1], a[2])
    },
    HostileFunction("inverseComplementaryRegularizedBeta", 3) { a throws(SpecialFunctionError) in
      try inverseComplementaryRegularizedBeta(a[0], a[1], a[2])
    },
  ]

  /// The bounds, the tolerance, and a value of the function that may be anything.
  private static let numerical: [HostileFunction] = [
    HostileFunction("integrate", 3) { a throws(SpecialFunctionError) in
      try integrate(from: a[0], to: a[1], absoluteTolerance: 1, subdivisionLimit: 20) { x in
        x > 0.75 ? a[2] : 1
      }.value
    },
    HostileFunction("integrate", 3) { a throws(SpecialFunctionError) in
      try integrate(
        from: -1, to: .infinity, breakPoints: [a[0]], absoluteTolerance: a[1],
        relativeTolerance: a[2], subdivisionLimit: 20
      ) { x in 1 / (1 + x * x) }.value
    },
    HostileFunction("findRoot", 3) { a throws(SpecialFunctionError) in
      // The order of a range's ends is for the caller to see to; −0 is one, as for all.
      guard a[0] <= a[1] else { return 0 }
      return try findRoot(in: a[0]...a[1], tolerance: a[2]) { x in x - 0.3 }.value
    },
    HostileFunction("findRoot", 2) { a throws(SpecialFunctionError) in
      try findRoot(in: -1...2) { x in x > 0.25 ? a[0] : a[1] }.value
    },
    HostileFunction("findMinimum", 3) { a throws(SpecialFunctionError) in
      guard a[0] <= a[1] else { return 0 }
      return try findMinimum(in: a[0]...a[1], startingAt: a[2]) { x in x > 0 ? x : -x / 2 }.location
    },
    HostileFunction("findMinimum", 2) { a throws(SpecialFunctionError) in
      try findMinimum(in: -1...2, tolerance: a[1]) { x in x > 0.25 ? a[0] : -x }.value
    },
  ]
}
