import MerchantAPI
import Payouts

/// Says what to do about a row that the bank refused with a code.
extension CataloguedError {
    /// The remedy. Some codes ask for a correction: without it the bank would refuse the row again.
    var remedy: Remedy {
        switch self {
        case .cardNotFound, .cardNotActive, .cardNotValid, .bankNotSupported, .invalidParams, .invalidRequest,
            .p2pRequestNotValid, .limitExceeded:
            .correct
        default: .runAgain
        }
    }

    /// The advice, if there is more to say than “find the cause”.
    var advice: CataloguedText? {
        switch self {
        case .cardNotFound:
            CataloguedText(
                "Oluvchidan karta raqamini qayta so‘rang.", "Уточните у получателя номер карты.",
                "Ask the recipient for the card number again.")
        case .cardNotActive:
            CataloguedText(
                "Oluvchi kartani blokdan chiqarishi yoki boshqa karta raqamini berishi kerak.",
                "Получатель должен разблокировать карту или дать номер другой.",
                "The recipient must unblock the card or give the number of another one.")
        case .cardNotValid:
            CataloguedText(
                "Oluvchidan amaldagi karta raqami va amal qilish muddatini so‘rang.",
                "Запросите у получателя номер и срок действия действующей карты.",
                "Ask the recipient for the number and expiry of a valid card.")
        case .bankNotSupported:
            CataloguedText(
                "Oluvchidan boshqa bank kartasining raqamini so‘rang.",
                "Запросите у получателя номер карты другого банка.",
                "Ask the recipient for the number of a card of another bank.")
        case .limitExceeded:
            CataloguedText(
                "Limit miqdorini bankdan aniqlang yoki summani bo‘lib to‘lang.",
                "Узнайте в банке размер лимита или выплатите меньшими частями.",
                "Ask the bank how high the limit is, or pay in smaller parts.")
        case .invalidParams, .p2pRequestNotValid:
            CataloguedText(
                "Qatordagi hisobraqam, MFO, karta va amal qilish muddatini tekshiring.",
                "Проверьте в строке счёт, МФО, карту и срок действия.", "Check the row’s account, MFO, card and expiry."
            )
        default: nil
        }
    }
}
