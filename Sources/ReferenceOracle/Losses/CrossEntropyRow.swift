import ClassificationLosses
import InformationTheory

/// Softmax cross-entropy of one row, with all its options, and what is made of it.
///
/// `l = Σ_c b_c·(−log p_c) + ε₁·Σ_c b_c(1 − p_c) + λ·lse²`, b = w·((1 − ε)q + ε/C). The
/// numbers C·b are exact in balls, so that a derivative that is 0 comes out as 0.
struct CrossEntropyRow: LossRow {
  var logits: [Double]
  /// The probabilities of the classes; one of them 1 for a label.
  var targets: [Double]
  var classWeights: [Double]?
  var smoothing = 0.0
  var zLossScale = 0.0
  var softcap: Double?
  var polyEpsilon = 0.0
  /// Whether the loss is the divergence of the predictions from the targets.
  var isRelative = false
  /// Where targets do not sum to 1: in loss or gradient a 1 may stand for their sum.
  var convention = SoftTargetConvention.derivative

  /// What the surprisals weigh, times the number of classes; nil for 0.
  private func weights<A: Arithmetic>(in a: A) -> [A.Number?] {
    let count = a.number(Double(targets.count))
    let (kept, share) = (a.one - a.number(smoothing), a.number(smoothing))
    return targets.indices.map { c in
      let weight = classWeights?[c] ?? 1
      if weight == 0 || (smoothing == 0 && targets[c] == 0) { return nil }
      let target = count * a.number(targets[c])
      return (smoothing == 0 ? target : kept * target + share) * a.number(weight)
    }
  }

  /// The largest of the weights, which is left out of a sum rather than subtracted from it.
  private func heaviest() -> Int {
    let sizes = targets.indices.map { c in
      (classWeights?[c] ?? 1) * ((1 - smoothing) * targets[c] * Double(targets.count) + smoothing)
    }
    return sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
  }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let softmax = SoftmaxNumbers(logits, softcap: softcap, a)
    let weights = weights(in: a)
    var (sum, sign) = (a.sum(), FloatingPointSign?.none)
    let logTotal = softmax.logTotal
    for c in logits.indices {
      guard let weight = weights[c] else { continue }
      guard let depth = softmax.depths[c] else {
        if sign != .plus { sign = targets[c] < 0 ? .minus : .plus }
        continue
      }
      sum.add(convention.lossTakesUnitTotal ? -(weight * depth) : weight * (logTotal - depth))
      if isRelative { sum.add(weight * (weight / a.number(Double(targets.count))).log()) }
      if polyEpsilon != 0 {
        sum.add(a.number(polyEpsilon) * weight * softmax.others(c) / softmax.total)
      }
    }
    if let sign { return .infinity(sign) }
    if convention.lossTakesUnitTotal { sum.add(a.number(Double(targets.count)) * logTotal) }
    let loss = sum.total / a.number(Double(targets.count))
    guard zLossScale != 0 else { return .number(loss) }
    guard let lse = softmax.logSumExp else { return .infinite }
    return .number(loss + a.number(zLossScale) * lse * lse)
  }

  /// `∂l/∂x_j = (e_j·Σ_{c≠j} b_c − b_j·Σ_{c≠j} e_c)/Σe`, in which only what is a true
  /// difference is subtracted.
  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    let softmax = SoftmaxNumbers(logits, softcap: softcap, a)
    let weights = weights(in: a)
    let heaviest = heaviest()
    let light = a.sum(weights.indices.lazy.filter { $0 != heaviest }.compactMap { weights[$0] })
    let total = weights[heaviest].map { light + $0 } ?? light
    let count = a.number(Double(targets.count))
    let scale = softmax.total * count
    let agreement = polyEpsilon == 0 ? nil : agreement(weights, softmax)
    return logits.indices.map { j in
      let power = softmax.powers[j]
      var slope = power * (j == heaviest ? light : weights[j].map { total - $0 } ?? total)
      if let weight = weights[j] { slope = slope - weight * softmax.others(j) }
      if convention.gradientTakesUnitTotal { slope = slope + power * (count - total) }
      if let agreement {
        let own = weights[j].map { $0 * softmax.others(j) / softmax.total } ?? a.zero
        slope = slope + a.number(polyEpsilon) * power * (agreement(j) - own)
      }
      var result = slope / scale
      if zLossScale != 0 {
        guard let lse = softmax.logSumExp else {
          return j == softmax.top ? .infinite : .number(result)
        }
        let pull = a.number(2 * zLossScale) * lse
        result = result + pull * power / softmax.total
      }
      return .number(
        softcap == nil
          ? result : result * SoftmaxNumbers<A>.slopeOfCap(logits[j], softcap, a))
    }
  }

  /// Σ_{k≠j} b_k p_k, by j.
  private func agreement<A: Arithmetic>(
    _ weights: [A.Number?], _ softmax: SoftmaxNumbers<A>
  ) -> (Int) -> A.Number {
    let a = softmax.arithmetic
    let parts = weights.indices.map { k in weights[k].map { $0 * softmax.probability(k) } ?? a.zero
    }
    let largest = parts.indices.max { parts[$0].approximation < parts[$1].approximation } ?? 0
    let rest = a.sum(parts.indices.lazy.filter { $0 != largest }.map { parts[$0] })
    return { $0 == largest ? rest : rest + parts[largest] - parts[$0] }
  }
}
