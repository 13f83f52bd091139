import ArgumentParser

/// Prints losses of predictions.
struct LossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loss",
    abstract: "Print the loss of a model's predictions, and how good they are.",
    discussion: """
      Files are CSV, with a line of names or without, or NumPy's .npy (float32 or
      float64; labels of any integer type). Only a block of rows is in memory, of a
      pipe (-) too: .npy is read as it comes.

      EXAMPLES
        infotheory loss cross-entropy --logits z.csv --labels y.csv
        infotheory loss cross-entropy --logits z.npy --labels y.npy --preset pytorch
        infotheory loss focal --logits z.csv --labels y.csv --gamma 2
        infotheory loss binary-cross-entropy --logits x.csv --targets t.csv
        infotheory loss sigmoid-focal --logits x.csv --targets t.csv
        infotheory loss kl --logits student.npy --targets teacher.npy --json
      """,
    subcommands: [
      CrossEntropyLossCommand.self, FocalLossCommand.self, BinaryLossCommand.self,
      SigmoidFocalLossCommand.self, KLLossCommand.self,
    ])
}
