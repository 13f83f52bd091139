import InformationTheory

extension Panel {
  /// The entropies of one distribution.
  init(
    entropiesOf p: Categorical, positions: [Double]?, orders: [Double], unit: InformationUnit
  ) throws {
    self.init(unit: unit)
    add("Shannon entropy", "entropy", p.entropy())
    add("  as a share of the maximum", "normalized_entropy", number: try? p.normalizedEntropy())
    add("  perplexity", "perplexity", number: p.perplexity())
    add("Hartley entropy (order 0)", "hartley_entropy", p.hartleyEntropy())
    add("Rényi entropy of order 1/2", "renyi_entropy", try p.renyiEntropy(order: 0.5), order: 0.5)
    add("Collision entropy (order 2)", "collision_entropy", p.collisionEntropy())
    add("Min-entropy (order ∞)", "min_entropy", p.minEntropy())
    add("Extropy", "extropy", p.extropy())
    if let positions {
      add(
        "Cumulative residual entropy", "cumulative_residual_entropy",
        try p.cumulativeResidualEntropy(positions: positions))
    }
    for order in orders {
      let shown = order == .infinity ? "∞" : order.significant(6)
      add(
        "Rényi entropy of order \(shown)", "renyi_entropy", try p.renyiEntropy(order: order),
        order: order)
      if order < .infinity {
        add(
          "Tsallis entropy of order \(shown)", "tsallis_entropy",
          number: try p.tsallisEntropy(order: order), order: order)
      }
      add(
        "Hill number of order \(shown)", "hill_number", number: try p.hillNumber(order: order),
        order: order)
    }
  }
}
