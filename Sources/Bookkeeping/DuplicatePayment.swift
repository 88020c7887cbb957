package import Foundation
package import Payouts

/// A row with the same card and the same amount as a row of another batch.
package struct DuplicatePayment: Hashable, Sendable {
    package let row: Int
    package let batch: BatchReference
    package let otherRow: Int
    /// When the other batch was imported.
    package let importedAt: Date
}

/// A row of a batch that has a key of the accountant's.
package struct KeyedRow: Hashable, Sendable {
    package let batch: BatchReference
    package let row: Int
    package let maskedCard: String
}
