import ClassificationLosses
import Testing

/// What a call that the kernels compute gives.
struct LossOutcome: Equatable {
  var result: LossResult
  var losses: [Float]
  var gradient: [Float]
}

/// What the definition gives for the same numbers as doubles.
struct LossTruth {
  let result: LossResult
  let losses: [Double]
  let gradient: [Double]
}

/// Expects losses and derivatives within 1 ulp of the definition's, and the sum within 2⁻³⁸
/// of itself.
func expectNear(
  _ outcome: LossOutcome, _ truth: LossTruth, _ note: String,
  at location: SourceLocation = #_sourceLocation
) {
  var worst = 0.0
  for (found, exact) in [(outcome.losses, truth.losses), (outcome.gradient, truth.gradient)] {
    for i in found.indices {
      let distance = ulps(found[i], from: exact[i])
      if distance > worst || distance.isNaN { worst = distance }
    }
  }
  #expect(worst <= 1, "\(note): \(worst) ulp", sourceLocation: location)
  let (sum, exact) = (outcome.result.sum, truth.result.sum)
  #expect(
    sum == exact || (sum - exact).magnitude <= 0x1p-38 * exact, "\(note): \(sum) for \(exact)",
    sourceLocation: location)
  #expect(outcome.result.appliedWeight == truth.result.appliedWeight, sourceLocation: location)
  #expect(outcome.result.validCount == truth.result.validCount, sourceLocation: location)
  #expect(
    outcome.result.infiniteCount == truth.result.infiniteCount, sourceLocation: location)
}
