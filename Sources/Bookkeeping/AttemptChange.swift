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
    static let paid = AttemptChange("verdict = 'paid', \(receipt)")
    static let refused = AttemptChange("verdict = 'refused'")
    static let unknown = AttemptChange("verdict = 'open', isDoubtful = 1, quietSince = ?")
    static let review = AttemptChange("verdict = 'open', isDoubtful = 1")
    /// People decide about rows that are unknown or for review, whose attempts are open.
    static let paidByDecision = AttemptChange("verdict = 'paid', decidedBy = ?")
    static let requeued = AttemptChange("verdict = 'open'")
    static let asked = AttemptChange(
        """
        lastAskedAt = CASE WHEN notFoundCount = ? THEN lastAskedAt ELSE ? END, notFoundCount = ?, quietSince = ?
        """)

    private static let receipt =
        "bmID = ?, commission = ?, commissionAmountTiyin = ?, senderExtID = ?, recipientExtID = ?"
}
