package import Foundation

/// An SMS that a real bank would have sent, for a tester to read.
package struct TextMessage: Sendable, Equatable {
    /// The id of the verification or bill.
    package let id: Int64
    package let purpose: Purpose
    package let phone: String
    package let maskedCard: String
    package let code: String
    package let at: Date

    package enum Purpose: String, Sendable {
        case verification, bill
    }

    var json: JSONText {
        .fields([
            "id": .integer(id), "purpose": .string(purpose.rawValue), "phone": .string(phone),
            "card": .string(maskedCard), "code": .string(code), "at": .string(Payment.text(of: at)),
        ])
    }
}
