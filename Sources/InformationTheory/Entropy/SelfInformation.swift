extension Categorical {
  /// Returns the self-information, or surprisal, of one outcome.
  ///
  /// `−log pᵢ`: what learning that the outcome happened tells.
  ///
  /// - Parameter index: The outcome, from 0.
  /// - Returns: A value in 0 … +∞; +∞ for an outcome without mass.
  /// - Precondition: `index` is in `0 ..< count`.
  /// - Accuracy: within 1 ulp (`self-information.json`), also for p next to 1.
  /// - Source: Shannon (1948), *A mathematical theory of communication*, section 6.
  public func selfInformation(ofOutcome index: Int) -> Information {
    precondition(masses.indices.contains(index), "selfInformation: no such outcome")
    guard masses[index] > 0 else { return .infinity }
    return Information(totals.surprisal(masses[index], at: index))
  }
}
