import MerchantAPI
import Testing

@Suite struct BankAddressTests {
    @Test(arguments: [
        ("https://bank.example", "https://bank.example"), ("HTTPS://bank.example:8443/", "https://bank.example:8443"),
        ("http://127.0.0.1:8800", "http://127.0.0.1:8800"), ("http://[::1]:8800/api/", "http://[::1]:8800/api"),
    ])
    func anAddressIsKeptInOneForm(text: String, shown: String) throws {
        #expect(try BankAddress(text).description == shown)
    }

    @Test(arguments: [
        "", "bank.example", "ftp://bank.example", "https://", "https://b\r\nank", "https://банк.example",
        "https://agent:secret@bank.example", "https://bank.example?a=b", "https://bank.example#a",
        "http://", "https://[::1", "http://bank%0d%0aX-Header:%201.example",
    ])
    func aBadAddressIsRefusedBeforeAnythingIsSent(text: String) {
        #expect(throws: BankAddress.Invalid.self) { try BankAddress(text) }
    }
}
