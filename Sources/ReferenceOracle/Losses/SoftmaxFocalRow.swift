/// The focal loss of one row of logits: `α·u^γ·(−log p_y)`, u = 1 − p_y.
struct SoftmaxFocalRow: LossRow {
  let logits: [Double]
  let label: Int
  let alpha: Double
  let gamma: Double

  /// Whether the class has all the probability, so that nothing is missed.
  private func isAlone<A: Arithmetic>(_ softmax: SoftmaxNumbers<A>) -> Bool {
    softmax.depths[label] != nil && softmax.others(label).isZero
  }

  /// u^γ, which is 1 for gamma 0.
  private func power<A: Arithmetic>(_ softmax: SoftmaxNumbers<A>, _ a: A) -> A.Number {
    if gamma == 0 || softmax.depths[label] == nil { return a.one }
    return (a.number(gamma) * (softmax.others(label) / softmax.total).log()).exp()
  }

  func loss<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
    let softmax = SoftmaxNumbers(logits, softcap: nil, a)
    guard alpha != 0, !isAlone(softmax) else { return .number(a.zero) }
    guard let surprisal = softmax.surprisal(label) else { return .infinite }
    return .number(a.number(alpha) * power(softmax, a) * surprisal)
  }

  /// `−α·G` for the label, `α·G·p_j/u` for others, `G = u^γ(u + γ·p_y·(−log p_y))`.
  func gradient<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
    let softmax = SoftmaxNumbers(logits, softcap: nil, a)
    guard alpha != 0, !isAlone(softmax) else { return logits.map { _ in .number(a.zero) } }
    // p·(−log p) has the limit 0.
    let missed = softmax.others(label)
    let bend = softmax.surprisal(label).map {
      a.number(gamma) * softmax.probability(label) * $0
    }
    let u = missed / softmax.total
    let pull = a.number(alpha) * power(softmax, a) * (bend.map { u + $0 } ?? u)
    return logits.indices.map { j in
      .number(j == label ? -pull : pull * softmax.powers[j] / missed)
    }
  }
}
