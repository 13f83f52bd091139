/// What is wrong with some data, where, and what to do about it.
///
/// ```swift
/// do {
///   _ = try Categorical([0.5, -0.1, 0.6])
/// } catch {
///   error.code      // .negativeMass
///   error.index     // 1
///   print(error)    // masses[1] is -0.1: a mass cannot be negative
/// }
/// ```
public struct InformationError: Error, Hashable, Sendable {
  /// The kind of fault, of which any release may add more.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The code's name in snake case, as the command-line tool prints it.
    public let description: String

    private init(_ name: String) { description = name }

    /// There is no outcome at all.
    public static let empty = Code("empty")
    /// A mass or count is negative.
    public static let negativeMass = Code("negative_mass")
    /// A number is NaN or infinite where only finite ones make sense.
    public static let notFinite = Code("not_finite")
    /// Probabilities do not sum to 1.
    public static let notNormalized = Code("not_normalized")
    /// All masses are zero, so that nothing can be normalised.
    public static let zeroTotal = Code("zero_total")
    /// The masses sum to more than the largest double.
    public static let overflow = Code("overflow")
    /// A count does not fit a double exactly.
    public static let inexactCount = Code("inexact_count")
    /// Two arguments that must have the same size do not.
    public static let sizeMismatch = Code("size_mismatch")
    /// Labels repeat, or are not as many as the outcomes.
    public static let badLabels = Code("bad_labels")
    /// One distribution has labels and the other has none.
    public static let unlabelled = Code("unlabelled")
    /// A support excludes outcomes that the other distribution gives mass.
    public static let support = Code("support_mismatch")
    /// An order, weight, pseudocount or probability is out of its range.
    public static let badParameter = Code("bad_parameter")
    /// A class label is not one of the classes.
    public static let labelOutOfRange = Code("label_out_of_range")
    /// Positions are not finite and strictly increasing.
    public static let badPositions = Code("bad_positions")
    /// The quantity is undefined for these arguments.
    public static let undefined = Code("undefined")
    /// The quantity has no closed form, and nothing else computes it.
    public static let noClosedForm = Code("no_closed_form")
    /// Names of variables repeat, are empty, or are not as many as the variables.
    public static let badNames = Code("bad_names")
    /// There is no variable of that name.
    public static let unknownVariable = Code("unknown_variable")
    /// A variable has no such outcome.
    public static let unknownOutcome = Code("unknown_outcome")
    /// The quantity is one of counts, and there are only probabilities.
    public static let notCounts = Code("not_counts")
    /// The task in which a long call ran was cancelled.
    public static let cancelled = Code("cancelled")
  }

  /// The kind of fault.
  public let code: Code
  /// The argument at fault, by the name that its function gives it.
  public let argument: String?
  /// The first index at fault, where there is one.
  public let index: Int?
  /// A sentence for people: what, where, the value, and what to do.
  public let message: String

  package init(_ code: Code, argument: String? = nil, index: Int? = nil, _ message: String) {
    self.code = code
    self.argument = argument
    self.index = index
    self.message = message
  }
}

extension InformationError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
