import InformationTheory

/// What is demanded of class probabilities that serve as targets.
///
/// Nothing is normalised; these only say what is refused.
public struct TargetValidation: Hashable, Sendable {
  let demandsUnitTotal: Bool
  let allowsNegative: Bool

  /// Finite, not negative, and each row summing to 1 within √ε of the element type.
  public static let probabilities = Self(demandsUnitTotal: true, allowsNegative: false)
  /// Finite and not negative; a row of total Q counts Q times.
  public static let nonNegative = Self(demandsUnitTotal: false, allowsNegative: false)

  /// Finite; a negative target rewards what its class loses, as frameworks let it.
  ///
  /// A class of logit −∞ then makes a loss of −∞, or, next to one with a positive target,
  /// an undefined one, which is an error. Losses that take logarithms of their targets
  /// refuse negative ones all the same.
  public static let finite = Self(demandsUnitTotal: false, allowsNegative: true)

  /// The same without leave for negative targets.
  var refusingNegative: Self { Self(demandsUnitTotal: demandsUnitTotal, allowsNegative: false) }

  /// Checks a row of targets.
  func check<Scalar: InformationScalar>(
    _ targets: Span<Scalar>, _ argument: String, row: Int, _ layout: ClassLayout
  ) throws(InformationError) {
    let offset = layout.offset(row)
    let least = allowsNegative ? -0x1p300 : 0
    var sum = 0.0
    for c in 0..<layout.classCount {
      let target = Double(targets[offset + c * layout.stride])
      guard target >= least && target <= 0x1p300 else {
        throw InformationError(
          target.isNaN ? .notFinite : target < least ? .negativeMass : .badParameter,
          argument: argument, index: row,
          """
          row \(row), class \(c): the target is \(target); it must be \
          \(allowsNegative ? "at least -2^300" : "not negative") and at most 2^300
          """)
      }
      sum += target
    }
    let tolerance = Double(Scalar.ulpOfOne).squareRoot()
    if demandsUnitTotal && (sum - 1).magnitude > tolerance {
      throw InformationError(
        .notNormalized, argument: argument, index: row,
        """
        row \(row): the targets sum to \(sum), not to 1 within \(tolerance); \
        normalise them, or pass validation: .nonNegative
        """)
    }
  }
}

/// What cross-entropy makes of a row of targets q whose total Q is not 1.
///
/// All three agree where Q = 1. The first is right; the others are what some
/// frameworks compute, and serve their presets. Class weights and label smoothing are
/// part of q: it is w·((1 − ε)·target + ε/C).
public struct SoftTargetConvention: Hashable, Sendable {
  package let lossTakesUnitTotal: Bool
  package let gradientTakesUnitTotal: Bool

  /// The loss Q·log Σeˣ − q·x and its gradient Q·p − q.
  public static let derivative = Self(lossTakesUnitTotal: false, gradientTakesUnitTotal: false)
  /// The loss log Σeˣ − q·x of logits whose largest has been taken off, and p − q, which
  /// is its derivative but for the largest.
  public static let unitTotal = Self(lossTakesUnitTotal: true, gradientTakesUnitTotal: true)
  /// The loss Q·log Σeˣ − q·x with p − q for a gradient, which is not its derivative.
  public static let unitTotalGradient = Self(
    lossTakesUnitTotal: false, gradientTakesUnitTotal: true)
}
