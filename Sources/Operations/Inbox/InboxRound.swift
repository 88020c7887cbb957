import Payouts

/// What became of each file in one round of the inbox.
package struct InboxRound: Sendable {
    package private(set) var entries: [Entry] = []

    package struct Entry: Sendable {
        package enum Result: String, Sendable {
            case done
            case rejected
            /// Taken, and gone on with in the next round.
            case waiting
            /// Not taken.
            case left
            /// Done in an earlier round, but for rows that were unknown or that people queued again.
            case goneOn
        }

        package enum End: Sendable {
            case notTaken(InboxFolder.Left.Why)
            case rejected(Inbox.Rejection.Reason)
            case ran(RunOutcome)
            case stopped(OperationError)
        }

        package let file: String
        package let result: Result
        package let end: End
        /// How its batch stands, once there is one.
        package let statement: BatchStatement?
        /// Where the file lies now.
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
}
