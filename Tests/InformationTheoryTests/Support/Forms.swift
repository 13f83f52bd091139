import InformationTheory

/// What a measure takes beside its distributions.
struct Arguments: Sendable, CustomStringConvertible {
  var order = 1.0
  var positions: [Double]?
  var support = SupportPolicy.infinite

  /// The arguments that a row of an oracle table names.
  init(_ row: OracleRow) {
    order = row.order?.value ?? 1
    positions = row.positions?.map(\.value)
  }

  init(order: Double = 1, positions: [Double]? = nil, support: SupportPolicy = .infinite) {
    (self.order, self.positions, self.support) = (order, positions, support)
  }

  var description: String { "(order \(order), positions \(positions ?? []), \(support))" }
}

/// The forms in which the library offers a measure of one distribution.
protocol EntropyForms: Sendable {
  /// The name of the measure's oracle table.
  var table: String { get }
  /// Arguments that the laws and invariances are tried with.
  var samples: [Arguments] { get }
  /// Whether the order of the outcomes matters.
  var isOrdered: Bool { get }
  /// The value of a point mass.
  var ofPointMass: Double { get }

  /// The method on `Categorical`.
  func method(_ p: Categorical, _ arguments: Arguments) throws -> Double

  /// The free function, in `Float` and `Double`.
  func span<Scalar: InformationScalar>(_ p: Span<Scalar>, _ arguments: Arguments) throws -> Double
}

extension EntropyForms {
  var samples: [Arguments] { [Arguments()] }
  var isOrdered: Bool { false }
  var ofPointMass: Double { 0 }

  func span<Scalar: InformationScalar>(ofArray p: [Scalar], _ arguments: Arguments) throws -> Double
  {
    try span(p.span, arguments)
  }
}

/// The forms in which the library offers a measure of two distributions.
protocol DivergenceForms: Sendable {
  /// The name of the measure's oracle table.
  var table: String { get }
  /// Arguments that the laws and invariances are tried with.
  var samples: [Arguments] { get }
  /// Whether exchanging p and q changes nothing.
  var isSymmetric: Bool { get }
  /// Whether the order of the outcomes matters; then there is no support policy.
  var isOrdered: Bool { get }
  /// The value where p = q; nil where it depends on p.
  var atEquality: Double? { get }

  /// The method on `Categorical`.
  func method(_ p: Categorical, _ q: Categorical, _ arguments: Arguments) throws -> Double

  /// The free function, in `Float` and `Double`.
  func span<Scalar: InformationScalar>(
    _ p: Span<Scalar>, _ q: Span<Scalar>, _ arguments: Arguments
  ) throws -> Double
}

extension DivergenceForms {
  var samples: [Arguments] { [Arguments()] }
  var isSymmetric: Bool { false }
  var isOrdered: Bool { false }
  var atEquality: Double? { 0 }

  func span<Scalar: InformationScalar>(
    ofArrays p: [Scalar], _ q: [Scalar], _ arguments: Arguments
  ) throws -> Double {
    try span(p.span, q.span, arguments)
  }
}

/// Every measure of one distribution that has both forms.
let allEntropies: [any EntropyForms] = [
  CollisionEntropyForms(), CumulativeResidualEntropyForms(), ExtropyForms(), GiniImpurityForms(),
  HartleyEntropyForms(), HillNumberForms(), PerplexityForms(), MinEntropyForms(),
  RenyiEntropyForms(), ShannonEntropyForms(), TsallisEntropyForms(),
]

/// Every measure of two distributions that has both forms.
let allDivergences: [any DivergenceForms] = [
  CrossEntropyForms(), AlphaDivergenceForms(), CressieReadForms(),
  BhattacharyyaCoefficientForms(), BhattacharyyaDistanceForms(), ChernoffInformationForms(),
  PearsonChiSquaredForms(), NeymanChiSquaredForms(), EnergyDistanceForms(),
  CramerDistanceForms(), HellingerDistanceForms(), JeffreysForms(),
  JensenShannonDivergenceForms(), JensenShannonDistanceForms(), KolmogorovSmirnovForms(),
  KullbackLeiblerForms(), ReverseKullbackLeiblerForms(), PopulationStabilityIndexForms(),
  RenyiDivergenceForms(), SkewDivergenceForms(), TotalVariationForms(),
  TriangularDiscriminationForms(), TsallisDivergenceForms(), Wasserstein1Forms(),
  Wasserstein2Forms(),
]
