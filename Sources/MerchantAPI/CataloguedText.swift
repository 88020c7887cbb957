/// A text for people in three languages. The library's own, because the bank's are partly cut or in the wrong language.
public struct CataloguedText: Hashable, Sendable {
    /// In Uzbek.
    public let uz: String
    /// In Russian.
    public let ru: String
    /// In English.
    public let en: String

    package init(_ uz: String, _ ru: String, _ en: String) {
        self.uz = uz
        self.ru = ru
        self.en = en
    }
}

extension CataloguedError {
    /// What the code means, in a few words.
    public var text: CataloguedText {
        switch self {
        case .parseError:
            CataloguedText(
                "So‘rov JSON sifatida o‘qilmadi", "Банк не смог прочитать запрос",
                "The bank could not read the request")
        case .badCredentials:
            CataloguedText(
                "Login yoki parol noto‘g‘ri", "Неверный логин или пароль",
                "Wrong login or password")
        case .phoneExists:
            CataloguedText(
                "Bu telefon raqami allaqachon mavjud", "Этот номер телефона уже есть",
                "This phone number is taken")
        case .invalidRequest:
            CataloguedText(
                "So‘rov bankka to‘g‘ri kelmadi", "Банк не принял запрос",
                "The bank did not accept the request")
        case .limitExceeded:
            CataloguedText(
                "Limitdan oshib ketdi", "Превышен лимит",
                "Over the limit")
        case .invalidPassword:
            CataloguedText(
                "Parol noto‘g‘ri", "Неверный пароль",
                "Wrong password")
        case .invalidParams:
            CataloguedText(
                "Parametrlar noto‘g‘ri", "Неверные параметры",
                "Wrong parameters")
        case .invalidRSAMessage:
            CataloguedText(
                "RSA xabari noto‘g‘ri", "Неверное RSA-сообщение",
                "The RSA message is wrong")
        case .objectNotFound:
            CataloguedText(
                "Obyekt topilmadi", "Объект не найден",
                "No such object")
        case .notFound:
            CataloguedText(
                "Topilmadi", "Не найдено",
                "Nothing found")
        case .notImplemented:
            CataloguedText(
                "Bank bu amalni bajarmaydi", "Банк не выполняет эту операцию",
                "The bank does not offer this operation")
        case .billNotFound:
            CataloguedText(
                "To‘lov topilmadi", "Платёж не найден",
                "No such payment")
        case .serviceNotFound:
            CataloguedText(
                "Xizmat topilmadi", "Услуга не найдена",
                "No such service")
        case .serviceNotActive:
            CataloguedText(
                "Xizmat o‘chirilgan", "Услуга отключена",
                "The service is switched off")
        case .debitError:
            CataloguedText(
                "Protsessing markazida yechish o‘tmadi", "Списание в процессинге не прошло",
                "The debit failed in processing")
        case .billingError:
            CataloguedText(
                "Billingda to‘lov o‘tmadi", "Платёж в биллинге не прошёл",
                "The payment failed in billing")
        case .billingErrorReversed:
            CataloguedText(
                "Billingda xato, to‘lov qaytarilgan", "Ошибка биллинга, платёж отменён",
                "Failed in billing and was cancelled")
        case .billingErrorWillReverse:
            CataloguedText(
                "Billingda xato, to‘lov qaytariladi", "Ошибка биллинга, платёж будет отменён",
                "Failed in billing, to be cancelled")
        case .billingErrorNeedReverse:
            CataloguedText(
                "Billingda xato, to‘lovni qaytarish kerak", "Ошибка биллинга, платёж надо отменить",
                "Failed in billing, needs cancelling")
        case .cardNotFound:
            CataloguedText(
                "Bunday karta yo‘q", "Карта не найдена",
                "No such card")
        case .cardNotActive:
            CataloguedText(
                "Karta faol emas", "Карта не активна",
                "The card is not active")
        case .cardNotValid:
            CataloguedText(
                "Karta yaroqsiz", "Карта недействительна",
                "The card is not valid")
        case .usernameNotFound:
            CataloguedText(
                "Foydalanuvchi topilmadi", "Пользователь не найден",
                "No such user")
        case .usernameExists:
            CataloguedText(
                "Bunday foydalanuvchi allaqachon bor", "Такой пользователь уже есть",
                "The user name is taken")
        case .notCardOwner:
            CataloguedText(
                "Karta boshqa shaxsniki", "Карта принадлежит другому лицу",
                "The card belongs to someone else")
        case .notCardOwnerSMSSent:
            CataloguedText(
                "Karta boshqa shaxsniki, SMS yuborildi", "Карта принадлежит другому лицу, отправлено СМС",
                "The card belongs to someone else, an SMS was sent")
        case .bankNotSupported:
            CataloguedText(
                "Karta banki qo‘llanmaydi", "Банк карты не поддерживается",
                "The card's bank is not supported")
        case .billNotValid:
            CataloguedText(
                "To‘lov hujjati yaroqsiz", "Платёж недействителен",
                "The payment is not valid")
        case .p2pRequestNotValid:
            CataloguedText(
                "P2P so‘rovi noto‘g‘ri", "Неверный P2P-запрос",
                "The P2P request is wrong")
        case .cardAlreadyExists:
            CataloguedText(
                "Karta allaqachon qo‘shilgan", "Карта уже добавлена",
                "The card was added before")
        case .smsInfoIsOff:
            CataloguedText(
                "Kartada SMS xabarnoma yoqilmagan", "На карте не включено СМС-информирование",
                "The card has no SMS service")
        case .codeExpiredSMSSent:
            CataloguedText(
                "Kod eskirdi, yangisi yuborildi", "Код истёк, отправлен новый",
                "The code expired, a new one was sent")
        case .codeExpiredRestart:
            CataloguedText(
                "Kod eskirdi, boshidan boshlang", "Код истёк, начните сначала",
                "The code expired, begin again")
        case .codeEntryLimitExceededRestart:
            CataloguedText(
                "Kod kiritish urinishlari tugadi", "Попытки ввода кода исчерпаны",
                "No tries of the code are left")
        case .activationCodeSent:
            CataloguedText(
                "Kod noto‘g‘ri, yangisi yuborildi", "Код неверен, отправлен новый",
                "The code is wrong, a new one was sent")
        case .invalidCodeSMSSent:
            CataloguedText(
                "Kod xato, SMS orqali yangisi yuborildi", "Код неверен, новый отправлен по СМС",
                "The code is wrong, another came by SMS")
        case .invalidCodeRetry:
            CataloguedText(
                "Kod xato, yana kiriting", "Код неверен, введите ещё раз",
                "The code is wrong, enter it again")
        case .versionNotSpecified:
            CataloguedText(
                "Dastur versiyasi berilmagan", "Не передана версия приложения",
                "No application version was given")
        case .versionNotSpecifiedOrInvalid:
            CataloguedText(
                "Dastur versiyasi berilmagan yoki xato", "Версия приложения не передана или неверна",
                "The application version is absent or wrong")
        case .versionTooOld:
            CataloguedText(
                "Dastur versiyasi eski", "Версия приложения устарела",
                "The application version is too old")
        case .pcError:
            CataloguedText(
                "Protsessing markazida xato", "Ошибка процессингового центра",
                "A fault in the processing centre")
        case .insufficientFundsOnDeposit:
            CataloguedText(
                "Depozitda pul yetmaydi", "На депозите не хватает средств",
                "Too little money on the deposit")
        case .insufficientFunds:
            CataloguedText(
                "Hisobda pul yetmaydi", "На счёте не хватает средств",
                "Too little money on the account")
        case .internalError:
            CataloguedText(
                "Bankda ichki xato", "Внутренняя ошибка банка",
                "A fault inside the bank")
        case .unknownError:
            CataloguedText(
                "Bank sababini bilmaydi", "Банк не знает причины",
                "The bank does not know the cause")
        case .objectLocked:
            CataloguedText(
                "Obyekt bloklangan", "Объект заблокирован",
                "The object is locked")
        case .timeout:
            CataloguedText(
                "Bank ichida kutish vaqti tugadi", "Истекло время ожидания внутри банка",
                "The time ran out inside the bank")
        }
    }
}
