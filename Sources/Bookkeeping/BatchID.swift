/// The number that the ledger gives a batch.
package struct BatchID: Hashable, Sendable {
    package let number: Int64
}
