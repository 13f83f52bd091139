/// Numbers in arrays within arrays, all of one shape, as logits are written.
struct NestedNumbers<Scalar: BinaryFloatingPoint> {
  /// The number of elements on each level, from the outermost; none for one number.
  let shape: [Int]
  /// The numbers, the last index running fastest.
  let values: [Scalar]

  /// As many zeros.
  var zeros: [Scalar] { [Scalar](repeating: 0, count: values.count) }

  /// The place of a number, such as `[1][2]`.
  func path(of index: Int) -> String {
    var (rest, path) = (index, "")
    for size in shape.reversed() {
      path = "[\(rest % size)]" + path
      rest /= size
    }
    return path
  }

  /// The first index of the place of a number.
  func firstIndex(of index: Int) -> Int {
    shape.isEmpty ? 0 : index / shape[1...].reduce(1, *)
  }
}

extension Question {
  /// A number, or an array of numbers, or of arrays that have the same shape.
  func nested<Scalar: BinaryFloatingPoint>(_ name: String) throws -> NestedNumbers<Scalar> {
    var values: [Scalar] = []
    let shape = try gather(try value(name), name, at: name, row: nil, into: &values)
    return NestedNumbers(shape: shape, values: values)
  }

  /// Adds the numbers within a value.
  ///
  /// - Returns: The shape of the value.
  private func gather<Scalar: BinaryFloatingPoint>(
    _ value: JSONInput, _ name: String, at label: String, row: Int?, into values: inout [Scalar]
  ) throws -> [Int] {
    if case .numbers(let numbers) = value {
      values += numbers.lazy.map { Scalar($0) }
      return [numbers.count]
    }
    guard let elements = value.elements else {
      values.append(Scalar(try number(value, name: name, at: label, index: row)))
      return []
    }
    let isNested = elements.contains { $0.elements != nil }
    if !isNested {
      values += try numbers(value, name: name, label: label, row: row).map { Scalar($0) }
      return [elements.count]
    }
    var shape: [Int]?
    for (i, element) in elements.enumerated() {
      let place = "\(label)[\(i)]"
      let own = try gather(element, name, at: place, row: row ?? i, into: &values)
      if let shape, shape != own {
        throw AnswerError(
          "size_mismatch", argument: name, index: row ?? i,
          """
          \(place) is \(described(own)), and \(label)[0] is \(described(shape)); \
          all rows must be alike
          """)
      }
      shape = own
    }
    return [elements.count] + (shape ?? [])
  }
}

/// A shape in words.
func described(_ shape: [Int]) -> String {
  switch shape.count {
  case 0: "a number"
  case 1: counted(shape[0], "number")
  default: "\(shape.map(String.init).joined(separator: " × ")) numbers"
  }
}

extension JSONTree {
  /// Numbers as arrays within arrays.
  static func nested<Scalar: BinaryFloatingPoint>(
    _ values: ArraySlice<Scalar>, shape: ArraySlice<Int>
  ) -> JSONTree {
    guard let size = shape.first else { return .number(values.first.map { Double($0) } ?? 0) }
    guard size > 0 else { return .array([]) }
    let rest = shape.dropFirst()
    let step = values.count / size
    return .array(
      (0..<size).map { i in
        let start = values.startIndex + i * step
        return nested(values[start..<start + step], shape: rest)
      })
  }
}
