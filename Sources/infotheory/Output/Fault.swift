/// A fault that ends the program: what to say about it, and with which status.
struct Fault: Error, Equatable {
  /// Whose fault it is; the raw value is the exit status of `sysexits.h`.
  enum Kind: Int32 {
    /// The command line makes no sense.
    case usage = 64
    /// The data cannot be what they claim to be.
    case data = 65
    /// An input file is missing or cannot be read.
    case input = 66
    /// A program that this one calls is not installed.
    case unavailable = 69
    /// The program has a bug.
    case software = 70
    /// The output cannot be written.
    case output = 74
  }

  let kind: Kind
  let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension Fault {
  /// A later pass over a file found what an earlier one did not.
  static let changedFile = Fault(
    .data, "a file changed while it was read: do not write to it meanwhile")
}

extension Fault: CustomStringConvertible {
  var description: String { message }
}

/// The place of a fault in a file, as messages name it.
struct Place {
  let file: String
  let line: Int
  let column: String

  /// Describes what is wrong here.
  func fault(_ message: String) -> Fault {
    Fault(.data, "\(file), line \(line), column \"\(column)\": \(message)")
  }
}
