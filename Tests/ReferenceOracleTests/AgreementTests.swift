import InformationTheory
import ReferenceOracle
import Testing

@testable import OracleAgreement

/// A few of the questions that `make agreement` asks a million of.
@Suite struct AgreementTests {
  @Test(arguments: Subject.all.indices)
  func theLibraryKeepsWhatItPromises(index: Int) throws {
    let tally = try Subject.all[index].tally(questions: 2, seed: UInt64(index) << 8 + 3)
    #expect(tally.questions == 2 && tally.numbers >= 2)
    #expect(
      tally.broken == 0 && tally.unproven == 0,
      "\(Subject.all[index].name): \(tally.faults + tally.open)")
  }

  @Test func subjectsHaveDifferentNames() {
    let names = Subject.all.map(\.name)
    #expect(Set(names).count == names.count && names.count > 55)
  }

  @Test func aNumberThatIsOffIsSeen() throws {
    var tally = Tally()
    let one = Certified.perplexity(of: try Categorical([1.0]))
    tally.add(
      question: "off",
      [Comparison(fast: 1 + 0x1p-51, truth: one), Comparison(fast: 1 + 0x1p-52, truth: one)])
    tally.add(
      question: "allowed", [Comparison(fast: 1 + 0x1p-51, truth: one, allowance: 0x1p-50)])
    #expect(tally.broken == 1 && tally.worst == 2 && tally.numbers == 3)
    #expect(tally.faults.count == 1 && (tally + tally).broken == 2)
  }
}
