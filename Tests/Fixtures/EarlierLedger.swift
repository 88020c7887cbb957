import Foundation

/// A ledger of an earlier version of the program, in the test's own folder, with notes about its content.
/// `Ledgers/README.md` says how the ledgers were made.
package struct EarlierLedger: Decodable {
    package enum Name: String, CaseIterable, Sendable {
        case office, killed
    }

    package struct Batch: Decodable, Sendable {
        package let reference: String
        package let fileName: String
        package let fileSHA256: String
        package let rows: [String: Int]
        package let tiyin: [String: Int64]
        package let events: Int
        package let payouts: [Row]
    }

    package struct Row: Decodable, Hashable, Sendable {
        package let row: Int
        package let account: String
        package let bankCode: String
        package let maskedCard: String
        package let amountTiyin: Int64
        package let state: String
        package let reasonCode: String?
        package let attempts: [Attempt]
    }

    package struct Attempt: Decodable, Hashable, Sendable {
        package let agentTranID: Int64
        package let number: Int
        package let verdict: String
        package let sends: Int
        package let bmID: Int64?
        package let decidedBy: String?
    }

    package let batches: [Batch]

    /// Copies all files of a ledger into a folder: `office.sqlite`, `office.key`, `bank.journal`, …
    package init(_ name: Name, in folder: TemporaryFolder) throws {
        let source = Checkout.file("Tests/Fixtures/Ledgers/\(name.rawValue)")
        for file in try FileManager.default.contentsOfDirectory(atPath: source.path) {
            try FileManager.default.copyItem(
                atPath: source.appendingPathComponent(file).path, toPath: folder.path(file))
            // After a checkout, others can read them.
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path(file))
        }
        self = try JSONDecoder().decode(
            EarlierLedger.self, from: Data(contentsOf: URL(fileURLWithPath: folder.path("\(name.rawValue).json"))))
    }
}
