package import Payouts

/// A row that pays the same card the same amount as a row of another batch did.
package struct DuplicatePayment: Hashable, Sendable {
    package let row: Int
    package let batch: BatchReference
    package let otherRow: Int
}
