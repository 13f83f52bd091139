import Foundation
import Synchronization

/// A program that answers lines with lines, in a process group of its own, so that nothing
/// of it is left when it is stopped.
///
/// The command is run by `/bin/sh`. Everything goes through pipes that are watched with a
/// deadline: a program that hangs, does not read, or says too much cannot hold us up.
final class ChildProcess {
  /// Why there is no line.
  enum Failure: Error, Equatable {
    /// It took longer than the deadline.
    case timeout
    /// It ended; the text says how.
    case ended(String)
    /// It wrote a line that is too long.
    case lineTooLong
  }

  /// What is kept of standard error: its end.
  private static let complaintLimit = 2000
  private static let lineLimit = 1 << 28

  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let error: Int32
  private var received: [UInt8] = []
  private var complaints: [UInt8] = []
  private var isReaped = false
  private var saysMore = true

  /// Starts a command.
  ///
  /// - Throws: A ``Fault`` where the system cannot start anything.
  init(command: String) throws {
    let pipes = try StandardPipes()
    defer { pipes.closeChildEnds() }
    // A signal that comes between the start and the note of it would leave the child alive.
    process = try Interruption.blocked {
      let process = try pipes.spawn(command)
      Interruption.childGroup.store(process, ordering: .sequentiallyConsistent)
      return process
    }
    (input, output, error) = (pipes.input.ours, pipes.output.ours, pipes.error.ours)
    for descriptor in [input, output, error] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit { stop() }

  /// The end of what it wrote on standard error.
  var standardError: String { String(decoding: complaints, as: UTF8.self) }

  /// Sends a line and returns the next line that comes back.
  ///
  /// - Throws: ``Failure``; then the process is stopped.
  func answer(to line: String, within seconds: Double) throws(Failure) -> String {
    let deadline = DispatchTime.now().uptimeNanoseconds &+ UInt64(seconds * 1e9)
    var unsent = Array((line + "\n").utf8)[...]
    do throws(Failure) {
      while true {
        if unsent.isEmpty, let answer = nextLine() { return answer }
        guard received.count < Self.lineLimit else { throw Failure.lineTooLong }
        let now = DispatchTime.now().uptimeNanoseconds
        guard now < deadline else { throw Failure.timeout }
        let rest = Int32(min((deadline - now) / 1_000_000 + 1, 1000))
        let isOpen = exchange(&unsent, milliseconds: rest)
        guard isOpen || received.contains(0x0A) else { throw Failure.ended(ending(within: 1)) }
        if !isOpen { unsent = [] }
      }
    } catch {
      drainComplaints()
      if !isReaped { _ = ending(within: 0) }
      throw error
    }
  }

  /// Closes its input, gives it a moment to end, and kills what is left of its group.
  func stop() {
    guard !isReaped else { return }
    _ = ending(within: 0.5)
  }

  /// The first whole line that came in.
  private func nextLine() -> String? {
    guard let end = received.firstIndex(of: 0x0A) else { return nil }
    defer { received.removeSubrange(...end) }
    return String(decoding: received[..<end], as: UTF8.self)
  }

  /// Sends and receives what can be, and waits for it where nothing can.
  ///
  /// - Returns: False once standard output has ended.
  private func exchange(_ unsent: inout ArraySlice<UInt8>, milliseconds: Int32) -> Bool {
    var polled = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: saysMore ? error : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: unsent.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
    ]
    _ = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
    if polled[2].revents != 0 {
      let written = unsafe unsent.withUnsafeBytes { raw in
        unsafe write(input, raw.baseAddress, raw.count)
      }
      // Nobody reads: what it has said so far still counts.
      if written >= 0 { unsent = unsent.dropFirst(written) } else if errno == EPIPE { unsent = [] }
    }
    if polled[1].revents != 0 { drainComplaints() }
    return polled[0].revents == 0 || Self.drain(output, into: &received)
  }

  private func drainComplaints() {
    saysMore = Self.drain(error, into: &complaints)
    complaints.removeFirst(max(0, complaints.count - Self.complaintLimit))
  }

  /// Reads what is there, up to a limit at a time.
  ///
  /// - Returns: False at the end of the stream.
  private static func drain(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe chunk.withUnsafeMutableBytes { raw in
      unsafe read(descriptor, raw.baseAddress, raw.count)
    }
    if count > 0 { bytes += chunk[..<count] }
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
  }

  /// Says how the process ended; after a while it is killed, and then that is how.
  private func ending(within seconds: Double) -> String {
    close(input)
    let deadline = DispatchTime.now().uptimeNanoseconds &+ UInt64(seconds * 1e9)
    while !hasEnded && DispatchTime.now().uptimeNanoseconds < deadline { usleep(2000) }
    let endedAlone = hasEnded
    drainComplaints()
    // Before the process is reaped, so that the number of its group is still its own.
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 && errno == EINTR {}
    Interruption.childGroup.store(0, ordering: .sequentiallyConsistent)
    isReaped = true
    close(output)
    close(error)
    guard endedAlone else { return "closed its output and went on" }
    let signal = status & 0x7F
    // The shell reports a signal to its command as a status above 128.
    let code = (status >> 8) & 0xFF
    if signal != 0 { return "was ended by signal \(signal)" }
    return code > 128
      ? "ended with status \(code), as signal \(code - 128) does" : "ended with status \(code)"
  }

  /// Whether the process has ended, though nobody has asked yet how.
  private var hasEnded: Bool {
    var information = unsafe siginfo_t()
    let options = WEXITED | WNOHANG | WNOWAIT
    return unsafe waitid(P_PID, id_t(process), &information, options) == 0
      && information.si_signo == SIGCHLD
  }
}
