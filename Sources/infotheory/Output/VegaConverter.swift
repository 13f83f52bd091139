import Foundation

/// The Python package vl-convert, which draws Vega-Lite without a browser or a network.
enum VegaConverter {
  /// Makes pictures, and the script that draws charts in pages; exits with 3 where the
  /// package is missing.
  private static let program = """
    import sys
    try:
        import vl_convert
    except ImportError:
        sys.exit(3)
    kind, path, version = sys.argv[1], sys.argv[2], "5.21"
    text = sys.stdin.read()
    if kind == "png":
        result = vl_convert.vegalite_to_png(text, vl_version=version, scale=2)
    elif kind == "svg":
        result = vl_convert.vegalite_to_svg(text, vl_version=version).encode()
    else:
        result = vl_convert.javascript_bundle(vl_version=version).encode()
    with open(path, "wb") as file:
        file.write(result)
    """

  /// Returns the picture of a chart as a file of a kind, or the script.
  static func run(_ kind: String, _ specification: String) throws -> Data {
    let result = FileManager.default.temporaryDirectory
      .appendingPathComponent("infotheory-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: result) }
    let process = Process()
    let (input, complaint) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program, kind, result.path]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = complaint
    do {
      try process.run()
    } catch {
      throw missing
    }
    // A program that ends early closes the pipe; its status says why.
    try? input.fileHandleForWriting.write(contentsOf: Data(specification.utf8))
    try? input.fileHandleForWriting.close()
    let message = (try? complaint.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    switch process.terminationStatus {
    case 0:
      if let data = try? Data(contentsOf: result) { return data }
    // env has no python3, or that has no vl_convert.
    case 127, 3: throw missing
    default: break
    }
    let last = String(decoding: message, as: UTF8.self).split(separator: "\n").last ?? ""
    throw Fault(.software, "vl-convert failed to draw the chart: \(last)")
  }

  private static let missing = Fault(
    .unavailable,
    """
    drawing needs Python 3 and its package vl-convert-python: install it by \
    'python3 -m pip install vl-convert-python', if need be in a virtual environment that is \
    active; or give --plot a name that ends in .json, which needs neither
    """)
}
