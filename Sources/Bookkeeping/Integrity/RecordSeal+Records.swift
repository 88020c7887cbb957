import Foundation
import GRDB
import PaymentValues
import Payouts

/// Lists the fields that each record's signature covers.
extension RecordSeal {
    /// Signs an event together with the signature of the event before it.
    func sign(_ event: StoredEvent, after earlier: Data) -> Data {
        var fields = SignedFields(.event)
        fields.add(earlier)
        fields.add(event.id)
        fields.add(event.at)
        fields.add(event.who)
        fields.add(event.batch)
        fields.add(event.row)
        fields.add(event.agentTranID)
        fields.add(event.from)
        fields.add(event.to)
        fields.add(event.kind)
        fields.add(event.detail)
        fields.add(event.evidence)
        return sign(fields)
    }

    /// Signs the content of a row, with the id of its latest attempt.
    func sign(
        row: Int, of batch: BatchReference, _ digest: FileDigest, account: String, bankCode: String, maskedCard: String,
        cardFingerprint: Data, amountTiyin: Int64, name: String?, rowKey: String?, agentTranID: Int64
    ) -> Data {
        var fields = SignedFields(.payout)
        fields.add(batch.name)
        fields.add(digest.hex)
        fields.add(row)
        fields.add(account)
        fields.add(bankCode)
        fields.add(maskedCard)
        fields.add(cardFingerprint)
        fields.add(amountTiyin)
        fields.add(name)
        fields.add(rowKey)
        fields.add(agentTranID)
        return sign(fields)
    }

    /// Signs a stored row.
    /// - Parameters:
    ///   - payout: the columns of the table `payout`.
    ///   - agentTranID: the id of the latest attempt.
    func sign(payout: Row, of batch: BatchReference, _ digest: FileDigest, agentTranID: Int64) -> Data {
        sign(
            row: payout["row"], of: batch, digest, account: payout["account"], bankCode: payout["bankCode"],
            maskedCard: payout["maskedCard"], cardFingerprint: payout["cardFingerprint"],
            amountTiyin: payout["amountTiyin"], name: payout["name"], rowKey: payout["rowKey"], agentTranID: agentTranID
        )
    }

    /// Signs a batch: its import, and the later decisions about it.
    func sign(batch: Row) -> Data {
        var fields = SignedFields(.batch)
        addImported(batch, to: &fields)
        fields.add(batch["warnings"] as Int64)
        fields.add(batch["acceptedBy"] as String?)
        fields.add(batch["asksFirst"] as Int64)
        fields.add(batch["bank"] as String?)
        fields.add(batch["senderName"] as String?)
        return sign(fields)
    }

    /// Returns the evidence of the event that a batch was imported.
    func evidence(imported batch: Row) -> Data {
        var fields = SignedFields(.imported)
        addImported(batch, to: &fields)
        return sign(fields)
    }

    private func addImported(_ batch: Row, to fields: inout SignedFields) {
        fields.add(batch["reference"] as String)
        fields.add(batch["fileName"] as String)
        fields.add(batch["fileSHA256"] as String)
        fields.add(batch["rows"] as Int64)
        fields.add(batch["sumTiyin"] as Int64)
        fields.add(batch["importedBy"] as String)
        fields.add(batch["importedAt"] as Int64)
        fields.add(batch["needsApproval"] as Int64)
    }

    func sign(approval: Row) -> Data {
        var fields = SignedFields(.approval)
        fields.add(approval["at"] as Int64)
        fields.add(approval["who"] as String)
        fields.add(approval["batchID"] as Int64)
        fields.add(approval["fileSHA256"] as String)
        fields.add(approval["rows"] as Int64)
        fields.add(approval["sumTiyin"] as Int64)
        fields.add(approval["lastCorrection"] as Int64)
        return sign(fields)
    }

    func sign(correction: Row) -> Data {
        var fields = SignedFields(.correction)
        fields.add(correction["at"] as Int64)
        fields.add(correction["who"] as String)
        fields.add(correction["batchID"] as Int64)
        fields.add(correction["row"] as Int64)
        fields.add(correction["number"] as Int64)
        fields.add(correction["account"] as String)
        fields.add(correction["bankCode"] as String)
        fields.add(correction["maskedCard"] as String)
        fields.add(correction["amountTiyin"] as Int64)
        fields.add(correction["changeTiyin"] as Int64)
        return sign(fields)
    }

    /// Returns the evidence of the event that a row was paid: the bank's receipt, or the person who decided it.
    func evidence(
        bmID: Int64?, commission: String?, commissionTiyin: Int64?, senderExtID: String?, recipientExtID: String?,
        decidedBy: String?
    ) -> Data {
        var fields = SignedFields(.receipt, capacity: 128)
        fields.add(bmID)
        fields.add(commission)
        fields.add(commissionTiyin)
        fields.add(senderExtID)
        fields.add(recipientExtID)
        fields.add(decidedBy)
        return digest(fields)
    }

    /// Returns the evidence of an event that has a reason.
    func evidence(code: String, httpStatus: Int64?, bankText: String?) -> Data {
        var fields = SignedFields(.reason, capacity: 128)
        fields.add(code)
        fields.add(httpStatus)
        fields.add(bankText)
        return digest(fields)
    }

    /// Returns the evidence of the event that a batch was bound to a bank.
    func evidence(bank: String, senderName: String) -> Data {
        var fields = SignedFields(.binding, capacity: 128)
        fields.add(bank)
        fields.add(senderName)
        return digest(fields)
    }
}

/// An event as the log stores it.
struct StoredEvent {
    let id: Int64
    let at: Int64
    let who: String
    let batch: Int64
    let row: Int64?
    let agentTranID: Int64?
    let from: String?
    let to: String?
    let kind: String
    /// The detail as JSON, or `nil` if the kind needs none.
    let detail: String?
    let evidence: Data?

    /// Reads an event.
    /// - Parameter row: the columns of the table `event`.
    init(_ row: Row) {
        self.init(row, kind: row["kind"], detail: row["detail"])
    }

    /// Reads an event of an earlier version.
    /// - Parameter row: the columns of that version's table `event`.
    init(_ row: Row, _ cause: EventCause) throws {
        self.init(row, kind: cause.kind.rawValue, detail: try cause.detail())
    }

    private init(_ row: Row, kind: String, detail: String?) {
        id = row["id"]
        at = row["at"]
        who = row["who"]
        batch = row["batchID"]
        self.row = row["row"]
        agentTranID = row["agentTranID"]
        from = row["fromState"]
        to = row["toState"]
        self.kind = kind
        self.detail = detail
        evidence = row.hasColumn("evidence") ? row["evidence"] : nil
    }

    init(_ event: Event, id: Int64, at: Int64, who: String) throws {
        self.id = id
        self.at = at
        self.who = who
        batch = event.batch.number
        row = event.row.map(Int64.init)
        agentTranID = event.id?.number
        from = event.from?.rawValue
        to = event.to?.rawValue
        kind = event.why.kind.rawValue
        detail = try event.why.detail()
        evidence = event.evidence
    }

    /// Appends the event to the log.
    func insert(signature: Data, in db: Database) throws {
        let insert = try WriteStatement(
            """
            INSERT INTO event (id, at, who, batchID, row, agentTranID, fromState, toState, kind, detail, evidence, signature)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, in: db)
        try insert([
            .number(id), .number(at), .text(who), .number(batch), .number(row), .number(agentTranID), .text(from),
            .text(to), .text(kind), .text(detail), .bytes(evidence), .bytes(signature),
        ])
    }
}
