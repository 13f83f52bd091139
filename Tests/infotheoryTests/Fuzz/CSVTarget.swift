import Foundation
import InformationTheory

@testable import infotheory

/// A byte of choices, then a CSV file, read in every way that the commands read one.
enum CSVTarget {
  static func check(_ bytes: [UInt8]) throws {
    guard let choices = bytes.first else { return }
    let options = Options(choices)
    try FuzzedFile.asFile(Array(bytes.dropFirst())) { path in
      try checkRows(path, options)
      try checkSamples(path, options)
      try checkCombinations(path, options)
      for header in CSVFormat.Header.allCases {
        let format = CSVFormat(delimiter: options.delimiter, header: header)
        _ = try NumberRows(path: path, format: format, kind: .any)
      }
    }
  }

  /// What a byte stands for.
  private struct Options {
    let delimiter: UInt8
    /// How many bytes are read at first.
    let chunkSize: Int
    let isCategorical: Bool
    let bins: BinChoice

    init(_ byte: UInt8) {
      delimiter = Array(",;\t|".utf8)[Int(byte & 3)]
      chunkSize = 4 + Int(byte >> 2 & 7)
      isCategorical = byte & 32 != 0
      bins = byte & 64 == 0 ? .automatic : byte & 128 == 0 ? .count(3) : .rule(.squareRoot)
    }
  }

  // MARK: - Rows

  private struct Row: Equatable {
    let line: Int
    let cells: [[UInt8]]
  }

  /// Reads the rows in pieces of any size, which must not show.
  private static func checkRows(_ path: String, _ options: Options) throws {
    let whole = try rows(path, options.delimiter, chunkSize: 1 << 16)
    let pieces = try rows(path, options.delimiter, chunkSize: options.chunkSize)
    try demand(whole == pieces, "pieces of \(options.chunkSize) bytes give other rows")
  }

  private static func rows(_ path: String, _ delimiter: UInt8, chunkSize: Int) throws -> [Row]? {
    try FuzzedFile.unlessBad {
      let reader = CSVReader(
        file: try InputFile(path: path), delimiter: delimiter, chunkSize: chunkSize)
      let header = try reader.header()
      var rows: [Row] = []
      try reader.forEachRow(
        columns: Array(header.names.indices), header: header, progress: nil
      ) { bytes, fields, line in
        rows.append(Row(line: line, cells: fields.map { field in field.map { bytes[$0] } }))
      }
      return rows
    }
  }

  // MARK: - Distributions

  /// The first column as values, as counts and as weights; the last names the outcomes.
  private static func checkSamples(_ path: String, _ options: Options) throws {
    let names = try FuzzedFile.unlessBad {
      try SampleSource(path: path, delimiter: options.delimiter, columns: []).header.names
    }
    guard let first = names?.first, let last = names?.last else { return }
    for group in [nil, last] {
      let sets: [() throws -> SampleSet] = [
        {
          try SampleReader(
            sources: [try source(path, options, [first], group)], missing: MissingCells(),
            isCategorical: options.isCategorical, bins: options.bins
          ).read()
        }, { try table(path, options, first, .counts, group) },
        { try table(path, options, first, .probabilities(normalizing: true), group) },
        { try table(path, options, first, .probabilities(normalizing: false), group) },
      ]
      for read in sets {
        for sample in try FuzzedFile.unlessBad(read)?.samples ?? [] {
          try CategoricalTarget.checkEntropy(of: sample.distribution)
        }
      }
    }
  }

  private static func source(
    _ path: String, _ options: Options, _ columns: [String]?, _ group: String? = nil
  ) throws -> SampleSource {
    try SampleSource(path: path, delimiter: options.delimiter, columns: columns, group: group)
  }

  private static func table(
    _ path: String, _ options: Options, _ column: String, _ masses: TableReader.Masses,
    _ labels: String?
  ) throws -> SampleSet {
    try TableReader(
      sources: [try source(path, options, [column], labels)], masses: masses, labels: labels,
      missing: MissingCells()
    ).read()
  }

  // MARK: - Combinations

  /// All columns together, and each pair with the first.
  private static func checkCombinations(_ path: String, _ options: Options) throws {
    let set = try FuzzedFile.unlessBad {
      let source = try source(path, options, nil)
      let columns = source.columns.indices.prefix(6)
      return try CombinationReader(
        source: source, missing: MissingCells(), isCategorical: options.isCategorical,
        bins: options.bins, tables: [Array(columns)] + columns.dropFirst().map { [0, $0] }
      ).read()
    }
    for table in set?.tables ?? [] {
      try demand(table.counts.allSatisfy { $0 >= 0 }, "a negative count")
      try demand(
        table.rowCount + table.incompleteCount == set?.rowCount, "rows are lost: \(table)")
    }
  }
}
