import PaymentValues
package import Payouts

extension StatementFinding {
    /// Says what is wrong, where, and what to do: `line 17: …`.
    package func text(_ language: Language) -> String {
        let (what, advice) = problem.text(language)
        guard let place else { return what + " " + advice }
        let line = ["ru": "строка", "uz": "qator", "en": "line"][language.rawValue] ?? ""
        return "\(line) \(place): \(what) \(advice)"
    }
}

extension StatementProblem {
    fileprivate func text(_ language: Language) -> (what: String, advice: String) {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    private var russian: (String, String) {
        switch self {
        case .empty:
            (
                "Файл пуст.",
                "Выгрузите выписку ещё раз."
            )
        case .unknownFormat:
            (
                "Формат выписки не распознан.",
                "Выгрузите её в формате 1С, Excel (.xlsx), CSV или camt.053."
            )
        case .notText:
            (
                "В файле есть байты, которые не являются текстом.",
                "Выгрузите выписку ещё раз."
            )
        case .cut:
            (
                "Файл обрывается: нет отметки конца.",
                "Выгрузите выписку ещё раз: части не хватает."
            )
        case .malformedXML(let reason):
            (
                "Файл XML повреждён: \(reason).",
                "Выгрузите выписку ещё раз."
            )
        case .documentType:
            (
                "В файле XML объявлен тип документа; в выписках его не бывает.",
                "Не используйте этот файл. Выгрузите выписку ещё раз."
            )
        case .tooLong(let limit):
            (
                "Текст длиннее \(limit) байт.",
                "Выгрузите выписку ещё раз."
            )
        case .tooManyLines(let limit):
            (
                "В выписке больше \(limit) строк.",
                "Выгрузите выписку за более короткий период."
            )
        case .otherWorkbook:
            (
                "Книга Excel сохранена не в формате .xlsx.",
                "В Excel выберите «Сохранить как», затем «Книга Excel (.xlsx)»."
            )
        case .lockedWorkbook:
            (
                "Файл Excel защищён паролем.",
                "Снимите пароль и сохраните файл снова."
            )
        case .damagedWorkbook:
            (
                "Файл Excel повреждён или сохранён не полностью.",
                "Выгрузите выписку ещё раз."
            )
        case .unsafeWorkbook:
            (
                "Файл Excel устроен так, как его не сохраняет ни одна программа.",
                "Не используйте этот файл. Выгрузите выписку ещё раз."
            )
        case .workbookTooLarge:
            (
                "Файл Excel слишком большой.",
                "Выгрузите выписку за более короткий период или в формате 1С."
            )
        case .noAccount:
            (
                "В выписке не указан счёт.",
                "Выгрузите выписку вместе с заголовком."
            )
        case .accountUnreadable(let text):
            (
                "«\(text)» — это не счёт из 20 цифр.",
                "Выгрузите выписку ещё раз."
            )
        case .otherAccount(let other, let account):
            (
                "В файле два счёта: \(account) и \(other).",
                "Выгрузите отдельный файл по каждому счёту."
            )
        case .otherCurrency(let code):
            (
                "Валюта — \(code), а не сум.",
                "Выгрузите выписку по счёту в сумах."
            )
        case .headerTooLate:
            (
                "Строка стоит раньше счёта и периода.",
                "Выгрузите выписку ещё раз."
            )
        case .noPeriod:
            (
                "В выписке не указан период.",
                "Выгрузите выписку вместе с заголовком."
            )
        case .dayUnreadable(let text):
            (
                "«\(text)» — это не дата.",
                "Выгрузите выписку ещё раз."
            )
        case .periodBackwards:
            (
                "Период заканчивается раньше, чем начинается.",
                "Выгрузите выписку ещё раз."
            )
        case .partsDoNotFollow:
            (
                "Части выписки пропускают дни или повторяют их.",
                "Выгрузите одну выписку за весь период."
            )
        case .partsBalancesDiffer:
            (
                "Эта часть начинается не с того остатка, которым закончилась предыдущая.",
                "Выгрузите одну выписку за весь период."
            )
        case .noOpeningBalance:
            (
                "Нет входящего остатка.",
                "Выгрузите выписку с остатками."
            )
        case .noClosingBalance:
            (
                "Нет исходящего остатка.",
                "Выгрузите выписку с остатками."
            )
        case .balancesDoNotAddUp(let expected, let stated):
            (
                "Входящий остаток и обороты дают \(expected), а исходящий остаток — \(stated).",
                "Выгрузите выписку ещё раз: строк не хватает или они повторены."
            )
        case .debitsDiffer(let counted, let stated):
            (
                "Сумма списаний — \(counted), а в выписке указано \(stated).",
                "Выгрузите выписку ещё раз."
            )
        case .creditsDiffer(let counted, let stated):
            (
                "Сумма поступлений — \(counted), а в выписке указано \(stated).",
                "Выгрузите выписку ещё раз."
            )
        case .sumTooLarge:
            (
                "Сумма слишком велика для подсчёта.",
                "Выгрузите выписку ещё раз."
            )
        case .amountUnreadable(let text):
            (
                "«\(text)» — это не сумма, или её можно прочитать двояко.",
                "Выгрузите выписку ещё раз."
            )
        case .amountNotPositive(let text):
            (
                "Сумма \(text) не больше нуля.",
                "Выгрузите выписку ещё раз."
            )
        case .dayMissing:
            (
                "В строке нет даты.",
                "Выгрузите выписку ещё раз."
            )
        case .dayOutsidePeriod(let day):
            (
                "\(day) не входит в период выписки.",
                "Выгрузите выписку ещё раз."
            )
        case .notOfThisAccount:
            (
                "Ни плательщик, ни получатель не относится к счёту выписки.",
                "Выгрузите отдельный файл по каждому счёту."
            )
        case .bothSidesAreTheAccount:
            (
                "Плательщик и получатель — один и тот же счёт.",
                "Уточните этот документ в банке."
            )
        case .sectionNotClosed:
            (
                "Секция не закрыта.",
                "Выгрузите выписку ещё раз."
            )
        case .noDirection:
            (
                "Строка — не списание и не поступление, либо и то и другое.",
                "Выгрузите выписку ещё раз."
            )
        case .notBooked:
            (
                "Банк ещё не провёл эту запись.",
                "Выгрузите выписку после закрытия дня."
            )
        case .detailsDiffer(let counted, let stated):
            (
                "Части записи дают \(counted), а вся запись — \(stated).",
                "Выгрузите выписку ещё раз."
            )
        case .noTable:
            (
                "В первых 20 строках нет названий столбцов выписки.",
                "Нужны дата, документ, дебет, кредит и назначение платежа."
            )
        case .columnsUnknown(let names):
            (
                "Неизвестные столбцы: \(names.joined(separator: ", ")). Известных не хватает.",
                "Назовите нужные столбцы командой: payout statement --column debit=Название. Программа запомнит их для этого банка."
            )
        case .severalSheets(let names):
            (
                "Выписки есть на нескольких листах: \(names.joined(separator: ", ")).",
                "Оставьте один лист, остальные скройте или удалите."
            )
        case .digitsLost:
            (
                "В ячейке число. Excel хранит только 15 его цифр, последние потеряны.",
                "Выгрузите выписку ещё раз и не сохраняйте её в Excel."
            )
        case .unclosedQuote:
            (
                "Кавычка не закрыта.",
                "Выгрузите выписку ещё раз."
            )
        case .rowUnreadable:
            (
                "Строка не читается.",
                "Выгрузите выписку ещё раз."
            )
        }
    }

    private var uzbek: (String, String) {
        switch self {
        case .empty:
            (
                "Fayl bo‘sh.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .unknownFormat:
            (
                "Ko‘chirma formati aniqlanmadi.",
                "Uni 1C, Excel (.xlsx), CSV yoki camt.053 formatida yuklab oling."
            )
        case .notText:
            (
                "Faylda matn bo‘lmagan baytlar bor.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .cut:
            (
                "Fayl oxirigacha yozilmagan: tugash belgisi yo‘q.",
                "Ko‘chirmani qayta yuklab oling: bir qismi yetishmaydi."
            )
        case .malformedXML(let reason):
            (
                "XML fayl buzilgan: \(reason).",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .documentType:
            (
                "XML faylda hujjat turi e’lon qilingan; ko‘chirmalarda bunday bo‘lmaydi.",
                "Bu fayldan foydalanmang. Ko‘chirmani qayta yuklab oling."
            )
        case .tooLong(let limit):
            (
                "Matn \(limit) baytdan uzun.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .tooManyLines(let limit):
            (
                "Ko‘chirmada \(limit) tadan ko‘p qator bor.",
                "Ko‘chirmani qisqaroq davr uchun yuklab oling."
            )
        case .otherWorkbook:
            (
                "Excel fayli .xlsx formatida emas.",
                "Excelda “Сохранить как” → “Книга Excel (.xlsx)” ni tanlang."
            )
        case .lockedWorkbook:
            (
                "Excel fayli parol bilan himoyalangan.",
                "Parolni olib tashlang va faylni qayta saqlang."
            )
        case .damagedWorkbook:
            (
                "Excel fayli buzilgan yoki to‘liq saqlanmagan.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .unsafeWorkbook:
            (
                "Excel fayli hech bir dastur saqlamaydigan tarzda tuzilgan.",
                "Bu fayldan foydalanmang. Ko‘chirmani qayta yuklab oling."
            )
        case .workbookTooLarge:
            (
                "Excel fayli juda katta.",
                "Ko‘chirmani qisqaroq davr uchun yoki 1C formatida yuklab oling."
            )
        case .noAccount:
            (
                "Ko‘chirmada hisobraqam ko‘rsatilmagan.",
                "Ko‘chirmani sarlavhasi bilan yuklab oling."
            )
        case .accountUnreadable(let text):
            (
                "“\(text)” 20 xonali hisobraqam emas.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .otherAccount(let other, let account):
            (
                "Faylda ikkita hisobraqam bor: \(account) va \(other).",
                "Har bir hisobraqam uchun alohida fayl yuklab oling."
            )
        case .otherCurrency(let code):
            (
                "Valyuta — \(code), so‘m emas.",
                "So‘mdagi hisobraqam ko‘chirmasini yuklab oling."
            )
        case .headerTooLate:
            (
                "Qator hisobraqam va davrdan oldin kelgan.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .noPeriod:
            (
                "Ko‘chirmada davr ko‘rsatilmagan.",
                "Ko‘chirmani sarlavhasi bilan yuklab oling."
            )
        case .dayUnreadable(let text):
            (
                "“\(text)” sana emas.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .periodBackwards:
            (
                "Davr boshlanishidan oldin tugaydi.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .partsDoNotFollow:
            (
                "Ko‘chirma qismlarida kunlar tushib qolgan yoki takrorlangan.",
                "Butun davr uchun bitta ko‘chirma yuklab oling."
            )
        case .partsBalancesDiffer:
            (
                "Bu qism oldingi qism tugagan qoldiqdan boshlanmagan.",
                "Butun davr uchun bitta ko‘chirma yuklab oling."
            )
        case .noOpeningBalance:
            (
                "Kirish qoldig‘i yo‘q.",
                "Ko‘chirmani qoldiqlari bilan yuklab oling."
            )
        case .noClosingBalance:
            (
                "Chiqish qoldig‘i yo‘q.",
                "Ko‘chirmani qoldiqlari bilan yuklab oling."
            )
        case .balancesDoNotAddUp(let expected, let stated):
            (
                "Kirish qoldig‘i va aylanmalar \(expected) beradi, chiqish qoldig‘i esa \(stated).",
                "Ko‘chirmani qayta yuklab oling: qatorlar yetishmaydi yoki takrorlangan."
            )
        case .debitsDiffer(let counted, let stated):
            (
                "Chiqimlar jami \(counted), ko‘chirmada esa \(stated).",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .creditsDiffer(let counted, let stated):
            (
                "Kirimlar jami \(counted), ko‘chirmada esa \(stated).",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .sumTooLarge:
            (
                "Summa hisoblash uchun juda katta.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .amountUnreadable(let text):
            (
                "“\(text)” summa emas yoki uni ikki xil o‘qish mumkin.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .amountNotPositive(let text):
            (
                "\(text) summasi noldan katta emas.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .dayMissing:
            (
                "Qatorda sana yo‘q.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .dayOutsidePeriod(let day):
            (
                "\(day) ko‘chirma davriga kirmaydi.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .notOfThisAccount:
            (
                "To‘lovchi ham, oluvchi ham ko‘chirma hisobraqamiga tegishli emas.",
                "Har bir hisobraqam uchun alohida fayl yuklab oling."
            )
        case .bothSidesAreTheAccount:
            (
                "To‘lovchi va oluvchi hisobraqami bir xil.",
                "Bu hujjatni bankdan aniqlang."
            )
        case .sectionNotClosed:
            (
                "Seksiya yopilmagan.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .noDirection:
            (
                "Qator chiqim ham, kirim ham emas yoki ikkalasi ham.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .notBooked:
            (
                "Bank bu yozuvni hali o‘tkazmagan.",
                "Kun yopilgach, ko‘chirmani yuklab oling."
            )
        case .detailsDiffer(let counted, let stated):
            (
                "Yozuv qismlari \(counted) beradi, yozuvning o‘zi esa \(stated).",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .noTable:
            (
                "Dastlabki 20 qatorda ko‘chirma ustunlarining nomlari yo‘q.",
                "Sana, hujjat, debet, kredit va to‘lov maqsadi kerak."
            )
        case .columnsUnknown(let names):
            (
                "Noma’lum ustunlar: \(names.joined(separator: ", ")). Ma’lumlari yetarli emas.",
                "Kerakli ustunlarni buyruqda ko‘rsating: payout statement --column debit=Nomi. Dastur ularni shu bank uchun eslab qoladi."
            )
        case .severalSheets(let names):
            (
                "Ko‘chirma bir nechta varaqda bor: \(names.joined(separator: ", ")).",
                "Bitta varaqni qoldiring, boshqalarini yashiring yoki o‘chiring."
            )
        case .digitsLost:
            (
                "Katakda son turibdi. Excel uning faqat 15 ta raqamini saqlaydi, oxirgilari yo‘qolgan.",
                "Ko‘chirmani qayta yuklab oling va uni Excelda saqlamang."
            )
        case .unclosedQuote:
            (
                "Qo‘shtirnoq yopilmagan.",
                "Ko‘chirmani qayta yuklab oling."
            )
        case .rowUnreadable:
            (
                "Qatorni o‘qib bo‘lmadi.",
                "Ko‘chirmani qayta yuklab oling."
            )
        }
    }

    private var english: (String, String) {
        switch self {
        case .empty:
            (
                "The file is empty.",
                "Export the statement again."
            )
        case .unknownFormat:
            (
                "This is no statement that payout can read.",
                "Export it as 1C text, Excel workbook (.xlsx), CSV or camt.053."
            )
        case .notText:
            (
                "The file has bytes that are no text.",
                "Export the statement again."
            )
        case .cut:
            (
                "The file ends before its end mark.",
                "Export the statement again: a part is missing."
            )
        case .malformedXML(let reason):
            (
                "The XML is damaged: \(reason).",
                "Export the statement again."
            )
        case .documentType:
            (
                "The XML declares a document type, which no statement has.",
                "Do not use this file. Export the statement again."
            )
        case .tooLong(let limit):
            (
                "A text is longer than \(limit) bytes.",
                "Export the statement again."
            )
        case .tooManyLines(let limit):
            (
                "The statement has more than \(limit) lines.",
                "Export the statement for a shorter period."
            )
        case .otherWorkbook:
            (
                "The Excel file is not in the format .xlsx.",
                "In Excel choose Save As, then Excel Workbook (.xlsx)."
            )
        case .lockedWorkbook:
            (
                "The Excel file is protected with a password.",
                "Remove the password and save the file again."
            )
        case .damagedWorkbook:
            (
                "The Excel file is damaged or incomplete.",
                "Export the statement again."
            )
        case .unsafeWorkbook:
            (
                "No program saves an Excel file in this way.",
                "Do not use this file. Export the statement again."
            )
        case .workbookTooLarge:
            (
                "The Excel file is too large.",
                "Export the statement for a shorter period, or as 1C text."
            )
        case .noAccount:
            (
                "The statement does not name its account.",
                "Export the statement with its heading."
            )
        case .accountUnreadable(let text):
            (
                "“\(text)” is no account of 20 digits.",
                "Export the statement again."
            )
        case .otherAccount(let other, let account):
            (
                "The file has two accounts: \(account) and \(other).",
                "Export a file for each account."
            )
        case .otherCurrency(let code):
            (
                "The currency is \(code), not so‘m.",
                "Export the statement of the account in so‘m."
            )
        case .headerTooLate:
            (
                "A line comes before the account and the period.",
                "Export the statement again."
            )
        case .noPeriod:
            (
                "The statement does not name its period.",
                "Export the statement with its heading."
            )
        case .dayUnreadable(let text):
            (
                "“\(text)” is no date.",
                "Export the statement again."
            )
        case .periodBackwards:
            (
                "The period ends before it begins.",
                "Export the statement again."
            )
        case .partsDoNotFollow:
            (
                "The parts of the statement leave days out, or have days twice.",
                "Export one statement for the whole period."
            )
        case .partsBalancesDiffer:
            (
                "This part does not begin with the balance that the part before it ended with.",
                "Export one statement for the whole period."
            )
        case .noOpeningBalance:
            (
                "The opening balance is missing.",
                "Export the statement with its balances."
            )
        case .noClosingBalance:
            (
                "The closing balance is missing.",
                "Export the statement with its balances."
            )
        case .balancesDoNotAddUp(let expected, let stated):
            (
                "Opening balance and lines give \(expected), but the closing balance is \(stated).",
                "Export the statement again: lines are missing or doubled."
            )
        case .debitsDiffer(let counted, let stated):
            (
                "The debits add up to \(counted), but the statement says \(stated).",
                "Export the statement again."
            )
        case .creditsDiffer(let counted, let stated):
            (
                "The credits add up to \(counted), but the statement says \(stated).",
                "Export the statement again."
            )
        case .sumTooLarge:
            (
                "The sum is too large to be counted.",
                "Export the statement again."
            )
        case .amountUnreadable(let text):
            (
                "“\(text)” is no amount in so‘m, or can be read in two ways.",
                "Export the statement again."
            )
        case .amountNotPositive(let text):
            (
                "The amount \(text) is not positive.",
                "Export the statement again."
            )
        case .dayMissing:
            (
                "The line has no date.",
                "Export the statement again."
            )
        case .dayOutsidePeriod(let day):
            (
                "\(day) is outside the period of the statement.",
                "Export the statement again."
            )
        case .notOfThisAccount:
            (
                "Neither payer nor payee is the account of the statement.",
                "Export a file for each account."
            )
        case .bothSidesAreTheAccount:
            (
                "Payer and payee are the same account.",
                "Ask the bank about this document."
            )
        case .sectionNotClosed:
            (
                "This section has no end.",
                "Export the statement again."
            )
        case .noDirection:
            (
                "The line is neither a debit nor a credit, or both.",
                "Export the statement again."
            )
        case .notBooked:
            (
                "The bank has not booked this entry yet.",
                "Export the statement when the day is closed."
            )
        case .detailsDiffer(let counted, let stated):
            (
                "The details of the entry add up to \(counted), but the entry is \(stated).",
                "Export the statement again."
            )
        case .noTable:
            (
                "The first 20 rows name no columns of a statement.",
                "The table needs date, document, debit, credit and purpose."
            )
        case .columnsUnknown(let names):
            (
                "The columns \(names.joined(separator: ", ")) are unknown, and the others are too few.",
                "Name the columns that count: payout statement --column debit=Name. payout remembers them for this bank."
            )
        case .severalSheets(let names):
            (
                "Several sheets have a statement: \(names.joined(separator: ", ")).",
                "Keep one sheet, and hide or delete the others."
            )
        case .digitsLost:
            (
                "The cell stores a number. Excel keeps only 15 digits of it, so the last ones are lost.",
                "Export the statement again, and do not save it in Excel."
            )
        case .unclosedQuote:
            (
                "A quotation mark is not closed.",
                "Export the statement again."
            )
        case .rowUnreadable:
            (
                "The row cannot be read.",
                "Export the statement again."
            )
        }
    }
}
