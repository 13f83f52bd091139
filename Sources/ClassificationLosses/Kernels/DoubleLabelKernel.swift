import CInformationKernels
import InformationTheory

/// Cross-entropy of rows of doubles that have a class label each, by the kernels.
///
/// What the kernels leave goes to the definition: rows that are ignored, that lose +∞ or have
/// infinite logits other than −∞ or NaN, and rows with a logit between 600 and 1000 below the
/// largest, or with weights out of all bounds. Which rows these are depends on each row alone.
@safe
struct DoubleLabelKernel {
  private let logits: UnsafePointer<Double>
  private let labels: UnsafePointer<Int>
  private let sampleWeights: UnsafePointer<Double>?
  private let gradient, rowLosses: UnsafeMutablePointer<Double>?
  private let classWeights: [Double]?
  private let ignoreIndex: Int?
  private let upstream: Wide
  private let layout: ClassLayout

  /// The memory must outlive the kernel; the gradient may be the logits.
  ///
  /// - Returns: nil where the kernels do not have what is asked for.
  @unsafe
  init?<Scalar: InformationScalar>(
    _ logits: Span<Scalar>, _ labels: Span<Int>, _ sampleWeights: Span<Scalar>?,
    _ outputs: RowOutputs<Scalar>, classWeights: [Double]?, ignoreIndex: Int?, upstream: Wide,
    _ layout: ClassLayout
  ) {
    guard Scalar.self == Double.self && layout.stride == 1 && layout.classCount > 1,
      let logits = unsafe UnsafeRawPointer(logits.address), let labels = unsafe labels.address
    else { return nil }
    unsafe self.logits = unsafe logits.assumingMemoryBound(to: Double.self)
    unsafe self.labels = labels
    unsafe self.sampleWeights = unsafe UnsafeRawPointer(sampleWeights?.address)?
      .assumingMemoryBound(to: Double.self)
    unsafe gradient = UnsafeMutableRawPointer(outputs.gradient)?
      .assumingMemoryBound(to: Double.self)
    unsafe rowLosses = UnsafeMutableRawPointer(outputs.rowLosses)?
      .assumingMemoryBound(to: Double.self)
    self.classWeights = classWeights
    self.ignoreIndex = ignoreIndex
    self.upstream = upstream
    self.layout = layout
  }

  /// Adds the losses of some rows, and writes their outputs.
  ///
  /// - Returns: The rows that are left to the definition, in their order.
  func run(_ rows: Range<Int>, into result: inout LossResult) -> [Int] {
    var left: [Int] = []
    let room = room(rowCount: min(rows.count, kernelRowCount))
    unsafe withUnsafeTemporaryAllocation(
      byteCount: room.byteCount, alignment: KernelRoom.alignment
    ) { memory in
      let places = unsafe room.places(in: memory)
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: kernelRowCount) {
        let end = min(row + kernelRowCount, rows.upperBound)
        unsafe run(row..<end, places, &result, &left)
      }
    }
    return left
  }

  private var isWeighted: Bool { unsafe sampleWeights != nil || classWeights != nil }

  /// Losses and factors in two parts each, and two numbers for each class of a long row.
  private func room(rowCount: Int) -> KernelRoom {
    let isLong = layout.classCount > loss_kernel_few_classes
    return KernelRoom(
      scratch: isLong ? 2 * ((layout.classCount + 7) / 8 * 8) : 0, columns: isWeighted ? 4 : 2,
      rows: rowCount, isWeighted: false)
  }

  /// The label's class weight times the sample weight; 0 of a row that is ignored.
  private func weight(_ row: Int) -> Wide {
    let label = unsafe labels[row]
    if label == ignoreIndex { return .zero }
    let weight = unsafe sampleWeights.map { unsafe Wide($0[row]) } ?? .one
    return classWeights.map { weight * Wide($0[label]) } ?? weight
  }

  /// Does at most `kernelRowCount` rows.
  private func run(
    _ rows: Range<Int>, _ room: KernelRoom.Places, _ result: inout LossResult,
    _ left: inout [Int]
  ) {
    let start = rows.lowerBound
    var call = unsafe DoubleLabelRows()
    unsafe call.logits = logits + start * layout.classCount
    unsafe call.labels = labels + start
    unsafe call.gradient = gradient.map { unsafe $0 + start * layout.classCount }
    unsafe call.losses = room.losses
    unsafe call.lossRests = room.column(1)
    unsafe call.left = room.left
    unsafe call.apart = room.apart
    unsafe call.scratch = room.scratch
    unsafe call.rowCount = rows.count
    unsafe call.classCount = layout.classCount
    unsafe call.ignored = ignoreIndex ?? -1
    let factor = upstream.doubleDouble
    unsafe call.factor = (factor.high, factor.low)
    if isWeighted { unsafe setFactors(rows, room, &call) }
    unsafe exponentialTable.withUnsafeBufferPointer { powers in
      unsafe logarithmTable.withUnsafeBufferPointer { logarithms in
        unsafe call.powers = powers.baseAddress
        unsafe call.logarithms = logarithms.baseAddress
        unsafe KernelLevel.losses.cross_entropy_doubles(&call)
      }
    }
    unsafe take(rows, call, room, &result)
    for i in 0..<(unsafe call.leftCount) { left.append(start + Int(unsafe room.left[i])) }
  }

  /// What the derivatives of each row are multiplied by.
  @unsafe
  private func setFactors(
    _ rows: Range<Int>, _ room: KernelRoom.Places, _ call: inout DoubleLabelRows
  ) {
    let (factors, rests) = unsafe (room.column(2), room.column(3))
    for i in 0..<rows.count {
      let factor = (weight(rows.lowerBound + i) * upstream).doubleDouble
      unsafe factors[i] = factor.high
      unsafe rests[i] = factor.low
    }
    unsafe call.factors = UnsafePointer(factors)
    unsafe call.factorRests = UnsafePointer(rests)
  }

  /// Adds the losses, and writes them where they are asked for.
  @unsafe
  private func take(
    _ rows: Range<Int>, _ call: DoubleLabelRows, _ room: KernelRoom.Places,
    _ result: inout LossResult
  ) {
    let (losses, rests) = unsafe (room.losses, room.column(1))
    if isWeighted {
      for i in 0..<rows.count where unsafe losses[i] != 0 {
        let loss = unsafe Wide(DoubleDouble(high: losses[i], low: rests[i]))
        let weighted = loss * weight(rows.lowerBound + i)
        result.add(weighted)
        unsafe losses[i] = weighted.rounded
      }
    } else {
      unsafe result.total.add(call.sum)
      for i in 0..<(unsafe call.apartCount) {
        let row = unsafe Int(room.apart[i])
        unsafe result.total.add(losses[row])
        unsafe result.total.add(rests[row])
      }
    }
    guard let rowLosses = unsafe rowLosses else { return }
    for i in 0..<rows.count { unsafe rowLosses[rows.lowerBound + i] = losses[i] }
  }
}
