// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "swift-information-theory",
  platforms: [.macOS(.v26), .iOS(.v26), .tvOS(.v26), .watchOS(.v26), .visionOS(.v26)],
  products: [
    // MARK: Public API
    .library(name: "InformationTheory", targets: ["InformationTheory"]),
    .library(name: "ClassificationLosses", targets: ["ClassificationLosses"]),
    .library(name: "InformationTheoryTesting", targets: ["InformationTheoryTesting"]),
    .library(name: "Plots", targets: ["Plots"]),
    .library(name: "ReferenceOracle", targets: ["ReferenceOracle"]),
    // Links GSL; the products above do not, and build where GSL is not installed.
    .library(name: "SpecialFunctions", targets: ["SpecialFunctions"]),
    .executable(name: "infotheory", targets: ["infotheory"]),
    // All of it in one shared library, which the Swift kernel of Notebooks loads.
    .library(
      name: "NotebookToolkit", type: .dynamic,
      targets: [
        "InformationTheory", "ClassificationLosses", "InformationTheoryTesting", "Plots",
        "ReferenceOracle", "SpecialFunctions",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // For complex steps in the tests of the losses; no product needs it.
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    // Integers of any size, on which the reference oracle builds arithmetic of any
    // precision; the standard library has none beyond 128 bits.
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
  ],
  targets: [
    // MARK: Public API
    .target(
      name: "InformationTheory", dependencies: ["CInformationKernels"],
      swiftSettings: swiftSettings,
      // For fma, which is exact by definition; log and exp are the library's own.
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux, .android]))]),
    .target(
      name: "ClassificationLosses", dependencies: ["CInformationKernels", "InformationTheory"],
      swiftSettings: swiftSettings),
    .target(
      name: "Plots", dependencies: ["ClassificationLosses", "InformationTheory"],
      swiftSettings: swiftSettings),
    .target(
      name: "SpecialFunctions",
      dependencies: ["InformationTheory", "CGSL"],
      swiftSettings: swiftSettings),
    .target(
      name: "ReferenceOracle",
      dependencies: [
        "ClassificationLosses", "InformationTheory", .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "InformationTheoryTesting",
      dependencies: ["ClassificationLosses", "InformationTheory", "ReferenceOracle"],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "infotheory",
      dependencies: [
        "ClassificationLosses", "InformationTheory", "InformationTheoryTesting", "Plots",
        "ReferenceOracle", "SpecialFunctions",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftCSV", package: "SwiftCSV"),
      ],
      swiftSettings: swiftSettings),

    // MARK: Implementation details
    .target(
      name: "CInformationKernels",
      // For fma where the processor has none.
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux, .android]))]),
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),

    // MARK: Unit test bundles
    .target(
      name: "TestSupport", path: "Tests/TestSupport",
      swiftSettings: swiftSettings),
    .testTarget(
      name: "InformationTheoryTests", dependencies: ["InformationTheory", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ClassificationLossesTests",
      dependencies: [
        "ClassificationLosses", "InformationTheory", "TestSupport",
        .product(name: "ComplexModule", package: "swift-numerics"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "PlotGallery", dependencies: ["ClassificationLosses", "InformationTheory", "Plots"],
      path: "Tests/PlotGallery",
      swiftSettings: swiftSettings),
    .testTarget(
      name: "PlotsTests",
      dependencies: [
        "ClassificationLosses", "InformationTheory", "PlotGallery", "Plots", "TestSupport",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "SpecialFunctionsTests", dependencies: ["SpecialFunctions", "TestSupport"],
      swiftSettings: swiftSettings),
    // Holds the library against the oracle: a million questions by `make agreement`, a few in
    // the tests.
    .executableTarget(
      name: "OracleAgreement",
      dependencies: [
        "ClassificationLosses", "InformationTheory", "InformationTheoryTesting",
        "ReferenceOracle",
      ],
      path: "Tests/OracleAgreement", swiftSettings: swiftSettings),
    .testTarget(
      name: "ReferenceOracleTests",
      dependencies: [
        "ClassificationLosses", "InformationTheory", "OracleAgreement", "ReferenceOracle",
        "TestSupport",
        .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "InformationTheoryTestingTests",
      dependencies: [
        "ClassificationLosses", "InformationTheory", "InformationTheoryTesting",
        "ReferenceOracle",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "SecondOpinionTests",
      dependencies: ["InformationTheory", "SpecialFunctions", "CGSL", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "infotheoryTests", dependencies: ["InformationTheory", "infotheory", "TestSupport"],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
