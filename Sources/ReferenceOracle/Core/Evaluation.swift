/// A number in some arithmetic, or an infinity that is known without one.
enum Outcome<Number: Enclosure>: Sendable {
  case number(Number)
  case infinity(FloatingPointSign)
  /// A number that is above 10⁸⁰⁰, which is all that is known.
  case overflow

  /// +∞.
  static var infinite: Self { .infinity(.plus) }

  /// The number with a function of it, which keeps the sign; others stay.
  func map(_ transform: (Number) -> Number) -> Self {
    if case .number(let number) = self { .number(transform(number)) } else { self }
  }
}

/// What can be evaluated in any arithmetic: the one definition of a quantity.
protocol Evaluation {
  /// The numbers, in the same order whatever the arithmetic.
  func outcomes<A: Arithmetic>(in arithmetic: A) -> [Outcome<A.Number>]
}

/// An evaluation that gives one number.
protocol ScalarEvaluation: Evaluation {
  func outcome<A: Arithmetic>(in arithmetic: A) -> Outcome<A.Number>
}

extension ScalarEvaluation {
  func outcomes<A: Arithmetic>(in arithmetic: A) -> [Outcome<A.Number>] {
    [outcome(in: arithmetic)]
  }

  /// The number, certified.
  var certified: Certified { certifiedValues[0] }
}

extension Evaluation {
  /// The numbers, certified.
  ///
  /// Ziv's strategy: pairs of doubles decide nearly everything; what they leave open is
  /// evaluated in balls of more and more bits, until each number has one nearest double
  /// and one decimal number of 25 digits, or the bits are at their limit. A value that is
  /// exactly half-way between two doubles ends only there, unless its ball is exact.
  /// Source: A. Ziv, "Fast evaluation of elementary mathematical functions with correctly
  /// rounded last bit" (1991).
  var certifiedValues: [Certified] {
    var results = outcomes(in: PairArithmetic()).map(Certified.init)
    for precision in BallArithmetic.precisions {
      if results.allSatisfy(\.isCorrectlyRounded) { break }
      let finer = outcomes(in: BallArithmetic(precision: precision))
      for i in results.indices where !results[i].isCorrectlyRounded {
        results[i] = Certified(finer[i])
      }
    }
    return results
  }
}

extension BallArithmetic {
  /// The bits that balls have, one after the other.
  static let precisions = [192, 384, 768, 1536, 3072]
}

extension Certified {
  /// A number that pairs of doubles have no form of, from balls alone.
  static func refined(_ value: (BallArithmetic) -> Ball) -> Certified {
    var result = Certified(.unbounded(64))
    for precision in BallArithmetic.precisions where !result.isCorrectlyRounded {
      result = Certified(value(BallArithmetic(precision: precision)))
    }
    return result
  }

  init<Number: Enclosure>(_ outcome: Outcome<Number>) {
    switch outcome {
    case .number(let number): self.init(number.ball)
    case .infinity(let sign): self.init(exactly: sign == .plus ? .infinity : -.infinity)
    case .overflow:
      self.init(
        value: .infinity, lowerBound: .greatestFiniteMagnitude, upperBound: .infinity,
        decimal: "inf", lower: "1e\(Decimal.farthest)", upper: "inf", isCorrectlyRounded: true)
    }
  }
}
