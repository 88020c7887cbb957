import CXLSXWriter
package import Payouts

/// An empty payout file to fill in, with a sheet that explains it by an example.
package struct TemplateWorkbook {
    /// So many rows check what is typed.
    private static let rows = 5000

    private let words: TemplateWords

    package init(language: Language) {
        words = TemplateWords(language)
    }

    package func write(to path: String) throws(ReportError) {
        try ReportFile(path: path).replace { temporary in
            let book = try Workbook(path: temporary)
            book.setProperties(title: words.payouts)
            let formats = ReportFormats(book)
            try writePayouts(to: book.sheet(words.payouts), formats)
            try writeHelp(to: book.sheet(words.help), formats)
            try book.close()
        }
    }

    private func writePayouts(to sheet: Sheet, _ formats: ReportFormats) throws {
        for (place, column) in words.columns.enumerated() {
            // Cells that nobody has filled in yet are text too: a number would lose zeros and digits.
            try sheet.setColumn(place, width: 24, column.isAmount ? formats.money : formats.text)
            try sheet.write(column.heading, 0, place, formats.heading)
            try check(column, at: place, in: sheet)
        }
        unsafe worksheet_freeze_panes(sheet.pointer, 1, 0)
        try unsafe Workbook.check(
            worksheet_ignore_errors(sheet.pointer, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576"))
    }

    private func check(_ column: TemplateWords.Column, at place: Int, in sheet: Sheet) throws {
        var rule = unsafe lxw_data_validation()
        switch column.rule {
        case .none: return
        case .length(let lengths):
            unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_LENGTH.rawValue)
            unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
            unsafe rule.minimum_number = Double(lengths.lowerBound)
            unsafe rule.maximum_number = Double(lengths.upperBound)
        case .aboveZero:
            unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
            unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_GREATER_THAN.rawValue)
            unsafe rule.value_number = 0
        }
        // A warning, not a stop: payout checks each cell itself.
        unsafe rule.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
        try unsafe column.heading.withCString { title in
            try unsafe column.meaning.withCString { message in
                unsafe rule.input_title = unsafe UnsafeMutablePointer(mutating: title)
                unsafe rule.input_message = unsafe UnsafeMutablePointer(mutating: message)
                unsafe rule.error_title = unsafe UnsafeMutablePointer(mutating: title)
                unsafe rule.error_message = unsafe UnsafeMutablePointer(mutating: message)
                try unsafe Workbook.check(
                    worksheet_data_validation_range(
                        sheet.pointer, 1, lxw_col_t(place), lxw_row_t(Self.rows), lxw_col_t(place), &rule))
            }
        }
    }

    private func writeHelp(to sheet: Sheet, _ formats: ReportFormats) throws {
        for (place, width) in [28.0, 70, 30].enumerated() { try sheet.setColumn(place, width: width) }
        for (place, heading) in words.helpHeadings.enumerated() { try sheet.write(heading, 0, place, formats.heading) }
        for (row, column) in words.columns.enumerated() {
            try sheet.write(column.heading, row + 1, 0, formats.text)
            try sheet.write(column.meaning, row + 1, 1, formats.wrapped)
            try sheet.write(column.example, row + 1, 2, formats.text)
        }
    }
}

/// The words of the template. Its headings are among those that payout knows.
struct TemplateWords {
    let payouts, help: String
    let helpHeadings: [String]
    let columns: [Column]

    struct Column {
        let heading, meaning, example: String
        var rule = Rule.none
        var isAmount = false
    }

    enum Rule {
        case none
        case length(ClosedRange<Int>)
        case aboveZero
    }

    private static let account = "20208000900123456001"
    private static let card = "8600 0691 9540 6311"

