import CInformationKernels
import InformationTheory

/// A block of rows of a linear cross-entropy, with the memory that all blocks share.
///
/// The classes are worked on by tiles, and the tiles by chunks, one after another on one
/// thread. A chunk has its own sums for the hidden states, which are added in the order
/// of the chunks, so that nothing depends on the threads.
@safe
final class LinearBlock {
  /// The rows of a block.
  static let rowLimit = Int(linear_kernel_rows)
  private static let tileSize = Int(linear_kernel_classes)
  private static let panelWidth = Int(linear_kernel_columns)
  /// The most chunks that there are.
  private static let mostChunks = 8

  private let shape: LinearShape
  private let weight: UnsafePointer<Float>?
  private let bias: UnsafePointer<Float>?
  private let kernels: LinearKernels
  private let tileCount: Int
  private let tilesPerChunk: Int
  private let chunkCount: Int
  private let nanoseconds: Int
  private let wantsHidden: Bool
  private let holdsLogits: Bool
  private var rows: ArraySlice<Int> = []

  private let hiddenByRow: Room<Float>
  private let hiddenByColumn: Room<Float>
  private let labels: Room<Int>
  private let logits: Room<Float>
  private let labelLogits: Room<Float>
  private let tilePeaks: Room<Float>
  private let tileSums: Room<Double>
  private let peaks: Room<Float>
  private let scales: Room<Double>
  private let labelSlopes: Room<Double>
  private let hiddenSums: Room<Float>
  private let biasSums: Room<Double>?

  init(
    _ shape: LinearShape, _ weight: Span<Float>, _ bias: Span<Float>?, blockCount: Int,
    wantsHidden: Bool, wantsWeight: Bool, wantsBias: Bool
  ) {
    self.shape = shape
    self.wantsHidden = wantsHidden
    // The spans outlive this object, and what they stand for does not move.
    unsafe self.weight = weight.withUnsafeBufferPointer { $0.baseAddress }
    unsafe self.bias = bias?.withUnsafeBufferPointer { $0.baseAddress }
    unsafe kernels = linear_kernels(KernelLevel.current).pointee
    holdsLogits = wantsHidden || wantsWeight || wantsBias
    tileCount = (shape.classCount + Self.tileSize - 1) / Self.tileSize
    tilesPerChunk = (tileCount + Self.mostChunks - 1) / Self.mostChunks
    chunkCount = (tileCount + tilesPerChunk - 1) / tilesPerChunk
    // A product and a sum of 32 rows take about a nanosecond; short blocks count as what
    // all of them take, as the threads are then worth it too.
    let block = shape.classCount * shape.width
    nanoseconds = block > 100_000 ? block * blockCount : block

    let lanes = Self.rowLimit
    let columns = (shape.width + Self.panelWidth - 1) / Self.panelWidth * Self.panelWidth
    hiddenByRow = Room(shape.width * lanes)
    hiddenByColumn = Room(wantsWeight ? columns * lanes : 0)
    labels = Room(lanes)
    logits = Room((holdsLogits ? tileCount : chunkCount) * Self.tileSize * lanes)
    labelLogits = Room(lanes)
    tilePeaks = Room(tileCount * lanes)
    tileSums = Room(tileCount * lanes)
    peaks = Room(lanes)
    scales = Room(lanes)
    labelSlopes = Room(lanes)
    hiddenSums = Room(wantsHidden ? chunkCount * shape.width * lanes : 0)
    biasSums = wantsBias ? Room(shape.classCount) : nil
    unsafe biasSums?.start.initialize(repeating: 0, count: shape.classCount)
  }

  /// Takes in the hidden states of some rows.
  func load(
    _ rows: ArraySlice<Int>, _ hidden: Span<Float>, _ classIndices: Span<Int>
  ) throws(InformationError) {
    self.rows = rows
    let (lanes, width, panel) = (Self.rowLimit, shape.width, Self.panelWidth)
    hiddenByRow.clear()
    hiddenByColumn.clear()
    peaks.clear()
    scales.clear()
    for (lane, row) in rows.enumerated() {
      unsafe labels.start[lane] = classIndices[row]
      let byRow = unsafe hiddenByRow.start + (lane / panel * panel * width + lane % panel)
      for d in 0..<width {
        let value = hidden[row * width + d]
        guard value.magnitude <= 0x1p60 else {
          throw .badHidden(row: row, column: d, value)
        }
        unsafe byRow[d * panel] = value
        if hiddenByColumn.count == 0 { continue }
        unsafe hiddenByColumn.start[d / panel * panel * lanes + lane * panel + d % panel] = value
      }
    }
  }

  /// A tile of classes, its logits in memory of its own or of its chunk.
  private func tile(_ index: Int, ofChunk chunk: Int) -> LinearTile {
    let first = index * Self.tileSize
    let left = shape.classCount - first
    let place = (holdsLogits ? index : chunk) * Self.tileSize * Self.rowLimit
    return unsafe LinearTile(
      weight: weight.map { unsafe $0 + first * shape.width }, bias: bias.map { unsafe $0 + first },
      labels: UnsafePointer(labels.start), hiddenByRow: UnsafePointer(hiddenByRow.start),
      hiddenByColumn: UnsafePointer(hiddenByColumn.start), logits: logits.start + place,
      width: shape.width, classCount: min(left, Self.tileSize), rowCount: rows.count,
      classesLeft: left, firstClass: first,
      readsWeightsNext: wantsHidden ? 1 : 0)
  }

