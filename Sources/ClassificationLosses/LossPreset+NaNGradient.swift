import InformationTheory

extension LossPreset {
  /// Whether rows take part in a weighted mean, and each of them weighs 0.
  static func weighNothing<Scalar: InformationScalar>(
    _ labels: Span<Int>, _ classWeights: [Double]?, _ sampleWeights: Span<Scalar>?,
    _ ignoreIndex: Int?
  ) -> Bool {
    var hasRows = false
    for row in labels.indices {
      let label = labels[row]
      if label == ignoreIndex { continue }
      hasRows = true
      // A label out of range is for the loss to refuse.
      let weighs = classWeights.map { !$0.indices.contains(label) || $0[label] != 0 } ?? true
      if weighs && !sampleWeight(sampleWeights, row).isZero { return false }
    }
    return hasRows
  }
}

extension MutableSpan where Element: InformationScalar {
  /// Writes NaN over the rows that are not ignored, and zeros over the others.
  mutating func writeNaN(overRowsOf labels: Span<Int>, _ ignoreIndex: Int?, _ layout: ClassLayout) {
    layout.demandLogits(count, "gradient")
    layout.demandRows(labels.count, "classIndices")
    for row in labels.indices {
      let value: Element = labels[row] == ignoreIndex ? 0 : .nan
      let offset = layout.offset(row)
      for c in 0..<layout.classCount { self[offset + c * layout.stride] = value }
    }
  }
}
