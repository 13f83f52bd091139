import Synchronization

/// A bar on standard error for long work, if a person watches; otherwise nothing.
final class ProgressBar {
  private let title: String
  private let total: Int64?
  private let isVisible: Bool
  private let start = ContinuousClock.now
  private var lastDrawn = ContinuousClock.now
  private var done: Int64 = 0

  /// Creates a bar that is not drawn before the work has taken a while.
  ///
  /// - Parameters:
  ///   - title: What is being done.
  ///   - total: The number of bytes to go through, if known.
  ///   - isVisible: Whether to draw at all.
  init(
    title: String, total: Int64?, isVisible: Bool = Terminal.isInteractive(Terminal.error)
  ) {
    self.title = title
    self.total = total
    self.isVisible = isVisible
  }

  /// Notes that more bytes are done, and draws ten times a second at most.
  func advance(by count: Int) {
    done += Int64(count)
    guard isVisible else { return }
    let now = ContinuousClock.now
    guard now - lastDrawn >= .milliseconds(100) else { return }
    lastDrawn = now
    let line = Self.line(title: title, done: done, total: total, elapsed: now - start)
    Interruption.barIsVisible.store(true, ordering: .relaxed)
    try? Terminal.write(Array("\r\(line)\u{1B}[K".utf8), to: Terminal.error)
  }

  /// Wipes the bar off the terminal.
  func clear() {
    guard isVisible, Interruption.barIsVisible.load(ordering: .relaxed) else { return }
    try? Terminal.write(Array("\r\u{1B}[K".utf8), to: Terminal.error)
    Interruption.barIsVisible.store(false, ordering: .relaxed)
  }

  /// The text of the bar, at most 79 columns wide.
  static func line(title: String, done: Int64, total: Int64?, elapsed: Duration) -> String {
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let rate = seconds > 0 ? Double(done) / seconds : 0
    let speed = "\(Int(rate / 1e6)) MB/s"
    let name = title.count > 24 ? String(title.prefix(23)) + "…" : title
    guard let total, total > 0 else { return "\(name)  \(done / 1_000_000) MB  \(speed)" }
    let fraction = min(1, Double(done) / Double(total))
    let width = 20
    let full = Int(fraction * Double(width))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    let remaining = rate > 0 ? Int((Double(max(0, total - done)) / rate).rounded(.up)) : 0
    // Beyond a day or so nobody waits for the minute.
    let clock =
      remaining < 100_000
      ? "\(remaining / 60):\(remaining % 60 < 10 ? "0" : "")\(remaining % 60)" : "days"
    return "\(name)  \(bar) \(Int(fraction * 100))%  \(speed)  \(clock) left"
  }
}
