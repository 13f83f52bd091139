import TestSupport
import Testing

@testable import Plots

@Suite struct JSONTests {
  @Test func textsComeBackAsTheyWere() throws {
    var generator = SplitMix64(state: 7)
    let special = Array("\"\\/<>&'{}[]:,é∞\u{E9}\u{1F427}\u{10FFFF}\u{80}\u{FEFF}".unicodeScalars)
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<Int.random(in: 0...20, using: &generator) {
        let scalar =
          Bool.random(using: &generator)
          ? special[Int.random(in: special.indices, using: &generator)]
          : Unicode.Scalar(UInt32.random(in: 0x20...0x7E, using: &generator))
        if let scalar { text.unicodeScalars.append(scalar) }
      }
      let parsed = try Parsed(JSON.text(text).rendered)
      // Scalar by scalar, for equality of strings ignores how letters are composed.
      #expect(parsed.text.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
      #expect(try Parsed(JSON.text(text).renderedForPage).text == parsed.text)
      #expect(!JSON.text(text).renderedForPage.contains("<"))
    }
  }

  @Test func whatNoPictureHoldsHasASymbol() throws {
    let text = "a\u{0}b\tc\nd\r\u{1F}\u{7F}e\u{2028}f\u{2029}g\u{FFFF}"
    let expected = "a␀b␉c␊d␍␟␡e␤f␤g\u{FFFD}"
    #expect(try Parsed(JSON.text(text).rendered).text == expected)
  }

  @Test func numbersComeBackBitForBit() throws {
    var generator = SplitMix64(state: 8)
    var values: [Double] = [
      0, .leastNonzeroMagnitude, 0x1p-1022, .greatestFiniteMagnitude, 0x1p53, 1e16, 0.1, -3,
    ]
    for _ in 0..<2000 {
      let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
      if value.isFinite { values.append(value) }
    }
    for value in values {
      let text = JSON.number(value).rendered
      #expect(try Parsed(text).number?.bitPattern == value.bitPattern, "\(text)")
    }
  }

  @Test func numbersAreShort() {
    #expect(JSON.number(1).rendered == "1")
    #expect(JSON.number(-0.0).rendered == "0")
    #expect(JSON.number(0.1).rendered == "0.1")
    #expect(JSON.number(1e22).rendered == "1e+22")
    for value in [Double.infinity, -.infinity, .nan] {
      #expect(JSON.number(value).rendered == "null")
    }
  }

  @Test func structuresKeepTheirOrder() {
    let value: JSON = ["b": [1, .null, true], "a": ["x": "y"], "empty": [:]]
    #expect(value.rendered == #"{"b":[1,null,true],"a":{"x":"y"},"empty":{}}"#)
    #expect(value.adding(["c": []]).rendered.hasSuffix(#""empty":{},"c":[]}"#))
    #expect(JSON.members(["a": nil, "b": 2]).rendered == #"{"b":2}"#)
  }
}
