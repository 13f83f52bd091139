import Testing

@testable import InformationTheory

@Suite("Table of the logarithm")
struct LogarithmTableTests {
  /// exp(−log c)·c = 1 to the accuracy of the exponential.
  @Test func logarithmsFitTheirReciprocals() {
    #expect(logarithmTable.count == 3 * 128)
    var worst = WorstError("table of the logarithm", bound: 0x1p-73)
    for i in 0..<128 {
      let c = logarithmTable[3 * i]
      // From interval 53 on the table is for m/2, whose reciprocal is doubled.
      let minusLog = DoubleDouble.sum(logarithmTable[3 * i + 1], logarithmTable[3 * i + 2])
      worst.check(.one, exactProduct(DoubleDouble.exp(minusLog).parts, [c]), "interval \(i)")
      let centre = 1 + (Double(i) + 0.5) / 128
      #expect((c * (i >= 53 ? centre / 2 : centre) - 1).magnitude <= 0x1p-7, "interval \(i)")
    }
    worst.finish()
  }

  /// Next to 1 the reciprocal is 1, which keeps the relative accuracy there.
  @Test func reciprocalsNextToOne() {
    #expect(logarithmTable[0] == 1 && logarithmTable[3 * 127] == 1)
    #expect(logarithmTable[1] == 0 && logarithmTable[3 * 127 + 1] == 0)
  }
}
