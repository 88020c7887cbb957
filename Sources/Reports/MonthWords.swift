import PaymentValues
package import Payouts

/// The words of the month's register in one language.
package struct MonthWords: Sendable {
    package let batches, days, batch, day, file, rows, paid, sum, commission, refused, unknown, returned, account,
        total,
        inWords, statements: String
    let director, accountant, signature, title: String
    let agreed, notAgreed, onlyRowsAgree, noStatement, changed: String

    package static func of(_ language: Language) -> MonthWords {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    private static let russian = MonthWords(
        batches: "Реестры", days: "По дням", batch: "Реестр", day: "Дата",
        file: "Файл",
        rows: "Строк", paid: "Выплачено", sum: "Сумма, сум", commission: "Комиссия банка, сум", refused: "Отказано",
        unknown: "Неизвестно и на разборе", returned: "Возвращено банком", account: "Счёт списания", total: "Итого",
        inWords: "Сумма прописью", statements: "Выписки", director: "Руководитель", accountant: "Главный бухгалтер",
        signature: "подпись, Ф. И. О.", title: "Реестр выплат за {month}",
        agreed: "Сверка с выпиской: всё сошлось.",
        notAgreed: "Сверка с выпиской не закончена: осталось строк {n} на {sum} сум.",
        onlyRowsAgree: "Сверка с выпиской не закончена: выплаты сошлись, остались другие строки выписки или комиссии.",
        noStatement: "Сверки с выпиской за этот месяц ещё не было.",
        changed: "После закрытия периода изменились строки: {n} на {sum} сум. Сверьте выписку ещё раз.")

    private static let uzbek = MonthWords(
        batches: "Reyestrlar", days: "Kunlar bo‘yicha", batch: "Reyestr",
        day: "Sana", file: "Fayl", rows: "Qatorlar", paid: "To‘langan", sum: "Summa, so‘m",
        commission: "Bank komissiyasi, so‘m", refused: "Rad etilgan", unknown: "Noma’lum va aniqlanmoqda",
        returned: "Bank qaytargan", account: "To‘lovchi hisobraqami", total: "Jami", inWords: "Summa so‘z bilan",
        statements: "Ko‘chirmalar", director: "Rahbar", accountant: "Bosh buxgalter", signature: "imzo, F. I. Sh.",
        title: "{month} uchun to‘lovlar reyestri",
        agreed: "Ko‘chirma bilan solishtirish: hammasi mos keldi.",
        notAgreed: "Ko‘chirma bilan solishtirish tugamadi: {n} qator, {sum} so‘m qoldi.",
        onlyRowsAgree:
            "Ko‘chirma bilan solishtirish tugamadi: to‘lovlar mos keldi, ko‘chirmaning boshqa qatorlari yoki komissiyalar qoldi.",
        noStatement: "Bu oy hali ko‘chirma bilan solishtirilmagan.",
        changed: "Davr yopilgandan keyin {n} qator, {sum} so‘m o‘zgardi. Ko‘chirmani yana solishtiring.")

    private static let english = MonthWords(
        batches: "Batches", days: "By day", batch: "Batch", day: "Date",
        file: "File", rows: "Rows", paid: "Paid", sum: "Sum, so‘m", commission: "Bank commission, so‘m",
        refused: "Refused",
        unknown: "Unknown and in dispute", returned: "Returned by the bank", account: "Account to debit",
        total: "Total",
        inWords: "Sum in words", statements: "Statements", director: "Director", accountant: "Chief accountant",
        signature: "signature, name", title: "Register of payouts for {month}",
        agreed: "Statement reconciliation: everything agrees.",
        notAgreed: "Statement reconciliation is not complete: {n} rows for {sum} so‘m are left.",
        onlyRowsAgree:
            "Statement reconciliation is not complete: the payouts agree, but other lines or commissions are left.",
        noStatement: "No statement of this month was reconciled yet.",
        changed: "Rows changed after the period was closed: {n} for {sum} so‘m. Reconcile the statement again.")

    package func title(_ register: MonthRegister) -> String { title.replacing("{month}", with: register.monthShown) }

    /// Describes how the month agrees with the statements.
    package func agreement(_ register: MonthRegister) -> [String] {
        func filled(_ text: String, _ totals: ControlTotals) -> String {
            text.replacing("{n}", with: Figures.number(totals.rows)).replacing(
                "{sum}", with: Figures.amount(totals.sum))
        }
        var lines: [String] = []
        switch register.isAgreed {
        case nil: lines.append(noStatement)
        case true?: lines.append(agreed)
        case false? where register.notAgreed.rows == 0: lines.append(onlyRowsAgree)
        case false?: lines.append(filled(notAgreed, register.notAgreed))
        }
        if register.changedAfterClosing.rows > 0 { lines.append(filled(changed, register.changedAfterClosing)) }
        return lines
    }
}

extension MonthRegister {
    /// The month for people, such as `11.2026`.
    var monthShown: String { month.split(separator: "-").reversed().joined(separator: ".") }
}
