import BigInt
import TestSupport
import Testing

@testable import ReferenceOracle

/// Functions of balls against 130 digits, which python-flint proves.
@Suite struct BallFunctionTests {
  #if DEBUG
    /// Debug builds take minutes for more.
    private let rowStep = 4
    private let tableStep = 150
    private let draws = 6
  #else
    private let rowStep = 1
    private let tableStep = 1
    private let draws = 100
  #endif

  /// A decimal number: digits times a power of ten.
  private struct Digits {
    let mantissa: BigInt
    let exponent: Int

    init?(_ text: String) {
      let parts = text.split(separator: "e")
      let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
      guard let mantissa = BigInt(halves.joined()),
        let power = parts.count > 1 ? Int(parts[1]) : 0
      else { return nil }
      self.mantissa = mantissa
      exponent = power - (halves.count > 1 ? halves[1].count : 0)
    }

    /// Whether a ball has a real that is within one unit of the last digit, exactly.
    func meets(_ ball: Ball) -> Bool {
      func integer(_ m: BigInt) -> BigInt {
        let scaled = exponent < 0 ? m * BigInt(10).power(-exponent) : m
        return ball.exponent > 0 ? scaled << ball.exponent : scaled
      }
      var unit = exponent > 0 ? BigInt(10).power(exponent) : 1
      if ball.exponent < 0 { unit <<= -ball.exponent }
      return (integer(ball.mantissa) - mantissa * unit).magnitude
        <= (integer(BigInt(ball.radius)) + unit).magnitude
    }
  }

  private func evaluate(_ name: String, _ x: [Ball]) -> Ball? {
    switch name {
    case "logGamma": x[0].logGamma()
    case "digamma": x[0].digamma()
    case "trigamma": x[0].trigamma()
    case "exp": x[0].exp()
    case "expm1": x[0].expm1()
    case "log": x[0].log()
    case "log1p": x[0].log1p()
    case "sqrt": x[0].squareRoot()
    case "erf": x[0].errorFunction()
    case "tanh":
      x[0].tanh(isNegative: x[0].nearestDouble < 0, one: Ball(1, precision: x[0].precision))
    case "pow": (x[1] * x[0].log()).exp()
    default: nil
    }
  }

  /// How many of the bits a value may lack, and whether of 1 where it is smaller than that.
  ///
  /// log Γ and ψ have zeros, around which the series has no more bits than elsewhere. A power
  /// is off as much more as its logarithm is large.
  private func claim(_ name: String) -> (bits: Int, isAbsolute: Bool) {
    switch name {
    case "logGamma", "digamma": (16, true)
    case "trigamma": (16, false)
    case "pow": (24, false)
    default: (12, false)
    }
  }

  @Test(arguments: [192, 384])
  func functionsHoldTheTruthAndAreNarrow(precision: Int) throws {
    let rows = try OracleTables.rows("ball-functions")
    #expect(rows.count > 300)
    for i in stride(from: 0, to: rows.count, by: rowStep) {
      let row = rows[i]
      let (name, arguments) = (row.text("function") ?? "", row.numbers("arguments") ?? [])
      let digits = try #require(row.text("digits").flatMap(Digits.init))
      let ball = try #require(evaluate(name, arguments.map { Ball($0, precision: precision) }))
      #expect(!ball.isUnbounded && digits.meets(ball), "\(name)\(arguments)")
      let claim = claim(name)
      let size = claim.isAbsolute ? max(ball.reach, 0) : ball.reach
      #expect(
        ball.isExact || ball.spread.reach <= size - precision + claim.bits,
        "\(name)\(arguments): \(ball.spread.reach - size + precision) bits")
    }
  }

  /// Balls around a number hold what the function makes of the ends.
  @Test func radiiAreHandedOn() throws {
    var random = SplitMix64(state: 81)
    for i in 0..<draws {
      let x = random.magnitude(-20...12)
      let r = x * random.magnitude(-60 ... -8)
      let wide = Ball(x, precision: 192).widened(by: Ball(r, precision: 192))
      for name in [
        "logGamma", "digamma", "trigamma", "log", "log1p", "exp", "expm1", "sqrt", "erf",
      ] {
        if name.hasPrefix("exp") && x > 500 { continue }
        let whole = try #require(evaluate(name, [wide]))
        for end in [x - r, x + r] {
          let point = try #require(evaluate(name, [Ball(end, precision: 192)]))
          #expect(
            whole.isUnbounded
              || (whole.lowerDouble <= point.upperDouble && point.lowerDouble <= whole.upperDouble),
            "\(name) \(x) ± \(r), draw \(i)")
        }
      }
    }
  }

  /// The tables of the special functions, whose values are the nearest doubles.
  @Test(arguments: ["log-gamma", "digamma", "trigamma", "log-beta", "log-gamma-remainder"])
  func specialFunctions(name: String) throws {
    let arithmetic = BallArithmetic(precision: 384)
    let table = try SpecialTable.load(name)
    var count = 0
    for i in stride(from: 0, to: table.values.count, by: tableStep) {
      let (row, x) = (table.values[i], table.values[i].map { arithmetic.number($0) })
      guard row[0] > 0 else { continue }
      let ball: Ball
      switch name {
      case "log-gamma": ball = x[0].logGamma()
      case "digamma": ball = x[0].digamma()
      case "trigamma": ball = x[0].trigamma()
      case "log-beta": ball = x[0].logGamma() + x[1].logGamma() - (x[0] + x[1]).logGamma()
      default:
        guard row[0] + row[1] > 0 else { continue }
        ball = arithmetic.logGammaRemainder(x[0], x[0] + x[1])
      }
      count += 1
      let truth = try #require(row.last)
      // Where the terms are a googol times their sum, 384 bits cannot tell.
      if ball.onlyNearestDouble == nil {
        #expect(ball.lowerDouble <= truth && truth <= ball.upperDouble, "\(name)\(row)")
      } else {
        #expect(ball.onlyNearestDouble == truth, "\(name)\(row)")
      }
    }
    #expect(count > 5)
  }
}
