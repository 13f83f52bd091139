import ClassificationLosses
import InformationTheory

/// The loss of one row: what is the same in every arithmetic.
protocol LossRow: Sendable {
  /// The loss in nats, before any weight of the row.
  func loss<A: Arithmetic>(in arithmetic: A) -> Outcome<A.Number>
  /// The derivatives by the row's inputs.
  func gradient<A: Arithmetic>(in arithmetic: A) -> [Outcome<A.Number>]
}

/// Rows with what they weigh, and by what their sum is divided.
struct LossBatch<Row: LossRow>: Sendable {
  struct Weighted: Sendable {
    let row: Row
    /// What the loss of the row is multiplied by.
    let weight: Double
    /// What else the row's weight in a weighted mean is multiplied by: the sum of these
    /// products, of the weight and the probability of each class.
    var classWeights: [(weight: Double, probability: Double)] = [(1, 1)]
  }

  /// The rows; nil where one is ignored.
  let rows: [Weighted?]
  let reduction: LossReduction

  /// By what the sum is divided.
  func divisor<A: Arithmetic>(in a: A) -> A.Number {
    switch reduction.divisor {
    case .one: a.one
    case .validRows: a.number(Double(rows.count { $0 != nil }))
    case .allRows: a.number(Double(rows.count))
    case .number(let divisor): a.number(divisor)
    case .appliedWeight:
      a.sum(
        rows.lazy.compactMap { $0 }.flatMap { row in
          row.classWeights.map {
            a.number(row.weight) * a.number($0.weight) * a.number($0.probability)
          }
        })
    }
  }

  /// Whether there is nothing to divide by, so that the library's policy holds.
  var isEmpty: Bool {
    switch reduction.divisor {
    case .one, .number: false
    case .validRows: !rows.contains { $0 != nil }
    case .allRows: rows.isEmpty
    case .appliedWeight:
      !rows.contains { row in
        guard let row, row.weight != 0 else { return false }
        return row.classWeights.contains { $0.weight != 0 && $0.probability != 0 }
      }
    }
  }
}

extension LossBatch {
  /// The sum of the weighted losses over the divisor.
  private struct Value: ScalarEvaluation {
    let batch: LossBatch

    func outcome<A: Arithmetic>(in a: A) -> Outcome<A.Number> {
      var (sum, sign, overflows) = (a.sum(), FloatingPointSign?.none, false)
      for row in batch.rows {
        guard let row, row.weight != 0 else { continue }
        switch row.row.loss(in: a) {
        case .number(let loss): sum.add(loss * a.number(row.weight))
        case .infinity(let own): if sign != .plus { sign = own }
        case .overflow: overflows = true
        }
      }
      if let sign { return .infinity(sign) }
      if overflows { return .overflow }
      return .number(sum.total / batch.divisor(in: a))
    }
  }

  /// The weighted loss of one row, and its derivatives over the divisor.
  private struct RowValues: Evaluation {
    let batch: LossBatch
    let row: Weighted
    let wantsGradient: Bool

    func outcomes<A: Arithmetic>(in a: A) -> [Outcome<A.Number>] {
      let weight = a.number(row.weight)
      guard row.weight != 0 else {
        let zero = Outcome.number(a.zero)
        return [zero] + (wantsGradient ? row.row.gradient(in: a).map { _ in zero } : [])
      }
      let loss = row.row.loss(in: a).map { $0 * weight }
      guard wantsGradient else { return [loss] }
      if batch.isEmpty { return [loss] + row.row.gradient(in: a).map { _ in .number(a.zero) } }
      let factor = weight / batch.divisor(in: a)
      return [loss] + row.row.gradient(in: a).map { slope in slope.map { $0 * factor } }
    }
  }

  /// The loss, certified.
  ///
  /// - Parameters:
  ///   - width: The number of derivatives of a row.
  ///   - wantsGradient: Whether to certify them.
  /// - Returns: Losses and derivatives, 0 in rows that are ignored.
  func certified(width: Int, gradient wantsGradient: Bool) -> CertifiedLoss {
    let zero = Certified(exactly: 0)
    var (losses, gradient): ([Certified], [Certified]) = ([], [])
    for row in rows {
      guard let row else {
        losses.append(zero)
        if wantsGradient { gradient += [Certified](repeating: zero, count: width) }
        continue
      }
      let values = RowValues(batch: self, row: row, wantsGradient: wantsGradient).certifiedValues
      losses.append(values[0])
      gradient += values.dropFirst()
    }

    return CertifiedLoss(
      value: isEmpty ? zero : Value(batch: self).certified,
      rowLosses: losses, gradient: gradient)
  }
}
