import Foundation
import InformationTheory
import TestSupport
import Testing

@Suite("Information")
struct InformationTests {
  @Test func units() {
    let ln2 = 0.693147180559945309417
    let ln10 = 2.302585092994045684018
    expect(Information.bits(1).nats, near: ln2)
    expect(Information.hartleys(1).nats, near: ln10)
    expect(Information.nats(1).bits, near: 1.44269504088896340736)
    expect(Information.nats(1).hartleys, near: 0.434294481903251827651)
    expect(Information.hartleys(1).bits, near: 3.32192809488736234787)
    expect(Information.bits(1).hartleys, near: 0.301029995663981195214)
    #expect(Information(3, in: .bits).number(in: .bits) == 3)
    #expect(Information.zero.nats == 0)
    expectSameBits(Information.nats(-0.0).nats, 0)
    expectSameBits(Information.bits(-0.0).bits, 0)
  }

  /// What is kept beside the value in nats brings every other unit back exactly.
  @Test(arguments: InformationUnit.allCases)
  func everyUnitComesBack(unit: InformationUnit) {
    forEachDraw(from: 0x1F0) { random, seed in
      let exponent = random.integer(-900...900)
      let number = Double(sign: .plus, exponent: exponent, significand: 1 + random.unit())
      expectSameBits(Information(number, in: unit).number(in: unit), number, "\(seed) \(unit)")
    }
  }

  @Test func arithmetic() {
    #expect(Information.bits(1) + .bits(0.75) == .bits(1.75))
    #expect((Information.bits(3) - .bits(1)).bits == 2)
    #expect((0.5 * Information.bits(3.5)).bits == 1.75)
    #expect((Information.bits(7) / 4).bits == 1.75)
    #expect(Information.bits(7) / Information.bits(2) == 3.5)
    #expect((-Information.bits(2)).bits == -2)
    expectSameBits((Information.bits(2) - .bits(2)).nats, 0)
    expectSameBits((0 * Information.bits(-2)).nats, 0)
    let total = [1, 2, 3, 4].map { Information.bits($0) }.reduce(.zero, +)
    #expect(total.bits == 10)
    var sum = Information.bits(1)
    sum += .hartleys(1)
    expect(sum.bits, near: 4.32192809488736234787)
    sum -= .hartleys(1)
    #expect(sum.bits == 1)
  }

  /// Sums carry twice the digits of a double: thousandths of a bit add up to bits.
  @Test func sumsDoNotDrift() {
    let milli = Information.bits(1) / 1000
    #expect((0..<1000).reduce(Information.zero) { sum, _ in sum + milli }.bits == 1)
  }

  @Test func order() {
    #expect(Information.bits(1) < .nats(1))
    #expect(Information.nats(1) < .hartleys(1))
    #expect(Information.infinity > .nats(.greatestFiniteMagnitude))
    #expect(-Information.infinity < .nats(-.greatestFiniteMagnitude))
    #expect([Information.nats(3), .bits(1), .infinity, .zero].max() == .infinity)
    #expect(Set([Information.bits(1), .bits(1), .nats(1)]).count == 2)
  }

  @Test func infinities() {
    #expect(Information.infinity.nats == .infinity)
    #expect(Information.infinity.bits == .infinity)
    #expect(Information.infinity.hartleys == .infinity)
    #expect(Information.bits(-.infinity) == -.infinity)
    #expect(!Information.infinity.isFinite && Information.bits(1).isFinite)
    #expect(Information.infinity + .bits(1) == .infinity)
    #expect(Information.bits(1) - .infinity == -.infinity)
    #expect(Information.infinity + .infinity == .infinity)
    #expect(2 * Information.infinity == .infinity)
    #expect(Information.infinity / -2 == -.infinity)
    #expect((Information.bits(1) / .infinity).nats == 0)
  }

  /// Finite amounts beyond the largest double are infinite, never NaN.
  @Test func overflow() {
    let large = Information.nats(1.7e308)
    #expect(large.nats == 1.7e308)
    #expect(large.bits == .infinity)
    #expect(large + large == .infinity)
    #expect(-large - large == -.infinity)
    #expect(10 * large == .infinity)
    #expect(large / 0.1 == .infinity)
    #expect(Information.hartleys(1.7e308) == .infinity)
  }

  @Test func smallest() {
    #expect(Information.nats(0x1p-1074).nats == 0x1p-1074)
    #expect((0.5 * Information.nats(0x1p-1073)).nats == 0x1p-1074)
    #expect(Information.nats(0x1p-1074).bits == 0x1p-1074)  // 1.44 of it
    #expect(Information.bits(0x1p-1074).nats == 0x1p-1074)  // 0.69 of it
  }

  @Test func text() throws {
    #expect(Information.bits(1.75).description(in: .bits) == "1.75 bits")
    #expect(Information.nats(0.5).description == "0.5 nats")
    #expect("\(Information.hartleys(2).description(in: .hartleys))" == "2.0 hartleys")
    #expect(Information.infinity.description == "inf nats")
    #expect((-Information.infinity).description(in: .bits) == "-inf bits")
    let p = try Categorical([0.5, 0.25, 0.125, 0.125])
    #expect(p.entropy().description == "1.2130075659799042 nats")
    #expect(p.entropy().description(in: .bits) == "1.75 bits")
  }

  @Test func coding() throws {
    let values: [Information] = [
      .zero, .bits(1.75), .hartleys(-3), .nats(0.1), .bits(0x1p-1000), .infinity, -.infinity,
    ]
    let data = try JSONEncoder().encode(values)
    let decoded = try JSONDecoder().decode([Information].self, from: data)
    #expect(decoded == values)
    for (a, b) in zip(decoded, values) { expectSameBits(a.bits, b.bits) }
    #expect(decoded[1].bits == 1.75)
    let text = try #require(
      String(data: JSONEncoder().encode([Information.infinity]), encoding: .utf8))
    #expect(text == #"[{"nats":"inf"}]"#)
  }

  /// What the rounding to nats left over travels too.
  @Test func codingKeepsTheResidual() throws {
    let value = Information.bits(1.75)
    let decoded = try JSONDecoder().decode(Information.self, from: JSONEncoder().encode(value))
    let residual = (value - .nats(value.nats)).nats
    #expect(residual != 0 && residual.magnitude < 0x1p-53)
    #expect((decoded - .nats(value.nats)).nats == residual)
  }

  @Test func decodingWithoutResidual() throws {
    let decoded = try JSONDecoder().decode(Information.self, from: Data(#"{"nats":0.5}"#.utf8))
    #expect(decoded == .nats(0.5))
  }

  @Test(arguments: [#"{"nats":"nan"}"#, #"{"nats":"1"}"#, #"{"nats":null}"#, "{}", "1.5"])
  func decodingNonsense(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Information.self, from: Data(json.utf8))
    }
  }

  @Test func undefinedArithmetic() async {
    await #expect(processExitsWith: .failure) { _ = Information.infinity - .infinity }
    await #expect(processExitsWith: .failure) { _ = Information.infinity + (-.infinity) }
    await #expect(processExitsWith: .failure) { _ = 0 * Information.infinity }
    await #expect(processExitsWith: .failure) { _ = .nan * Information.bits(1) }
    await #expect(processExitsWith: .failure) {
      _ = Information.infinity / .infinity as Information
    }
    await #expect(processExitsWith: .failure) { _ = Information.bits(0) / 0.0 as Information }
  }

  @Test func notANumber() async {
    await #expect(processExitsWith: .failure) { _ = Information.nats(.nan) }
    await #expect(processExitsWith: .failure) { _ = Information(.nan, in: .bits) }
  }
}
