package import PaymentValues

/// A problem of a statement. Every problem makes payout refuse the whole statement.
package enum StatementProblem: Hashable, Sendable {
    // The file
    case empty
    case unknownFormat
    /// The file has a zero byte, or bytes that are invalid in its encoding.
    case notText
    /// The file ends before its end mark.
    case cut
    /// The message of the XML parser.
    case malformedXML(String)
    case documentType
    case tooLong(limit: Int)
    case tooManyLines(limit: Int)
    /// A workbook in another format than .xlsx.
    case otherWorkbook
    case lockedWorkbook
    case damagedWorkbook
    /// No program makes such a workbook by accident.
    case unsafeWorkbook
    case workbookTooLarge

    // The account
    case noAccount
    case accountUnreadable(String)
    case otherAccount(String, than: String)
    case otherCurrency(String)
    /// The account or the period comes after the first line.
    case headerTooLate

    // The period
    case noPeriod
    case dayUnreadable(String)
    case periodBackwards
    /// The parts of the statement leave out days, or have days twice.
    case partsDoNotFollow
    /// A part does not begin with the closing balance of the part before it.
    case partsBalancesDiffer

    // The balances
    case noOpeningBalance
    case noClosingBalance
    case balancesDoNotAddUp(expected: Tiyin, stated: Tiyin)
    case debitsDiffer(counted: Tiyin, stated: Tiyin)
    case creditsDiffer(counted: Tiyin, stated: Tiyin)
    case sumTooLarge

    // A line
    case amountUnreadable(String)
    case amountNotPositive(String)
    case dayMissing
    case dayOutsidePeriod(CalendarDay)
    /// Neither side of the document is the account.
    case notOfThisAccount
    /// Both sides are the account.
    case bothSidesAreTheAccount
    case sectionNotClosed
    /// Both a debit and a credit, or neither.
    case noDirection
    case notBooked
    /// The details of an entry do not add up to it.
    case detailsDiffer(counted: Tiyin, stated: Tiyin)

    // A table
    case noTable
    /// A row has the names of some columns, and names that are unknown.
    case columnsUnknown([String])
    /// Several sheets of a workbook have the names of columns.
    case severalSheets([String])
    /// A spreadsheet made a number of an account, and lost its last digits.
    case digitsLost
    case unclosedQuote
    case rowUnreadable
}

/// A problem with its place in the file.
package struct StatementFinding: Hashable, Sendable {
    /// The line of a text, or the row of a table. `nil` for the whole file.
    package let place: Int?
    package let problem: StatementProblem

    package init(_ problem: StatementProblem, at place: Int?) {
        self.problem = problem
        self.place = place
    }
}

/// The reason why a statement is refused.
package struct StatementRejected: Error, Hashable, Sendable {
    /// The first findings, in the order of the file.
    package let findings: [StatementFinding]
    /// The number of all findings, including those that are not kept.
    package let count: Int
}
