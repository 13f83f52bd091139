import Foundation
import InformationTheoryTesting

/// An implementation that is a program, asked in JSON Lines.
final class CommandImplementation {
  /// How often the program is started again after it crashed, hung or talked nonsense.
  private static let startLimit = 8

  private let command: String
  private let timeout: Double
  /// How long the first answer after a start may take.
  private let startTimeout: Double
  private let precision: TestPrecision
  private var child: ChildProcess?
  private var startCount = 0
  private var hasAnswered = false
  private var number = 0

  init(command: String, timeout: Double, startTimeout: Double, precision: TestPrecision) {
    self.command = command
    self.timeout = timeout
    self.startTimeout = startTimeout
    self.precision = precision
  }

  /// Ends the program.
  func stop() {
    child?.stop()
    child = nil
  }

  /// Asks a question.
  ///
  /// - Throws: ``NoAnswer``, ``UnsupportedQuestion``, or what the program refuses it with.
  func answer(to question: ConformanceQuestion) throws -> ConformanceAnswer {
    let child = try running()
    number += 1
    let request = Request(id: number, precision: precision, question: question)
    let line: String
    do {
      line = String(decoding: try Self.encoder.encode(request), as: UTF8.self)
    } catch {
      throw NoAnswer("the question cannot be written as JSON: \(error)", isFinal: true)
    }
    let reply: String
    let patience = hasAnswered ? timeout : startTimeout
    do {
      reply = try child.answer(to: line, within: patience)
    } catch {
      throw failure(Self.described(error, after: patience), of: child)
    }
    hasAnswered = true
    guard let answer = try? Self.decoder.decode(Reply.self, from: Data(reply.utf8)) else {
      throw failure("the answer is not what it should be: \(quoted(reply))", of: child)
    }
    guard answer.id == number else {
      let id = answer.id.map { "\($0)" } ?? "none"
      throw failure("the answer's id is \(id), the question's \(number)", of: child)
    }
    return try answer.content()
  }

  private func running() throws(NoAnswer) -> ChildProcess {
    if let child { return child }
    guard startCount < Self.startLimit else {
      throw NoAnswer(
        "it failed to answer \(startCount) times, each time after a new start", isFinal: true)
    }
    startCount += 1
    do {
      let child = try ChildProcess(command: command)
      self.child = child
      hasAnswered = false
      return child
    } catch {
      throw NoAnswer("\(error)", isFinal: true)
    }
  }

  /// Ends the program, because what it will say next belongs to no question.
  private func failure(_ what: String, of child: ChildProcess) -> NoAnswer {
    stop()
    let complaints = child.standardError.split(separator: "\n").suffix(8)
      .map { "\n  stderr: \($0)" }.joined()
    return NoAnswer(what + complaints)
  }

  private static func described(_ failure: ChildProcess.Failure, after seconds: Double) -> String {
    switch failure {
    case .timeout: "no answer in \(seconds) s"
    case .ended(let how): "the program \(how)"
    case .lineTooLong: "the answer has no end"
    }
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  /// With JSON 5, because NaN and Infinity are what many languages print.
  private static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return decoder
  }()
}

/// A question as a line.
private struct Request: Encodable {
  let id: Int
  let precision: TestPrecision
  let question: ConformanceQuestion

  private enum CodingKeys: CodingKey { case id, dtype }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    if precision != .double { try fields.encode(precision, forKey: .dtype) }
    try question.encode(to: encoder)
  }
}

/// An answer as a line.
private struct Reply: Decodable {
  let id: Int?
  let value: JSONInput?
  let gradient: JSONInput?
  let error: JSONInput?

  /// The answer, or the error that it is.
  func content() throws -> ConformanceAnswer {
    if let error {
      if case .object(let fields) = error, fields["code"] == .text("unsupported") {
        throw UnsupportedQuestion()
      }
      throw Refusal(error)
    }
    guard let value = value?.doubles?.first else {
      throw NoAnswer("the answer has neither a \"value\" nor an \"error\"")
    }
    guard let gradient, gradient != .null else { return ConformanceAnswer(value: value) }
    guard let numbers = gradient.doubles else {
      throw NoAnswer("the answer's \"gradient\" is not an array of numbers")
    }
    return ConformanceAnswer(value: value, gradient: numbers)
  }
}

/// What a program says is wrong with a question.
private struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ error: JSONInput) {
    switch error {
    case .object(let fields):
      if case .text(let message)? = fields["message"] {
        description = message
      } else {
        description = "an error without a message"
      }
    case .text(let message): description = message
    default: description = "an error"
    }
  }
}

extension JSONInput {
  /// The numbers in it, from any depth; nil where something else is there too.
  fileprivate var doubles: [Double]? {
    switch self {
    case .numbers(let numbers): return numbers
    case .integer(let number): return [Double(number)]
    case .number(let number): return [number]
    case .text(let text): return Double(text).map { [$0] }
    case .array(let elements):
      let lists = elements.map(\.doubles)
      return lists.contains { $0 == nil } ? nil : lists.flatMap { $0 ?? [] }
    case .null, .bool, .object: return nil
    }
  }
}
