import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Testing

/// The search for a person in all batches.
@Suite struct PeopleIndexTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private func store(_ name: String, _ rows: [(name: String, id: String, card: Int, tiyin: Int)]) throws {
        let lines = rows.map { row in
            "20208000900123456001,01183,\(Samples.card(row.card).digits),1230,\(row.tiyin),\(row.name),\(row.id)\n"
        }
        try ImportFile(office.context()).run(
            office.write("account,mfo,pan,exp,amount,name,id\n" + lines.joined(), to: name + ".csv"))
    }

    private func places(_ text: String, _ index: PeopleIndex, _ ledger: Ledger) throws -> [String] {
        try index.find(text, in: ledger).payouts.map { "\($0.batch.name) \($0.row)" }
    }

    @Test func aPersonIsFoundInAllBatchesInAnySpelling() throws {
        try store("october", [("Қодиров Ўткир", "A-17", 1, 150_000_00), ("Karimova Lola", "A-18", 2, 200_000_00)])
        let ledger = try office.context().openLedger()
        let index = PeopleIndex()
        #expect(try places("кодиров", index, ledger) == ["october 2"])
        try store("november", [("Karimova Lola", "A-18", 2, 210_000_00), ("Qodirov O‘tkir", "A-17", 3, 150_000_00)])
        for text in ["Qodirov", "o'tkir қодиров", "КОДИРОВ", "уткир", "кодиров уткир", "utkir"] {
            #expect(try places(text, index, ledger) == ["november 3", "october 2"], "\(text)")
        }
        #expect(try places("a-18", index, ledger) == ["november 2", "october 3"])
        #expect(try places(String(Samples.card(3).digits.suffix(4)), index, ledger).contains("november 3"))
        for amount in ["150 000,00", "150000", "15000000 tiyin"] {
            #expect(try places(amount, index, ledger) == ["november 3", "october 2"], "\(amount)")
        }
        #expect(try places("Nobody", index, ledger).isEmpty && places("  ", index, ledger).isEmpty)
        #expect(try index.find("lola", in: ledger).payouts.map(\.state) == [.queued, .queued])
        try ledger.close()
    }

    @Test func aPersonsNumberIsHiddenInWhatIsFound() throws {
        try store("october", [("Karimova Lola", "31705890150016", 2, 200_000_00)])
        let ledger = try office.context().openLedger()
        let found = try PeopleIndex().find("31705890150016", in: ledger)
        let text = FoundText(found.payouts, count: found.count, office.context().report(in: .en), timeZone: .gmt).text
        #expect(found.count == 1 && text.contains("Karimova Lola") && !text.contains("3170589"))
        let document = FoundDocument(found.payouts, count: found.count)
        let json = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
        #expect(json.contains("**********0016") && !json.contains("3170589"))
        try ledger.close()
    }
}
