import PaymentValues

/// Why a payout stands where it stands: a code, and what the bank said in its own words, cards masked.
package struct Reason: Hashable, Sendable {
    package let code: ReasonCode
    /// The HTTP status of the answer, where there was one.
    package let httpStatus: Int?
    /// The bank's own text, masked and cut to 300 characters.
    package let bankText: String?

    package init(_ code: ReasonCode, httpStatus: Int? = nil, bankText: String? = nil) {
        self.code = code
        self.httpStatus = httpStatus
        self.bankText = bankText.map { String(maskingCardNumbers(in: $0).onOneLine.prefix(300)) }
    }
}

/// A code of the bank's catalogue (`card_not_found`) or one of ours for what the network and the answers showed.
package struct ReasonCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}

/// What we saw ourselves, where the bank gave no code of its own.
extension ReasonCode {
    /// The bank did not accept the login, or did not accept a token that it had just given.
    package static let signInRefused = ReasonCode(rawValue: "sign_in_refused")
    /// No connection could be opened: nothing was sent.
    package static let bankUnreachable = ReasonCode(rawValue: "bank_unreachable")
    /// The bank asked us to slow down (HTTP 429).
    package static let tooManyRequests = ReasonCode(rawValue: "too_many_requests")
    /// No answer within the hard timeout.
    package static let noAnswerInTime = ReasonCode(rawValue: "no_answer_in_time")
    /// The connection broke after the request may have left.
    package static let connectionLost = ReasonCode(rawValue: "connection_lost")
    /// An answer that cannot be read, is cut or too long, or contradicts itself or the request.
    package static let answerNotTrusted = ReasonCode(rawValue: "answer_not_trusted")
    /// An HTTP status or a `detail` outside the bank's catalogue.
    package static let answerNotCatalogued = ReasonCode(rawValue: "answer_not_catalogued")
    /// The program ended while the request was on its way.
    package static let interrupted = ReasonCode(rawValue: "interrupted")
    /// The bank answered a payout with a redirect, which is never followed.
    package static let redirected = ReasonCode(rawValue: "redirected")
    /// The bank says that the payout is still under way.
    package static let inProgress = ReasonCode(rawValue: "in_progress")
    /// The bank does not know the payout, though it was sent.
    package static let notFoundAtBank = ReasonCode(rawValue: "not_found_at_bank")
    /// The status that the bank gives means that the payout was not made.
    package static let failedAtBank = ReasonCode(rawValue: "failed_at_bank")
    /// The status that the bank gives must be settled by people.
    package static let unclearAtBank = ReasonCode(rawValue: "unclear_at_bank")
    /// Many answers in a row were unknown, so that sending stopped.
    package static let tooManyUnknown = ReasonCode(rawValue: "too_many_unknown")
    /// Many rows in a row were refused for what looks like one common cause.
    package static let tooManyRefused = ReasonCode(rawValue: "too_many_refused")
    /// The ledger was set back: what it had forgotten of the row, its send journal knows.
    package static let ledgerWasSetBack = ReasonCode(rawValue: "ledger_was_set_back")
    /// The ledger could not be written, so nothing more may be sent.
    package static let ledgerFailed = ReasonCode(rawValue: "ledger_failed")
    /// The bank said that the payout was made, and says now that it took it back.
    package static let reversedAtBank = ReasonCode(rawValue: "reversed_at_bank")
    /// A person found out what became of the payout; the text is theirs.
    package static let decidedByPerson = ReasonCode(rawValue: "decided_by_person")
    /// A person wants the row not to be paid; the text is theirs.
    package static let withdrawnByPerson = ReasonCode(rawValue: "withdrawn_by_person")
    /// A person asked the run to stop.
    package static let stoppedByPerson = ReasonCode(rawValue: "stopped_by_person")
}
