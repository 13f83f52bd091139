/// A piece of a range of integration that one rule of GSL covers.
enum QuadraturePiece {
  /// Between the first and the last point, with break points between them.
  case finite([Double])
  /// From a point to ±∞: x = offset + scale·u for u > 0.
  case tail(offset: Double, scale: Double)
  /// From −∞ to +∞.
  case line

  /// The least number of intervals that the piece is cut into.
  var intervalCount: Int {
    if case .finite(let points) = self { points.count - 1 } else { 1 }
  }
}

/// A range of integration with its break points.
struct QuadratureRange {
  let pieces: [QuadraturePiece]

  /// Cuts a range with lower < upper at break points that lie in it, in any order.
  ///
  /// A tail is measured in lengths of what is before it, because a rule for an
  /// infinite range looks mostly between 0.01 and 100 lengths.
  init(from lower: Double, to upper: Double, breakPoints: [Double]) {
    var points = Set(breakPoints).union([lower, upper].filter { $0.isFinite }).sorted()
    // The length of an interval must be a double.
    if let first = points.first, let last = points.last, !(last - first).isFinite,
      !points.contains(0)
    {
      points = (points + [0]).sorted()
    }
    guard let first = points.first, let last = points.last else {
      pieces = [.line]
      return
    }
    let scale = points.count > 1 ? min(last - first, 0x1p+1000) : 1
    var pieces: [QuadraturePiece] = []
    if lower == -.infinity { pieces.append(.tail(offset: first, scale: -scale)) }
    if points.count > 1 { pieces.append(.finite(points)) }
    if upper == .infinity { pieces.append(.tail(offset: last, scale: scale)) }
    self.pieces = pieces
  }
}
