import ArgumentParser
import InformationTheory

/// Says in terms of files and options what the library says in terms of arguments.
enum RowFaults {
  /// The arguments that are given as options.
  private static let options = [
    "classWeights": "--class-weights", "labelSmoothing": "--label-smoothing",
    "zLossScale": "--z-loss-scale", "logitSoftcap": "--logit-softcap", "gamma": "--gamma",
    "alpha": "--alpha", "positiveWeights": "--positive-weights",
  ]

  /// Runs a call of the library on the first rows at hand of some tables.
  ///
  /// - Parameters:
  ///   - tables: The tables by the names of the arguments that they are given as.
  ///   - isByElement: Whether the library's index is one of elements, not rows.
  ///   - body: The call.
  /// - Returns: What the call returns.
  /// - Throws: A ``Fault`` with the place in the file, or a validation error.
  static func placed<Result>(
    _ tables: [String: NumberTable], isByElement: Bool = false,
    _ body: () throws(InformationError) -> Result
  ) throws -> Result {
    do throws(InformationError) {
      return try body()
    } catch {
      guard let argument = error.argument else { throw error }
      if let option = options[argument] {
        throw ValidationError(error.message.replacing(argument, with: option) + ".")
      }
      guard let table = tables[argument], let index = error.index else { throw error }
      let message = message(of: error, argument, in: table, index: index, isByElement: isByElement)
      throw Fault(
        .data, message.replacing("validation: .nonNegative", with: "--validation non-negative"))
    }
  }

  private static func message(
    of error: InformationError, _ argument: String, in table: NumberTable, index: Int,
    isByElement: Bool
  ) -> String {
    let row = isByElement ? index / table.columnCount : index
    let place = table.place(row: row)
    let start = table.range(rows: 0).lowerBound + row * table.columnCount
    let cells = table.values[start..<(start + table.columnCount)]
    if let nan = cells.firstIndex(where: \.isNaN) {
      return """
        \(place), \(table.title(ofColumn: nan - start)): there is NaN; mend the row or leave \
        it out
        """
    }
    if isByElement {
      let what = error.message.replacing("\(argument)[\(index)]", with: "the number")
      return "\(place), \(table.title(ofColumn: index % table.columnCount)): \(what)"
    }
    return error.message.hasPrefix("row \(row)")
      ? place + error.message.dropFirst("row \(row)".count) : "\(place): \(error.message)"
  }
}