  private func tiles(ofChunk chunk: Int) -> Range<Int> {
    chunk * tilesPerChunk..<min((chunk + 1) * tilesPerChunk, tileCount)
  }

  /// Computes the logits and what the losses need of them.
  func findLogits() throws(InformationError) {
    let lanes = Self.rowLimit
    let faults = try concurrently(chunkCount, nanoseconds: nanoseconds) { chunk -> Int? in
      for index in tiles(ofChunk: chunk) {
        var tile = unsafe tile(index, ofChunk: chunk)
        let fault = unsafe kernels.logits(&tile, labelLogits.start)
        if fault >= 0 { return index * Self.tileSize * lanes + fault }
        unsafe kernels.sums(
          &tile, tilePeaks.start + index * lanes, tileSums.start + index * lanes)
      }
      return nil
    }
    guard let fault = faults.lazy.compactMap({ $0 }).first else { return }
    throw .badLogit(row: rows[rows.startIndex + fault % lanes], class: fault / lanes)
  }

  /// What was found of a row.
  func row(_ lane: Int, named row: Int) throws(InformationError) -> LinearRow {
    var found = unsafe LinearRow(labelLogit: labelLogits.start[lane])
    for index in 0..<tileCount {
      let place = index * Self.rowLimit + lane
      unsafe found.add(peak: tilePeaks.start[place], sum: tileSums.start[place])
    }
    if found.isImpossible { throw .noPossibleClass(row: row) }
    return found
  }

  /// Sets what the derivatives of a row are made of.
  func set(
    _ slopes: LinearRow.Slopes, _ lane: Int, named row: Int
  ) throws(InformationError) {
    for slope in [slopes.scale, slopes.ofLabel] where !(slope.magnitude <= 0x1p40) {
      throw .badSlope(row: row, slope)
    }
    unsafe peaks.start[lane] = slopes.peak
    unsafe scales.start[lane] = slopes.scale
    unsafe labelSlopes.start[lane] = slopes.ofLabel
  }

  /// Computes the derivatives, and adds those by the weights to what is there, or begins.
  func findGradients(
    _ weightGradient: inout MutableSpan<Float>?, isFirst: Bool
  ) throws(InformationError) {
    guard holdsLogits else { return }
    let gradient = unsafe weightGradient?.withUnsafeMutableBufferPointer {
      $0.baseAddress
    }
    var slopes = unsafe LinearRows(
      peaks: peaks.start, scales: scales.start, labelSlopes: labelSlopes.start)
    let sumCount = shape.width * Self.rowLimit
    _ = try unsafe withUnsafePointer(to: &slopes) { slopes throws(InformationError) in
      try concurrently(chunkCount, nanoseconds: 2 * nanoseconds) { chunk in
        for index in tiles(ofChunk: chunk) {
          var tile = unsafe tile(index, ofChunk: chunk)
          let first = Int(unsafe tile.firstClass)
          unsafe kernels.slopes(&tile, slopes, biasSums.map { unsafe $0.start + first })
          if let gradient = unsafe gradient {
            unsafe kernels.weight_gradient(
              &tile, gradient + first * shape.width, isFirst ? 1 : 0)
          }
          if wantsHidden {
            let isFirstTile = index == tiles(ofChunk: chunk).lowerBound
            unsafe kernels.hidden_gradient(
              &tile, hiddenSums.start + chunk * sumCount, isFirstTile ? 1 : 0)
          }
        }
      }
    }
  }

  /// Adds up what the chunks found of the derivatives by the hidden states.
  func writeHiddenGradient(
    _ gradient: inout MutableSpan<Float>?
  ) throws(InformationError) {
    guard wantsHidden else { return }
    let sumCount = shape.width * Self.rowLimit
    for (lane, row) in rows.enumerated() {
      for d in 0..<shape.width {
        var sum = 0.0
        for chunk in 0..<chunkCount {
          sum += Double(unsafe hiddenSums.start[chunk * sumCount + d * Self.rowLimit + lane])
        }
        let value = Float(sum)
        guard value.isFinite else { throw .hiddenGradientOverflow(row: row) }
        gradient?[row * shape.width + d] = value + 0
      }
    }
  }

  /// Writes the derivatives by the biases of all blocks.
  func writeBiasGradient(_ gradient: inout MutableSpan<Float>?) {
    guard let biasSums else { return }
    for c in 0..<shape.classCount { unsafe gradient?[c] = Float(biasSums.start[c]) + 0 }
  }
}

/// Memory for so many numbers, from the start of a cache line on.
@safe
private final class Room<Number: BitwiseCopyable & Numeric> {
  let start: UnsafeMutablePointer<Number>
  let count: Int

  init(_ count: Int) {
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Number>.stride, alignment: 64)
    unsafe start = memory.bindMemory(to: Number.self, capacity: max(count, 1))
  }

  deinit { unsafe start.deallocate() }

  /// Fills it with zeros.
  func clear() { unsafe start.initialize(repeating: 0, count: count) }
}
