import Foundation
import TestSupport
import Testing

@testable import infotheory

@Suite struct CSVReaderTests {
  /// What is read from a file: every cell of every row, with its line.
  private struct Row: Equatable {
    let line: Int
    let cells: [String]
  }

  private func read(
    _ text: String, delimiter: Character = ",", chunkSize: Int = 1 << 20
  ) throws -> [Row] {
    let scratch = try Scratch()
    let file = try InputFile(path: try scratch.write("a.csv", text))
    let reader = CSVReader(
      file: file, delimiter: delimiter.asciiValue ?? 0x2C, chunkSize: chunkSize)
    let header = try reader.header()
    var rows: [Row] = []
    try reader.forEachRow(
      columns: Array(header.names.indices), header: header, progress: nil
    ) { bytes, fields, line in
      rows.append(Row(line: line, cells: fields.map { NumberParser.text(bytes, $0) }))
    }
    return rows
  }

  @Test func readsCellsWithTheirLines() throws {
    let rows = try read("x,y\n1,2\n\"a\nb\",\"c\"\"d\"\n 3 ,\n")
    #expect(
      rows == [
        Row(line: 2, cells: ["1", "2"]), Row(line: 3, cells: ["a\nb", "c\"d"]),
        Row(line: 5, cells: ["3", ""]),
      ])
  }

  @Test func ignoresByteOrderMarkAndBlankLines() throws {
    let rows = try read("\u{FEFF}x,y\r\n1,2\r\n\r\n3,4")
    #expect(rows == [Row(line: 2, cells: ["1", "2"]), Row(line: 4, cells: ["3", "4"])])
  }

  @Test func blankLinesOfOneColumnAreMissingCells() throws {
    #expect(try read("x\n1\n\n2\n").map(\.cells) == [["1"], [""], ["2"]])
  }

  @Test func otherDelimitersSeparate() throws {
    #expect(try read("x;y\n1,5;2\n", delimiter: ";").map(\.cells) == [["1,5", "2"]])
    #expect(try read("x\ty\n\t2\n", delimiter: "\t").map(\.cells) == [["", "2"]])
    #expect(try read("x\ty\n\"a\tb\"\t\n", delimiter: "\t").map(\.cells) == [["a\tb", ""]])
  }

  @Test func combiningAccentsAndFormFeedsAreNoPartOfTheGrammar() throws {
    for quote in ["", "\""] {
      let rows = try read("x,y\n\(quote)a\(quote),\u{301}b\u{2028}c\u{0C}d\u{85}\n")
      #expect(rows.map(\.cells) == [["a", "\u{301}b\u{2028}c\u{0C}d\u{85}"]])
    }
  }

  // MARK: - Random files

  /// Random cells, and a file that holds them.
  private func randomFile(seed: UInt64, quotes: Bool) -> (cells: [[String]], text: String) {
    var random = SplitMix64(state: seed)
    let letters = ["a", "1", ".", "é", "漢", "🙂", " ", "-", "\u{0C}", "\u{301}"]
    let special = quotes ? [",", "\n", "\r\n", "\"", "\r", "\t"] : []
    let width = Int.random(in: 2...4, using: &random)
    let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    var cells: [[String]] = []
    var text = (0..<width).map { "c\($0)" }.joined(separator: ",") + lineEnd
    for _ in 0..<Int.random(in: 1...30, using: &random) {
      let row = (0..<width).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
          (letters + special).randomElement(using: &random) ?? ""
        }.joined()
      }
      let written = row.map { cell in
        let needsQuotes = cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        guard needsQuotes || quotes && Bool.random(using: &random) else { return cell }
        // By scalars, because a quote with an accent is another character but still a quote.
        return "\"" + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : "\($0)" }.joined() + "\""
      }
      text += written.joined(separator: ",") + lineEnd
      cells.append(row.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t")) })
    }
    return (cells, text)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func givesBackWhatWasWritten(seed: UInt64) throws {
    for quotes in [false, true] {
      let (cells, text) = randomFile(seed: seed, quotes: quotes)
      let rows = try read(text)
      #expect(
        rows.map { $0.cells.map { Array($0.utf8) } } == cells.map { $0.map { Array($0.utf8) } })
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func piecesOfAnySizeGiveTheSame(seed: UInt64) throws {
    for quotes in [false, true] {
      let (_, text) = randomFile(seed: seed, quotes: quotes)
      let whole = try read(text)
      for chunkSize in [4, 7, 16, 61] { #expect(try read(text, chunkSize: chunkSize) == whole) }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func theFastPathAgreesWithSwiftCSV(seed: UInt64) throws {
    let bytes = Array(randomFile(seed: seed, quotes: false).text.utf8)
    let slow = try QuotedFields.rows(of: bytes[...], delimiter: 0x2C).map { row in
      row.map { field in
        var bytes: [UInt8] = []
        QuotedFields.appendBytes(of: field, to: &bytes)
        return Array(Trim.slice(bytes[...]))
      }
    }
    var fast: [[[UInt8]]] = []
    let width = slow.first?.count ?? 0
    let splitter = PlainFields(delimiter: 0x2C, columns: Array(0..<width))
    var fields = [Range<Int>](repeating: 0..<0, count: width)
    var index = 0
    while index < bytes.count {
      let count = splitter.next(in: bytes.span, at: &index, into: &fields).fieldCount
      #expect(count == width)
      fast.append(fields.map { Array(Trim.slice(bytes[$0])) })
    }
    #expect(fast == slow)
  }
}
