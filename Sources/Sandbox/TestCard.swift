/// A card whose number determines the result of its payment.
///
/// Digits 5 to 12 of a test card are zeros, and digits 13 to 15 are a number of this table. The first four digits can
/// be any. The last digit is the Luhn digit. One in a hundred million ordinary cards has these zeros by chance.
package struct TestCard: Sendable, Equatable {
    /// Digits 13 to 15 of the card.
    package let number: Int
    package let outcome: Outcome
    /// The answer to the pay request.
    package let answer: String
    /// Whether the company's account is debited.
    package let debited: Bool
    /// The status afterwards.
    package let status: String

    package enum Outcome: Sendable, Equatable {
        case refused(BankError)
        case paidLate
        case paidThenClosed
        case paidThenHeld
        case closedBeforePaying
        case debitErrorNotPaid
        case debitErrorThoughPaid
        case needsReverse
        case badGateway
        case tooManyRequestsOnce
        case unauthorizedOnce
        case payingThreeTimes
        case payingForever
        case wrongAmount
        case errorInResult
        case redirect
    }

    package static let all: [TestCard] = [
        TestCard(1, .refused(.cardNotFound), "400 card_not_found", debited: false, "FAILED"),
        TestCard(2, .refused(.cardNotActive), "400 card_not_active", debited: false, "FAILED"),
        TestCard(3, .refused(.cardNotValid), "400 card_not_valid", debited: false, "FAILED"),
        TestCard(4, .refused(.bankNotSupported), "400 bank_not_supported", debited: false, "FAILED"),
        TestCard(5, .refused(.limitExceeded), "400 limit_exceeded", debited: false, "FAILED"),
        TestCard(
            6, .refused(.insufficientFundsOnDeposit), "400 insufficient_funds_on_deposit", debited: false,
            "object_not_found"),
        TestCard(11, .paidLate, "paid, after 2 s", debited: true, "SUCCESS"),
        TestCard(12, .paidThenClosed, "none: the connection closes", debited: true, "SUCCESS"),
        TestCard(13, .paidThenHeld, "none: the connection is held for 120 s", debited: true, "SUCCESS"),
        TestCard(14, .closedBeforePaying, "none: the connection closes", debited: false, "object_not_found"),
        TestCard(15, .wrongAmount, "paid, with 1 tiyin too many in the answer", debited: true, "SUCCESS"),
        TestCard(21, .debitErrorNotPaid, "500 debit_error", debited: false, "FAILED"),
        TestCard(22, .debitErrorThoughPaid, "500 debit_error", debited: true, "SUCCESS"),
        TestCard(23, .needsReverse, "500 billing_error_need_reverse", debited: true, "DEBITED"),
        TestCard(24, .badGateway, "502 with a page of HTML", debited: false, "object_not_found"),
        TestCard(25, .errorInResult, "200 with card_not_found under result", debited: false, "FAILED"),
        TestCard(31, .tooManyRequestsOnce, "429 with Retry-After 1, then paid", debited: true, "SUCCESS"),
        TestCard(32, .unauthorizedOnce, "401 bad_credentials, then paid", debited: true, "SUCCESS"),
        TestCard(33, .redirect, "307 to a path that would pay", debited: false, "object_not_found"),
        TestCard(41, .payingThreeTimes, "500 timeout", debited: true, "PAYING three times, then SUCCESS"),
        TestCard(42, .payingForever, "500 timeout", debited: false, "PAYING"),
    ]

    private static let byNumber = Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0) })

    private init(_ number: Int, _ outcome: Outcome, _ answer: String, debited: Bool, _ status: String) {
        self.number = number
        self.outcome = outcome
        self.answer = answer
        self.debited = debited
        self.status = status
    }

    /// Creates the test card with this number, or returns `nil` if it is not a test card.
    package init?(pan: String) {
        guard let number = Self.number(of: pan), let card = Self.byNumber[number] else { return nil }
        self = card
    }

    /// Returns the number in digits 13 to 15 if digits 5 to 12 are zeros.
    static func number(of pan: String) -> Int? {
        let digits = Array(pan)
        guard digits.count == 16, digits[4..<12].allSatisfy({ $0 == "0" }) else { return nil }
        return Int(String(digits[12..<15]))
    }

    /// Returns the full card number for a prefix of four digits.
    package func pan(prefix: String = "8600") -> String {
        let digits = String(number)
        let payload = prefix + "00000000" + String(repeating: "0", count: 3 - digits.count) + digits
        return payload + String(Digits.luhnCheckDigit(of: payload))
    }
}
