import Payouts

extension Words {
    static let russian = Words(
        summary: "Итоги", rows: "Строки", toReview: "На разбор",
        title: "Отчёт о выплатах", closingProof: "Сверка", part: "Часть", rowCount: "Строк", sumInSom: "Сумма, сум",
        total: "Все части вместе", fileTotal: "Файл", addsUp: "Сходится: части составляют файл.",
        addsUpCorrected: "Сходится: части составляют файл с исправлениями.",
        doesNotAddUp: "НЕ СХОДИТСЯ. Не работайте с этим журналом, сохраните его и обратитесь за помощью.",
        commission: "Комиссия (commissionAmount, как прислал банк), сум", file: "Файл", digest: "SHA-256 файла",
        reference: "Реестр", bank: "Банк", notSentYet: "ещё ничего не отправлено",
        practiceBank: "учебный банк, деньги не переводились", ledgerHead: "Контрольный код журнала выплат",
        accounts: "Счета отправителя",
        imported: "Загружен", made: "Отчёт составлен", pause: "Остановлен", by: "—",
        runAgain: "Запустите реестр снова, когда причина устранена; неотправленные строки не тронуты.",
        page: "Стр.", of: "из",
        warnings: "Предупреждения по файлу", accepted: "подтверждены", notAccepted: "ещё не подтверждены",
        nothingToReview: "Ни одна строка не ждёт решения.",
        remedies: [
            .runAgain: "МОЖНО ПОВТОРИТЬ, когда причина устранена: payout rerun РЕЕСТР --rows …",
            .correct:
                "СНАЧАЛА ИСПРАВИТЬ: payout rerun РЕЕСТР --corrections ФАЙЛ, где файл — лист отчёта «На разбор», сохранённый как CSV",
            .settle: "СНАЧАЛА ВЫЯСНИТЬ В БАНКЕ: не платите эти строки другим способом",
        ],
        attempts: "Попытки", corrections: "Исправлено людьми: строк и изменение суммы",
        toPay: "Файл с исправлениями", approval: "Утвердил(а)", approvalMissing: "пока никто: ничего не отправляется",
        columns: [
            .row: "Строка", .attempt: "Попытка", .expiry: "Срок, ММГГ", .rowKey: "Ваш ключ", .name: "Получатель",
            .card: "Карта", .account: "Счёт отправителя",
            .bankCode: "МФО", .amount: "Сумма, сум", .state: "Состояние", .reason: "Причина", .advice: "Что делать",
            .bmID: "bmId", .commission: "commission", .commissionAmount: "commission-Amount, тийин",
            .senderExtID: "EXT_ID отправителя", .recipientExtID: "EXT_ID получателя",
            .agentTransactionID: "agentTranId", .sends: "Отправок", .changedAt: "Время",
        ],
        states: [
            .queued: "не отправлено", .sending: "неизвестно", .paid: "оплачено", .refused: "отказано",
            .unknown: "неизвестно", .review: "на разбор", .withdrawn: "отозвано",
        ],
        stateAdvice: [
            .queued: "Запустите реестр снова.",
            .sending: "Не платите другим способом: запрос мог уйти. Запустите реестр снова.",
            .refused: "Выясните причину у получателя или банка и запустите строку повторно: payout rerun.",
            .unknown: "Не платите другим способом: выплата могла пройти. Спросите банк: payout reconcile.",
            .review: "Не платите другим способом: выясните в банке по agentTranId, прошла ли выплата.",
        ],
        reasonAdvice: [
            "failed_at_bank": "Банк сообщает, что выплата не прошла. Узнайте причину, прежде чем платить снова.",
            "reversed_at_bank":
                "Банк вернул выплату: деньги снова на счёте. Если они всё ещё причитаются, выплатите их новым файлом.",
        ],
        warningKinds: [
            .samePayment: "та же карта и сумма дважды в файле",
            .paidBefore: "та же карта и сумма в другом реестре за 40 дней",
            .unknownCardPrefix: "необычное начало номера карты", .amountFarOff: "сумма далека от остальных",
            .otherCurrency: "счёт в другой валюте", .accountEndsInZeros: "счёт кончается на 00000",
            .unitNotSaid: "не указана единица сумм",
        ],
        reasons: [
            "bank_unreachable": "Нет связи с банком", "sign_in_refused": "Банк не принял логин",
            "too_many_requests": "Банк просит отправлять реже", "no_answer_in_time": "Ответ не пришёл вовремя",
            "connection_lost": "Связь прервалась до ответа",
            "answer_not_trusted": "Ответ банка не читается или противоречит сам себе",
            "answer_not_catalogued": "Банк ответил кодом, которого нет в его справочнике",
            "interrupted": "Программа завершилась, пока запрос был в пути",
            "redirected": "Банк ответил перенаправлением; оно не выполняется",
            "in_progress": "Банк ещё обрабатывает выплату", "not_found_at_bank": "Банк не знает этой выплаты",
            "failed_at_bank": "По данным банка выплата не прошла",
            "unclear_at_bank": "Ответ банка должны разобрать люди",
            "too_many_unknown": "Слишком много ответов подряд потеряно",
            "too_many_refused": "Слишком много отказов подряд по одной причине",
            "reversed_at_bank": "Выплачено, позже возвращено банком", "decided_by_person": "Решение принято человеком",
            "withdrawn_by_person": "Отозвано человеком",
            "ledger_was_set_back": "Журнал выплат был восстановлен из старой копии; строка уже отправлялась",
            "ledger_failed": "Не удалось записать журнал", "stopped_by_person": "Остановлено человеком",
        ])
}
