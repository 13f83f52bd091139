import InformationTheory

/// The loss and the gradient of one row under cross-entropy and what is made of it.
struct CrossEntropyRow: ClassLossRow {
  var logits: SoftmaxRow
  var targets: TargetRow
  private let options: CrossEntropyOptions
  private var agreement = Agreement()
  private var convention: SoftTargetConvention { options.convention }

  init(_ options: CrossEntropyOptions, _ layout: ClassLayout) throws(InformationError) {
    try options.validate(layout)
    logits = SoftmaxRow(classCount: layout.classCount, softcap: options.logitSoftcap)
    targets = TargetRow(
      classCount: layout.classCount, classWeights: options.classWeights,
      smoothing: options.labelSmoothing)
    self.options = options
  }

  mutating func load(label: Int) {
    targets.load(label: label)
    if options.polyEpsilon != 0 { agreement = Agreement(self) }
  }

  /// Takes in a row of target probabilities, after the logits.
  mutating func load<Scalar: InformationScalar>(
    _ probabilities: Span<Scalar>, row: Int, _ layout: ClassLayout
  ) {
    targets.load(probabilities, row: row, layout)
    if options.polyEpsilon != 0 { agreement = Agreement(self) }
  }

  /// Σ b·(−log p) with what the options add to it.
  var loss: Wide {
    var loss = options.isRelative ? divergence : crossEntropy
    if options.polyEpsilon != 0 { loss = loss + Wide(options.polyEpsilon) * missedWeight }
    loss = loss * targets.scale
    if options.zLossScale == 0 { return loss }
    let logSumExp = logits.logSumExp
    return loss + Wide(options.zLossScale) * logSumExp * logSumExp
  }

  /// Checks that no loss of +∞ meets a reward of as much, from a negative target.
  func demandOneInfinity(row: Int) throws(InformationError) {
    var isInfinite = options.zLossScale > 0 && logits.peak.high == .infinity
    var isUnbounded = false
    for c in 0..<logits.classCount where logits.depths[c].high == -.infinity {
      let weight = targets.weights[c].high
      if weight > 0 { isInfinite = true }
      if weight < 0 { isUnbounded = true }
    }
    if isInfinite && isUnbounded { throw .oppositeInfinities(row: row) }
  }

  /// Σ b·(−z) + Σ b·log(1 + r), a sum of terms that are never negative but for negative
  /// targets.
  private var crossEntropy: Wide {
    var sum = DoubleDouble.zero
    for c in 0..<logits.classCount {
      let weight = targets.weights[c]
      if weight.high == 0 { continue }
      let depth = logits.depths[c]
      if depth.high == 0 { continue }
      if depth.high == -.infinity { return weight.high < 0 ? -.infinity : .infinity }
      sum = sum + weight * -depth
    }
    guard sum.high.isFinite else { return farCrossEntropy }
    let total = convention.lossTakesUnitTotal ? targets.unitTotal : Wide(targets.total)
    return Wide(sum) + total * logits.logTotal
  }

  /// Σ b·(−z) of logits so far apart that it is out of range; no logarithm matters.
  private var farCrossEntropy: Wide {
    var sum = Wide.zero
    for c in 0..<logits.classCount {
      let (weight, depth) = (Wide(targets.weights[c]), Wide(logits.depths[c]))
      sum = sum - weight.normalized * depth.normalized
    }
    return sum
  }

  /// Σ b·(log b − log p).
  private var divergence: Wide {
    var sum = Wide.zero
    for c in 0..<logits.classCount {
      let weight = Wide(targets.weights[c])
      if weight.isZero { continue }
      sum = sum + weight * (Wide.log(weight) + logits.surprisal(c))
    }
    return sum
  }

  var unit: Wide { targets.scale / logits.wideTotal }

