import Foundation
import Testing

@testable import infotheory

@Suite struct LineReaderTests {
  private func lines(of text: String, limit: Int = 1 << 20) throws -> [String?] {
    let scratch = try Scratch()
    let path = try scratch.write("lines", text)
    let handle = try #require(FileHandle(forReadingAtPath: path))
    var reader = LineReader(descriptor: handle.fileDescriptor, limit: limit)
    var lines: [String?] = []
    while let line = try reader.next() {
      switch line {
      case .complete(let range): lines.append(String(decoding: reader.buffer[range], as: UTF8.self))
      case .tooLong: lines.append(nil)
      }
    }
    try handle.close()
    return lines
  }

  @Test func readsLinesWithOrWithoutTheLastLineEnd() throws {
    #expect(try lines(of: "a\nb\n") == ["a", "b"])
    #expect(try lines(of: "a\n\nb") == ["a", "", "b"])
    #expect(try lines(of: "") == [])
  }

  @Test func linesMayBeLongerThanTheBuffer() throws {
    let long = String(repeating: "x", count: 300_000)
    let longer = String(repeating: "y", count: 1_000_000)
    #expect(try lines(of: "a\n\(long)\nb\n\(longer)\nc") == ["a", long, "b", longer, "c"])
  }

  @Test func tooLongLinesAreSkippedAndTheNextOnesAreRead() throws {
    let long = String(repeating: "x", count: 200_000)
    #expect(try lines(of: "a\n\(long)\nb\n", limit: 100_000) == ["a", nil, "b"])
    #expect(try lines(of: "a\n\(long)", limit: 100_000) == ["a", nil])
    #expect(try lines(of: "\(long)\n\(long)\n", limit: 200_000) == [long, long])
    #expect(try lines(of: "\(long)\n\(long)\n", limit: 199_999) == [nil, nil])
  }

  @Test func manyLinesComeInOrder() throws {
    let numbers = (0..<50_000).map(String.init)
    #expect(try lines(of: numbers.joined(separator: "\n")) == numbers)
  }
}
