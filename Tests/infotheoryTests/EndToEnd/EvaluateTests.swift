import Foundation
import Testing

extension EndToEndTests {
  /// The filter `evaluate`, as a test suite in another language uses it.
  @Suite struct EvaluateTests {
    @Test func answersInOrderAndGoesOnAfterErrors() throws {
      let outcome = try Tool.run(
        ["evaluate"],
        input: """
          {"id":1,"measure":"entropy","p":[0.5,0.5],"unit":"bits"}
          nonsense

          {"id":[2],"measure":"entropie","p":[1]}
          {"id":3,"measure":"kl_divergence","p":[1,0],"q":[0,1]}
          """)
      #expect(outcome.status == 0)
      #expect(outcome.error == "")
      #expect(outcome.lines.count == 4)
      #expect(outcome.lines[0] == #"{"id":1,"unit":"bits","value":1}"#)
      #expect(outcome.lines[1].hasPrefix(#"{"error":{"code":"not_json""#))
      #expect(
        outcome.lines[2].hasPrefix(#"{"error":{"argument":"measure","code":"unknown_measure""#))
      #expect(outcome.lines[3] == #"{"id":3,"unit":"nats","value":"inf"}"#)
    }

    @Test func strictStopsAtTheFirstError() throws {
      let outcome = try Tool.run(
        ["evaluate", "--strict"],
        input: """
          {"id":1,"measure":"entropy","p":[1]}
          {"id":2,"measure":"entropy","p":[-1,2]}
          {"id":3,"measure":"entropy","p":[1]}
          """)
      #expect(outcome.status == 65)
      #expect(outcome.lines.count == 2)
      #expect(outcome.lines[1].contains("negative_mass"))
      #expect(outcome.error.hasPrefix("infotheory: line 2: p[0] is -1.0"))
    }

    @Test func noQuestionsNoAnswers() throws {
      let outcome = try Tool.run(["evaluate"])
      #expect(outcome.status == 0)
      #expect(outcome.output == "")
    }

    @Test func answersBeforeTheNextQuestionAndEndsOnCtrlC() throws {
      let process = try Tool.process(["evaluate"])
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      for i in 0..<3 {
        let question = "{\"id\":\(i),\"measure\":\"entropy\",\"p\":[1]}\n"
        input.fileHandleForWriting.write(Data(question.utf8))
        // Waits for as long as it takes; without a flush it would wait for ever.
        let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        #expect(answer == "{\"id\":\(i),\"unit\":\"nats\",\"value\":0}\n")
      }
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 130)
    }

    @Test func aLongQuestionIsAnswered() throws {
      let scratch = try Scratch()
      let ones = [String](repeating: "1", count: 1 << 20).joined(separator: ",")
      let path = try scratch.write(
        "q",
        "{\"id\":1,\"measure\":\"entropy\",\"unit\":\"bits\",\"normalize\":true,\"p\":[\(ones)]}\n")
      let process = try Tool.process(["evaluate"])
      let output = Pipe()
      process.standardInput = FileHandle(forReadingAtPath: path)
      process.standardOutput = output
      try process.run()
      let text = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(
        String(decoding: text, as: UTF8.self) == "{\"id\":1,\"unit\":\"bits\",\"value\":20}\n")
    }

    @Test func aReaderThatLeavesIsNoError() throws {
      let process = try Tool.process(["evaluate"])
      let (input, output, error) = (Pipe(), Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      process.standardError = error
      try output.fileHandleForReading.close()
      try process.run()
      input.fileHandleForWriting.write(Data("{\"measure\":\"entropy\",\"p\":[1]}\n".utf8))
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 0)
      #expect(try error.fileHandleForReading.readToEnd() ?? Data() == Data())
    }
  }
}