    init(_ language: Language) {
        switch language {
        case .ru:
            (payouts, help) = ("Выплаты", "Как заполнять")
            helpHeadings = ["Столбец", "Что вписать", "Пример"]
            columns = [
                Column(
                    heading: "Счёт", meaning: "Счёт организации, с которого идут выплаты: 20 цифр.",
                    example: Self.account, rule: .length(20...24)),
                Column(
                    heading: "МФО", meaning: "МФО банка этого счёта: 5 цифр, с ведущим нулём.", example: "01183",
                    rule: .length(5...5)),
                Column(
                    heading: "Номер карты", meaning: "Карта получателя: 16 цифр, можно группами по четыре.",
                    example: Self.card, rule: .length(16...19)),
                Column(
                    heading: "Срок действия", meaning: "Срок карты, как на ней указано: месяц и год.", example: "04/27",
                    rule: .length(4...10)),
                Column(
                    heading: "Сумма в сумах", meaning: "Сумма в сумах, не больше двух знаков после запятой.",
                    example: "1 500 000,00", rule: .aboveZero, isAmount: true),
                Column(
                    heading: "ФИО", meaning: "Имя получателя для отчёта. Можно не заполнять.", example: "Каримов Азиз"),
                Column(
                    heading: "Код строки", meaning: "Ваш код строки для отчёта. Можно не заполнять.",
                    example: "ЗП-00017"),
            ]
        case .uz:
            (payouts, help) = ("To‘lovlar", "To‘ldirish tartibi")
            helpHeadings = ["Ustun", "Nima yoziladi", "Namuna"]
            columns = [
                Column(
                    heading: "Hisobraqam", meaning: "To‘lovchi tashkilotning hisobraqami: 20 ta raqam.",
                    example: Self.account, rule: .length(20...24)),
                Column(
                    heading: "MFO", meaning: "Shu hisobraqam bankining MFOsi: 5 ta raqam, boshidagi nol bilan.",
                    example: "01183", rule: .length(5...5)),
                Column(
                    heading: "Karta raqami", meaning: "Oluvchining kartasi: 16 ta raqam, to‘rttadan guruhlash mumkin.",
                    example: Self.card, rule: .length(16...19)),
                Column(
                    heading: "Amal qilish muddati", meaning: "Karta muddati, unda yozilganidek: oy va yil.",
                    example: "04/27", rule: .length(4...10)),
                Column(
                    heading: "Summa so‘mda", meaning: "Summa so‘mda, verguldan keyin ko‘pi bilan ikki xona.",
                    example: "1 500 000,00", rule: .aboveZero, isAmount: true),
                Column(
                    heading: "F.I.Sh.", meaning: "Hisobot uchun oluvchining F.I.Sh. Bo‘sh qoldirish mumkin.",
                    example: "Karimov Aziz"),
                Column(
                    heading: "Ichki raqam", meaning: "Hisobot uchun o‘zingizning raqamingiz. Bo‘sh qoldirish mumkin.",
                    example: "OY-00017"),
            ]
        case .en:
            (payouts, help) = ("Payouts", "How to fill it in")
            helpHeadings = ["Heading", "What to write", "Example"]
            columns = [
                Column(
                    heading: "Account", meaning: "The company’s account that pays: 20 digits.", example: Self.account,
                    rule: .length(20...24)),
                Column(
                    heading: "MFO", meaning: "The MFO of that account’s bank: 5 digits, with the leading zero.",
                    example: "01183", rule: .length(5...5)),
                Column(
                    heading: "Card number", meaning: "The recipient’s card: 16 digits, also in groups of four.",
                    example: Self.card, rule: .length(16...19)),
                Column(
                    heading: "Expiry", meaning: "The expiry as the card shows it: month and year.", example: "04/27",
                    rule: .length(4...10)),
                Column(
                    heading: "Amount UZS", meaning: "The amount in so‘m, with at most two decimals.",
                    example: "1 500 000.00", rule: .aboveZero, isAmount: true),
                Column(
                    heading: "Name", meaning: "The recipient’s name, for the report. Optional.", example: "Karimov Aziz"
                ),
                Column(
                    heading: "Row id", meaning: "Your own id of the row, for the report. Optional.", example: "CB-00017"
                ),
            ]
        }
    }
}
