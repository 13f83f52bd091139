import Foundation

@testable import infotheory

/// Bytes as files that the tool can open.
enum FuzzedFile {
  struct NotMade: Error {}

  /// Calls a closure with the path of a file that holds bytes, gone afterwards.
  static func asFile<Result>(
    _ bytes: [UInt8], _ body: (_ path: String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array("\(folder)/infotheory-fuzz-XXXXXX".utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer { characters in
      guard let base = characters.baseAddress else { return Int32(-1) }
      return unsafe mkstemp(base)
    }
    guard descriptor >= 0 else { throw NotMade() }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      close(descriptor)
      unsafe unlink(path)
    }
    try Terminal.write(bytes, to: descriptor)
    return try body(path)
  }

  /// Calls a closure with the path of a pipe that gives few bytes and ends.
  static func asPipe<Result>(
    _ bytes: [UInt8], _ body: (_ path: String) throws -> Result
  ) throws -> Result {
    precondition(bytes.count <= 1 << 16, "more than a pipe holds")
    let pipe = Pipe()
    try Terminal.write(bytes, to: pipe.fileHandleForWriting.fileDescriptor)
    try pipe.fileHandleForWriting.close()
    defer { try? pipe.fileHandleForReading.close() }
    return try body("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
  }

  /// What a closure returns, or nil where the data are at fault.
  ///
  /// - Throws: What the closure throws for any other reason.
  static func unlessBad<Result>(_ body: () throws -> Result) throws -> Result? {
    do {
      return try body()
    } catch let fault as Fault where fault.kind == .data {
      try demand(!fault.message.isEmpty, "a fault without a message")
      return nil
    } catch let fault as Fault {
      throw Finding("a fault of kind \(fault.kind): \(fault.message)")
    }
  }
}
