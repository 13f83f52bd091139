import InformationTheory

/// A loss of rows with class labels, as it is asked for: what the kernels are told, and the
/// definition that they must agree with.
protocol LabelLoss: Sendable {
  associatedtype Row: ClassLossRow

  var classWeights: [Double]? { get }
  var labelSmoothing: Double { get }
  var zLossScale: Double { get }
  var logitSoftcap: Double? { get }
  /// The exponent of the focal loss; 0 is cross-entropy.
  var gamma: Double { get }

  /// Checks the numbers.
  func validate(_ layout: ClassLayout) throws(InformationError)

  /// The definition, without a row.
  func row(_ layout: ClassLayout) throws(InformationError) -> Row
}

extension CrossEntropyOptions: LabelLoss {
  var gamma: Double { 0 }

  func row(_ layout: ClassLayout) throws(InformationError) -> CrossEntropyRow {
    try CrossEntropyRow(self, layout)
  }
}
