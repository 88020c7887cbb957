import Fixtures
import Foundation
import PaymentValues
import PayoutFiles
import Payouts
import ScratchFiles
import Testing

/// Payouts between the check of a file and its import.
@Suite struct StagedPayoutsTests {
    @Test func allComeBackAsTheyWereAndInTheirOrder() throws {
        let folder = try TemporaryFolder()
        let payouts =
            Samples.payouts(rows: 3000) + [
                Payout(
                    row: 5000, account: Samples.account, bankCode: Samples.bankCode, card: Samples.card(1),
                    expiry: try CardExpiry(mmyy: "0131"), amount: Tiyin(.max), name: nil, rowKey: "№ 17 — Ўктам"),
                Payout(
                    row: 5001, account: Samples.account, bankCode: Samples.bankCode, card: Samples.card(2),
                    expiry: try CardExpiry(mmyy: "1299"), amount: Tiyin(1), name: "", rowKey: nil),
            ]
        let staged = try StagedPayouts(in: folder.url.path)
        for payout in payouts { try staged.add(payout) }
        try staged.finish()
        for _ in 1...2 {
            var back: [Payout] = []
            try staged.handOut { back.append($0) }
            #expect(back == payouts)
        }
    }

    @Test func stagedPayoutsLeaveNoFileInTheFolder() throws {
        let folder = try TemporaryFolder()
        let staged = try StagedPayouts(in: folder.url.path)
        for payout in Samples.payouts(rows: 3000) { try staged.add(payout) }
        try staged.finish()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
        // Other tests have files open, too.
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").map { "/proc/self/fd/\($0)" }
            .filter {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: $0))?.hasPrefix(folder.url.path) == true
            }
            .compactMap { FileManager.default.contents(atPath: $0) }
        #expect(!open.isEmpty)
        let readable = open.filter { $0.range(of: Data(Samples.card(2).digits.utf8)) != nil }
        #expect(readable.isEmpty)
    }

    @Test func aFolderThatIsGoneIsNamed() {
        #expect(throws: ScratchFile.Failed.self) { try StagedPayouts(in: "/nowhere") }
    }
}
