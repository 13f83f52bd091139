import Foundation

/// Reads standard input, or another descriptor, line by line.
struct LineReader {
  /// What comes next in the input.
  enum Line: Equatable {
    /// A line's place in the buffer, without its line feed.
    case complete(Range<Int>)
    /// A line longer than the limit, whose bytes are gone.
    case tooLong
  }

  /// The longest line: 1 GiB.
  static let longestLine = 1 << 30

  private let descriptor: Int32
  private let limit: Int
  /// What the last line is in.
  private(set) var buffer: [UInt8]
  private let usualSize = 1 << 16
  private var start = 0
  private var filled = 0
  private var isAtEnd = false

  init(descriptor: Int32 = Terminal.input, limit: Int = Self.longestLine) {
    self.descriptor = descriptor
    self.limit = limit
    buffer = [UInt8](repeating: 0, count: usualSize)
  }

  /// The next line, or nil at the end of the input.
  mutating func next() throws -> Line? {
    makeRoom()
    var scanned = start
    var isTooLong = false
    while true {
      if let end = buffer[scanned..<filled].firstIndex(of: 0x0A) {
        let line = start..<end
        start = end + 1
        return isTooLong || line.count > limit ? .tooLong : .complete(line)
      }
      if filled - start > limit {
        isTooLong = true
        filled = start
      }
      scanned = filled
      if isAtEnd {
        let line = start..<filled
        start = filled
        return isTooLong ? .tooLong : line.isEmpty ? nil : .complete(line)
      }
      try fill()
    }
  }

  /// Moves what is left to the front, and gives back what a long line took.
  private mutating func makeRoom() {
    guard start > 0 else { return }
    let rest = filled - start
    if buffer.count > usualSize * 16 && rest <= usualSize {
      var small = [UInt8](repeating: 0, count: usualSize)
      small.replaceSubrange(..<rest, with: buffer[start..<filled])
      buffer = small
    } else if rest > 0 && start < buffer.count / 2 {
      return
    } else {
      for i in 0..<rest { buffer[i] = buffer[start + i] }
    }
    start = 0
    filled = rest
  }

  private mutating func fill() throws {
    if filled == buffer.count {
      buffer.append(contentsOf: repeatElement(0, count: buffer.count))
    }
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe read(
          descriptor, UnsafeMutableRawBufferPointer(rebasing: raw[filled...]).baseAddress,
          raw.count - filled)
      }
      if count > 0 {
        filled += count
        return
      }
      if count == 0 {
        isAtEnd = true
        return
      }
      guard errno == EINTR else {
        throw Fault(.input, "cannot read standard input: \(Terminal.lastSystemError())")
      }
    }
  }
}
