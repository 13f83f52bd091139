public import ReferenceOracle

/// A gradient compared with the certified one, entry by entry.
///
/// ```swift
/// let check = GradientCheck(of: mine, against: certified.gradient, ulps: 4)
/// #expect(check.passes, "\(check)")
/// ```
///
/// No step size, no noise of finite differences: an entry of 1e-9 is held to its own digits
/// as one of 1 is.
public struct GradientCheck: Sendable, Codable, Equatable {
  /// How many entries were compared.
  public let entryCount: Int
  /// How many of them were further off than allowed.
  public let failureCount: Int
  /// The index of the entry that is furthest off; nil where there is no entry.
  public let worstIndex: Int?
  /// That entry, which may be one that is near enough; nil where there is no entry.
  public let worst: Mismatch?

  /// Whether no entry was further off than allowed.
  public var passes: Bool { failureCount == 0 }

  /// Compares all entries.
  ///
  /// - Parameters:
  ///   - gradient: The entries that were computed.
  ///   - truth: The certified ones, in the same order.
  ///   - ulps: How many steps an entry may be off.
  ///   - precision: The type whose steps they are.
  /// - Precondition: There are as many entries of either.
  public init(
    of gradient: [Double], against truth: [Certified], ulps: UInt64,
    precision: TestPrecision = .double
  ) {
    precondition(
      gradient.count == truth.count,
      "GradientCheck: \(gradient.count) entries against \(truth.count)")
    let distances = zip(gradient, truth).map { Expected($1).distance(from: $0, precision) }
    // Of those that are equally far off, the first.
    let worst = distances.max().flatMap { distances.firstIndex(of: $0) }
    entryCount = gradient.count
    failureCount = distances.count { $0 > ulps }
    worstIndex = worst
    self.worst = worst.map {
      Mismatch(
        input: "gradient[\($0)]", got: "\(gradient[$0])", truth: truth[$0],
        ulps: distances[$0], allowed: ulps)
    }
  }
}

extension GradientCheck: CustomStringConvertible {
  /// How many entries are right, and the worst one.
  public var description: String {
    guard let worst else { return "no entries" }
    return "\(failureCount) of \(entryCount) entries are wrong; the worst:\n\(worst)"
  }
}
