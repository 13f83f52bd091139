/// By what a split of a decision tree is judged: the more, the better.
public enum SplitCriterion: String, CaseIterable, Hashable, Codable, Sendable {
  /// What the split tells of the class: their mutual information.
  case informationGain
  /// The information gain over the entropy of the split itself.
  case gainRatio
  /// By how much the split lowers the Gini impurity.
  case giniGain
}
