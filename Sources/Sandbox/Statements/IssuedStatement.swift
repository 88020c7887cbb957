/// The statement of an account, in any of the formats that banks in Uzbekistan issue.
///
/// It is written from the descriptions of the formats. It shares no code with the readers.
package struct IssuedStatement: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case oneCWindows = "1c"
        case oneCDOS = "1c-dos"
        case oneCUTF8 = "1c-utf8"
        case csv
        case csvWindows = "csv-1251"
        case camt053
        case workbook = "xlsx"
    }

    package var account: String
    package var accountName: String
    /// The first day, such as `2026-11-01`.
    package var from: String
    package var to: String
    package var openingTiyin: Int64
    package var entries: [StatementEntry]

    package init(
        account: String, accountName: String, from: String, to: String, openingTiyin: Int64, entries: [StatementEntry]
    ) {
        self.account = account
        self.accountName = accountName
        self.from = from
        self.to = to
        self.openingTiyin = openingTiyin
        self.entries = entries
    }

    package var debitTiyin: Int64 { entries.reduce(0) { $0 + ($1.isDebit ? $1.tiyin : 0) } }
    package var creditTiyin: Int64 { entries.reduce(0) { $0 + ($1.isDebit ? 0 : $1.tiyin) } }
    package var closingTiyin: Int64 { openingTiyin + creditTiyin - debitTiyin }

    package func bytes(_ format: Format) -> [UInt8] {
        var bytes: [UInt8] = []
        write(format) { bytes += $0 }
        return bytes
    }

    /// Writes the statement in pieces.
    package func write(_ format: Format, _ give: ([UInt8]) -> Void) {
        let encode: (String) -> [UInt8] =
            switch format {
            case .oneCWindows, .csvWindows: Self.windows1251
            case .oneCDOS: Self.cp866
            case .oneCUTF8, .csv, .camt053, .workbook: { Array($0.utf8) }
            }
        switch format {
        case .oneCWindows: oneC("Windows") { give(encode($0)) }
        case .oneCDOS: oneC("DOS") { give(encode($0)) }
        case .oneCUTF8: oneC("UTF-8") { give(encode($0)) }
        case .csv, .csvWindows: csv { give(encode($0)) }
        case .camt053: camt053 { give(encode($0)) }
        case .workbook: give(workbook())
        }
    }

    // MARK: 1C

    private func oneC(_ encoding: String, _ write: (String) -> Void) {
        write(
            """
            1CClientBankExchange\r
            ВерсияФормата=1.03\r
            Кодировка=\(encoding)\r
            Отправитель=SANDBOX\r
            Получатель=\r
            ДатаНачала=\(Self.dotted(from))\r
            ДатаКонца=\(Self.dotted(to))\r
            РасчСчет=\(account)\r
            СекцияРасчСчет\r
            ДатаНачала=\(Self.dotted(from))\r
            ДатаКонца=\(Self.dotted(to))\r
            РасчСчет=\(account)\r
            НачальныйОстаток=\(Self.decimal(openingTiyin))\r
            ВсегоПоступило=\(Self.decimal(creditTiyin))\r
            ВсегоСписано=\(Self.decimal(debitTiyin))\r
            КонечныйОстаток=\(Self.decimal(closingTiyin))\r
            КонецРасчСчет\r

            """)
        for entry in entries {
            let (payer, payee) = entry.isDebit ? (account, entry.counterAccount) : (entry.counterAccount, account)
            let (payerName, payeeName) =
                entry.isDebit ? (accountName, entry.counterName) : (entry.counterName, accountName)
            write(
                """
                СекцияДокумент=Платежное поручение\r
                Номер=\(entry.number)\r
                Дата=\(Self.dotted(entry.day))\r
                Сумма=\(Self.decimal(entry.tiyin))\r
                ПлательщикСчет=\(payer)\r
                \(entry.isDebit ? "ДатаСписано=\(Self.dotted(entry.day))" : "ДатаСписано=")\r
                Плательщик=\(payerName)\r
                ПолучательСчет=\(payee)\r
                \(entry.isDebit ? "ДатаПоступило=" : "ДатаПоступило=\(Self.dotted(entry.day))")\r
                Получатель=\(payeeName)\r
                НазначениеПлатежа=\(entry.purpose)\r
                КонецДокумента\r

                """)
        }
        write("КонецФайла\r\n")
    }

    // MARK: CSV

    private func csv(_ write: (String) -> Void) {
        write("Выписка по счёту;\(account);\(accountName)\r\n")
        write("За период с \(Self.dotted(from)) по \(Self.dotted(to))\r\n")
        write("Входящий остаток;;;\(Self.grouped(openingTiyin))\r\n\r\n")
        write("№ п/п;Дата;№ документа;Корреспондент;Счет корреспондента;Дебет;Кредит;Назначение платежа\r\n")
        for (index, entry) in entries.enumerated() {
            let amount = Self.grouped(entry.tiyin)
            let fields = [
                String(index + 1), Self.dotted(entry.day), entry.number, entry.counterName, entry.counterAccount,
                entry.isDebit ? amount : "", entry.isDebit ? "" : amount, entry.purpose,
            ]
            write(fields.map(Self.quoted).joined(separator: ";") + "\r\n")
        }
        write("Итого;;;;;\(Self.grouped(debitTiyin));\(Self.grouped(creditTiyin));\r\n")
        write("Исходящий остаток;;;\(Self.grouped(closingTiyin))\r\n")
    }

    private static func quoted(_ field: String) -> String {
        field.contains { $0 == ";" || $0 == "\"" || $0 == "\n" }
            ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }

    // MARK: camt.053

    private func camt053(_ write: (String) -> Void) {
        write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
            <BkToCstmrStmt><GrpHdr><MsgId>SANDBOX</MsgId><CreDtTm>\(to)T23:59:59</CreDtTm></GrpHdr>
            <Stmt><Id>1</Id><FrToDt><FrDtTm>\(from)T00:00:00</FrDtTm><ToDtTm>\(to)T23:59:59</ToDtTm></FrToDt>
            <Acct><Id><Othr><Id>\(account)</Id></Othr></Id><Ccy>UZS</Ccy></Acct>
            \(Self.balance("OPBD", openingTiyin, from))
            \(Self.balance("CLBD", closingTiyin, to))
            <TxsSummry><TtlCdtNtries><Sum>\(Self.decimal(creditTiyin))</Sum></TtlCdtNtries>\
            <TtlDbtNtries><Sum>\(Self.decimal(debitTiyin))</Sum></TtlDbtNtries></TxsSummry>

            """)
        for entry in entries {
            let party = entry.isDebit ? "Cdtr" : "Dbtr"
            write(
                """
                <Ntry><Amt Ccy="UZS">\(Self.decimal(entry.tiyin))</Amt>\
                <CdtDbtInd>\(entry.isDebit ? "DBIT" : "CRDT")</CdtDbtInd>\
                \(entry.isReversal ? "<RvslInd>true</RvslInd>" : "")<Sts><Cd>BOOK</Cd></Sts>
                <BookgDt><Dt>\(entry.day)</Dt></BookgDt><AcctSvcrRef>\(Self.escaped(entry.number))</AcctSvcrRef>
                <NtryDtls><TxDtls><RltdPties><\(party)><Pty><Nm>\(Self.escaped(entry.counterName))</Nm></Pty></\(party)>\
                <\(party)Acct><Id><Othr><Id>\(entry.counterAccount)</Id></Othr></Id></\(party)Acct></RltdPties>
                <RmtInf><Ustrd>\(Self.escaped(entry.purpose))</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>

                """)
        }
        write("</Stmt></BkToCstmrStmt></Document>\n")
    }

    private static func balance(_ code: String, _ tiyin: Int64, _ day: String) -> String {
        """
        <Bal><Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp><Amt Ccy="UZS">\(decimal(abs(tiyin)))</Amt>\
        <CdtDbtInd>\(tiyin < 0 ? "DBIT" : "CRDT")</CdtDbtInd><Dt><Dt>\(day)</Dt></Dt></Bal>
        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    // MARK: Workbook

    private func workbook() -> [UInt8] {
        var rows = ""
        func row(_ cells: String...) { rows += "<row>" + cells.joined() + "</row>" }
        row(Self.text("Выписка по счёту"), Self.text(account), Self.text(accountName))
        row(Self.text("За период с \(Self.dotted(from)) по \(Self.dotted(to))"))
        row(Self.text("Входящий остаток"), Self.number(openingTiyin))
        row()
        let names = ["Дата операции", "№ документа", "Наименование контрагента", "Счет контрагента"]
        row((names + ["Дебет", "Кредит", "Назначение платежа"]).map(Self.text).joined())
        for entry in entries {
            row(
                Self.text(Self.dotted(entry.day)), Self.text(entry.number), Self.text(entry.counterName),
                Self.text(entry.counterAccount), entry.isDebit ? Self.number(entry.tiyin) : Self.text(""),
                entry.isDebit ? Self.text("") : Self.number(entry.tiyin), Self.text(entry.purpose))
        }
        row(
            Self.text("Итого обороты"), Self.text(""), Self.text(""), Self.text(""), Self.number(debitTiyin),
            Self.number(creditTiyin))
        row(Self.text("Исходящий остаток"), Self.number(closingTiyin))
        return WrittenWorkbook.bytes(sheets: [(name: "Выписка", rows: rows)])
    }

    private static func text(_ text: String) -> String { #"<c t="str"><v>\#(escaped(text))</v></c>"# }

    private static func number(_ tiyin: Int64) -> String { "<c><v>\(decimal(tiyin))</v></c>" }

    // MARK: Parts

    private static func dotted(_ day: String) -> String {
        day.split(separator: "-").reversed().joined(separator: ".")
    }

    private static func decimal(_ tiyin: Int64) -> String {
        let fraction = String(tiyin.magnitude % 100)
        return (tiyin < 0 ? "-" : "") + String(tiyin.magnitude / 100) + "."
            + (fraction.utf8.count < 2 ? "0" : "") + fraction
    }

    private static func grouped(_ tiyin: Int64) -> String {
        let parts = decimal(tiyin).split(separator: ".")
        var digits = Array(String(parts[0]))
        var place = digits.count - 3
        while place > (tiyin < 0 ? 1 : 0) {
            digits.insert(" ", at: place)
            place -= 3
        }
        return String(digits) + "," + parts[1]
    }

    // MARK: Code pages

    private static func windows1251(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            switch scalar.value {
            case ..<0x80: UInt8(scalar.value)
            case 0x410...0x44F: UInt8(scalar.value - 0x410 + 0xC0)
            case 0x401: 0xA8
            case 0x451: 0xB8
            case 0x2116: 0xB9
            default: UInt8(ascii: "?")
            }
        }
    }

    private static func cp866(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            switch scalar.value {
            case ..<0x80: UInt8(scalar.value)
            case 0x410...0x43F: UInt8(scalar.value - 0x410 + 0x80)
            case 0x440...0x44F: UInt8(scalar.value - 0x440 + 0xE0)
            case 0x401: 0xF0
            case 0x451: 0xF1
            case 0x2116: 0xFC
            default: UInt8(ascii: "?")
            }
        }
    }
}
