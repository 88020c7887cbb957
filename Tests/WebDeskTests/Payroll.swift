import Fixtures
import Foundation
import PaymentValues
import Payouts

/// Payout files with ordinary rows.
enum Payroll {
    /// `samples/payroll.csv`: 60 rows, some of them with test cards of the sandbox.
    static func sample() throws -> Data {
        try Data(contentsOf: Checkout.file("samples/payroll.csv"))
    }

    /// - Parameter rows: the row numbers; each row pays another card and amount.
    static func file(_ rows: some Sequence<Int>) -> Data {
        Data(
            ("account,mfo,pan,exp,amount,name\n"
                + rows.map {
                    "20208000900123456001,01183,\(Samples.card($0).digits),0931,\(100_000 + $0 * 100),Person \($0)\n"
                }.joined()).utf8)
    }
}

extension Browser {
    /// Uploads a file and stores it under its name.
    ///
    /// - Parameter again: whether to pay a file that is stored already.
    func store(_ bytes: Data, _ name: String, again: Bool = false) async throws -> Answer {
        let file = try await upload(name, bytes).location
        let page = try await get(file)
        return try await post(
            file + "/import",
            [
                "token": page.token, "warnings": page.field("warnings"),
                "reference": name.replacingOccurrences(of: ".csv", with: ""), "again": again ? "yes" : "",
            ].merging(page.ticks) { $1 })
    }

    /// Gives a verdict on a row, and confirms its effect.
    func decide(_ path: String, on page: String, _ fields: [String: String]) async throws -> Answer {
        let effect = try await submit(path, on: page, ["evidence": "letter"].merging(fields) { $1 })
        guard effect.status == 200 else { return effect }
        return try await post(path, ["token": effect.token, "shown": effect.field("shown")])
    }

    /// Sends the batch as its page offers it.
    func pay(_ batch: String) async throws -> Answer {
        let page = try await get(batch)
        return try await post(
            batch + "/pay",
            [
                "token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"),
                "warnings": page.field("warnings"),
            ].merging(page.ticks) { $1 })
    }

    /// Reads the progress of a run to its end, as the page does.
    @discardableResult
    func follow(_ batch: String) async throws -> Answer {
        try await get(batch + "/progress")
    }
}
