import PaymentValues
package import Payouts
import Reports
import Statements

extension StatementError {
    /// Describes the error and the next step.
    ///
    /// - Parameter isCommand: whether the person may add an option of the command.
    package func text(_ language: Language, isCommand: Bool = true) -> String {
        switch self {
        case .rejected(let name, let rejected): Self.text(name, rejected, language)
        case .overlaps(let period, let fileName, let isAgreed): Self.text(overlap: period, fileName, isAgreed, language)
        case .missingDays(let days): Self.text(missing: days, language) + (isCommand ? Self.option(language) : "")
        case .balancesDiffer(let day, let closing, let opening):
            switch language {
            case .ru:
                "остаток на \(day) не совпадает с соседней выпиской: \(closing) и \(opening) сум. Ничего не записано. "
                    + "Выгрузите обе выписки ещё раз"
            case .uz:
                "\(day) kunidagi qoldiq qo‘shni ko‘chirmaga mos emas: \(closing) va \(opening) so‘m. Hech narsa yozilmadi. "
                    + "Ikkala ko‘chirmani qayta yuklab oling"
            case .en:
                "the balance of \(day) differs from that of the neighbouring statement: \(closing) and \(opening) so‘m. "
                    + "Nothing was stored. Export both statements again"
            }
        case .unknownAccount(let account):
            switch language {
            case .ru: "счёта \(account) нет в журнале выплат. Ничего не записано. Проверьте счёт выписки"
            case .uz:
                "to‘lovlar jurnalida \(account) hisobraqami yo‘q. Hech narsa yozilmadi. Ko‘chirma hisobraqamini "
                    + "tekshiring"
            case .en:
                "the ledger has no payouts from the account \(account). Nothing was stored. Check the account of "
                    + "the statement"
            }
        case .badMonth(let text): TextCatalogue.ofCommands(language)("error.badMonth", ["text": text])
        }
    }

    private static func text(_ name: String, _ rejected: StatementRejected, _ language: Language) -> String {
        let head =
            switch language {
            case .ru: "выписка «\(name)» не принята, ничего не записано. Ошибок: \(rejected.count)"
            case .uz: "“\(name)” ko‘chirmasi qabul qilinmadi, hech narsa yozilmadi. Xatolar: \(rejected.count)"
            case .en: "the statement \(name) is not used, and nothing was stored. Errors: \(rejected.count)"
            }
        let findings = rejected.findings.prefix(20).map { "  " + $0.text(language) }
        return ([head] + findings).map(\.onOneLine).joined(separator: "\n")
    }

    private static func text(missing days: ClosedRange<CalendarDay>, _ language: Language) -> String {
        let (from, to) = (days.lowerBound, days.upperBound)
        return switch language {
        case .ru: "нет выписки за \(from) — \(to). Ничего не записано. Сначала загрузите её"
        case .uz: "\(from) — \(to) uchun ko‘chirma yo‘q. Hech narsa yozilmadi. Avval uni yuklang"
        case .en: "there is no statement of \(from) to \(to). Nothing was stored. Use that statement first"
        }
    }

    private static func option(_ language: Language) -> String {
        switch language {
        case .ru: " или добавьте --skip-missing-days"
        case .uz: " yoki --skip-missing-days qo‘shing"
        case .en: ", or add --skip-missing-days"
        }
    }

    private static func text(
        overlap period: ClosedRange<CalendarDay>, _ fileName: String, _ isAgreed: Bool, _ language: Language
    ) -> String {
        let (from, to) = (period.lowerBound, period.upperBound)
        return switch (language, isAgreed) {
        case (.ru, true): "период \(from) — \(to) уже сверен по файлу «\(fileName)» и закрыт. Ничего не записано"
        case (.ru, false):
            "период пересекается с выпиской «\(fileName)» за \(from) — \(to). Ничего не записано. Выгрузите выписку ровно за "
                + "этот период"
        case (.uz, true):
            "\(from) — \(to) davri “\(fileName)” fayli bo‘yicha solishtirilgan va yopilgan. Hech narsa yozilmadi"
        case (.uz, false):
            "davr “\(fileName)” ko‘chirmasi bilan (\(from) — \(to)) ustma-ust tushadi. Hech narsa yozilmadi. Ko‘chirmani aynan "
                + "shu davr uchun yuklab oling"
        case (.en, true):
            "the period \(from) to \(to) was reconciled with the file \(fileName) and is closed. Nothing was stored"
        case (.en, false):
            "the period overlaps with the statement \(fileName) of \(from) to \(to). Nothing was stored. Export the "
                + "statement for exactly that period"
        }
    }
}
