import Foundation

@testable import infotheory

/// What the environment asks to be fuzzed.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("FUZZ_TARGET is \"\(name)\": one of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  return target
}()

/// libFuzzer calls this with every input; a finding ends the process, as a trap does.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try unsafe target.check(Array(UnsafeBufferPointer(start: data, count: count)))
  } catch {
    fatalError("\(target.rawValue): \(error)")
  }
  return 0
}
