/// Changes one attempt. The last three values of the statement name the attempt.
///
/// The statement finds the attempt by its row. The neighbouring rows were changed a moment ago, so their pages are in
/// memory. A search by id would read a page of the id index for each attempt. The `+` keeps SQLite from using that
/// index.
///
/// If a change breaks a rule of the schema, `OR ROLLBACK` rolls back the whole transaction, as the caller would. With
/// the default, `ABORT`, SQLite would copy each page before it changes it.
struct AttemptChange {
    let sql: String

    /// Makes a statement.
    /// - Parameter columns: the assignments. They are constants of this file, never input. Values are bound.
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
    /// Earlier answers “not found” were about an earlier send.
    static let unknown = AttemptChange(
        "verdict = 'open', isDoubtful = 1, quietSince = ?, lastAskedAt = NULL, notFoundCount = 0")
    /// The journal knows these sends. The ledger has no claims for them.
    static let restored = AttemptChange("sends = max(sends, ?)")
    static let review = AttemptChange("verdict = 'open', isDoubtful = 1")
    /// People decide only about rows that are unknown or in dispute. The attempts of these rows are open.
    static let paidByDecision = AttemptChange("verdict = 'paid', decidedBy = ?")
    static let requeued = AttemptChange("verdict = 'open'")
    static let asked = AttemptChange(
        """
        lastAskedAt = CASE WHEN notFoundCount = ? THEN lastAskedAt ELSE ? END, notFoundCount = ?, quietSince = ?
        """)

    private static let receipt =
        "bmID = ?, commission = ?, commissionAmountTiyin = ?, senderExtID = ?, recipientExtID = ?"
}
