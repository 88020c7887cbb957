package import Foundation
import GRDB
import PaymentValues
package import Payouts

/// A batch as the ledger stores it.
package struct BatchRecord: Hashable, Sendable {
    package let id: BatchID
    package let reference: BatchReference
    package let fileName: String
    package let digest: FileDigest
    package let totals: ControlTotals
    package let importedBy: String
    package let importedAt: Date
    /// The number of the file's warnings, or 0 after somebody has accepted them.
    package let unacceptedWarnings: Int
    package let warningsAcceptedBy: String?
    /// The bank that the batch was first sent to, and the sender's name. Both are stored so that every request of the
    /// batch is the same.
    package let bank: String?
    package let senderName: String?
    package let pause: Reason?
    /// Whether the bank is asked about each row before the row is sent. Once `true`, it never changes back.
    package let asksFirst: Bool
    /// Whether a second person must approve the batch before it is sent. It is set at import and never changes.
    package let needsApproval: Bool

    /// Returns the unique name of a row, across all files.
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
    /// Unwraps a value that is missing only in a damaged or hand-edited ledger.
    func orDamaged(_ message: String) throws -> Wrapped {
        guard let self else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: message) }
        return self
    }
}

extension AgentTransactionID {
    /// Reads an id from the ledger.
    init(stored number: Int64) throws {
        do {
            try self.init(number)
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an agentTranId is out of range")
        }
    }
}
