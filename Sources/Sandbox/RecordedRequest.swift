/// One request that reached the bank, in the order in which the bank took them up.
package struct RecordedRequest: Sendable, Equatable {
    package let path: Path
    package let agentTranId: Int64?
    /// The answer in a word: `paid`, a `detail` of the catalogue, a status, or a fault's name.
    package let outcome: String

    package enum Path: String, Sendable, CaseIterable {
        case login, refresh, pay, status, other
    }
}
