import Foundation
import InformationTheory
import Testing

@Suite("Information units")
struct InformationUnitTests {
  @Test func names() {
    #expect(InformationUnit.allCases.map(\.rawValue) == ["nats", "bits", "hartleys"])
    #expect(InformationUnit(rawValue: "bits") == .bits)
    #expect(InformationUnit(rawValue: "Bits") == nil)
  }

  @Test func coding() throws {
    let data = try JSONEncoder().encode(InformationUnit.allCases)
    #expect(String(data: data, encoding: .utf8) == #"["nats","bits","hartleys"]"#)
    #expect(
      try JSONDecoder().decode([InformationUnit].self, from: data) == InformationUnit.allCases)
  }
}
