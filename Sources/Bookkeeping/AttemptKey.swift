package import PaymentValues

/// The identity of one attempt in the ledger.
package struct AttemptKey: Hashable, Sendable {
    package let batch: BatchID
    package let row: Int
    package let id: AgentTransactionID

    package init(batch: BatchID, row: Int, id: AgentTransactionID) {
        self.batch = batch
        self.row = row
        self.id = id
    }
}
