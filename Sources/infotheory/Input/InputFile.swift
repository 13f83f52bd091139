import Foundation

/// A file that can be read from its start as often as needed.
///
/// What cannot be read twice (a pipe, a terminal) is first copied to a temporary
/// file without a name, which is gone when the program ends, however it ends. Only
/// NumPy's format, which says ahead how long it is, may be read as it comes, once.
final class InputFile {
  /// What messages call the file.
  let name: String
  private let descriptor: Int32
  private let start: Int64
  /// The number of bytes from the start to the end; nil where they are read as they come.
  let size: Int64?
  /// What came so far, where bytes are read as they come.
  private var arrivals: Arrivals?

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The path; `-` is standard input.
  ///   - streamsNumPy: Whether NumPy's format is read as it comes, instead of copied.
  /// - Throws: A ``Fault`` where the file is missing or cannot be read.
  init(path: String, streamsNumPy: Bool = false) throws {
    let isStandardInput = path == "-"
    name = isStandardInput ? "standard input" : path
    let opened = isStandardInput ? dup(Terminal.input) : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Self.unreadable(name) }

    var status = stat()
    guard unsafe fstat(opened, &status) == 0 else {
      let fault = Self.unreadable(name)
      close(opened)
      throw fault
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      descriptor = opened
      start = isStandardInput ? Int64(max(0, lseek(opened, 0, SEEK_CUR))) : 0
      size = max(0, Int64(status.st_size) - start)
      arrivals = nil
    case S_IFDIR:
      close(opened)
      throw Fault(.input, "\(name) is a directory, not a file: give the path of a CSV file")
    default:
      start = 0
      do {
        let head = streamsNumPy ? try Self.head(of: opened, name: name) : []
        if head == NPYHeader.magic {
          (descriptor, size, arrivals) = (opened, nil, Arrivals(head: head))
          return
        }
        let (copy, count) = try Self.spool(opened, name: name, head: head)
        (descriptor, size, arrivals) = (copy, count, nil)
        close(opened)
      } catch {
        close(opened)
        throw error
      }
    }
  }

  deinit { close(descriptor) }

  /// Fills a buffer from an index on with what the file holds from an offset on, and
  /// returns the number of bytes, fewer than there is room for only at the end.
  func read(into buffer: inout [UInt8], from index: Int, at offset: Int64) throws -> Int {
    guard arrivals == nil else { return try receive(into: &buffer, from: index, at: offset) }
    var done = index
    while done < buffer.count {
      let count = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe pread(
          descriptor, UnsafeMutableRawBufferPointer(rebasing: raw[done...]).baseAddress,
          raw.count - done, off_t(start + offset + Int64(done - index)))
      }
      if count == 0 { break }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        throw Self.unreadable(name)
      }
    }
    return done - index
  }

  private static func unreadable(_ name: String) -> Fault {
    let hint = errno == ENOENT ? ": check the path" : ""
    return Fault(.input, "cannot read \(name): \(Terminal.lastSystemError())\(hint)")
  }
}

// MARK: - Reading as it comes

extension InputFile {
  /// What came of a pipe.
  private struct Arrivals {
    /// As much as a header takes at most, for it is read in pieces and once more.
    private static let longestHead = NPYHeader.longest + 12

    private(set) var head: [UInt8]
    private(set) var count: Int64

    init(head: [UInt8]) { (self.head, count) = (head, Int64(head.count)) }

    /// Notes bytes that have come after all others.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
      if count == Int64(head.count) { head += bytes.prefix(Self.longestHead - head.count) }
      count += Int64(bytes.count)
    }
  }

  /// Fills a buffer with what was kept of the beginning, or with what comes next.
  private func receive(
    into buffer: inout [UInt8], from index: Int, at offset: Int64
  ) throws -> Int {
    guard var arrivals else { return 0 }
    let kept = arrivals.head.dropFirst(Int(clamping: offset)).prefix(buffer.count - index)
    buffer.replaceSubrange(index..<(index + kept.count), with: kept)
    var done = index + kept.count
    precondition(
      done == buffer.count || offset + Int64(kept.count) == arrivals.count,
      "a pipe is read in order")
    while done < buffer.count {
      let count = try Self.some(of: descriptor, into: &buffer, from: done, name: name)
      if count == 0 { break }
      arrivals.add(buffer[done..<(done + count)])
      done += count
    }
    self.arrivals = arrivals
    return done - index
  }

  /// The first bytes of a pipe, as many as tell NumPy's format from others.
  private static func head(of source: Int32, name: String) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: NPYHeader.magic.count)
    var done = 0
    while done < bytes.count {
      let count = try some(of: source, into: &bytes, from: done, name: name)
      if count == 0 { break }
      done += count
    }
    return Array(bytes[..<done])
  }

  /// Reads what is there of a pipe, which is nothing at its end only.
  private static func some(
    of source: Int32, into buffer: inout [UInt8], from index: Int, name: String
  ) throws -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe Foundation.read(
          source, UnsafeMutableRawBufferPointer(rebasing: raw[index...]).baseAddress,
          raw.count - index)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw unreadable(name) }
    }
  }
}

// MARK: - Spooling

extension InputFile {
  /// Copies what a descriptor gives to a temporary file without a name.
  private static func spool(
    _ source: Int32, name: String, head: [UInt8]
  ) throws -> (descriptor: Int32, size: Int64) {
    let target = try openUnlinked()
    let progress = ProgressBar(title: "reading \(name)", total: nil)
    defer { progress.clear() }
    var size: Int64 = 0
    var buffer = head + [UInt8](repeating: 0, count: 1 << 18)
    var count = head.count
    do {
      while true {
        if count == 0 { count = try some(of: source, into: &buffer, from: 0, name: name) }
        if count == 0 { return (target, size) }
        // An endless device would fill the disk, so that binaries are refused here already.
        if buffer[..<count].contains(0) { throw Fault(.data, TextCheck.nulMessage(in: name)) }
        try Terminal.write(Array(buffer[..<count]), to: target)
        size += Int64(count)
        progress.advance(by: count)
        count = 0
      }
    } catch {
      close(target)
      if let fault = error as? Fault, fault.kind == .output {
        let directory = FileManager.default.temporaryDirectory.path
        throw Fault(
          .output,
          """
          cannot keep \(name) in \(directory) to read it twice: \(fault.message); \
          set TMPDIR to a directory with more room
          """)
      }
      throw error
    }
  }

  private static func openUnlinked() throws -> Int32 {
    let directory = FileManager.default.temporaryDirectory.path
    var template = Array("\(directory)/infotheory-XXXXXX".utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer { characters in
      guard let base = characters.baseAddress else { return Int32(-1) }
      let descriptor = unsafe mkstemp(base)
      if descriptor >= 0 { unsafe unlink(base) }
      return descriptor
    }
    guard descriptor >= 0 else {
      throw Fault(
        .output,
        """
        cannot make a temporary file in \(directory): \(Terminal.lastSystemError()); \
        set TMPDIR to a directory that can be written
        """)
    }
    return descriptor
  }
}
