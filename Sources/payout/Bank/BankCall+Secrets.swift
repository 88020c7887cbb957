import Foundation
import MerchantAPI
import PaymentValues
import Payouts

/// Reads secrets from an option, or from the person if the option is missing. No error message repeats a secret.
extension BankCall {
    func card(_ option: String?) throws -> CardNumber {
        let text = try secret("pan", option, prompt: "card number")
        do throws(CardNumber.Invalid) {
            return try CardNumber(text.filter { $0 != " " })
        } catch {
            switch error {
            case .shape: throw wrong("pan", "a card number must have 16 digits")
            case .checkDigit: throw wrong("pan", "the check digit is wrong: look for a mistyped digit")
            }
        }
    }

    func expiry(_ option: String?) throws -> CardExpiry {
        do {
            return try CardExpiry(mmyy: try secret("exp", option, prompt: "expiry, MMYY"))
        } catch is CardExpiry.Invalid {
            throw wrong("exp", "it must have four digits, month and year: 0727")
        }
    }

    func code(_ option: String?) throws -> OTPCode {
        do {
            return try OTPCode(try secret("otp", option, prompt: "code from the SMS"))
        } catch is OTPCode.Invalid {
            throw wrong("otp", "a code must have 4 to 10 digits")
        }
    }

    func secret(_ name: String, _ option: String?, prompt: String) throws -> String {
        if let option { return option }
        let typed = program.console.askHidden(prompt)?.trimmingCharacters(in: .whitespaces)
        guard let text = typed, !text.isEmpty else {
            throw CommandError(
                .wrongUse, "--\(name) is missing: give the option or a line on standard input. Nothing was sent")
        }
        return text
    }

    private func wrong(_ name: String, _ what: String) -> CommandError {
        CommandError(.wrongUse, "--\(name) is invalid: \(what). Nothing was sent")
    }
}
