extension Double {
  /// How many units in the last place this number is from a correctly rounded
  /// reference: 0 where they are equal, +∞ where one is not a number or only one is
  /// infinite.
  ///
  /// The references are themselves rounded, so a result that is within ½ ulp of the
  /// truth may show as 1.
  func ulps(from reference: Double) -> Double {
    if self == reference { return 0 }
    guard isFinite && reference.isFinite else { return .infinity }
    return (self - reference).magnitude / reference.ulp
  }
}
