/// The element types that masses come in: `Float` and `Double`, and no others.
///
/// Every value is widened to `Double` exactly; nothing is computed in `Float`.
public protocol InformationScalar: BinaryFloatingPoint, Sendable {}

extension Double: InformationScalar {}
extension Float: InformationScalar {}
