// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

// `make build` names the commit and its date here. It takes part in nothing but `payout --version`.
let commit = Context.environment["PAYOUT_COMMIT"] ?? ""

let package = Package(
    name: "payout",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "payout", targets: ["payout"]),
        .library(name: "MerchantAPI", targets: ["MerchantAPI", "PaymentValues"]),
    ],
    traits: [
        .trait(name: "Desk", description: "The accountant's page: payout desk."),
        .trait(name: "Sandbox", description: "The bank that moves no money: payout sandbox, and --sandbox."),
        .default(enabledTraits: ["Desk", "Sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .target(name: "PaymentValues"),
        .target(name: "Payouts", dependencies: ["PaymentValues"]),
        .target(
            name: "PayoutFiles",
            dependencies: [
                "PaymentValues", "Payouts", "ScratchFiles", "WorkbookReader",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(name: "ScratchFiles", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .target(name: "WorkbookReader", dependencies: ["CExpat", "CZip", "ScratchFiles"]),
        .target(name: "EventLoopTasks", dependencies: [.product(name: "NIOCore", package: "swift-nio")]),
        .target(
            name: "MerchantAPI",
            dependencies: [
                "EventLoopTasks", "PaymentValues",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]),
        .target(
            name: "Statements",
            dependencies: ["CExpat", "PaymentValues", "PayoutFiles", "Payouts", "WorkbookReader"]),
        .systemLibrary(name: "CLinuxFiles"),
        .target(name: "CRelease", cSettings: [.define("PAYOUT_COMMIT", to: "\"\(commit)\"")]),
        .systemLibrary(name: "CSQLiteMemory", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "Bookkeeping",
            dependencies: [
                "PaymentValues", "Payouts", "Statements",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "Processing",
            dependencies: ["Bookkeeping", "PaymentValues", "Payouts", .product(name: "Logging", package: "swift-log")]),
        .target(name: "AnorBank", dependencies: ["MerchantAPI", "PaymentValues", "Payouts", "Processing"]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(
            name: "Reports",
            dependencies: [
                "CXLSXWriter", "PaymentValues", "Payouts", .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [.embedInCode("Wording")]),
        .target(
            name: "Sandbox",
            dependencies: [
                "EventLoopTasks",
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Sandbox"])),
                .product(name: "HummingbirdCore", package: "hummingbird", condition: .when(traits: ["Sandbox"])),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .target(
            name: "Operations",
            dependencies: [
                "Bookkeeping", "CLinuxFiles", "PaymentValues", "PayoutFiles", "Payouts", "Processing", "Reports",
                "ScratchFiles", "Statements",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Monitoring",
            dependencies: [
                "Bookkeeping", "PaymentValues", "Payouts", "Processing",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "ProgramSettings",
            dependencies: [
                "AnorBank", "Bookkeeping", "MerchantAPI", "Operations", "PaymentValues", "PayoutFiles", "Payouts",
                "Processing",
                .product(name: "Yams", package: "Yams"),
            ]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(
            name: "WebDesk",
            dependencies: [
                "Bookkeeping", "CQREncode", "Operations", "PaymentValues", "PayoutFiles", "Payouts", "Processing",
                "Reports", "Statements",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Desk"])),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Desk"])),
                .product(name: "HummingbirdCore", package: "hummingbird", condition: .when(traits: ["Desk"])),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["Desk"])),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache", condition: .when(traits: ["Desk"])),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras", condition: .when(traits: ["Desk"])),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Pages"), .embedInCode("Wording")]),
        .target(
            name: "Installation",
            dependencies: [
                "AnorBank", "Bookkeeping", "CLinuxFiles", "MerchantAPI", "Operations", "Payouts", "Processing",
                "ProgramSettings", "Reports",
                .target(name: "WebDesk", condition: .when(traits: ["Desk"])),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .executableTarget(
            name: "payout",
            dependencies: [
                "AnorBank", "Bookkeeping", "CLinuxFiles", "CRelease", "CSQLiteMemory", "Installation", "MerchantAPI",
                "Monitoring", "Operations", "PaymentValues", "PayoutFiles", "Payouts", "Processing", "ProgramSettings",
                "Reports", "Statements",
                .target(name: "Sandbox", condition: .when(traits: ["Sandbox"])),
                .target(name: "WebDesk", condition: .when(traits: ["Desk"])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .target(name: "CLossyDisk", path: "Tests/CLossyDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "Fixtures", dependencies: ["Bookkeeping", "CLossyDisk", "PaymentValues", "Payouts"],
            path: "Tests/Fixtures",
            exclude: ["Ledgers"]),
        .target(
            name: "Simulation",
            dependencies: [
                "AnorBank", "Bookkeeping", "Fixtures", "MerchantAPI", "Operations", "PaymentValues", "PayoutFiles",
                "Payouts", "Processing", "Sandbox",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Simulation"),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["Fixtures", "Operations", "Payouts", "Processing", "Sandbox", "Simulation"]),
        .testTarget(name: "PaymentValuesTests", dependencies: ["PaymentValues"]),
        .testTarget(name: "PayoutsTests", dependencies: ["PaymentValues", "Payouts"]),
        .testTarget(
            name: "BookkeepingTests",
            dependencies: [
                "Bookkeeping", "Fixtures", "PaymentValues", "Payouts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "PayoutFilesTests",
            dependencies: [
                "Fixtures", "PayoutFiles", "PaymentValues", "Payouts", "Sandbox", "ScratchFiles", "WorkbookReader",
            ],
            exclude: ["Corpus", "Workbooks"]),
        .testTarget(
            name: "WorkbookReaderTests", dependencies: ["Fixtures", "Sandbox", "WorkbookReader"], exclude: ["Hostile"]),
        .testTarget(
            name: "MerchantAPITests",
            dependencies: [
                "Fixtures", "MerchantAPI", "PaymentValues", "Sandbox",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["Samples"]),
        .testTarget(
            name: "AnorBankTests",
            dependencies: ["AnorBank", "Fixtures", "MerchantAPI", "PaymentValues", "Payouts", "Processing"]),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Fixtures", "Sandbox", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]),
        .testTarget(
            name: "StatementsTests",
            dependencies: [
                "Fixtures", "PaymentValues", "PayoutFiles", "Payouts", "Sandbox", "Statements", "WorkbookReader",
            ]),
        .testTarget(name: "ReportsTests", dependencies: ["Fixtures", "PaymentValues", "Payouts", "Reports"]),
        .testTarget(name: "TidyTests", dependencies: ["Fixtures"], exclude: ["glossary.txt"]),
        .testTarget(
            name: "WebDeskTests",
            dependencies: [
                "AnorBank", "Bookkeeping", "Fixtures", "MerchantAPI", "Operations", "PaymentValues", "PayoutFiles",
                "Payouts", "Processing", "Reports", "Sandbox", "WebDesk",
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["Desk"])),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Desk"])),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Desk"])),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras", condition: .when(traits: ["Desk"])),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        // Runs the built program, which `swift build --build-tests` makes; no test imports it.
        .testTarget(
            name: "EndToEndTests", dependencies: ["Fixtures", "PaymentValues", "Payouts", "Sandbox"],
            exclude: ["other_bank.py"]),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Bookkeeping", "Fixtures", "Operations", "PaymentValues", "PayoutFiles", "Payouts", "Processing",
                "Reports", "Sandbox", "Statements",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "ProcessingTests",
            dependencies: [
                "Bookkeeping", "Fixtures", "PaymentValues", "Payouts", "Processing",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system { target.swiftSettings = swiftSettings }
