import Benchmark
import Workloads

/// The benchmarks that `swift package benchmark` finds.
let benchmarks: @Sendable () -> Void = {
  for count in [10, 1000, 1_000_000] {
    add(.entropy(outcomes: count))
    add(.klDivergence(outcomes: count))
  }
  for (rows, classes) in [(1, 10), (8192, 10), (512, 1000), (8, 50257)] {
    add(.softmaxCrossEntropy(rows: rows, classes: classes))
  }
  for count in [1000, 262_144] {
    add(.binaryCrossEntropy(count: count))
    add(.sigmoidFocalLoss(count: count))
  }
}

/// Small work is done many times for one measurement, and the metrics are of one time.
private func add(_ work: Workload) {
  let isSmall = work.elementCount <= 1000
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .instructions, .peakMemoryResident],
    scalingFactor: isSmall ? .kilo : .one, maxDuration: .seconds(1), maxIterations: 1000)
  Benchmark(work.name, configuration: configuration) { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try work.run()) }
  }
}
