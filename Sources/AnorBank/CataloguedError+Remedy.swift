import MerchantAPI
import Payouts

/// What a person does about a row that the bank refused with a code.
extension CataloguedError {
    /// Another try with the same data meets the same refusal after the codes that ask for a correction.
    var remedy: Remedy {
        switch self {
        case .cardNotFound, .cardNotActive, .cardNotValid, .bankNotSupported, .invalidParams, .invalidRequest,
            .p2pRequestNotValid, .limitExceeded:
            .correct
        default: .runAgain
        }
    }

    /// What to do, where there is more to say than to find the cause.
    var advice: CataloguedText? {
        switch self {
        case .cardNotFound:
            CataloguedText(
                "Oluvchidan karta raqamini qayta so‘rang.", "Уточните у получателя номер карты.",
                "Ask the recipient for the card’s number again.")
        case .cardNotActive:
            CataloguedText(
                "Oluvchi kartani blokdan chiqarishi yoki boshqasini berishi kerak.",
                "Получатель должен разблокировать карту или дать другую.",
                "The recipient must unblock the card or give another one.")
        case .cardNotValid:
            CataloguedText(
                "Oluvchidan amaldagi karta va uning muddatini oling.",
                "Возьмите у получателя действующую карту и её срок.",
                "Ask the recipient for a valid card and its expiry.")
        case .bankNotSupported:
            CataloguedText(
                "Oluvchidan boshqa bank kartasini so‘rang.", "Попросите у получателя карту другого банка.",
                "Ask the recipient for a card of another bank.")
        case .limitExceeded:
            CataloguedText(
                "Bankdan limitni so‘rang yoki kichikroq qismlarda to‘lang.",
                "Узнайте в банке о лимите или платите меньшими частями.",
                "Ask the bank about the limit, or pay in smaller parts.")
        case .invalidParams, .p2pRequestNotValid:
            CataloguedText(
                "Qatordagi hisob, MFO, karta va muddatni tekshiring.",
                "Проверьте в строке счёт, МФО, карту и срок.", "Check the row’s account, MFO, card and expiry.")
        default: nil
        }
    }
}
