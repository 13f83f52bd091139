/// A quantity of some variables, apart from what the cells' masses are made of.
protocol JointQuantity {
  /// The quantity in nats.
  ///
  /// - Parameter table: All cells that have mass, with their exact masses.
  /// - Returns: The quantity, right to more digits than a double has.
  func value<Mass: ExactMass>(of table: CellTable<Mass>) -> DoubleDouble
}

extension JointDistribution {
  /// The quantity of this distribution, computed in the narrowest exact form of its
  /// masses.
  func value(of quantity: some JointQuantity) -> DoubleDouble {
    let columns = names.indices.map { codeColumn($0) }
    switch weights {
    case .counts(let counts):
      if counts.reduce(0, +) <= 1 << 53 {
        return quantity.value(of: CellTable(columns: columns, masses: counts))
      }
      return quantity.value(of: CellTable(columns: columns, masses: counts.map { UInt128($0) }))
    case .masses(let masses):
      return quantity.value(ofMasses: masses, columns: columns)
    }
  }
}

extension JointQuantity {
  /// The quantity of positive masses.
  func value(ofMasses masses: [Double], columns: [CodeColumn]) -> DoubleDouble {
    if let fixed = FixedPoint.integers(masses) {
      return value(of: CellTable(columns: columns, masses: fixed))
    }
    return value(
      of: CellTable(columns: columns, masses: masses.map { WideMass(parts: [$0]) }))
  }
}

/// Positive doubles as integers over one power of two.
enum FixedPoint {
  /// The integers, or nil where they would sum to 2¹²⁶ or more.
  static func integers(_ masses: [Double]) -> [UInt128]? {
    var (lowest, highest) = (Int.max, Int.min)
    for mass in masses {
      let (exponent, significand) = mass.binaryParts
      let bits = (significand.bitPattern & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000
      lowest = min(lowest, exponent - 52 + bits.trailingZeroBitCount)
      highest = max(highest, exponent)
    }
    guard highest - lowest + 1 + masses.count.bitsOfLargestCode <= 126 else { return nil }
    return masses.map { mass in
      let (exponent, significand) = mass.binaryParts
      let bits = (significand.bitPattern & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000
      let shift = exponent - 52 - lowest
      return shift >= 0 ? UInt128(bits) << UInt128(shift) : UInt128(bits) >> UInt128(-shift)
    }
  }
}
