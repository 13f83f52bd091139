import InformationTheory

/// Rows of a number for each class: rows × classes, one row alone, or (N, C, d₁, …), the
/// classes on the second level.
struct ClassRows<Scalar: InformationScalar> {
  let input: NestedNumbers<Scalar>
  let classCount: Int
  /// From one class of a row to the next.
  let classStride: Int
  /// The shape of what there is one of for each row.
  let rowShape: [Int]

  var values: [Scalar] { input.values }

  /// A zero for each row.
  var oneEach: [Scalar] { [Scalar](repeating: 0, count: rowShape.reduce(1, *)) }

  init(_ input: NestedNumbers<Scalar>, _ name: String) throws {
    guard !input.shape.isEmpty else {
      throw AnswerError(
        "wrong_type", argument: name, "\(name) is a number; it must be an array of rows")
    }
    self.input = input
    if input.shape == [0] {
      // No rows, and nobody knows how many classes they would have.
      (classCount, classStride, rowShape) = (1, 1, [0])
      return
    }
    let isRow = input.shape.count == 1
    classCount = input.shape[isRow ? 0 : 1]
    classStride = isRow ? 1 : input.shape[2...].reduce(1, *)
    rowShape = isRow ? [] : [input.shape[0]] + input.shape[2...]
    guard classCount > 0 && classStride > 0 else {
      throw AnswerError("empty", argument: name, "\(name) has rows without classes")
    }
  }

  /// Numbers that are a row each.
  init(elements input: NestedNumbers<Scalar>) {
    self.input = input
    (classCount, classStride, rowShape) = (1, 1, input.shape)
  }
}

extension Question {
  /// A whole number for each row.
  func classIndices<Scalar>(for rows: ClassRows<Scalar>, _ name: String) throws -> [Int] {
    let labels: NestedNumbers<Double> = try nested("class_indices")
    guard labels.shape == rows.rowShape || (rows.rowShape.isEmpty && labels.shape == [1]) else {
      throw AnswerError(
        "size_mismatch", argument: "class_indices",
        """
        class_indices is \(described(labels.shape)), and \(name) wants \
        \(described(rows.rowShape)) beside it
        """)
    }
    return try labels.values.enumerated().map { i, label in
      guard let index = Int(exactly: label) else {
        throw AnswerError(
          "bad_parameter", argument: "class_indices", index: labels.firstIndex(of: i),
          "class_indices\(labels.path(of: i)) is \(label); it must be a whole number")
      }
      return index
    }
  }

  /// A number for each class, rounded to a type; nil where the question has none.
  func perClass<Scalar>(
    _ name: String, for rows: ClassRows<Scalar>
  ) throws -> [Double]? {
    guard has(name) else { return nil }
    let weights = try numbers(name).map { Double(Scalar($0)) }
    guard weights.count == rows.classCount || rows.input.shape == [0] else {
      throw AnswerError(
        "size_mismatch", argument: name,
        """
        \(name) has \(counted(weights.count, "element")) for \
        \(rows.classCount == 1 ? "1 class" : "\(rows.classCount) classes"); give one for each
        """)
    }
    return rows.input.shape == [0] ? nil : weights
  }
}
