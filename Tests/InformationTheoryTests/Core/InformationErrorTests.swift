import InformationTheory
import Testing

@Suite("Information error")
struct InformationErrorTests {
  @Test func saysWhatWhereAndTheValue() {
    do {
      _ = try Categorical([0.5, -0.1, 0.6])
      Issue.record("no error")
    } catch {
      // Typed: `error` is an InformationError without a cast.
      #expect(error.code == .negativeMass)
      #expect(error.argument == "masses")
      #expect(error.index == 1)
      #expect(error.message == "masses[1] is -0.1: a mass cannot be negative")
      #expect("\(error)" == error.message)
    }
  }

  @Test func codesHaveDifferentNamesInSnakeCase() {
    let codes: [InformationError.Code] = [
      .empty, .negativeMass, .notFinite, .notNormalized, .zeroTotal, .overflow, .inexactCount,
      .sizeMismatch, .badLabels, .unlabelled, .support, .badParameter, .badPositions, .undefined,
    ]
    #expect(Set(codes).count == codes.count)
    #expect(Set(codes.map(\.description)).count == codes.count)
    for name in codes.map(\.description) {
      #expect(!name.isEmpty && name.allSatisfy { $0.isLowercase || $0 == "_" }, "\(name)")
    }
    #expect(InformationError.Code.notNormalized.description == "not_normalized")
  }

  @Test func sameFaultsAreEqual() throws {
    func fault(_ masses: [Double]) -> InformationError? {
      do {
        _ = try Categorical(masses)
        return nil
      } catch { return error }
    }
    #expect(fault([-1, 2]) == fault([-1, 2]))
    #expect(fault([-1, 2]) != fault([-2, 3]))
    #expect(fault([-1, 2]) != nil)
  }
}
