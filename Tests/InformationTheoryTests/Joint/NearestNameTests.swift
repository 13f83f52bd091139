import InformationTheory
import Testing

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("tmep", "temp"), ("Temp", "temp"), ("tempp", "temp"), ("dat", "date"),
    ("kl_divergance", "kl_divergence"), ("wasserstein", "wasserstein_1"),
  ])
  func findsWhatWasMeant(name: String, meant: String) {
    #expect(
      NearestName.of(name, among: ["date", "temp", "kl_divergence", "wasserstein_1"]) == meant)
  }

  @Test(arguments: ["altitude", "x", "", "te"])
  func namesNothingWhereNothingIsNear(name: String) {
    #expect(NearestName.of(name, among: ["date", "temp"]) == nil)
  }

  @Test func swapsCountOnce() {
    #expect(NearestName.editDistance(Array("ab".unicodeScalars), Array("ba".unicodeScalars)) == 1)
    #expect(
      NearestName.editDistance(Array("kitten".unicodeScalars), Array("sitting".unicodeScalars)) == 3
    )
    #expect(NearestName.editDistance([], Array("abc".unicodeScalars)) == 3)
  }
}
