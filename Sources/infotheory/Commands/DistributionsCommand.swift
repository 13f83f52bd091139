import ArgumentParser
import ReferenceOracle

/// Lists the families that questions may name.
struct DistributionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distributions",
    abstract: "List the parametric distributions that `evaluate --certified` knows.",
    discussion: """
      A distribution is text: a family with its parameters in order, or by name. What has a
      default may be left out; lists stand in brackets.

      EXAMPLES
        infotheory distributions
        echo '{"measure":"kl_divergence","p":"normal(0,1)","q":"normal(1,2)"}' \\
          | infotheory evaluate --certified
        echo '{"measure":"entropy","p":"gamma(shape=2,scale=3)","unit":"bits"}' \\
          | infotheory evaluate --certified
        echo '{"measure":"entropy","p":"dirichlet([1,2,3])"}' \\
          | infotheory evaluate --certified
      """)

  mutating func run() throws {
    var lines = [String]()
    for family in ParametricDistribution.Family.allCases {
      lines.append(family.signature)
      for parameter in family.parameters {
        lines.append(
          "    \(parameter.text): \(parameter.isList ? "each " : "")\(parameter.domain.rawValue)")
      }
    }
    try Terminal.print(lines.joined(separator: "\n") + "\n")
  }
}
