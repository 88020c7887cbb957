/// What a person corrected in a row. Cards are masked, and an expiry is never kept.
package struct RowChanges: Hashable, Sendable, Codable {
    package var account: Change<String>?
    package var mfo: Change<String>?
    package var pan: Change<String>?
    /// `true` where there is a new expiry.
    package var exp: Bool?
    package var amountTiyin: Change<Int64>?

    package struct Change<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
        package let from: Value
        package let to: Value

        package init(from: Value, to: Value) {
            self.from = from
            self.to = to
        }
    }

    package init() {}
}
