import CInformationKernels

/// What kernels compute of many rows of few outcomes.
///
/// Each result has the bits that the row has by itself, or is left out.
enum QuantityOfFew {
  case entropy, klDivergence
}

/// The rows of one or two tables, for kernels.
@safe
struct FewOutcomes {
  /// Both parts of each row's result: NaN where the row has to be measured by itself.
  typealias Results = InlineArray<128, Double>

  /// So many rows go to a kernel at once.
  static let rowsAtOnce = 64

  /// More outcomes than this are not few.
  static let mostOutcomes = Int(measure_kernel_few_outcomes)

  private let tables: FewMasses

  /// Creates the rows of tables that outlive them.
  init<Scalar: InformationScalar>(
    _ p: UnsafeBufferPointer<Scalar>, _ q: UnsafeBufferPointer<Scalar>? = nil, outcomeCount: Int
  ) {
    precondition(outcomeCount <= Self.mostOutcomes)
    unsafe tables = FewMasses(
      p: UnsafeRawPointer(p.baseAddress), q: q.flatMap { unsafe UnsafeRawPointer($0.baseAddress) },
      areFloats: Scalar.self == Float.self ? 1 : 0, rowCount: 0, count: outcomeCount,
      tolerance: Double(outcomeCount) * Double(Scalar.ulpOfOne), results: nil)
  }

  /// Puts what the kernel of a quantity finds of some rows, at most `rowsAtOnce`, from the first
  /// result on.
  func put(
    _ quantity: QuantityOfFew, ofRows rows: Range<Int>, into results: consuming MutableSpan<Double>
  ) {
    precondition(results.count >= 2 * rows.count)
    var tables = unsafe tables
    let size = unsafe tables.areFloats != 0 ? MemoryLayout<Float>.size : MemoryLayout<Double>.size
    let offset = unsafe rows.lowerBound * tables.count * size
    unsafe results.withUnsafeMutableBufferPointer { places in
      if let p = unsafe tables.p { unsafe tables.p = p + offset }
      if let q = unsafe tables.q { unsafe tables.q = q + offset }
      unsafe tables.rowCount = rows.count
      unsafe tables.results = places.baseAddress
      let kernels = KernelLevel.measures
      switch quantity {
      case .entropy: unsafe kernels.entropies_of_rows(&tables)
      case .klDivergence: unsafe kernels.divergences_of_rows(&tables)
      }
    }
  }
}
