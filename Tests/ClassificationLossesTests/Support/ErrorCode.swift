import InformationTheory

/// The code of the error that some work throws, nil where it throws none.
func errorCode(_ work: () throws -> Void) -> InformationError.Code? {
  do {
    try work()
  } catch let error as InformationError {
    return error.code
  } catch {
    return nil
  }
  return nil
}
