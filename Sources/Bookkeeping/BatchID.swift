/// The number that the ledger gives a batch.
package struct BatchID: Hashable, Sendable {
    let number: Int64
}
