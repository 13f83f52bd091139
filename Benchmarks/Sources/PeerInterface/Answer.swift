import InformationTheory
import Synchronization

private let lastError = Mutex("")

/// Returns what the last of a number of equal calls returned, on at most so many threads.
///
/// The functions of this module are called from Python, to which errors cannot be
/// thrown. No measure is NaN, so NaN says that there is an error to ask for.
func answer(threads: Int, calls: Int = 1, _ call: () throws -> Double) -> Double {
  do {
    return try Parallelism.$maximumThreads.withValue(threads) {
      var value = Double.nan
      for _ in 0..<calls { value = try call() }
      return value
    }
  } catch {
    lastError.withLock { $0 = String(describing: error) }
    return .nan
  }
}

/// Writes the message of the last error as a C string.
///
/// - Parameters:
///   - buffer: Where the message goes, cut off if it is too long.
///   - capacity: How many bytes there are, at least 1.
@c(infotheory_error)
public func copyLastError(buffer: UnsafeMutablePointer<CChar>, capacity: Int) {
  let message = lastError.withLock { Array($0.utf8CString.dropLast().prefix(capacity - 1)) }
  for (index, byte) in message.enumerated() { unsafe buffer[index] = byte }
  unsafe buffer[message.count] = 0
}
