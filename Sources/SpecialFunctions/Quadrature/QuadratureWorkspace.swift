private import CGSL

/// What GSL says of one piece of an integral.
struct PieceOfIntegral {
  var value = 0.0
  var errorEstimate = 0.0
  var subdivisionCount = 0
  var status: Int32 = 0
}

/// GSL's list of subintervals, which is freed with its owner.
@safe struct QuadratureWorkspace: ~Copyable {
  private let raw: UnsafeMutablePointer<gsl_integration_workspace>
  private let limit: Int

  /// Makes room for a number of subintervals.
  ///
  /// - Parameters:
  ///   - limit: The number of subintervals.
  ///   - caller: The name of the function that the user called.
  /// - Throws: `badParameter` where there is not so much memory.
  init(limit: Int, for caller: String) throws(SpecialFunctionError) {
    guard let raw = unsafe gsl_integration_workspace_alloc(limit) else {
      throw SpecialFunctionError(
        .badParameter, in: caller, argument: "subdivisionLimit", value: Double(limit),
        "there is no memory for \(limit) subintervals: give a smaller subdivisionLimit")
    }
    unsafe self.raw = unsafe raw
    self.limit = limit
  }

  deinit { unsafe gsl_integration_workspace_free(raw) }

  /// Integrates over a piece: QAGS, QAGP, QAGIU or QAGI of QUADPACK, that is, adaptive
  /// Gauss–Kronrod rules with Wynn's epsilon algorithm.
  mutating func integrate(
    _ callback: Callback, over piece: QuadraturePiece, absoluteTolerance: Double,
    relativeTolerance: Double
  ) -> PieceOfIntegral {
    var result = PieceOfIntegral()
    callback.substitution = (0, 1)
    if case .tail(let offset, let scale) = piece { callback.substitution = (offset, scale) }
    result.status = unsafe callback.withGSLFunction { function in
      switch piece {
      case .finite(var points) where points.count > 2:
        unsafe gsl_integration_qagp(
          function, &points, points.count, absoluteTolerance, relativeTolerance, limit, raw,
          &result.value, &result.errorEstimate)
      case .finite(let points):
        unsafe gsl_integration_qags(
          function, points[0], points[1], absoluteTolerance, relativeTolerance, limit, raw,
          &result.value, &result.errorEstimate)
      case .tail:
        unsafe gsl_integration_qagiu(
          function, 0, absoluteTolerance, relativeTolerance, limit, raw, &result.value,
          &result.errorEstimate)
      case .line:
        unsafe gsl_integration_qagi(
          function, absoluteTolerance, relativeTolerance, limit, raw, &result.value,
          &result.errorEstimate)
      }
    }
    result.subdivisionCount = unsafe raw.pointee.size
    return result
  }
}
