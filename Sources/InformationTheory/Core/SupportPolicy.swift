/// What a divergence does where one distribution has mass and the other has none.
///
/// Such outcomes make the Kullback–Leibler divergence, and others of its kind,
/// infinite. That is the right answer, and the default. The other policies are
/// for people who want something else, and say so.
public enum SupportPolicy: Hashable, Sendable {
  /// The definition as it stands: +∞ where it is +∞.
  case infinite
  /// Where the definition is +∞, throw an error that names the outcomes.
  case throwing
  /// Add a pseudocount to every mass of both distributions, in the unit in which
  /// the masses were given (counts or probabilities), each sum rounded to a
  /// double, and normalise again.
  case smoothed(pseudocount: Double)
  /// Leave out every outcome that either distribution gives no mass, and
  /// normalise both again.
  case restricted
}

extension SupportPolicy {
  /// Whether the definition is of the masses as they were given.
  var leavesMassesAsTheyAre: Bool {
    switch self {
    case .infinite, .throwing: true
    case .smoothed, .restricted: false
    }
  }
}
