import AnorBank
import MerchantAPI
import Testing

@Suite struct BankAddressIdentityTests {
    @Test(arguments: [
        ("HTTPS://Bank.Example:443/api/", "https://bank.example/api"),
        ("http://127.0.0.1:8800", "http://127.0.0.1:8800"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("https://bank.example/a%20b/", "https://bank.example/a b"),
    ])
    func aBatchIsBoundToTheNormalizedAddress(text: String, recorded: String) throws {
        #expect(try BankAddress(text).identity == recorded)
    }

    @Test(arguments: [
        ("http://bank.example", true), ("http://10.0.0.1", true), ("http://127.example", true),
        ("http://127.0.0.1:8800", false), ("http://[::1]:8800", false), ("http://localhost", false),
        ("http://LOCALHOST:80", false),
        ("https://bank.example", false),
    ])
    func plainHTTPBeyondThisMachineIsExposed(text: String, isExposed: Bool) throws {
        #expect(try BankAddress(text).isExposed == isExposed)
    }
}
