// Imported by every cell: how values are shown, and how errors are described.

/// One form of something to show: its MIME type and its bytes.
public struct DisplayPart: Sendable {
  /// The MIME type, such as `text/html`.
  public var type: String
  /// Text in UTF-8, or the bytes of an image.
  public var bytes: [UInt8]

  /// A form with these bytes.
  public init(type: String, bytes: [UInt8]) {
    self.type = type
    self.bytes = bytes
  }

  /// A form that is text.
  public init(type: String, text: String) { self.init(type: type, bytes: Array(text.utf8)) }
}

/// What shows itself as more than its description.
///
/// The forms are of one thing, from which the notebook takes the best that it can show;
/// the name of the type is added where none of them is plain text.
public protocol Displayable {
  /// The forms in which this can be shown, at least one.
  var displayParts: [DisplayPart] { get }
}

/// A picture as SVG text.
public struct SVG: Displayable {
  /// The text, which begins with `<svg`.
  public var text: String
  /// A picture from its text.
  public init(_ text: String) { self.text = text }
  /// The one form.
  public var displayParts: [DisplayPart] { [.init(type: "image/svg+xml", text: text)] }
}

/// A picture as the bytes of a PNG file.
public struct PNG: Displayable {
  /// The bytes of the file.
  public var bytes: [UInt8]
  /// A picture from the bytes of its file.
  public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
  /// The one form.
  public var displayParts: [DisplayPart] { [.init(type: "image/png", bytes: bytes)] }
}

/// A fragment of HTML.
public struct HTML: Displayable {
  /// The fragment.
  public var text: String
  /// A fragment from its text.
  public init(_ text: String) { self.text = text }
  /// The one form.
  public var displayParts: [DisplayPart] { [.init(type: "text/html", text: text)] }
}

/// A Vega-Lite 5 specification.
public struct VegaLite: Displayable {
  /// The specification as JSON.
  public var json: String
  /// A chart from its specification.
  public init(_ json: String) { self.json = json }
  /// The one form; the kernel adds a picture.
  public var displayParts: [DisplayPart] {
    [.init(type: "application/vnd.vegalite.v5+json", text: json)]
  }
}

/// Shows a value below what the cell has printed so far.
///
/// - Parameter value: A ``Displayable``, a chart of `Plots`, or anything that can be
///   described in text.
public func display<Value>(_ value: Value) { show(value, as: "display") }

/// Shows what the last expression of a cell gave; the kernel writes this call.
public func showNotebookResult<Value>(_ value: Value) {
  if !(value is Void) { show(value, as: "result") }
}

/// Names the type of what the last expression gave, where it cannot be copied.
public func showNotebookResult<Value: ~Copyable & ~Escapable>(_ value: borrowing Value) {
  show("\(Value.self)", as: "result")
}

/// How values of types that know nothing of ``Displayable`` are shown.
///
/// Each rule is asked in turn. The kernel adds one for the charts of `Plots`.
nonisolated(unsafe) public var displayRules: [(Any) -> [DisplayPart]?] = []

private func show(_ value: Any, as role: String) {
  var parts = (value as? any Displayable)?.displayParts ?? []
  for rule in displayRules where parts.isEmpty { parts = rule(value) ?? [] }
  if !parts.contains(where: { $0.type == "text/plain" }) {
    let text = parts.isEmpty ? String(describing: value) : "\(type(of: value))"
    parts.append(DisplayPart(type: "text/plain", text: text))
  }
  var payload = Array("\(role)\n".utf8)
  for part in parts {
    payload += "\(part.type) \(part.bytes.count)\n".utf8
    payload += part.bytes
  }
  payload.withUnsafeBufferPointer { sendShow($0.baseAddress, $0.count) }
}

@_silgen_name("notebook_show")
private func sendShow(_ payload: UnsafePointer<UInt8>?, _ count: Int)

/// Tells the runner the type and the text of an error that left a cell.
@_cdecl("notebook_describe_error")
public func describeNotebookError(
  _ error: UnsafeRawPointer, _ send: @convention(c) (UnsafePointer<UInt8>?, Int) -> Void
) {
  let error = unsafeBitCast(error, to: (any Error).self)
  let text = Array("\(type(of: error))\n\(error)".utf8)
  text.withUnsafeBufferPointer { send($0.baseAddress, $0.count) }
}
