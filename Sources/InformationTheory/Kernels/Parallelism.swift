import CInformationKernels
import Dispatch
import Synchronization

/// How many threads one call of the library may use.
///
/// Long calls, of about a millisecond and more, use a thread for each processor that
/// the process may run on. A cap holds inside a scope:
///
/// ```swift
/// try Parallelism.$maximumThreads.withValue(1) {
///   try entropy(of: p.span)  // on this thread only
/// }
/// ```
///
/// Results are the same bits for every number of threads. In a task that is cancelled,
/// a long call ends early with an ``InformationError`` of the code `cancelled`.
public enum Parallelism {
  /// The most threads that a call may use, from 1 up; nil stands for one a processor.
  @TaskLocal public static var maximumThreads: Int?

  /// The threads that a long call uses now.
  static var threadCount: Int {
    let processors = Int(information_kernel_processor_count())
    guard let maximumThreads else { return processors }
    precondition(maximumThreads >= 1, "Parallelism.maximumThreads must be at least 1")
    return maximumThreads
  }
}

/// Does pieces of work, on several threads where they are worth it.
///
/// - Parameters:
///   - count: The number of pieces; where one ends must not depend on the threads.
///   - nanoseconds: About how long all of them take on one thread.
///   - stopsEarly: Whether a task that is cancelled ends the work.
///   - body: A piece of work. It may write to memory that no other piece touches.
/// - Returns: The pieces' results, in their order.
/// - Throws: `InformationError` with the code `cancelled` where the task was cancelled.
package func concurrently<Result: Sendable>(
  _ count: Int, nanoseconds: Int, stopsEarly: Bool = true, _ body: (Int) -> Result
) throws(InformationError) -> [Result] {
  let isLong = nanoseconds > 1_000_000
  let threads = isLong && count > 1 ? min(Parallelism.threadCount, count) : 1
  let stopsEarly = stopsEarly && isLong
  if threads > 1 { return try shared(count, among: threads, stopsEarly, body) }
  var results: [Result] = []
  results.reserveCapacity(count)
  for piece in 0..<count {
    if stopsEarly && Task.isCancelled { throw .cancelled }
    results.append(body(piece))
  }
  return results
}

/// Each thread takes the next piece that nobody has taken.
private func shared<Result: Sendable>(
  _ count: Int, among threads: Int, _ stopsEarly: Bool, _ body: (Int) -> Result
) throws(InformationError) -> [Result] {
  let next = Atomic(0)
  let isCancelled = Atomic(false)
  let results = unsafe [Result?](unsafeUninitializedCapacity: count) { buffer, initialized in
    unsafe buffer.initialize(repeating: nil)
    initialized = count
    withoutActuallyEscaping(body) { body in
      unsafe withUnsafeCurrentTask { task in
        // The pieces share nothing that is written, and each writes its own result. Whether the
        // task is cancelled may be asked on any thread while this closure runs.
        nonisolated(unsafe) let (body, results, task) = unsafe (body, buffer, task)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
          while !isCancelled.load(ordering: .relaxed) {
            if unsafe stopsEarly && task?.isCancelled == true {
              isCancelled.store(true, ordering: .relaxed)
            }
            let piece = next.add(1, ordering: .relaxed).oldValue
            if piece >= count { return }
            unsafe results[piece] = body(piece)
          }
        }
      }
    }
  }
  if isCancelled.load(ordering: .relaxed) { throw .cancelled }
  return results.compactMap { $0 }
}

extension InformationError {
  fileprivate static var cancelled: InformationError {
    InformationError(.cancelled, "the task was cancelled before the result was there")
  }
}
