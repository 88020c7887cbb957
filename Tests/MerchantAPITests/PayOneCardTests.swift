import Fixtures
import Foundation
import Sandbox
import Testing

/// The article that the documentation begins with.
@Suite struct PayOneCardTests {
    private static let article = Checkout.file("Sources/MerchantAPI/MerchantAPI.docc/PayOneCard.md")

    @Test func theCodeOfTheArticleIsTheOneThatRunsHere() throws {
        let code = try String(contentsOf: Checkout.file("Tests/MerchantAPITests/PayOneCard.swift"), encoding: .utf8)
        let article = try String(contentsOf: Self.article, encoding: .utf8)
        #expect(article.contains("```swift\n\(code)```\n"))
    }

    /// Each card with the result that the article names.
    @Test(arguments: [
        ("8600069195406311", "paid"), ("8600000000000122", "the bank says SUCCESS"),
        (
            "8600000000000148",
            "nobody knows yet: the bank refused: HTTP 404 object_not_found: The bank found no record for the request"
        ),
        ("8600000000000015", "not paid: the bank refused: HTTP 400 card_not_found: No such card"),
    ])
    func theArticlePaysOneCard(pan: String, result: String) async throws {
        let article = try String(contentsOf: Self.article, encoding: .utf8)
        let shown = stride(from: 0, to: 16, by: 4).map { pan.dropFirst($0).prefix(4) }.joined(separator: " ")
        #expect(article.contains("| `\(shown)` | `\(result)` |"))
        let bank = try SandboxBank()
        let running = try await bank.start()
        #expect(try await payOneCard(pan, at: running.baseURL.absoluteString) == result)
        #expect(bank.debits.map(\.amountTiyin) == (result.hasPrefix("no") ? [] : [100_000]))
        try await running.stop()
    }
}
