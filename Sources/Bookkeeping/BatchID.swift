/// The ledger's own number of a batch.
package struct BatchID: Hashable, Sendable {
    let number: Int64
}
