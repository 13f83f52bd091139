import Workloads

/// Does a piece of work a number of times on the same data, so that its instructions
/// are those of a program that does it more often, less those of one that does not.
@main
enum Instructions {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let count = Int(arguments[2]), let runs = Int(arguments[3]),
      count > 0 && count.isMultiple(of: 1000) && runs > 0,
      let work = work(arguments[1], count: count)
    else {
      throw Usage()
    }
    var value = 0.0
    for _ in 0..<runs { value = try work.run() }
    print(value)
  }

  private static func work(_ name: String, count: Int) -> Workload? {
    switch name {
    case "entropy": .entropy(outcomes: count)
    case "kl-divergence": .klDivergence(outcomes: count)
    case "softmax-cross-entropy": .softmaxCrossEntropy(rows: count / 1000, classes: 1000)
    case "binary-cross-entropy": .binaryCrossEntropy(count: count)
    case "sigmoid-focal-loss": .sigmoidFocalLoss(count: count)
    default: nil
    }
  }
}

private struct Usage: Error, CustomStringConvertible {
  let description = """
    usage: instructions WORK ELEMENTS RUNS
    with elements by the thousand, and as work one of entropy, kl-divergence, \
    softmax-cross-entropy, binary-cross-entropy, sigmoid-focal-loss
    """
}
