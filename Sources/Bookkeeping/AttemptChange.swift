/// A statement that changes one attempt. The last three of its values name the attempt.
///
/// The statement finds the attempt by its row, because the neighbouring rows were changed a moment ago and their pages
/// are in memory. A search by id would read a page of the id index for each attempt; the `+` stops SQLite from using
/// that index.
///
/// `OR ROLLBACK` makes a change that breaks a rule of the schema roll back the whole transaction, which the caller
/// would do anyway. With the default, `ABORT`, SQLite would copy each page before it changes it.
struct AttemptChange {
    let sql: String

    /// - Parameter columns: assignments written in this file, never input; the values are bound.
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
    /// A person decides only about rows that are unknown or in dispute, and the attempts of these are open.
    static let paidByDecision = AttemptChange("verdict = 'paid', decidedBy = ?")
    static let requeued = AttemptChange("verdict = 'open'")
    static let asked = AttemptChange(
        """
        lastAskedAt = CASE WHEN notFoundCount = ? THEN lastAskedAt ELSE ? END, notFoundCount = ?, quietSince = ?
        """)

    private static let receipt =
        "bmID = ?, commission = ?, commissionAmountTiyin = ?, senderExtID = ?, recipientExtID = ?"
}
