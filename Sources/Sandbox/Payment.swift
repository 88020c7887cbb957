package import Foundation

/// The bank's record of one agentTranId.
struct Payment: Sendable, Codable, Equatable {
    let agentTranId: Int64
    let bmId: Int64
    let extId: Int64
    let account: String
    let mfo: String
    let senderName: String
    /// The masked card. Only the debit has the full card, in memory.
    let maskedCard: String
    let amountTiyin: Int64
    let isDebited: Bool
    var state: State
    /// The code of the catalogue if the bank answered the pay request with an error.
    let detail: String?
    /// The number of status queries that still get PAYING before SUCCESS.
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

    /// The answer to /agent/status.
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
            // This is also true for PAYING: the document warns that `success` alone proves nothing.
            "success": .bool(state != .failed && state != .reversed),
            "status": .string(status),
            "data": .fields([:]),
            "gatewayName": .null,
            "sender": .null,
            "receiver": .null,
        ])
    }
}

/// One withdrawal from the company's account. A bank that ignores ids makes several for one id.
package struct Debit: Sendable, Equatable {
    package let agentTranId: Int64
    package let amountTiyin: Int64
    package let account: String
    package let maskedCard: String
    /// The full card, for comparisons in memory. `nil` after a restart, because it is never stored.
    package let pan: String?
    package let bmId: Int64
    /// The time of the withdrawal.
    package let at: Date
    /// The time of the reversal, if any.
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
