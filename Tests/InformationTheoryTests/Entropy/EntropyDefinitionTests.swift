import InformationTheory
import Testing

@Suite("All entropies")
struct EntropyDefinitionTests {
  @Test func aSingleOutcomeHasNone() throws {
    for forms in allEntropies {
      for arguments in forms.samples {
        let p = try Categorical([1.0])
        expectSameBits(try forms.method(p, arguments), forms.ofPointMass, "\(forms.table):")
        expectSameBits(
          try forms.span(ofArray: [Float(1)], arguments), forms.ofPointMass, "\(forms.table):")
      }
    }
  }

  @Test func aPointMassHasNone() throws {
    for forms in allEntropies {
      for arguments in forms.samples where arguments.positions == nil {
        for masses in [[1.0, 0], [0, 1, 0], [0, 0, 1], [-0.0, 1]] {
          let value = try forms.method(Categorical(masses), arguments)
          expectSameBits(value, forms.ofPointMass, "\(forms.table) \(arguments) of \(masses):")
        }
      }
    }
  }
}
