// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that users of the library never resolve or build it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "swift-information-theory", path: "..")],
  targets: [
    .executableTarget(
      name: "contender",
      dependencies: [
        .product(name: "InformationTheory", package: "swift-information-theory")
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
      ])
  ],
  swiftLanguageModes: [.v6]
)
