import ArgumentParser
import Foundation
import InformationTheory

/// The command-line tool: it parses, calls the library, and prints.
@main
struct InfoTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infotheory",
    abstract: "Information theory on data: entropies, divergences, distances.",
    discussion: """
      EXAMPLES
        infotheory compare seattle.csv sf.csv --column temp
        infotheory compare penguins.csv --column bill_length_mm --by species
        infotheory entropy penguins.csv --column island
        infotheory mutual-information penguins.csv --all --normalized
        infotheory loss cross-entropy --logits digits-logits.csv \\
          --labels digits-labels.csv
        infotheory compare-logits a.npy b.npy --labels y.npy
        infotheory evaluate < questions.jsonl
        infotheory distributions
        infotheory conformance --command 'python3 my_losses.py'

      EXIT STATUS
        0   success
        1   conformance: the implementation is wrong somewhere
        64  the command line is wrong
        65  the data are wrong
        66  an input file is missing or cannot be read
        69  a program that it calls is not installed
        70  a bug in this program
        74  the output cannot be written
      """,
    version: "0.1.0",
    subcommands: [
      CompareCommand.self, EntropyCommand.self, MutualInformationCommand.self,
      LossCommand.self, CompareLogitsCommand.self, EvaluateCommand.self,
      DistributionsCommand.self, ConformanceCommand.self,
    ])

  static func main() {
    Interruption.prepare()
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let error as ValidationError {
        complain(of: error, in: type(of: command))
      }
    } catch is ClosedPipe {
      Foundation.exit(0)
    } catch let fault as Fault {
      Terminal.complain("infotheory: \(fault.message)")
      Foundation.exit(fault.kind.rawValue)
    } catch let error as InformationError {
      Terminal.complain("infotheory: \(error.message)")
      Foundation.exit(Fault.Kind.data.rawValue)
    } catch {
      exit(withError: error)
    }
  }

  /// Ends the program as the parser does when options make no sense together.
  private static func complain(
    of error: ValidationError, in command: any ParsableCommand.Type
  ) -> Never {
    let isLoss = LossCommand.configuration.subcommands.contains { $0 == command }
    let name = (isLoss ? "loss " : "") + (command.configuration.commandName ?? "")
    Terminal.complain(
      """
      Error: \(error.message)
      Usage: \(usageString(for: command))
        See 'infotheory \(name) --help' for more information.
      """)
    Foundation.exit(Fault.Kind.usage.rawValue)
  }
}
