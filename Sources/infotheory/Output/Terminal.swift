import Foundation
import Synchronization

/// The standard streams, written without a buffer.
enum Terminal {
  static let input: Int32 = 0
  static let output: Int32 = 1
  static let error: Int32 = 2

  /// Whether a stream is a terminal, which a person watches.
  static func isInteractive(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Writes all of the text to standard output.
  ///
  /// - Throws: A ``Fault`` when nothing can be written, ``ClosedPipe`` when nobody reads.
  static func print(_ text: String) throws { try write(Array(text.utf8), to: output) }

  /// Writes all bytes to a stream.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { raw in
        unsafe Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: raw[done...]).baseAddress, raw.count - done)
      }
      if written >= 0 {
        done += written
      } else if errno == EPIPE {
        throw ClosedPipe()
      } else if errno != EINTR && errno != EAGAIN {
        throw Fault(.output, "cannot write the output: \(lastSystemError())")
      }
    }
  }

  /// Says something on standard error; if nobody can hear it, nothing is lost.
  static func complain(_ text: String) { try? write(Array((text + "\n").utf8), to: error) }

  /// The meaning of `errno`.
  static func lastSystemError() -> String { unsafe String(cString: strerror(errno)) }
}

/// Nobody reads the output any more, which is no fault.
struct ClosedPipe: Error {}

/// What Ctrl-C does: clear the progress bar if there is one, end the program that is being
/// examined if there is one, and stop with status 130.
///
/// Output is written in one piece at the end and the spool file has no name, so
/// that nothing else is left behind.
enum Interruption {
  /// Whether a progress bar stands on the terminal's last line.
  static let barIsVisible = Atomic<Bool>(false)
  /// The group of a process that must not outlive this one; 0 where there is none.
  static let childGroup = Atomic<pid_t>(0)

  /// Installs the handlers; call it once, first.
  static func prepare() {
    // Touched here, because a signal handler must not initialise a global.
    barIsVisible.store(false, ordering: .sequentiallyConsistent)
    childGroup.store(0, ordering: .sequentiallyConsistent)
    // A parent may have started this process from a thread that blocks signals.
    mask(SIG_UNBLOCK)
    _ = signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        if Interruption.barIsVisible.load(ordering: .relaxed) {
          // Carriage return, then "erase to the end of the line".
          var bytes: (UInt8, UInt8, UInt8, UInt8) = (0x0D, 0x1B, 0x5B, 0x4B)
          _ = unsafe Foundation.write(2, &bytes, 4)
        }
        let group = Interruption.childGroup.load(ordering: .sequentiallyConsistent)
        if group > 0 { kill(-group, SIGKILL) }
        _exit(128 + number)
      }
    }
  }

  /// Calls a function that no signal to stop interrupts; one that comes waits for its end.
  static func blocked<Result>(_ body: () throws -> Result) rethrows -> Result {
    mask(SIG_BLOCK)
    defer { mask(SIG_UNBLOCK) }
    return try body()
  }

  private static func mask(_ how: Int32) {
    var stopping = sigset_t()
    _ = unsafe sigemptyset(&stopping)
    _ = unsafe sigaddset(&stopping, SIGINT)
    _ = unsafe sigaddset(&stopping, SIGTERM)
    _ = unsafe pthread_sigmask(how, &stopping, nil)
  }
}
