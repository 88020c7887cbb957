import PaymentValues

/// The reason for a payout's state: a code, and the bank's own text with cards masked.
package struct Reason: Hashable, Sendable {
    package let code: ReasonCode
    /// The HTTP status of the answer, if there was one.
    package let httpStatus: Int?
    /// The bank's own text, masked and cut to 300 characters.
    package let bankText: String?

    package init(_ code: ReasonCode, httpStatus: Int? = nil, bankText: String? = nil) {
        self.code = code
        self.httpStatus = httpStatus
        self.bankText = bankText.map { String(maskingCardNumbers(in: $0).onOneLine.prefix(300)) }
    }
}

/// A code of the bank's catalogue (`card_not_found`), or one of the program's own codes about the network and the
/// answers.
package struct ReasonCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}

/// The program's own codes, for cases in which the bank gave none.
extension ReasonCode {
    /// The bank refused the login, or refused a token that it had just given.
    package static let signInRefused = ReasonCode(rawValue: "sign_in_refused")
    /// No connection could be opened: nothing was sent.
    package static let bankUnreachable = ReasonCode(rawValue: "bank_unreachable")
    /// The bank asked for a slower pace (HTTP 429).
    package static let tooManyRequests = ReasonCode(rawValue: "too_many_requests")
    /// No answer within the hard timeout.
    package static let noAnswerInTime = ReasonCode(rawValue: "no_answer_in_time")
    /// The connection broke after the request may have left.
    package static let connectionLost = ReasonCode(rawValue: "connection_lost")
    /// The answer cannot be read, is cut or too long, or contradicts itself or the request.
    package static let answerNotTrusted = ReasonCode(rawValue: "answer_not_trusted")
    /// The answer has an HTTP status or a `detail` that is not in the bank's catalogue.
    package static let answerNotCatalogued = ReasonCode(rawValue: "answer_not_catalogued")
    /// The program ended while the request was in flight.
    package static let interrupted = ReasonCode(rawValue: "interrupted")
    /// The bank answered a payout with a redirect, which is never followed.
    package static let redirected = ReasonCode(rawValue: "redirected")
    /// The bank is still processing the payout.
    package static let inProgress = ReasonCode(rawValue: "in_progress")
    /// The bank does not know the payout, though it was sent.
    package static let notFoundAtBank = ReasonCode(rawValue: "not_found_at_bank")
    /// The bank's status means that the payout was not made.
    package static let failedAtBank = ReasonCode(rawValue: "failed_at_bank")
    /// The bank's status is unclear. An employee must settle it.
    package static let unclearAtBank = ReasonCode(rawValue: "unclear_at_bank")
    /// Many answers in a row were unknown, so the run stopped sending.
    package static let tooManyUnknown = ReasonCode(rawValue: "too_many_unknown")
    /// Many rows in a row were refused, apparently for one common cause.
    package static let tooManyRefused = ReasonCode(rawValue: "too_many_refused")
    /// The ledger is older than its send journal, which has more sends of the row.
    package static let ledgerWasSetBack = ReasonCode(rawValue: "ledger_was_set_back")
    /// Another ledger may have sent the row under an earlier agentTranId.
    package static let sentUnderEarlierID = ReasonCode(rawValue: "sent_under_earlier_id")
    /// The ledger could not be written, so nothing more may be sent.
    package static let ledgerFailed = ReasonCode(rawValue: "ledger_failed")
    /// The bank said that the payout was made. Now it says that the payout was reversed.
    package static let reversedAtBank = ReasonCode(rawValue: "reversed_at_bank")
    /// A person recorded the bank's answer about the payout. The text is theirs.
    package static let decidedByPerson = ReasonCode(rawValue: "decided_by_person")
    /// A person decided that the row must not be paid. The text is theirs.
    package static let withdrawnByPerson = ReasonCode(rawValue: "withdrawn_by_person")
    /// A person asked the run to stop.
    package static let stoppedByPerson = ReasonCode(rawValue: "stopped_by_person")
}
