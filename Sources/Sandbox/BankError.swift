/// The errors of the document's catalogue that the sandbox can return, with the bank's own texts.
package enum BankError: String, Sendable, CaseIterable {
    case parseError = "parse_error"
    case badCredentials = "bad_credentials"
    case invalidRequest = "invalid_request"
    case invalidParams = "invalid_params"
    case limitExceeded = "limit_exceeded"
    case objectNotFound = "object_not_found"
    case notFound = "not_found"
    case billNotFound = "bill_not_found"
    case billNotValid = "bill_not_valid"
    case serviceNotFound = "service_not_found"
    case serviceNotActive = "service_not_active"
    case objectLocked = "object_locked"
    case cardNotFound = "card_not_found"
    case cardNotActive = "card_not_active"
    case cardNotValid = "card_not_valid"
    case bankNotSupported = "bank_not_supported"
    case cardAlreadyExists = "card_already_exists"
    case smsInfoIsOff = "sms_info_is_off"
    case codeExpiredSmsSent = "code_expired_sms_sent"
    case codeExpiredRestart = "code_expired_restart"
    case codeEntryLimitExceededRestart = "code_entry_limit_exceeded_restart"
    case invalidCodeRetry = "invalid_code_retry"
    case insufficientFunds = "insufficient_funds"
    case insufficientFundsOnDeposit = "insufficient_funds_on_deposit"
    case notImplemented = "not_implemented"
    case debitError = "debit_error"
    case billingError = "billing_error"
    case billingErrorReversed = "billing_error_reversed"
    case billingErrorWillReverse = "billing_error_will_reverse"
    case billingErrorNeedReverse = "billing_error_need_reverse"
    case internalError = "internal_error"
    case unknownError = "unknown_error"
    case timeout

    package var httpStatus: Int {
        switch self {
        case .badCredentials: 401
        case .objectLocked: 403
        case .objectNotFound, .notFound: 404
        case .notImplemented, .debitError, .billingError, .billingErrorReversed, .billingErrorWillReverse,
            .billingErrorNeedReverse, .internalError, .unknownError, .timeout:
            500
        case .parseError, .invalidRequest, .invalidParams, .limitExceeded, .billNotFound, .billNotValid,
            .serviceNotFound, .serviceNotActive, .cardNotFound, .cardNotActive, .cardNotValid, .bankNotSupported,
            .cardAlreadyExists, .smsInfoIsOff, .codeExpiredSmsSent, .codeExpiredRestart,
            .codeEntryLimitExceededRestart, .invalidCodeRetry, .insufficientFunds, .insufficientFundsOnDeposit:
            400
        }
    }

    /// The catalogue's errors with status 500. None of them proves whether money moved.
    static let ofServer = allCases.filter { $0.httpStatus == 500 }

    /// The errors that refuse one order.
    static let ofOrder: [BankError] = [
        .cardNotFound, .cardNotActive, .cardNotValid, .bankNotSupported, .limitExceeded, .invalidParams,
    ]

    var json: JSONText {
        let (uz, en, ru) = texts
        return .fields([
            "langs": .fields(["uz": .string(uz), "en": .string(en), "ru": .string(ru)]),
            "status": .integer(Int64(httpStatus)),
            "detail": .string(rawValue),
            "title": .string(ru),
        ])
    }

    private var texts: (uz: String, en: String, ru: String) {
        switch self {
        case .parseError:
            (
                "Yaroqsiz JSON server tomonidan qabul qilindi", "Invalid JSON was received by the server",
                "Недействительный JSON был получен сервером"
            )
        case .badCredentials:
            ("Noto'g'ri login yoki parol", "Incorrect login or password", "Неверный логин или пароль")
        case .invalidRequest: ("Noto'g'ri so'rov", "Invalid request", "Неверный запрос")
        case .invalidParams: ("Noto'g'ri parametrlar berilgan", "Invalid params given", "Не правильные параметры")
        case .limitExceeded:
            ("Ruxsat berilgan chegaradan oshib ketdi", "Exceeded allowed limit", "Превышен допустимый лимит")
        case .objectNotFound: ("Ob'ekt topilmadi", "Object not found", "Объект не найден")
        case .notFound: ("Topilmadi", "Not found", "Не найден")
        case .billNotFound: ("Chek topilmadi", "Cheque not found", "Чек не найден")
        case .billNotValid: ("Joriy chek emas", "Not a valid check", "Не валидный чек")
        case .serviceNotFound: ("Xizmat topilmadi", "Service not found", "Сервис не найден")
        case .serviceNotActive: ("Xizmat faol emas", "Service not active", "Сервис не активен")
        case .objectLocked: ("Ob'ekt bloklangan", "Object blocked", "Объект заблокирован")
        case .cardNotFound: ("Karta topilmadi", "Card not found", "Карта не найдена")
        case .cardNotActive: ("Karta faollashtirilmagan", "Card not activated", "Карта не активирована")
        case .cardNotValid: ("Karta amalda emas", "Card not valid", "Карта не валидна")
        case .bankNotSupported: ("Bank qo'llab-quvvatlanmaydi", "Bank not supported", "Банк не поддерживается")
        case .cardAlreadyExists:
            (
                "Karta allaqachon foydalanuvchi egaligida", "The card is already in the user's possession",
                "Карта уже имеется у пользователя"
            )
        case .smsInfoIsOff:
            (
                "Ushbu karta uchun SMS-info ulanmagan", "SMS-info is not activated for this card",
                "СМС-инфо не подключен для этой карты"
            )
        case .codeExpiredSmsSent:
            (
                "Kod muddati tugagan, yangi SMS kod bilan yuborildi", "Code expired, sent a new code SMS",
                "Код просрочен, отправлен новый СМС с кодом"
            )
        case .codeExpiredRestart:
            ("Kod muddati tugagan, qaytadan boshlang", "Code expired, start over", "Код просрочен, начните заново")
        case .codeEntryLimitExceededRestart:
            (
                "Kod chegaraga yetdi, qaytadan boshlang", "The code has reached the limit, start again",
                "Код достиг предела, начните заново"
            )
        case .invalidCodeRetry:
            (
                "Kod yaroqsiz, qaytadan urinib ko'ring", "Invalid code, please try again",
                "Неправильный код, повторите попытку"
            )
        case .insufficientFunds: ("Mablag' yetarli emas", "Insufficient funds", "Недостаточно средств")
        case .insufficientFundsOnDeposit:
            ("Depositda mablag' yetarli emas", "Insufficient funds on deposit", "Недостаточно средств на депозите")
        case .notImplemented: ("Amalda emas", "Not implemented", "Не реализован")
        case .debitError:
            ("PM da to'lov amalga oshmadi", "Payment to the PC did not pass", "Оплата в ПЦ не прошла")
        case .billingError:
            ("Billingda to'lov amalga oshmadi", "Payment in billing has not passed", "Оплата в биллинг не прошла")
        case .billingErrorReversed:
            (
                "Billing orqali to'lov amalga oshmadi, to'lov bekor qilindi",
                "Payment in billing failed, payment canceled", "Оплата в биллинг не прошла, оплата отменена"
            )
        case .billingErrorWillReverse:
            (
                "Billingni to'lashda to'lov amalga oshmadi, to'lov bekor qilinadi",
                "Payment in billing failed, payment will be canceled",
                "Оплата в биллинг не прошла, оплата будет отменена"
            )
        case .billingErrorNeedReverse:
            (
                "To'lovni amalga oshirishda to'lov amalga oshmadi, to'lovni bekor qilish kerak",
                "Payment in billing failed, payment should be canceled",
                "Оплата в биллинг не прошла, оплату нужно отменить"
            )
        case .internalError: ("Ichki xato", "Internal error", "Внутренняя ошибка")
        case .unknownError: ("Noma'lum xatolik", "Unknown error", "Неизвестная ошибка")
        case .timeout: ("Kutish vaqti chuzilib ketdi", "Timeout", "Истекло время ожидания")
        }
    }
}
