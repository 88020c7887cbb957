import Payouts
import Testing

@Suite struct BankIdentityTests {
    @Test(arguments: [
        ("https://bank.example", "HTTPS://Bank.Example/"), ("https://bank.example", "https://bank.example:443"),
        ("http://bank.example", "http://bank.example:80/"),
        ("https://bank.example:8443/api", "https://BANK.example:8443/api/"),
        ("http://[::1]:8800", "http://[::1]:8800/"),
    ])
    func oneBankHasOneForm(form: String, address: String) {
        #expect(BankIdentity(address: address, isSandbox: false).recorded == form)
        #expect(BankIdentity(recorded: address) == BankIdentity(recorded: form), "an earlier version kept it so")
    }

    @Test(arguments: [
        "http://bank.example", "https://bank.example:8443", "https://bank.example/api", "https://bank.example/API",
        "https://bank.example:80", "https://other.example", "sandbox https://bank.example", "sandbox", "loopback",
    ])
    func anotherSchemeHostPortPathOrKindIsAnotherBank(other: String) {
        let others = ["https://bank.example", "https://bank.example/Api", "https://bank.example:4430"]
        for bank in others { #expect(BankIdentity(recorded: bank) != BankIdentity(recorded: other)) }
    }

    @Test(arguments: [
        "sandbox", "sandbox http://127.0.0.1:8800", "https://bank.example/a b", "loopback", "http://[2001:db8::1]",
        "http://sandbox",
    ])
    func aStoredBankIdentityIsReadBack(text: String) {
        #expect(BankIdentity(recorded: text).recorded == text)
        #expect(BankIdentity(recorded: text).isSandbox == text.hasPrefix("sandbox"))
    }

    @Test func theBuiltInSandboxIsOneByItsNameAlone() {
        #expect(BankIdentity(address: "sandbox", isSandbox: false) == BankIdentity(recorded: "sandbox"))
        #expect(BankIdentity(recorded: "sandbox").address == nil)
    }

    @Test(arguments: [
        ("https://a.example", "https://b.example", true), ("loopback", "http://127.0.0.1:9000", true),
        ("loopback", "sandbox http://127.0.0.1:9000", true), ("sandbox http://127.0.0.1:1", "sandbox", true),
        ("sandbox", "https://b.example", false), ("https://a.example", "sandbox https://a.example", false),
    ])
    func aPersonsWordMovesABankAndNeverMakesOneOfASandbox(from: String, to: String, may: Bool) {
        #expect(BankIdentity(recorded: from).canMove(to: BankIdentity(recorded: to)) == may)
    }
}
