import Foundation
import Testing

@testable import PayoutFiles

/// 1C's registers are recognised, and not taken for tables.
@Suite struct OneCRegisterTests {
    private static let register = """
        <?xml version="1.0" encoding="ENCODING"?>
        <СчетаПК ДатаФормирования="2026-11-30" НомерДоговора="17" НаименованиеОрганизации="ООО Намуна" ИНН="305123456">
        <ЗачислениеЗарплаты><Сотрудник Нппп="1"><Фамилия>Каримов</Фамилия><Имя>Азиз</Имя>
        <ЛицевойСчет>22618000123456789001</ЛицевойСчет><Сумма>1500000.00</Сумма></Сотрудник></ЗачислениеЗарплаты>
        <ВидЗачисления>01</ВидЗачисления><КонтрольныеСуммы><КоличествоЗаписей>1</КоличествоЗаписей>
        <СуммаИтого>1500000.00</СуммаИтого></КонтрольныеСуммы></СчетаПК>
        """

    private static func files(_ text: String) -> [Data] {
        let utf16 = Data([0xFF, 0xFE]) + Data(text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        let old = text.unicodeScalars.map { scalar in
            UInt8(CodePage[.windows1251]?.signs.firstIndex(of: scalar).map { $0 + 0x80 } ?? Int(scalar.value))
        }
        return [Data(text.utf8), Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8), utf16, Data(old)]
    }

    @Test func aRegisterIsRecognisedInEveryEncoding() {
        for file in Self.files(Self.register) + Self.files("  <СчетаПК xmlns=\"x\"><ОткрытиеСчетов/></СчетаПК>") {
            let read = PayrollText.read(file)
            #expect(read.problems == [.oneCRegister] && !read.isPayable && read.encoding == nil)
        }
    }

    @Test func anotherXMLFileIsNamedAsOne() {
        #expect(PayrollText.read("<?xml version=\"1.0\"?><a/>").problems == [.otherXML])
    }

    @Test func aTableThatBeginsWithABracketIsStillATable() {
        let text = "<для банка>\n" + PayrollText.header + "\n" + PayrollText.row() + "\n"
        #expect(PayrollText.read(text).findings.isEmpty)
    }
}