  /// (Q·p − b)/Q′ of a class, in the unit of the weights and times the sum of the powers.
  func derivative(_ c: Int) -> Wide {
    let weight = targets.weights[c]
    let power = logits.powers[c]
    var slope: Wide
    if convention.gradientTakesUnitTotal {
      slope = targets.unitTotal * Wide(power) - Wide(weight * logits.total)
    } else if weight.high == 0 {
      slope = Wide(power * targets.total)
    } else {
      slope = Wide(power * targets.rest(c) - weight * logits.rest(c))
    }
    if options.polyEpsilon != 0 {
      slope = slope + Wide(options.polyEpsilon) * Wide(power) * missedSlope(c)
    }
    if options.zLossScale != 0 {
      let pull = Wide(options.zLossScale) * logits.logSumExp * Wide(2) / targets.scale
      slope = slope + pull * Wide(power)
    }
    return slope
  }
}

extension CrossEntropyRow {
  var isPlain: Bool {
    options.labelSmoothing == 0 && options.zLossScale == 0 && options.logitSoftcap == nil
      && options.polyEpsilon == 0 && !options.isRelative
      && !convention.lossTakesUnitTotal && !convention.gradientTakesUnitTotal
  }

  var powerSlopes: PowerSlopes? {
    if convention.gradientTakesUnitTotal || options.polyEpsilon != 0 || options.zLossScale != 0 {
      return nil
    }
    return PowerSlopes(
      weights: targets.isOneClass ? nil : targets.weights, factor: targets.total,
      exceptions: (targets.top, logits.top))
  }
}

// MARK: - Poly-1

extension CrossEntropyRow {
  /// Σ b·(1 − p).
  private var missedWeight: Wide {
    var sum = Wide.zero
    for c in 0..<logits.classCount where targets.weights[c].high != 0 {
      sum = sum + Wide(targets.weights[c]) * logits.complement(c)
    }
    return sum
  }

  /// The derivative of Σ b·(1 − p) by a logit over its p: Σ_{i≠c} b·p − b_c·(1 − p_c).
  private func missedSlope(_ c: Int) -> Wide {
    let weight = Wide(targets.weights[c])
    if weight.isZero { return agreement.total }
    let others =
      c == agreement.top ? agreement.rest : agreement.total - weight * logits.probability(c)
    return others - weight * logits.complement(c)
  }
}

/// Σ b·p of a row, with its largest part apart.
private struct Agreement {
  var total = Wide.zero
  var top = 0
  var rest = Wide.zero

  init() {}

  init(_ row: borrowing CrossEntropyRow) {
    var largest = Wide.zero
    for c in 0..<row.logits.classCount where row.targets.weights[c].high != 0 {
      let part = Wide(row.targets.weights[c]) * row.logits.probability(c)
      if part.rounded > largest.rounded {
        (rest, largest, top) = (rest + largest, part, c)
      } else {
        rest = rest + part
      }
    }
    total = rest + largest
  }
}

// MARK: - Outputs

extension MutableSpan where Element: InformationScalar {
  /// Writes the second derivatives Q·p(1 − p) of a row, times a factor.
  mutating func writeHessianDiagonal(
    of row: borrowing CrossEntropyRow, times factor: Wide, at index: Int, _ layout: ClassLayout
  ) {
    let unit = row.targets.scale * Wide(row.targets.total) * factor
    let offset = layout.offset(index)
    for c in 0..<layout.classCount {
      let spread = row.logits.probability(c) * row.logits.complement(c)
      self[offset + c * layout.stride] = Element(rounding: spread * unit)
    }
  }

  /// Writes the derivatives of a row by its targets, (1 − ε)·w·(−log p).
  mutating func writeTargetGradient(
    of row: borrowing CrossEntropyRow, times factor: Wide, at index: Int, _ layout: ClassLayout
  ) {
    let offset = layout.offset(index)
    for c in 0..<layout.classCount {
      let slope = row.targets.slope(c) * row.logits.surprisal(c)
      self[offset + c * layout.stride] = Element(rounding: slope * factor)
    }
  }
}
