import Foundation
import SpecialFunctions
import Testing

@Suite("Hostile arguments")
struct HostileArgumentTests {
  @Test("no public function is missing from the list")
  func isComplete() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/SpecialFunctions")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var names: Set<String> = []
    for case let path as String in files where path.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      for match in text.matches(of: /(?m)^public func (\w+)/) { names.insert(String(match.1)) }
    }
    #expect(names.count > 30)
    #expect(names == Set(HostileFunction.names))
  }

  /// In a process of its own, which an abort in GSL or a trap in Swift would end.
  @Test(
    "every call ends with a number or a typed error, and the process goes on",
    arguments: HostileFunction.names)
  func everyCall(_ name: String) async {
    await #expect(processExitsWith: .success) { [name] in
      let calls = HostileFunction.all.filter { $0.name == name }.flatMap { $0.calls }
      #expect(calls.count >= 45)
      for call in calls {
        if let complaint = call.complaint { Issue.record("\(complaint)") }
      }
    }
  }

  @Test("many threads at once give the bits that one gives")
  func concurrent() async {
    await #expect(processExitsWith: .success) {
      let calls = HostileFunction.all.flatMap { $0.calls.prefix(500) }
      let serial = calls.map { $0.outcome }
      await withTaskGroup(of: [Int].self) { group in
        for start in 0..<4 {
          group.addTask {
            // Each task starts elsewhere, so that different functions meet.
            let order = calls.indices.map { ($0 + start * calls.count / 4) % calls.count }
            return order.filter { calls[$0].outcome != serial[$0] }
          }
        }
        for await different in group {
          for index in different {
            Issue.record("\(calls[index]): \(calls[index].outcome), not \(serial[index])")
          }
        }
      }
    }
  }
}
