import PaymentValues
package import Payouts
package import Statements

/// The words about bank statements in one language.
package struct StatementWords: Sendable {
    let outcomes: [MatchOutcome: String]
    let evidence: [MatchEvidence: String]
    package let opening, credits, debits, closing, lines, sum, complete, incomplete, line, document, row, agreedBefore,
        foreignCredits, missingCommissions: String
    let title, more, onStatement, notOnStatement: String

    package static func of(_ language: Language) -> StatementWords {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    package func name(_ outcome: MatchOutcome) -> String { outcomes[outcome] ?? "" }

    private static let russian = StatementWords(
        outcomes: [
            .agreed: "сошлось", .paidNotOnStatement: "выплачено, но нет в выписке",
            .onStatementNotPaid: "есть в выписке, но не выплачено по журналу выплат",
            .foreign: "не относится к выплатам",
            .twice: "списано дважды", .otherAmount: "другая сумма", .returned: "возвращено банком",
            .ambiguous: "неоднозначно, решает сотрудник",
        ],
        evidence: [
            .id: "по номеру банка", .ids: "по номерам банка", .card: "по карте", .name: "по имени",
            .amount: "по сумме и дню",
            .batchSum: "сумма реестра", .daySum: "сумма дня", .partSum: "сумма части дня",
        ],
        opening: "Входящий остаток",
        credits: "Поступило", debits: "Списано", closing: "Исходящий остаток", lines: "Количество", sum: "Сумма, сум",
        complete: "Выписка сверена: всё сошлось, период закрыт.",
        incomplete: "Сверка не закончена: остальное решает сотрудник.", line: "строка", document: "документ",
        row: "строка реестра",
        agreedBefore: "Эта выписка уже сверена. Ничего не записано.", foreignCredits: "прочие поступления",
        missingCommissions: "комиссия, которой нет в выписке",
        title: "Сверка с выпиской по счёту {account} за {from} — {to}",
        more: "и ещё {n}: полный список даёт --json --rows", onStatement: "в выписке от {day}, документ {document}",
        notOnStatement: "нет в выписке от {day}")

    private static let uzbek = StatementWords(
        outcomes: [
            .agreed: "mos keldi", .paidNotOnStatement: "to‘langan, lekin ko‘chirmada yo‘q",
            .onStatementNotPaid: "ko‘chirmada bor, lekin to‘lovlar jurnalida to‘lanmagan",
            .foreign: "to‘lovlarga tegishli emas",
            .twice: "ikki marta yechilgan", .otherAmount: "summasi boshqa", .returned: "bank qaytargan",
            .ambiguous: "aniq emas, xodim hal qiladi",
        ],
        evidence: [
            .id: "bank raqami bo‘yicha", .ids: "bank raqamlari bo‘yicha", .card: "karta bo‘yicha",
            .name: "F.I.Sh. bo‘yicha",
            .amount: "summa va kun bo‘yicha", .batchSum: "reyestr jami", .daySum: "kun jami",
            .partSum: "kunning bir qismi jami",
        ],
        opening: "Kirish qoldig‘i",
        credits: "Kirim", debits: "Chiqim", closing: "Chiqish qoldig‘i", lines: "Soni", sum: "Summa, so‘m",
        complete: "Ko‘chirma solishtirildi: hammasi mos keldi, davr yopildi.",
        incomplete: "Solishtirish tugamadi: qolganini xodim hal qiladi.", line: "qator", document: "hujjat",
        row: "reyestr qatori", agreedBefore: "Bu ko‘chirma avval solishtirilgan. Hech narsa yozilmadi.",
        foreignCredits: "boshqa kirimlar", missingCommissions: "ko‘chirmada yo‘q komissiya",
        title: "{account} hisobraqami ko‘chirmasi bilan solishtirish, {from} — {to}",
        more: "yana {n}: to‘liq ro‘yxatni --json --rows beradi",
        onStatement: "{day} ko‘chirmasida, {document}-hujjat", notOnStatement: "{day} ko‘chirmasida yo‘q")

    private static let english = StatementWords(
        outcomes: [
            .agreed: "agreed", .paidNotOnStatement: "paid, but not on the statement",
            .onStatementNotPaid: "on the statement, but not paid in the ledger", .foreign: "not a payout",
            .twice: "debited twice", .otherAmount: "other amount", .returned: "returned by the bank",
            .ambiguous: "unclear, a person decides",
        ],
        evidence: [
            .id: "by the bank id", .ids: "by the bank ids", .card: "by the card", .name: "by the name",
            .amount: "by amount and day", .batchSum: "sum of the batch", .daySum: "sum of the day",
            .partSum: "sum of a part of the day",
        ],
        opening: "Opening balance",
        credits: "Credits", debits: "Debits", closing: "Closing balance", lines: "Count", sum: "Sum, so‘m",
        complete: "The statement is reconciled: everything agrees, and the period is closed.",
        incomplete: "The reconciliation is not complete: a person must settle the rest.", line: "line",
        document: "document", row: "row", agreedBefore: "This statement was reconciled before. Nothing was stored.",
        foreignCredits: "other credits", missingCommissions: "commission that is not on the statement",
        title: "Statement reconciliation of account {account}, {from} to {to}",
        more: "and {n} more: --json --rows gives the whole list",
        onStatement: "on the statement of {day}, document {document}", notOnStatement: "not on the statement of {day}")
}

extension StatementWords {
    package func title(of statement: BankStatement) -> String {
        filled(
            title,
            [
                "account": statement.account.digits, "from": statement.period.lowerBound.description,
                "to": statement.period.upperBound.description,
            ])
    }

    func filled(_ text: String, _ values: [String: String]) -> String {
        values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}
