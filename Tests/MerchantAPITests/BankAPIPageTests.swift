import Fixtures
import Foundation
import Testing

@Suite struct BankAPIPageTests {
    private static let page = Checkout.file("docs/bank-api.md")

    @Test func thePageOfTheAPIHasEachMethodWithItsPathItsCommandAndWhetherItIsAskedAgain() throws {
        let page = try String(contentsOf: Self.page, encoding: .utf8)
        for method in MethodCase.all {
            let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(method.number) |") })
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(cells[2] == "`\(method.isGet ? "GET" : "POST") \(method.path)`")
            #expect(cells[3] == "`payout bank \(method.name.dropFirst(3))`")
            #expect(cells[5].hasPrefix("yes") == [5, 6, 14].contains(method.number), "\(row)")
        }
    }
}
