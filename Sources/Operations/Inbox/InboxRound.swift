package import Payouts

/// The result of one inbox round for each file.
package struct InboxRound: Sendable {
    package private(set) var entries: [Entry] = []

    package struct Entry: Sendable {
        package enum Result: String, Sendable {
            case done
            case rejected
            /// The file was taken. The next round continues with it.
            case waiting
            /// The file was not taken.
            case left
            /// The file was finished in an earlier round, except for rows that were unknown or queued again by people.
            case goneOn
        }

        package enum End: Sendable {
            case notTaken(InboxFolder.Left)
            /// The round stopped before it reached this file.
            case notReached
            case rejected(Inbox.Rejection.Reason)
            case ran(RunOutcome)
            case stopped(OperationError)
        }

        package let file: String
        package let result: Result
        package let end: End
        /// The totals of the file's batch, if there is a batch.
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

    /// Removes the entry of a continued batch whose file has an entry of its own.
    mutating func removeContinued(_ batch: BatchReference) {
        entries.removeAll { $0.result == .goneOn && $0.statement?.reference == batch }
    }
}
