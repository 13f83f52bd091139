import Foundation

/// A file that can be read from its start as often as needed.
///
/// What cannot be read twice (a pipe, a terminal) is first copied to a temporary
/// file without a name, which is gone when the program ends, however it ends.
final class InputFile {
  /// What messages call the file.
  let name: String
  private let descriptor: Int32
  private let start: Int64
  /// The number of bytes from the start to the end.
  let size: Int64

  /// Opens a file; `-` is standard input.
  init(path: String) throws {
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
    case S_IFDIR:
      close(opened)
      throw Fault(.input, "\(name) is a directory, not a file: give the path of a CSV file")
    default:
      defer { close(opened) }
      (descriptor, size) = try Self.spool(opened, name: name)
      start = 0
    }
  }

  deinit { close(descriptor) }

  /// Fills a buffer from an index on with what the file holds from an offset on, and
  /// returns the number of bytes, fewer than there is room for only at the end.
  func read(into buffer: inout [UInt8], from index: Int, at offset: Int64) throws -> Int {
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

// MARK: - Spooling

extension InputFile {
  /// Copies what a descriptor gives to a temporary file without a name.
  private static func spool(
    _ source: Int32, name: String
  ) throws -> (descriptor: Int32, size: Int64) {
    let target = try openUnlinked()
    let progress = ProgressBar(title: "reading \(name)", total: nil)
    defer { progress.clear() }
    var size: Int64 = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    do {
      while true {
        let count = unsafe buffer.withUnsafeMutableBytes { raw in
          unsafe Foundation.read(source, raw.baseAddress, raw.count)
        }
        if count == 0 { return (target, size) }
        if count < 0 {
          if errno == EINTR { continue }
          throw unreadable(name)
        }
        // An endless device would fill the disk, so that binaries are refused here already.
        if buffer[..<count].contains(0) { throw Fault(.data, TextCheck.nulMessage(in: name)) }
        try Terminal.write(Array(buffer[..<count]), to: target)
        size += Int64(count)
        progress.advance(by: count)
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
