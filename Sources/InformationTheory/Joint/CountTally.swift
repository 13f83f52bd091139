/// How often each count occurs among some counts: a logarithm for each is enough.
struct CountTally {
  /// With fewer cells than this there is nothing to save.
  static let fewestCells = 1000

  /// How many counts there are.
  private(set) var total = 0
  /// How often each small count occurs.
  private var small = [Int](repeating: 0, count: 4096)
  private var large: [Int] = []

  init() {}

  init(_ counts: [Int]) {
    for count in counts { add(count) }
  }

  /// Includes a count.
  @inline(__always)
  mutating func add(_ count: Int) {
    total += 1
    if count < small.count { small[count] += 1 } else { large.append(count) }
  }

  /// Σ n log n, with a relative error below 2⁻⁶⁵.
  var sumOfLogarithms: DoubleDouble {
    var sum = ExactSum()
    for (count, times) in small.enumerated() where times > 0 && count > 1 {
      sum.add(.log(Double(count)) * Double(times * count))
    }
    for count in large { sum.add(.log(Double(count)) * Double(count)) }
    return sum.doubleDouble
  }

  /// Returns N·I as the difference Σ n(x, y) log n(x, y) − Σ n(x) log n(x)
  /// − Σ n(y) log n(y) + N log N where that is right, and otherwise nil.
  ///
  /// The sums are within 2⁻⁶⁵ of their size. So the difference is as good as a sum of
  /// terms that are never negative if at least 2⁻⁸ of its parts is left: its error is
  /// then below an eighth of the last bit. Nearly independent labels leave less, and
  /// need the terms. This way costs a logarithm for each count that occurs.
  static func information(
    joint: CountTally, xs: CountTally, ys: CountTally, whole: Int
  ) -> DoubleDouble? {
    guard joint.total >= fewestCells else { return nil }
    let total = DoubleDouble.log(Double(whole)) * Double(whole)
    let positive = joint.sumOfLogarithms + total
    let negative = xs.sumOfLogarithms + ys.sumOfLogarithms
    let difference = positive - negative
    return difference.high > 0x1p-8 * positive.high ? difference : nil
  }
}

extension Int {
  static func quickInformation(
    joint: [Int], xs: [Int], ys: [Int], whole: Int
  ) -> DoubleDouble? {
    guard joint.count >= CountTally.fewestCells else { return nil }
    return CountTally.information(
      joint: CountTally(joint), xs: CountTally(xs), ys: CountTally(ys), whole: whole)
  }
}
