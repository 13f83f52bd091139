import ClassificationLosses
import InformationTheory

/// What a question about a loss is answered with: a number or arrays of them.
struct LossAnswer {
  /// The loss, or one for each row.
  let value: JSONTree
  /// The derivatives, if they were asked for.
  let gradient: JSONTree?

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

  init(value: JSONTree, gradient: JSONTree? = nil) {
    self.value = value
    self.gradient = gradient
  }

  /// The fields of the answer.
  var fields: [(String, JSONTree)] {
    [("value", value)] + (gradient.map { [("gradient", $0)] } ?? [])
  }
}

extension LossAnswer {
  /// The answer that a result makes.
  ///
  /// - Parameters:
  ///   - result: The loss over all rows.
  ///   - rowLosses: The loss of each row, and their shape.
  ///   - gradient: The derivatives, in the shape of the input.
  ///   - options: What was asked for.
  /// - Throws: ``AnswerError`` where the value is a framework's NaN.
  init<Scalar: InformationScalar>(
    _ result: LossResult, rowLosses: NestedNumbers<Scalar>, gradient: NestedNumbers<Scalar>,
    _ options: LossOptions
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
    self.gradient =
      options.wantsGradient
      ? .nested(gradient.values[...], shape: gradient.shape[...]) : nil
  }
}
