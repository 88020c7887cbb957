package import Foundation

/// What the bank knows of one agentTranId.
struct Payment: Sendable, Codable, Equatable {
    let agentTranId: Int64
    let bmId: Int64
    let extId: Int64
    let account: String
    let mfo: String
    let senderName: String
    /// Masked: the full card is in the debit, in memory only.
    let maskedCard: String
    let amountTiyin: Int64
    let isDebited: Bool
    var state: State
    /// The catalogue's code that the pay request was answered with, if it was an error.
    let detail: String?
    /// How often /agent/status still says PAYING before SUCCESS.
    var askingsUntilPaid: Int?
    let atMilliseconds: Int64
    var reversedAtMilliseconds: Int64?

    enum State: String, Sendable, Codable {
        case success = "SUCCESS"
        case failed = "FAILED"
        case paying = "PAYING"
        case debited = "DEBITED"
        case reversed = "REVERSED"
    }

    var at: Date { Self.date(atMilliseconds) }
    var reversedAt: Date? { reversedAtMilliseconds.map(Self.date) }

    static func milliseconds(_ moment: Date) -> Int64 {
        Int64((moment.timeIntervalSince1970 * 1000).rounded())
    }

    private static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    static func text(of moment: Date) -> String {
        moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The answer of /agent/status.
    var statusJSON: JSONText { statusJSON(saying: state.rawValue) }

    func statusJSON(saying status: String) -> JSONText {
        let time = Self.text(of: at)
        return .fields([
            "id": .integer(bmId),
            "recipientShortName": .string("SANDBOX"),
            "sessionId": .string(String(atMilliseconds)),
            "amount": .integer(amountTiyin),
            "account": .string(maskedCard),
            "currency": .integer(860),
            "extId": .string(String(extId)),
            "requestTime": .string(time),
            "responseTime": .string(time),
            "responseText": .string(status == State.success.rawValue ? "OK" : status),
            // True while PAYING too: the document warns that `success` alone says nothing.
            "success": .bool(state != .failed && state != .reversed),
            "status": .string(status),
            "data": .fields([:]),
            "gatewayName": .null,
            "sender": .null,
            "receiver": .null,
        ])
    }
}

/// One withdrawal from the company's account. A bank that does not look at ids makes several for one id.
package struct Debit: Sendable, Equatable {
    package let agentTranId: Int64
    package let amountTiyin: Int64
    package let account: String
    package let maskedCard: String
    /// The full card, for comparisons in memory; nil after a restart, for it is never written.
    package let pan: String?
    package let bmId: Int64
    /// When the money left the account.
    package let at: Date
    /// When it came back, if it did.
    package internal(set) var reversedAt: Date?

    init(_ payment: Payment, pan: String?) {
        agentTranId = payment.agentTranId
        amountTiyin = payment.amountTiyin
        account = payment.account
        maskedCard = payment.maskedCard
        self.pan = pan
        bmId = payment.bmId
        at = payment.at
    }
}
