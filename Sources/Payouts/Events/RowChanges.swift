/// A person's corrections of a row. Cards are masked. An expiry is never stored.
package struct RowChanges: Hashable, Sendable, Codable {
    package var account: Change<String>?
    package var mfo: Change<String>?
    package var pan: Change<String>?
    /// `true` if there is a new expiry.
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
