// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "ClientProbe",
  platforms: [.macOS(.v26)],
  dependencies: [
    // The name is given because the folder of a clone can be called anything.
    .package(name: "swift-information-theory", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "ClientProbe",
      dependencies: [
        .product(name: "InformationTheory", package: "swift-information-theory")
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
      ])
  ],
  swiftLanguageModes: [.v6]
)
