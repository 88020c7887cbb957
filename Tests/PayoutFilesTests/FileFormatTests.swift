import Foundation
import PaymentValues
import Payouts
import Testing

@testable import PayoutFiles

@Suite struct FileFormatTests {
    private static let line = "20208000900123456001,01183,8600069195406311,0330,150000"

    @Test func aPlainFileIsRead() throws {
        let file = PayrollText.file(
            PayrollText.header, PayrollText.row(), PayrollText.row(pan: PayrollText.cards[1], amount: "250001"))
        #expect(file.findings.isEmpty && file.isPayable)
        #expect(file.totals == ControlTotals(rows: 2, sum: Tiyin(400_001)))
        #expect(file.payouts.map(\.row) == [2, 3])
        #expect(file.payouts[0].card.digits == PayrollText.cards[0])
        #expect(file.payouts[0].bankCode.digits == "01183")
        #expect(file.payouts[0].expiry.mmyy == "0330")
        #expect(file.accounts.map(\.digits) == [PayrollText.account])
        #expect(file.suggestedReference == "payroll")
        #expect(file.delimiter == .comma && file.encoding == .utf8)
    }

    @Test func theDigestIsTheSHA256OfTheBytes() {
        let digest = PayrollText.read("abc").digest
        #expect(digest.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: Delimiter.allCases) func delimitersAreFound(delimiter: Delimiter) {
        let text = (PayrollText.header + "\n" + Self.line + "\n").replacing(",", with: String(delimiter.rawValue))
        let file = PayrollText.read(text)
        #expect(file.delimiter == delimiter && file.payouts.count == 1 && file.isPayable)
    }

    @Test func emptyRowsAboveTheHeaderDoNotHideTheDelimiter() {
        let file = PayrollText.file(";;;;", "", "\"" + PayrollText.header.replacing(",", with: "\";\"") + "\"")
        #expect(file.delimiter == .semicolon && file.problems == [.noRows])
    }

    @Test func theDelimiterIsNotMistakenForADecimalComma() {
        let file = PayrollText.file("account;mfo;pan;exp;amount_uzs", Self.line.replacing(",", with: ";") + ",5")
        #expect(file.delimiter == .semicolon && file.payouts.first?.amount == Tiyin(15_000_050))
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func everyLineEndIsRead(lineEnd: String) {
        let file = PayrollText.read([PayrollText.header, Self.line, Self.line].joined(separator: lineEnd))
        #expect(file.payouts.map(\.row) == [2, 3])
    }

    @Test(arguments: FileEncoding.allCases, [1, 2, 3, 7, 1 << 16])
    func encodingsAreFoundInPiecesOfAnySize(encoding: FileEncoding, pieceSize: Int) {
        let name =
            switch encoding {
            case .windows1251, .cp866: "Ўткир Ёқубов №1".replacing("қ", with: "к")
            case .koi8R, .macCyrillic: "Ёлкин Якуб Зокирович"
            default: "Oʻktam Ғаниев 😀"
            }
        let text = PayrollText.header + ",name\n" + Self.line + ",\(name)\n"
        let units = Array(text.utf16)
        let bytes: [UInt8] =
            switch encoding {
            case .utf8: Array(text.utf8)
            case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case .utf16LittleEndian: [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            case .utf16BigEndian: [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
            case .windows1251, .cp866, .koi8R, .macCyrillic:
                text.unicodeScalars.map { scalar in
                    UInt8(CodePage[encoding]?.signs.firstIndex(of: scalar).map { $0 + 0x80 } ?? Int(scalar.value))
                }
            }
        let file = PayrollText.read(Data(bytes), pieceSize: pieceSize)
        #expect(file.encoding == encoding && file.payouts.first?.name == name && file.isPayable)
    }

    @Test(
        arguments: [
            [0x50, 0x4B, 0x00, 0x04, 0x00], [0xFF, 0xFE, 0x41],
            [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00],
        ] as [[UInt8]])
    func aFileThatIsNotTextIsReportedAsSuch(bytes: [UInt8]) {
        #expect(PayrollText.read(Data(bytes)).problems == [.notText])
    }

    @Test func theHeaderIsReadInAnyOrderAndCase() {
        let file = PayrollText.file(
            " AMOUNT_UZS ,Pan,EXP,\"Name\",id,mfo,Account",
            "1500.5,8600069195406311,0330,Aziz,7,01183,20208000900123456001")
        #expect(file.isPayable && file.payouts.first?.amount == Tiyin(150_050))
        #expect(file.payouts.first?.name == "Aziz" && file.payouts.first?.rowKey == "7")
    }

    @Test func unknownColumnsAreIgnoredAndNamed() {
        let file = PayrollText.file(PayrollText.header + ",comment,", Self.line + ",x,")
        #expect(file.isPayable && file.ignoredColumns == ["comment"])
    }

    @Test func aCardInPlaceOfAHeaderIsMasked() {
        let file = PayrollText.file("account,8600069195406311", "1,2")
        #expect(file.ignoredColumns == ["860006******6311"])
        #expect(PayrollText.file(Self.line).problems == [.noHeader])
    }

    @Test func rowNumbersAreThoseThatExcelShows() {
        let file = PayrollText.file(
            "", PayrollText.header + ",name", "", Self.line + ",\"two\nlines\"", ",,,,,", "   ", Self.line + ",b", "",
            "")
        #expect(file.payouts.map(\.row) == [4, 7])
        #expect(file.payouts.first?.name == "two\nlines")
    }

    @Test func aRareLineEndDoesNotBeginARow() {
        let file = PayrollText.file(PayrollText.header + ",name", Self.line + ",a\u{2028}b", Self.line + ",c")
        #expect(file.payouts.map(\.row) == [2, 3])
    }

    @Test func aTrailingEmptyFieldIsAField() {
        #expect(PayrollText.read(PayrollText.header + ",name\n" + Self.line + ",").isPayable)
    }

    @Test func spacesAtTheEndsAreTrimmed() {
        let nbsp = "\u{A0}"
        let file = PayrollText.file(
            PayrollText.header,
            PayrollText.row(account: " 20208000900123456001\(nbsp)", pan: "\(nbsp)8600 0691 9540 6311 ", amount: " 5 "))
        #expect(file.isPayable && file.payouts.first?.amount == Tiyin(5))
    }
}
