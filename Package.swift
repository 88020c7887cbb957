// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "payout",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "payout", targets: ["payout"]),
        .library(name: "MerchantAPI", targets: ["MerchantAPI", "Payouts"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "Payouts"),
        .target(
            name: "PayoutFiles",
            dependencies: [
                "Payouts",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(name: "EventLoopTasks", dependencies: [.product(name: "NIOCore", package: "swift-nio")]),
        .target(
            name: "MerchantAPI",
            dependencies: [
                "EventLoopTasks", "Payouts",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]),
        .systemLibrary(name: "CSQLiteMemory", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "Bookkeeping",
            dependencies: [
                "Payouts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "Processing",
            dependencies: ["Bookkeeping", "Payouts", .product(name: "Logging", package: "swift-log")]),
        .target(name: "AnorBank", dependencies: ["MerchantAPI", "Payouts", "Processing"]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(
            name: "Reports",
            dependencies: ["CXLSXWriter", "Payouts", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "Sandbox",
            dependencies: [
                "EventLoopTasks",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .target(
            name: "Operations",
            dependencies: [
                "Bookkeeping", "PayoutFiles", "Payouts", "Processing", "Reports",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(
            name: "WebDesk",
            dependencies: [
                "Bookkeeping", "CQREncode", "Operations", "PayoutFiles", "Payouts", "Processing", "Reports",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Pages"), .embedInCode("Wording")]),
        .executableTarget(
            name: "payout",
            dependencies: [
                "AnorBank", "Bookkeeping", "CSQLiteMemory", "MerchantAPI", "Operations", "PayoutFiles", "Payouts",
                "Processing",
                "Reports",
                "Sandbox", "WebDesk",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .target(name: "CLossyDisk", path: "Tests/CLossyDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "Fixtures", dependencies: ["Bookkeeping", "CLossyDisk", "Payouts"], path: "Tests/Fixtures",
            exclude: ["Ledgers"]),
        .target(
            name: "Simulation",
            dependencies: [
                "AnorBank", "Bookkeeping", "Fixtures", "MerchantAPI", "Operations", "PayoutFiles", "Payouts",
                "Processing", "Sandbox",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Simulation"),
        .testTarget(
            name: "SimulationTests", dependencies: ["Fixtures", "Payouts", "Processing", "Sandbox", "Simulation"]),
        .testTarget(name: "PayoutsTests", dependencies: ["Payouts"]),
        .testTarget(
            name: "BookkeepingTests",
            dependencies: ["Bookkeeping", "Fixtures", "Payouts", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "PayoutFilesTests", dependencies: ["Fixtures", "PayoutFiles", "Payouts"], exclude: ["Corpus"]),
        .testTarget(
            name: "MerchantAPITests",
            dependencies: [
                "Fixtures", "MerchantAPI", "Payouts", "Sandbox",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["Samples"]),
        .testTarget(
            name: "AnorBankTests", dependencies: ["AnorBank", "Fixtures", "MerchantAPI", "Payouts", "Processing"]),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Fixtures", "Sandbox", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]),
        .testTarget(name: "ReportsTests", dependencies: ["Fixtures", "Payouts", "Reports"]),
        .testTarget(name: "TidyTests", dependencies: ["Fixtures"]),
        .testTarget(
            name: "WebDeskTests",
            dependencies: [
                "AnorBank", "Bookkeeping", "Fixtures", "MerchantAPI", "Operations", "PayoutFiles", "Payouts",
                "Processing",
                "Reports", "Sandbox", "WebDesk",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        // Runs the built program, which `swift build --build-tests` makes; no test imports it.
        .testTarget(name: "EndToEndTests", dependencies: ["Fixtures", "Payouts"], exclude: ["other_bank.py"]),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Bookkeeping", "Fixtures", "Operations", "PayoutFiles", "Payouts", "Processing", "Reports",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "ProcessingTests",
            dependencies: [
                "Bookkeeping", "Fixtures", "Payouts", "Processing", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
