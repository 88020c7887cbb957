import Foundation
import Payouts

@testable import PayoutFiles

/// Payout files for the tests, made of the public test cards.
enum PayrollText {
    static let header = "account,mfo,pan,exp,amount"
    static let account = "20208000900123456001"
    static let cards = ["8600069195406311", "8600495473316478", "8600060921090842"]

    static func row(
        account: String = account, mfo: String = "01183", pan: String = cards[0], exp: String = "0330",
        amount: String = "150000", more: String = ""
    ) -> String {
        [account, mfo, pan, exp, amount].joined(separator: ",") + more
    }

    /// Lines, each ended.
    static func file(_ lines: String...) -> ReadFile {
        read(lines.map { $0 + "\n" }.joined())
    }

    static func read(_ text: String, options: PayoutFileOptions = november2026) -> ReadFile {
        read(Data(text.utf8), options: options)
    }

    /// - Parameter pieceSize: how many bytes come at a time.
    static func read(
        _ bytes: Data, options: PayoutFileOptions = november2026, pieceSize: Int = FileBytes.pieceSize,
        keepsCells: Bool = false
    ) -> ReadFile {
        var payouts: [Payout] = []
        do {
            let file = try PayoutFile.read(
                FileBytes(bytes, pieceSize: pieceSize), name: "payroll.csv", options: options, keepsCells: keepsCells
            ) { row in
                if let payout = row.payout { payouts.append(payout) }
            }
            return ReadFile(file: file, payouts: payouts)
        } catch {
            preconditionFailure("bytes in memory can be read: \(error)")
        }
    }

    static let november2026 = PayoutFileOptions(month: 11, year: 2026)
}

/// A file, with the payouts that were handed out while it was read.
@dynamicMemberLookup struct ReadFile {
    let file: PayoutFile
    let payouts: [Payout]

    subscript<Value>(dynamicMember path: KeyPath<PayoutFile, Value>) -> Value { file[keyPath: path] }

    var problems: [Problem] { file.findings.map(\.problem) }
    var errors: [Finding] { file.findings.filter { $0.severity == .error } }
    var warnings: [Finding] { file.findings.filter { $0.severity == .warning } }
}
