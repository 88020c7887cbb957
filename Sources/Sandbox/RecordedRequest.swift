/// One request to the bank. Requests are recorded in the order in which the bank took them.
package struct RecordedRequest: Sendable, Equatable {
    package let path: Path
    package let agentTranId: Int64?
    /// The answer in a word: `paid`, a `detail` of the catalogue, a status, or the name of a fault.
    package let outcome: String

    package init(path: Path, agentTranId: Int64?, outcome: String) {
        self.path = path
        self.agentTranId = agentTranId
        self.outcome = outcome
    }
}
