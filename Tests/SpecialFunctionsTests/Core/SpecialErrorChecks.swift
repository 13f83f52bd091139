import SpecialFunctions
import Testing

/// Expects a typed error with a code, an argument, its value, and words in its message.
func expectSpecialError<Result>(
  _ code: SpecialFunctionError.Code, argument: String?, value: Double? = nil,
  says words: String..., at location: SourceLocation = #_sourceLocation,
  _ body: () throws -> Result
) {
  do {
    let result = try body()
    Issue.record("no error \(code) but \(result)", sourceLocation: location)
  } catch let error as SpecialFunctionError {
    #expect(error.code == code, "\(error)", sourceLocation: location)
    #expect(error.argument == argument, "\(error)", sourceLocation: location)
    // NaN is not equal to itself.
    if let value, !value.isNaN || error.value?.isNaN != true {
      #expect(error.value == value, "\(error)", sourceLocation: location)
    }
    for word in words {
      #expect(
        error.message.contains(word), "the message lacks \(word): \(error)",
        sourceLocation: location)
    }
  } catch {
    Issue.record("\(error) is not a SpecialFunctionError", sourceLocation: location)
  }
}
