import ArgumentParser
import InformationTheory

/// How results are printed; the same for all commands with tables.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The unit of information: nats, bits or hartleys.", valueName: "unit"))
  var unit: UnitName = .nats

  @Flag(help: "Print JSON, with all digits and everything there is.")
  var json = false
}

/// The name of a unit of information.
enum UnitName: String, ExpressibleByArgument, CaseIterable {
  case nats
  case bits
  case hartleys

  var unit: InformationUnit {
    switch self {
    case .nats: .nats
    case .bits: .bits
    case .hartleys: .hartleys
    }
  }
}
