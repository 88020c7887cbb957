import Fixtures
import Foundation
import PaymentValues
import Payouts

/// A payout file of ordinary rows. Each row has another card and amount.
struct PayoutCSV {
    let path: String
    let cards: [String]
    let sumTiyin: Int

    /// - Parameter keyedByCards: whether the names and row ids contain card numbers too.
    init(
        rows: Int, in folder: TemporaryFolder, name: String = "payroll.csv", keyedByCards: Bool = false
    ) throws {
        let cards = (1...rows).map { Samples.card($0 + name.hashValueForCards).digits }
        let lines = cards.enumerated().map { number, card in
            "20208000900123456001,01183,\(card),1230,\(100_000 + number)"
                + (keyedByCards ? ",Karimov \(card),KT-\(card)/\(number)" : "")
        }
        self.cards = cards
        sumTiyin = (0..<rows).reduce(0) { $0 + 100_000 + $1 }
        path = folder.path(name)
        try Data(
            (["account,mfo,pan,exp,amount" + (keyedByCards ? ",name,id" : "")] + lines).map { $0 + "\n" }.joined().utf8
        ).write(
            to: URL(fileURLWithPath: path))
    }
}

extension String {
    /// A number that gives files of different names different cards, the same in every run.
    fileprivate var hashValueForCards: Int { utf8.reduce(0) { ($0 * 31 + Int($1)) % 9_000 } * 100_000 }
}
