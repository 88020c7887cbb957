package import Foundation
import GRDB
import PaymentValues
package import Payouts

/// A batch as the ledger keeps it.
package struct BatchRecord: Hashable, Sendable {
    package let id: BatchID
    package let reference: BatchReference
    package let fileName: String
    package let digest: FileDigest
    package let totals: ControlTotals
    package let importedBy: String
    package let importedAt: Date
    /// Warnings of the file that nobody has accepted yet.
    package let unacceptedWarnings: Int
    package let warningsAcceptedBy: String?
    /// Where the batch was first sent, and in whose name; both are kept, so that every request of it is the same.
    package let bank: String?
    package let senderName: String?
    package let pause: Reason?
    /// Whether the bank is asked about each row before it is sent: once begun so, it goes on so.
    package let asksFirst: Bool
    /// Whether the batch is sent only after a second person approved it. Said when it was imported, and not taken back.
    package let needsApproval: Bool

    /// Names one of its rows among those of all files.
    func key(ofRow row: Int) -> CardSeal.RowKey { CardSeal.RowKey(reference: reference, digest: digest, row: row) }

    init(_ row: Row) throws {
        id = BatchID(number: row["id"])
        reference = try BatchReference(stored: row["reference"])
        fileName = row["fileName"]
        digest = try FileDigest(hex: row["fileSHA256"]).orDamaged("a file digest cannot be read")
        totals = ControlTotals(rows: row["rows"], sum: Tiyin(row["sumTiyin"]))
        importedBy = row["importedBy"]
        importedAt = Date(milliseconds: row["importedAt"])
        warningsAcceptedBy = row["acceptedBy"]
        unacceptedWarnings = warningsAcceptedBy == nil ? row["warnings"] : 0
        bank = row["bank"]
        senderName = row["senderName"]
        asksFirst = row["asksFirst"]
        needsApproval = row["needsApproval"]
        let pauseText: String? = row["pauseText"]
        pause = (row["pauseCode"] as String?).map { Reason(ReasonCode(rawValue: $0), bankText: pauseText) }
    }
}

extension Date {
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

extension Optional {
    /// A value that only a damaged or hand-edited ledger lacks.
    func orDamaged(_ message: String) throws -> Wrapped {
        guard let self else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: message) }
        return self
    }
}

extension AgentTransactionID {
    /// Reads an id that the ledger keeps.
    init(stored number: Int64) throws {
        do {
            try self.init(number)
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an agentTranId is out of range")
        }
    }
}
