/// What the examination of an implementation found, trap by trap.
///
/// Its description is a table with the smallest failing input of each trap, in lines of at
/// most 80 characters.
public struct ConformanceReport: Sendable, Codable, Equatable {
  /// The smallest input of a trap that an implementation gets wrong, after shrinking.
  public struct Failure: Sendable, Codable, Equatable {
    /// The input.
    public let question: ConformanceQuestion
    /// What is wrong: "value", or an entry of the gradient such as "gradient[3]", counted
    /// row by row.
    public let quantity: String
    /// What the implementation said: a number, or what happened instead.
    public let got: String
    /// The truth: a decimal of at least 25 digits, or what should have happened.
    public let truth: String
    /// The distance of both in ulps; nil where one of them is infinite
    /// or no number.
    public let ulps: UInt64?
  }

  /// What was found about one trap.
  public struct Finding: Sendable, Codable, Equatable {
    /// The trap.
    public let trap: ConformanceTrap
    /// How many questions were asked, not counting those of the search for a smaller input.
    public internal(set) var asked = 0
    /// How many of them were answered wrongly.
    public internal(set) var failed = 0
    /// How many of them the implementation does not support.
    public internal(set) var unsupported = 0
    /// The smallest input that fails; nil where none does.
    public internal(set) var smallestFailure: Failure?
  }

  /// The name of the implementation.
  public let name: String
  /// The measure.
  public let measure: ConformanceMeasure
  /// The type of numbers that it computes in.
  public let precision: TestPrecision
  /// How far from the truth an answer may be.
  public let ulps: UInt64
  /// The seed from which the questions came.
  public let seed: UInt64
  /// What was found, for each trap.
  public internal(set) var findings: [Finding]
  /// Why the examination ended before all questions had been asked; nil where it did not.
  public internal(set) var abandoned: String?
}

extension ConformanceReport {
  /// Whether the implementation has the measure at all.
  public var isImplemented: Bool {
    findings.contains { $0.asked > $0.unsupported } || abandoned != nil
  }

  /// Whether it went into no trap: every answer that it gave was right, and it gave one.
  public var isConformant: Bool {
    isImplemented && abandoned == nil && findings.allSatisfy { $0.failed == 0 }
  }

  /// The traps that it went into.
  public var failedTraps: [ConformanceTrap] { findings.filter { $0.failed > 0 }.map(\.trap) }

  /// What was found about a trap; nil where the measure has no such trap.
  public subscript(trap: ConformanceTrap) -> Finding? { findings.first { $0.trap == trap } }
}

extension ConformanceReport: CustomStringConvertible {
  /// The table, and the smallest failing input of each trap.
  public var description: String {
    var lines = Self.wrapped(
      "\(measure.title) of \(name), \(precision.rawValue), within \(ulps) ulps, seed \(seed)",
      indent: "")
    guard isImplemented else { return (lines + ["  not answered"]).joined(separator: "\n") }
    lines.append("  " + Self.row("trap", "asked", "failed", "unsupported"))
    for finding in findings {
      lines.append(
        "  "
          + Self.row(
            finding.trap.rawValue, "\(finding.asked)", "\(finding.failed)",
            "\(finding.unsupported)"))
    }
    for finding in findings {
      guard let failure = finding.smallestFailure else { continue }
      lines += [""] + Self.wrapped("\(finding.trap.rawValue): \(finding.trap.demand)", indent: "")
      lines += Self.wrapped("input  \(failure.question)", indent: "  ")
      lines += Self.wrapped("\(failure.quantity) is \(failure.got)", indent: "  ")
      lines += Self.wrapped("truth: \(failure.truth)", indent: "  ")
      if let ulps = failure.ulps {
        lines.append("  off by \(ulps) ulps")
      }
    }
    if let abandoned { lines += [""] + Self.wrapped("ended early: \(abandoned)", indent: "") }
    return lines.joined(separator: "\n")
  }

  private static func row(_ trap: String, _ counts: String...) -> String {
    let width = 18
    return counts.reduce(trap + String(repeating: " ", count: max(0, width - trap.count))) {
      $0 + String(repeating: " ", count: max(1, 13 - $1.count)) + $1
    }
  }

  /// Text in lines of at most 80 characters, broken between words where there are any.
  private static func wrapped(_ text: String, indent: String) -> [String] {
    let width = 80
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = indent
      for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
        if line.count + 1 + word.count > width && line.count > indent.count + 2 {
          lines.append(line)
          line = indent + "  " + word
        } else {
          line += line == indent ? word : " " + word
        }
        while line.count > width {
          lines.append(String(line.prefix(width)))
          line = indent + "  " + line.dropFirst(width)
        }
      }
      lines.append(line)
    }
    return lines
  }
}
