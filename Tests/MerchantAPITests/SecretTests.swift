import PaymentValues
import Testing

@testable import MerchantAPI

@Suite struct SecretTests {
    private static let card = "8600069195406311"

    private func values() throws -> [any Sendable] {
        let (card, expiry) = (try CardNumber(Self.card), try CardExpiry(mmyy: "0727"))
        let otp = try OTPCode("445566")
        let bill = try BillID(777)
        return [
            otp, CardToken(secret: "sesame-open"), RefreshToken("sesame-open"), AccessToken(secret: "sesame-open"),
            Password("sesame-open"), OTPRequest(card: card, expiry: expiry),
            OTPVerification(id: try VerificationID(1), otp: otp), BillPayment(bill: bill, otp: otp),
            BillHold(bill: bill, otp: otp), try HoldIncrease(bill: bill, amount: Tiyin(1), card: card, expiry: expiry),
            try BillCheck(
                account: "30", recipient: try RecipientID(1), amount: Tiyin(1),
                reference: try AgentReference("a"), card: card, expiry: expiry),
            Grant(
                access: AccessToken(secret: "sesame-open"), refresh: RefreshToken("sesame-open"),
                lifetime: .seconds(1)),
            MerchantClient.Configuration(
                address: try BankAddress("http://bank"), username: "agent", password: Password("sesame-open")),
        ]
    }

    @Test func noPrintingShowsASecret() throws {
        for value in try values() {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(describing: value), String(reflecting: value), dumped] {
                for secret in [Self.card, "0727", "445566", "sesame"] {
                    #expect(!text.contains(secret), "\(type(of: value))")
                }
            }
        }
    }

    @Test func theBanksTextIsMaskedBeforeItIsShown() async throws {
        let cards = try #require(MethodCase.all.first { $0.number == 5 })
        let bank = try await ToldBank(path: cards.path)
        let shown = #"{"pan":"\#(Self.card)","cardHolderName":"\#(Self.card)"}"#
        let whole = #"{"success":true,"exception":null,"data":[\#(shown)]}"#
        #expect(try await !bank.hears(cards, 200, whole).get().contains(Self.card))
        let refusal = await bank.hears(cards, 200, #"{"success":false,"exception":"no card \#(Self.card)"}"#)
        #expect(!"\(refusal)".contains(Self.card) && "\(refusal)".contains("860006"))
        try await bank.stop()

        let pay = try #require(MethodCase.all.first { $0.number == 7 })
        let other = try await ToldBank(path: pay.path)
        let body = #"{"id":777,"success":false,"status":"\#(Self.card)","responseText":"\#(Self.card)","amount":1}"#
        let unsuccessful = await other.hears(pay, 200, body, bill: 777)
        #expect(!"\(unsuccessful)".contains(Self.card) && "\(unsuccessful)".contains("860006"))
        let answer = try SampleTests.text("07-pay.answer").replacing("\"30\"", with: "\"\(Self.card)\"")
            .replacing("EXT_PAY_ID", with: Self.card).replacing("RIVO_CREATIVE", with: Self.card)
            .replacing("\"2\"", with: "\"\(Self.card)\"")
        #expect(try await !other.hears(pay, 200, answer).get().contains(Self.card))
        try await other.stop()
    }

    @Test func valuesThatCannotBeAreNotMade() {
        for digits in ["", "123", "12345678901", "12a4", "١٢٣٤", "12 34"] {
            #expect(throws: OTPCode.Invalid.self) { try OTPCode(digits) }
        }
        for text in ["", "a b", "é", String(repeating: "a", count: 101)] {
            #expect(throws: AgentReference.Invalid.self) { try AgentReference(text) }
        }
        #expect(throws: BillID.Invalid()) { try BillID(0) }
        #expect(throws: RecipientID.Invalid()) { try RecipientID(-1) }
        #expect(throws: VerificationID.Invalid()) { try VerificationID(0) }
    }

    @Test func theBankIsAskedOnlyAfterARequestThatMayHaveArrived() {
        let causes: [MerchantError.Cause] = [
            .noAnswer(.timeout), .noAnswer(.cancelled), .noAnswer(.connectionLost("x")),
            .untrusted(httpStatus: 502, why: "x"),
        ]
        for cause in causes {
            #expect(cause.description.contains("ask the bank what became of the request"))
            let atLogin = MerchantError.Cause.loginFailed(cause).description
            #expect(atLogin.contains("nothing was sent") && !atLogin.contains("ask the bank"), "\(atLogin)")
        }
    }
}
