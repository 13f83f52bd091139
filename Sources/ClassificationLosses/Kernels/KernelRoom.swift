import CInformationKernels
import InformationTheory

/// How much memory goes to the kernels of losses with some rows, and comes back from them.
struct KernelRoom {
  private let rows: Int
  private let columns: Int
  private let isWeighted: Bool
  private let scratch: Int

  /// Room for numbers of a row's classes, and for some columns of numbers of rows, of which
  /// the first are their losses.
  init(scratch: Int, columns: Int, rows: Int, isWeighted: Bool) {
    // The kernels work on groups of eight.
    self.rows = (rows + 7) / 8 * 8
    self.columns = columns
    self.isWeighted = isWeighted
    self.scratch = scratch
  }

  private var doubleCount: Int { scratch + (columns + (isWeighted ? 2 : 0)) * rows }

  /// With what the way to the next line of the cache can take.
  var byteCount: Int { doubleCount * MemoryLayout<Double>.stride + 3 * rows + Self.lineSize }

  /// What is aligned more than this is never found on the stack.
  static let alignment = 16
  private static let lineSize = 64

  /// Where in that memory things are.
  @unsafe
  struct Places {
    let scratch, losses: UnsafeMutablePointer<Double>
    let weights, factors: UnsafeMutablePointer<Double>?
    let left, apart, rough: UnsafeMutablePointer<UInt8>
    fileprivate let rows: Int

    /// A column of numbers of rows.
    func column(_ index: Int) -> UnsafeMutablePointer<Double> { unsafe losses + index * rows }
  }

  @unsafe
  func places(in memory: UnsafeMutableRawBufferPointer) -> Places {
    // The numbers are never read before they are written.
    guard let start = memory.baseAddress else { preconditionFailure("there is no memory") }
    let line = unsafe start.alignedUp(toMultipleOf: Self.lineSize)
    let scratch = unsafe line.bindMemory(to: Double.self, capacity: doubleCount)
    let bytes = unsafe (line + doubleCount * MemoryLayout<Double>.stride)
      .bindMemory(to: UInt8.self, capacity: 3 * rows)
    let losses = unsafe scratch + self.scratch
    let weights = unsafe losses + columns * rows
    return unsafe Places(
      scratch: scratch, losses: losses, weights: isWeighted ? weights : nil,
      factors: isWeighted ? weights + rows : nil, left: bytes, apart: bytes + rows,
      rough: bytes + 2 * rows, rows: rows)
  }
}

extension LossSum {
  /// Multiplies the losses of rows by their weights, where there are any, and adds them.
  @unsafe
  mutating func add(
    _ sum: FixedPointSum, _ room: KernelRoom.Places, rowCount: Int, apartCount: Int
  ) {
    guard let weights = unsafe room.weights else {
      add(sum)
      for i in 0..<apartCount { unsafe add(room.losses[Int(room.apart[i])]) }
      return
    }
    for i in 0..<rowCount {
      unsafe room.losses[i] *= weights[i]
      unsafe add(room.losses[i])
    }
  }
}

/// The weight of a row, 1 where there are none.
@unsafe
func sampleWeight(_ weights: UnsafePointer<Float>?, _ row: Int) -> Wide {
  guard let weights = unsafe weights else { return .one }
  return unsafe Wide(Double(weights[row]))
}

extension ClassLayout {
  /// Whether a gradient is one that no cache holds: it goes past them, unless it takes the
  /// logits' place.
  @unsafe
  func isStreamed(
    _ gradient: UnsafeMutablePointer<Float>?, beside logits: UnsafePointer<Float>
  ) -> Bool {
    guard let gradient = unsafe gradient else { return false }
    return unsafe rowCount * classCount >= 1 << 21 && UnsafePointer(gradient) != logits
  }
}

extension UnsafeMutablePointer<Float> {
  /// Writes the derivatives of a row by its definition.
  @unsafe
  func write(
    _ row: some ClassLossRow, times factor: Wide, at index: Int, _ layout: ClassLayout
  ) {
    let output = unsafe UnsafeMutableBufferPointer(
      start: self, count: layout.rowCount * layout.classCount)
    var span = unsafe output.mutableSpan
    span.writeGradient(of: row, times: factor, at: index, layout)
  }
}
