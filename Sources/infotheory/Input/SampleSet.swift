import InformationTheory

/// The distributions that some columns or groups have, ready to be compared.
struct SampleSet {
  /// A distribution and where it comes from.
  struct Sample {
    /// What tables call it.
    let name: String
    let file: String
    let column: String
    let group: String?
    /// How many cells hold a value, and how many hold none.
    let valueCount: Int
    let missingCount: Int
    /// The least and the greatest value, if they are numbers.
    let range: ClosedRange<Double>?
    let distribution: Categorical
  }

  let samples: [Sample]
  /// The bins, if the outcomes are bins.
  let bins: ChosenBins?
  /// How many rows belong to no group.
  let ungroupedCount: Int
  /// The groups that have no values, and are left out.
  let emptyGroups: [String]

  /// Where the outcomes lie, if they lie anywhere.
  var positions: [Double]? { bins?.binning.centres }
}
