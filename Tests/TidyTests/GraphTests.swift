import Foundation
import Testing

/// Compares the dependencies in `Package.swift` with a table. A new arrow must be in both.
@Suite(.timeLimit(.minutes(1))) struct GraphTests {
    private static let graph: [String: Set<String>] = [
        "PaymentValues": [], "EventLoopTasks": [], "CLinuxFiles": [], "CQREncode": [], "CRelease": [],
        "CSQLiteMemory": [],
        "CXLSXWriter": [],
        "CExpat": [], "CZip": [], "ScratchFiles": [], "WorkbookReader": ["CExpat", "CZip", "ScratchFiles"],
        "Payouts": ["PaymentValues"],
        "PayoutFiles": ["PaymentValues", "Payouts", "ScratchFiles", "WorkbookReader"],
        "MerchantAPI": ["EventLoopTasks", "PaymentValues"],
        "Statements": ["CExpat", "PaymentValues", "PayoutFiles", "Payouts", "WorkbookReader"],
        "Bookkeeping": ["PaymentValues", "Payouts", "Statements"],
        "Processing": ["Bookkeeping", "PaymentValues", "Payouts"],
        "AnorBank": ["MerchantAPI", "PaymentValues", "Payouts", "Processing"],
        "Reports": ["CXLSXWriter", "PaymentValues", "Payouts"],
        "Sandbox": ["EventLoopTasks"],
        "Monitoring": ["Bookkeeping", "PaymentValues", "Payouts", "Processing"],
        "ProgramSettings": [
            "AnorBank", "Bookkeeping", "MerchantAPI", "Operations", "PaymentValues", "PayoutFiles", "Payouts",
            "Processing",
        ],
        "Operations": [
            "Bookkeeping", "CLinuxFiles", "PaymentValues", "PayoutFiles", "Payouts", "Processing", "Reports",
            "ScratchFiles", "Statements",
        ],
        "WebDesk": [
            "Bookkeeping", "CQREncode", "Operations", "PaymentValues", "PayoutFiles", "Payouts", "Processing",
            "Reports", "Statements",
        ],
        "Installation": [
            "AnorBank", "Bookkeeping", "CLinuxFiles", "MerchantAPI", "Operations", "Payouts", "Processing",
            "ProgramSettings", "Reports", "WebDesk",
        ],
        "payout": [
            "AnorBank", "Bookkeeping", "CLinuxFiles", "CRelease", "CSQLiteMemory", "Installation", "MerchantAPI",
            "Monitoring", "Operations", "PaymentValues", "PayoutFiles", "Payouts", "Processing", "ProgramSettings",
            "Reports", "Sandbox", "Statements", "WebDesk",
        ],
    ]

    @Test func theArrowsBetweenTargetsAreThoseOfTheTable() throws {
        let targets = try Manifest.read().targets
        let names = Set(targets.map(\.name))
        #expect(Set(Self.graph.keys) == Set(targets.filter(\.isShipped).map(\.name)), "one line a target")
        for target in targets where target.isShipped {
            #expect(target.declared.intersection(names) == Self.graph[target.name], "\(target.name)")
        }
    }

    /// So the page, the simulator and every test build without it.
    @Test func nothingDependsOnTheProgram() throws {
        for target in try Manifest.read().targets {
            #expect(!target.declared.contains("payout"), "\(target.name)")
        }
    }

    /// SwiftPM itself also accepts an import of a dependency's dependency.
    @Test func everyImportIsADeclaredDependency() throws {
        for target in try Manifest.read().targets {
            for source in try Repository.sources(in: target.folder) {
                for name in source.imports where !Self.toolchain.contains(name) {
                    #expect(target.declared.contains(name), "\(target.folder)/\(source.path) imports \(name)")
                }
            }
        }
    }

    /// The modules that come with Swift.
    private static let toolchain: Set = [
        "Darwin", "Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Synchronization", "Testing",
    ]

    @Test func theDomainNeedsFoundationAlone() throws {
        for source in try Repository.sources(in: "Sources/Payouts") + Repository.sources(in: "Sources/PaymentValues") {
            #expect(Set(source.imports).isSubset(of: ["Foundation", "PaymentValues"]), "\(source.path)")
        }
    }
}
