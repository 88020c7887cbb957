import Foundation

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

    enum State: String, Sendable, Codable {
        case success = "SUCCESS"
        case failed = "FAILED"
        case paying = "PAYING"
        case debited = "DEBITED"
    }

    /// The answer of /agent/status.
    var statusJSON: JSONText {
        let time = Date(timeIntervalSince1970: Double(atMilliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
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
            "responseText": .string(state == .success ? "OK" : state.rawValue),
            // True while PAYING too: the document warns that `success` alone says nothing.
            "success": .bool(state != .failed),
            "status": .string(state.rawValue),
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
}
