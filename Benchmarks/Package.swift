// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let library: [Target.Dependency] = [
  .product(name: "InformationTheory", package: "swift-information-theory"),
  .product(name: "ClassificationLosses", package: "swift-information-theory"),
]

// A package of its own, so that users of the library never resolve or build it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  products: [
    // Loaded into the Python process in which the peers run.
    .library(name: "PeerInterface", type: .dynamic, targets: ["PeerInterface"]),
    .executable(name: "instructions", targets: ["instructions"]),
  ],
  dependencies: [
    .package(name: "swift-information-theory", path: ".."),
    // Its traits replace malloc and the runtime, by packages that not every machine reaches.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    // MARK: Beside other packages
    .target(name: "CCopy"),
    .target(
      name: "PeerInterface", dependencies: library + ["CCopy"], swiftSettings: swiftSettings),

    // MARK: Against regressions
    .target(name: "Workloads", dependencies: library, swiftSettings: swiftSettings),
    .executableTarget(
      name: "instructions", dependencies: ["Workloads"], swiftSettings: swiftSettings),
    .executableTarget(
      name: "Regression",
      dependencies: ["Workloads", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/Regression",
      swiftSettings: swiftSettings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
