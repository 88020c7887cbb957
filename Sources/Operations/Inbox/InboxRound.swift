package import Payouts

/// The result of one inbox round for each file.
package struct InboxRound: Sendable {
    package private(set) var entries: [Entry] = []

    package struct Entry: Sendable {
        package enum Result: String, Sendable {
            case done
            case rejected
            /// Taken; the next round continues with it.
            case waiting
            /// Not taken.
            case left
            /// Done in an earlier round, except for rows that were unknown or that people queued again.
            case goneOn
        }

        package enum End: Sendable {
            case notTaken(InboxFolder.Left)
            /// The round stopped before it came to this file.
            case notReached
            case rejected(Inbox.Rejection.Reason)
            case ran(RunOutcome)
            case stopped(OperationError)
        }

        package let file: String
        package let result: Result
        package let end: End
        /// The totals of its batch, if there is a batch.
        package let statement: BatchStatement?
        /// The path of the file after the round.
        package let path: String?
        package let report: String?

        init(
            _ file: String, _ result: Result, _ end: End, statement: BatchStatement? = nil, path: String? = nil,
            report: String? = nil
        ) {
            self.file = file
            self.result = result
            self.end = end
            self.statement = statement
            self.path = path
            self.report = report
        }
    }

    mutating func add(_ entry: Entry) {
        entries.append(entry)
    }

    /// Removes the entry of a batch that was continued and whose file has an entry of its own.
    mutating func removeContinued(_ batch: BatchReference) {
        entries.removeAll { $0.result == .goneOn && $0.statement?.reference == batch }
    }
}
