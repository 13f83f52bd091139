import Foundation
import Testing

extension EndToEndTests {
  /// The examination of programs, good, bad and ugly.
  @Suite struct ConformanceCommandTests {
    /// Examines a shell command by few questions about a loss, whose lines are short: shells
    /// read slowly.
    private func examine(_ command: String, _ options: [String] = []) throws -> Tool.Outcome {
      try Tool.run(
        [
          "conformance", "--command", command, "--measure", "binary_cross_entropy",
          "--questions", "1",
        ] + options)
    }

    /// Examines an example in Python.
    private func examinePython(_ file: String, _ options: [String]) throws -> Tool.Outcome {
      let path = Examples.folder.deletingLastPathComponent()
        .appendingPathComponent("conformance/\(file)").path
      return try Tool.run(["conformance", "--command", "exec python3 '\(path)'"] + options)
    }

    /// Examines our own filter.
    private func examineEvaluate(_ options: String...) throws -> Tool.Outcome {
      let tool = try Tool.executable().path
      return try Tool.run(
        // Without optimisation a line of 200,000 numbers takes its time.
        [
          "conformance", "--command", "exec '\(tool)' evaluate", "--ulps", "1", "--timeout", "300",
        ] + options)
    }

    @Test func evaluateHasNoFault() throws {
      let outcome = try examineEvaluate("--questions", "2")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
      #expect(outcome.output.contains("Jensen–Shannon divergence of exec"))
      #expect(!outcome.output.contains("not answered"))
      #expect(outcome.lines.allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: ["float64", "float32"])
    func lossesOfEvaluateHaveNoFault(type: String) throws {
      let outcome = try examineEvaluate(
        "--questions", "24", "--dtype", type, "--measure", "softmax_cross_entropy", "--measure",
        "binary_cross_entropy", "--measure", "softmax_focal_loss", "--measure",
        "sigmoid_focal_loss")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    }

    @Test func theNaiveExampleIsFaulted() throws {
      let outcome = try examinePython("naive.py", ["--json", "--questions", "32"])
      #expect(outcome.status == 1, "\(outcome.error)")
      #expect(outcome.error == "")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(json["conformant"] as? Bool == false)
      let reports = try #require(json["reports"] as? [[String: Any]])
      let failed = reports.reduce(into: [String: [String]]()) { failed, report in
        failed[report["measure"] as? String ?? ""] =
          (report["findings"] as? [[String: Any]] ?? [])
          .filter { $0["failed"] as? Int ?? 0 > 0 }.compactMap { $0["trap"] as? String }
      }
      #expect(
        failed["softmax_cross_entropy"] == [
          "edge_values", "denominators", "ignored_rows", "tails", "bad_labels", "soft_targets",
        ], "\(outcome.output)")
      #expect(failed["binary_cross_entropy"]?.contains("tails") == true, "\(outcome.output)")
      #expect(
        Set(failed["softmax_focal_loss"] ?? []).isSuperset(of: ["edge_values", "tails"]),
        "\(outcome.output)")
      #expect(
        Set(failed["sigmoid_focal_loss"] ?? []).isSuperset(of: ["edge_values", "tails"]),
        "\(outcome.output)")
      #expect(failed["entropy"]?.contains("edge_values") == true, "\(outcome.output)")
      #expect(
        Set(failed["kl_divergence"] ?? []).isSuperset(of: ["nearly_equal", "edge_values"]))
      // It has no such measure, which is no fault.
      #expect(failed["jensen_shannon_divergence"] == [])
    }

    @Test func theReportIsForPeople() throws {
      let outcome = try examinePython(
        "naive.py", ["--measure", "softmax_cross_entropy", "--questions", "8"])
      #expect(outcome.status == 1)
      #expect(outcome.lines.allSatisfy { $0.count <= 80 }, "\(outcome.output)")
      #expect(outcome.output.contains("\ntails: small losses, gradients and masses"))
      #expect(outcome.output.contains("truth: "))
    }

    @Test func aCrashIsReportedWithItsStatusAndWhatTheProgramSaid() throws {
      let outcome = try examine("echo alas >&2; exit 3")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("the program ended with status 3"), "\(outcome.output)")
      #expect(outcome.output.contains("stderr: alas"))
    }

    @Test func aSignalIsReported() throws {
      let outcome = try examine("read -r line; kill -SEGV $$")
      #expect(outcome.output.contains("ended by signal 11"), "\(outcome.output)")
    }

    @Test func aProgramThatIsNotThereIsReported() throws {
      let outcome = try examine("/nonexistent/implementation")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("status 127"), "\(outcome.output)")
      #expect(outcome.output.contains("/nonexistent/implementation"))
    }

    @Test func crashesEndTheExaminationInTheEnd() throws {
      let outcome = try examine("exit 0", ["--questions", "64"])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("ended early: it failed to answer 8 times"))
    }

    @Test(arguments: [
      ("echo hello", "the answer is not what it should be"),
      (#"echo '{"id":77,"value":1}'"#, "the answer's id is 77, the question's 1"),
      (#"echo '{"id":1}'"#, "neither"),
      (#"echo '{"id":1,"value":0,"gradient":"x"}'"#, "not an array"),
    ])
    func nonsenseIsReported(answer: String, complaint: String) throws {
      let outcome = try examine("while read -r line; do \(answer); done")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains(complaint), "\(outcome.output)")
    }

    @Test func numbersMayBeAsPythonPrintsThem() throws {
      // No loss is −∞, so every question is answered wrongly.
      let outcome = try examine(
        #"i=0; while read -r line; do i=$((i+1)); echo "{\"id\":$i,\"value\":-Infinity}"; done"#)
      #expect(outcome.output.contains("value is -inf"), "\(outcome.output)")
      #expect(!outcome.output.contains("the answer is not what it should be"))
    }

    @Test func aRefusalOfGoodInputIsAFaultAndShown() throws {
      let refusal = #"{\"id\":$i,\"error\":{\"message\":\"no time\"}}"#
      let outcome = try examine(
        "i=0; while read -r line; do i=$((i+1)); echo \"\(refusal)\"; done")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("is an error: no time"), "\(outcome.output)")
    }

    @Test func aProgramThatHangsIsStoppedWithItsChildren() throws {
      let scratch = try Scratch()
      let file = scratch.folder.appendingPathComponent("pid").path
      let outcome = try examine(
        "sleep 1000 & echo $! >> '\(file)'; wait", ["--start-timeout", "0.3"])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("no answer in 0.3 s"), "\(outcome.output)")
      let processes = try Self.processes(in: file)
      #expect(processes.count >= 5)
      for process in processes { #expect(Self.isGone(process)) }
    }

    @Test func ctrlCLeavesNothingRunning() throws {
      let scratch = try Scratch()
      let file = scratch.folder.appendingPathComponent("pid").path
      let process = try Tool.process(
        ["conformance", "--command", "sleep 1000 & echo $! > '\(file)'; wait"])
      process.standardOutput = Pipe()
      try process.run()
      for _ in 0..<1000 where try Self.processes(in: file).isEmpty { usleep(10_000) }
      let child = try #require(try Self.processes(in: file).first)
      #expect(!Self.isGone(child, patience: 0))
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      #expect(Self.isGone(child))
    }

    @Test func aProgramThatOutlivesItsInputIsEnded() throws {
      let scratch = try Scratch()
      let file = scratch.folder.appendingPathComponent("pid").path
      let command = """
        echo $$ >> '\(file)'; i=0
        while read -r line; do i=$((i+1)); echo "{\\"id\\":$i,\\"value\\":0}"; done
        sleep 1000
        """
      _ = try examine(command)
      for process in try Self.processes(in: file) { #expect(Self.isGone(process)) }
    }

    @Test func badOptionsAreRefused() throws {
      #expect(try Tool.run(["conformance"]).status == 64)
      for option in [
        ["--questions", "0"], ["--timeout", "0"], ["--start-timeout", "nan"],
        ["--measure", "entropie"], ["--dtype", "int8"],
      ] {
        let outcome = try Tool.run(["conformance", "--command", "true"] + option)
        #expect(outcome.status == 64, "\(option): \(outcome.error)")
      }
    }

    /// The numbers that a program wrote down.
    private static func processes(in file: String) throws -> [pid_t] {
      guard FileManager.default.fileExists(atPath: file) else { return [] }
      return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        .compactMap { pid_t($0) }
    }

    /// Whether a process has ended, which the system may take a moment to notice.
    private static func isGone(_ process: pid_t, patience: Int = 200) -> Bool {
      for _ in 0...patience {
        if kill(process, 0) != 0 { return true }
        // Ended, though nobody has collected it yet.
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        if status?.contains(") Z ") == true { return true }
        usleep(10_000)
      }
      return false
    }
  }
}
