import ClassificationLosses
import InformationTheory

/// What a question about a loss is answered with: a number or arrays of them.
struct LossAnswer {
  /// The loss, or one for each row.
  let value: JSONTree
  /// The derivatives that were asked for.
  let derivatives: [(LossDerivative, JSONTree)]

  /// Calls the library, in the arithmetic that the question names.
  init(_ question: Question, measure: LossMeasure) throws {
    if try question.unit() != .nats {
      throw AnswerError("bad_parameter", argument: "unit", "losses are in nats")
    }
    let takesFloat =
      question.has("dtype")
      ? try question.choice("dtype", ["float64": false, "float32": true]) : false
    self =
      takesFloat
      ? try LossQuestion<Float>(question, measure).answer()
      : try LossQuestion<Double>(question, measure).answer()
  }

  init(value: JSONTree) {
    self.value = value
    derivatives = []
  }

  /// The fields of the answer.
  var fields: [(String, JSONTree)] {
    [("value", value)] + derivatives.map { ($0.rawValue, $1) }
  }
}

extension LossAnswer {
  /// The answer that a result makes.
  ///
  /// - Parameters:
  ///   - result: The loss over all rows.
  ///   - rowLosses: The loss of each row, and their shape.
  ///   - derivatives: The derivatives that there are, flattened.
  ///   - shape: The shape of the input and of every derivative.
  ///   - options: What was asked for.
  /// - Throws: ``AnswerError`` where the value is a framework's NaN.
  init<Scalar: InformationScalar>(
    _ result: LossResult, rowLosses: NestedNumbers<Scalar>,
    derivatives: KeyValuePairs<LossDerivative, [Scalar]>, shape: [Int], _ options: LossOptions
  ) throws {
    if options.isUnreduced {
      value = .nested(rowLosses.values[...], shape: rowLosses.shape[...])
    } else {
      let number = Double(Scalar(result.value))
      if number.isNaN {
        throw AnswerError(
          "empty",
          """
          there is nothing to take a mean of: \(options.preset?.name ?? "this") gives NaN, \
          which is no number; ask for "empty":"zero" or "reduction":"sum"
          """)
      }
      value = .number(number)
    }
    self.derivatives = derivatives.filter { options.wanted.contains($0.key) }
      .map { ($0.key, .nested($0.value[...], shape: shape[...])) }
  }
}
