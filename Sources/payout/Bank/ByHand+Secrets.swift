import Foundation
import MerchantAPI
import PaymentValues
import Payouts

/// What must not be seen, from its option, or else from the person. What is wrong with it is said without repeating it.
extension ByHand {
    func card(_ option: String?) throws -> CardNumber {
        let text = try secret("pan", option, prompt: "card number")
        do throws(CardNumber.Invalid) {
            return try CardNumber(text.filter { $0 != " " })
        } catch {
            switch error {
            case .shape: throw wrong("pan", "a card number has 16 digits")
            case .checkDigit: throw wrong("pan", "its last digit does not fit the others: look for a mistyped one")
            }
        }
    }

    func expiry(_ option: String?) throws -> CardExpiry {
        do {
            return try CardExpiry(mmyy: try secret("exp", option, prompt: "expiry, MMYY"))
        } catch is CardExpiry.Invalid {
            throw wrong("exp", "it is four digits, month and year: 0727")
        }
    }

    func code(_ option: String?) throws -> OTPCode {
        do {
            return try OTPCode(try secret("otp", option, prompt: "code from the SMS"))
        } catch is OTPCode.Invalid {
            throw wrong("otp", "a code has 4 to 10 digits")
        }
    }

    func secret(_ name: String, _ option: String?, prompt: String) throws -> String {
        if let option { return option }
        guard let text = services.console.askHidden(prompt), !text.isEmpty else {
            throw Failure(
                .wrongUse, "--\(name) is missing: give it, or a line of standard input. Nothing was sent")
        }
        return text
    }

    private func wrong(_ name: String, _ what: String) -> Failure {
        Failure(.wrongUse, "--\(name) cannot be used: \(what). Nothing was sent")
    }
}
