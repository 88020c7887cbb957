/// A statement that changes one attempt. The last three of its values name the attempt.
///
/// It is found by its row, whose neighbours were changed a moment ago, and not by its id, which would have the index of all
/// ids read at a place of its own; the `+` keeps SQLite from that.
///
/// `OR ROLLBACK`: a change that breaks a rule of the schema takes the whole transaction back, as it would anyhow. Were it to
/// take back itself alone, SQLite would copy each page before it changes it.
struct AttemptChange {
    let sql: String

    /// - Parameter columns: the names are ours, the values are bound.
    private init(_ columns: String) {
        sql = "UPDATE OR ROLLBACK attempt SET \(columns) WHERE batchID = ? AND row = ? AND +agentTranID = ?"
    }

    static let claimed = AttemptChange(
        """
        sends = sends + 1, lastSentAt = ?, quietSince = NULL, lastAskedAt = NULL, notFoundCount = 0,
            isDoubtful = max(isDoubtful, ?)
        """)
    /// Says nothing of `isRefused`, even that it stays: SQLite would write the index of live attempts anew. So it is for
    /// attempts that are not refused; for others the schema has a rule, and the whole commit would be taken back.
    static let paid = AttemptChange("verdict = 'paid', \(receipt)")
    static let paidAfterRefusal = AttemptChange("verdict = 'paid', isRefused = 0, \(receipt)")
    static let refused = AttemptChange("verdict = 'refused', isRefused = 1")
    static let unknown = AttemptChange("verdict = 'open', isRefused = 0, isDoubtful = 1, quietSince = ?")
    static let review = AttemptChange("verdict = 'open', isRefused = 0, isDoubtful = 1")
    /// People decide about rows that are unknown or for review, whose attempts are open.
    static let paidByDecision = AttemptChange("verdict = 'paid', decidedBy = ?")
    static let requeued = AttemptChange("verdict = 'open', isRefused = 0")
    static let asked = AttemptChange(
        """
        lastAskedAt = CASE WHEN notFoundCount = ? THEN lastAskedAt ELSE ? END, notFoundCount = ?, quietSince = ?
        """)

    private static let receipt =
        "bmID = ?, commission = ?, commissionAmountTiyin = ?, senderExtID = ?, recipientExtID = ?"
}
