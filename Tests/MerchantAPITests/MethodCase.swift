import MerchantAPI
import PaymentValues
import Testing

/// One of the bank's 15 methods, with the request of its sample as far as the library's types can express it.
struct MethodCase: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    /// The bill of the document's answer. In most samples it differs from the request's.
    let answered: Int64
    /// Returns the answer as it was read, so that two answers can be compared.
    let ask: @Sendable (MerchantClient, Int64) async throws(MerchantError) -> String

    init(
        _ name: String, _ path: String, answered: Int64 = 0,
        ask: @escaping @Sendable (MerchantClient, Int64) async throws(MerchantError) -> String
    ) {
        self.name = name
        self.path = path
        self.answered = answered
        self.ask = ask
    }

    var testDescription: String { name }
    var number: Int { Int(name.prefix(2)) ?? 0 }
    var method: MerchantMethod { MerchantMethod(rawValue: number) ?? .login }
    var isGet: Bool { number == 5 }
    /// Whether the method answers with a bill.
    var tellsOfABill: Bool { (6...13).contains(number) }

    static let card = "8600069195406311"

    static let all: [MethodCase] = [login, refresh] + cards + bills + [status, payout]

    private static let login = MethodCase("01-login", "/api/ext/user/login") { client, _ throws(MerchantError) in
        text(try await client.login())
    }

    private static let refresh = MethodCase(
        "02-refresh-token", "/api/ext/user/refresh-token"
    ) { client, _ throws(MerchantError) in
        text(try await client.refreshToken(RefreshToken("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...")))
    }

    private static let cards = [
        MethodCase("03-send-otp", "/services/partnercardms/api/send-otp") { client, _ throws(MerchantError) in
            let (card, expiry) = plastic()
            return text(try await client.sendOTP(OTPRequest(card: card, expiry: expiry)))
        },
        MethodCase("04-verify-otp", "/services/partnercardms/api/verify-otp") { client, _ throws(MerchantError) in
            let verification = OTPVerification(id: made { try VerificationID(1_907_947_016) }, otp: code("123321"))
            return try await client.verifyOTP(verification).secret
        },
        MethodCase(
            "05-get-user-cards", "/services/partnercardms/api/get-user-cards"
        ) { client, _ throws(MerchantError) in
            text(try await client.userCards())
        },
    ]

    private static let bills = [
        MethodCase(
            "06-check", "/services/bmms/api/agent/unregistered-check", answered: 935_191
        ) { client, _ throws(MerchantError) in
            let (card, expiry) = plastic()
            return text(
                try await client.checkBill(
                    made {
                        try BillCheck(
                            account: "30", recipient: made { try RecipientID(17) }, amount: Tiyin(100),
                            reference: AgentReference(made { try AgentTransactionID(100_000_000_000_001) }), card: card,
                            expiry: expiry)
                    }))
        },
        MethodCase(
            "07-pay", "/services/bmms/api/agent/unregistered-pay", answered: 936_532
        ) { client, bill throws(MerchantError) in
            text(
                try await client.payBill(
                    BillPayment(bill: made { try BillID(bill) }, otp: code("445566"), expected: Tiyin(1000))))
        },
        MethodCase(
            "08-hold", "/services/bmms/api/agent/hold/v2/otp", answered: 936_532
        ) { client, bill throws(MerchantError) in
            text(
                try await client.holdBill(
                    BillHold(bill: made { try BillID(bill) }, otp: code("225588"), expected: Tiyin(1000))))
        },
        MethodCase(
            "09-confirm-hold", "/services/bmms/api/agent/hold/v2/confirm", answered: 936_532
        ) { client, bill throws(MerchantError) in
            text(try await client.confirmHold(HoldConfirmation(bill: made { try BillID(bill) })))
        },
        MethodCase(
            "10-add-to-hold", "/services/bmms/api/agent/hold/v2/more", answered: 100_000_051
        ) { client, bill throws(MerchantError) in
            let (card, expiry) = plastic()
            return text(
                try await client.addToHold(
                    made {
                        try HoldIncrease(
                            bill: made { try BillID(bill) }, amount: Tiyin(155_000), card: card, expiry: expiry)
                    }))
        },
        MethodCase(
            "11-cancel", "/services/bmms/api/agent/cancel/v3", answered: 936_532
        ) { client, bill throws(MerchantError) in
            text(try await client.cancelPayment(PaymentCancellation(bill: made { try BillID(bill) })))
        },
        MethodCase(
            "12-reverse-hold", "/services/bmms/api/agent/hold/v2/reverse", answered: 936_532
        ) { client, bill throws(MerchantError) in
            text(try await client.reverseHold(HoldReversal(bill: made { try BillID(bill) })))
        },
        MethodCase(
            "13-reverse-part-of-hold", "/services/bmms/api/agent/hold/v2/reverse/partial", answered: 100_151_854
        ) { client, bill throws(MerchantError) in
            text(
                try await client.reversePartOfHold(
                    made {
                        try PartialHoldReversal(
                            bill: made { try BillID(bill) }, amount: Tiyin(100), ofHeld: Tiyin(100_100))
                    }))
        },
    ]

    private static let status = MethodCase(
        "14-status", "/services/bmms/api/agent/status", answered: 936_532
    ) { client, bill throws(MerchantError) in
        text(try await client.status(StatusRequest(.bill(made { try BillID(bill) }))))
    }

    private static let payout = MethodCase(
        "15-payout", "/services/bmms/api/ext/agent/pay"
    ) { client, _ throws(MerchantError) in
        text(try await client.pay(order()))
    }

    // MARK: Values of the samples

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { preconditionFailure("a value of the samples is not one of ours: \(error)") }
    }

    private static func plastic() -> (CardNumber, CardExpiry) {
        made { (try CardNumber(card), try CardExpiry(mmyy: "0727")) }
    }

    private static func code(_ digits: String) -> OTPCode {
        made { try OTPCode(digits) }
    }

    private static func order() -> PayoutOrder {
        made {
            PayoutOrder(
                id: try AgentTransactionID(100_000_000_000_001), senderName: "viplati",
                account: try SettlementAccount("20208000000000000001"), bankCode: try BankCode("01183"),
                card: try CardNumber(card), expiry: try CardExpiry(mmyy: "1025"), amount: Tiyin(100))
        }
    }

    /// Returns every field of an answer except `data`, which stays as the bank wrote it.
    private static func text(_ answer: some Any) -> String {
        var text = ""
        dump(answer, to: &text)
        let lines = text.split(separator: "\n")
        return zip([""] + lines, lines).filter { !"\($0)\($1)".contains(" data: ") }.map(\.1).joined(separator: "\n")
    }
}
