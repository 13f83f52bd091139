import Dispatch

/// Runs asynchronous code to its end, because cells have no `await` of their own.
///
/// ```swift
/// let text = try runBlocking { try await download() }
/// ```
///
/// - Parameter work: What to run, on another thread.
/// - Returns: What it gives.
/// - Throws: What it throws.
public func runBlocking<Value, Failure: Error>(
  _ work: @escaping @Sendable () async throws(Failure) -> Value
) throws(Failure) -> Value {
  let end = DispatchSemaphore(value: 0)
  let box = ResultBox<Value, Failure>()
  Task.detached {
    do throws(Failure) {
      box.result = .success(try await work())
    } catch {
      box.result = .failure(error)
    }
    end.signal()
  }
  end.wait()
  guard let result = box.result else { preconditionFailure("the task left no result") }
  return try result.get()
}

/// Written before the semaphore is signalled and read after it was waited for.
private final class ResultBox<Value, Failure: Error>: @unchecked Sendable {
  var result: Result<Value, Failure>?
}
