import Fixtures
import Foundation
import MerchantAPI
import Testing

@Suite struct ErrorCodesPageTests {
    private static let page = Checkout.file("docs/error-codes.md")

    @Test func thePageOfErrorCodesSaysWhatTheCatalogueSays() throws {
        let lines = try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| `") }.map(String.init)
        let expected = CataloguedError.allCases.map { code in
            "| `\(code.rawValue)` | \(code.httpStatus) | \(Self.word(code.meaning)) | \(code.text.en) | \(code.text.ru) "
                + "| \(code.text.uz) |"
        }
        #expect(lines.sorted() == expected.sorted())
    }

    private static func word(_ meaning: CataloguedError.Meaning) -> String {
        switch meaning {
        case .refusedRow: "row refused"
        case .refusedEveryone: "batch pauses"
        case .notProcessed: "no effect"
        case .unknown: "unknown"
        case .human: "in dispute"
        }
    }
}
