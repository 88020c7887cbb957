/// A text for people in three languages. The texts are the library's own: some of the bank's are cut, or in the wrong
/// language.
public struct CataloguedText: Hashable, Sendable {
    /// The text in Uzbek.
    public let uz: String
    /// The text in Russian.
    public let ru: String
    /// The text in English.
    public let en: String

    package init(_ uz: String, _ ru: String, _ en: String) {
        self.uz = uz
        self.ru = ru
        self.en = en
    }
}

extension CataloguedError {
    /// The meaning of the code in a few words.
    public var text: CataloguedText {
        switch self {
        case .parseError:
            CataloguedText(
                "Bank so‘rovni o‘qiy olmadi", "Банк не смог прочитать запрос",
                "The bank could not read the request")
        case .badCredentials:
            CataloguedText(
                "Login yoki parol noto‘g‘ri", "Неверный логин или пароль",
                "Wrong user name or password")
        case .phoneExists:
            CataloguedText(
                "Bu telefon raqami allaqachon ro‘yxatdan o‘tgan", "Этот номер телефона уже зарегистрирован",
                "This phone number is already registered")
        case .invalidRequest:
            CataloguedText(
                "Bank so‘rovni qabul qilmadi", "Банк не принял запрос",
                "The bank did not accept the request")
        case .limitExceeded:
            CataloguedText(
                "Limitdan oshib ketdi", "Превышен лимит",
                "The limit is exceeded")
        case .invalidPassword:
            CataloguedText(
                "Parol noto‘g‘ri", "Неверный пароль",
                "Wrong password")
        case .invalidParams:
            CataloguedText(
                "Bank rekvizitlarni qabul qilmadi (hisobraqam, MFO, karta yoki amal qilish muddati)",
                "Банк не принял реквизиты (счёт, МФО, карта или срок действия)",
                "The bank did not accept the details (account, MFO, card or expiry)")
        case .invalidRSAMessage:
            CataloguedText(
                "RSA xabari noto‘g‘ri", "Неверное RSA-сообщение",
                "The RSA message is wrong")
        case .objectNotFound:
            CataloguedText(
                "Bank so‘rov bo‘yicha yozuv topmadi", "Банк не нашёл запись по запросу",
                "The bank found no record for the request")
        case .notFound:
            CataloguedText(
                "Bank hech narsa topmadi", "Банк ничего не нашёл по запросу",
                "The bank found nothing")
        case .notImplemented:
            CataloguedText(
                "Bank bu amalni bajarmaydi", "Банк не выполняет эту операцию",
                "The bank does not offer this operation")
        case .billNotFound:
            CataloguedText(
                "Bank to‘lovni topmadi", "Банк не нашёл платёж",
                "The bank did not find the payment")
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
                "Protsessing markazida hisobdan yechish amalga oshmadi", "Списание в процессинге не прошло",
                "The debit failed in processing")
        case .billingError:
            CataloguedText(
                "Billingda to‘lov amalga oshmadi", "Платёж в биллинге не прошёл",
                "The payment failed in billing")
        case .billingErrorReversed:
            CataloguedText(
                "Billing xatosi, to‘lov bekor qilindi", "Ошибка биллинга, платёж отменён",
                "Failed in billing and was cancelled")
        case .billingErrorWillReverse:
            CataloguedText(
                "Billing xatosi, to‘lov bekor qilinadi", "Ошибка биллинга, платёж будет отменён",
                "Failed in billing, will be cancelled")
        case .billingErrorNeedReverse:
            CataloguedText(
                "Billing xatosi, to‘lovni bekor qilish kerak", "Ошибка биллинга, платёж нужно отменить",
                "Failed in billing, must be cancelled")
        case .cardNotFound:
            CataloguedText(
                "Bunday karta topilmadi", "Карта не найдена",
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
                "Bunday nomli foydalanuvchi allaqachon bor", "Пользователь с таким именем уже есть",
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
                "Karta banki qo‘llab-quvvatlanmaydi", "Банк карты не поддерживается",
                "The card’s bank is not supported")
        case .billNotValid:
            CataloguedText(
                "To‘lov hujjati yaroqsiz", "Платёж недействителен",
                "The payment is not valid")
        case .p2pRequestNotValid:
            CataloguedText(
                "Bank kartaga o‘tkazma so‘rovini qabul qilmadi", "Банк не принял запрос на перевод на карту",
                "The bank did not accept the transfer to the card")
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
                "Kodning muddati tugadi, yangisi yuborildi", "Срок действия кода истёк, отправлен новый",
                "The code expired, a new one was sent")
        case .codeExpiredRestart:
            CataloguedText(
                "Kodning muddati tugadi, boshidan boshlang", "Срок действия кода истёк, начните сначала",
                "The code expired, begin again")
        case .codeEntryLimitExceededRestart:
            CataloguedText(
                "Kod kiritish urinishlari tugadi", "Попытки ввода кода исчерпаны",
                "No tries of the code are left")
        case .activationCodeSent:
            CataloguedText(
                "Kod noto‘g‘ri, yangisi yuborildi", "Неверный код, отправлен новый",
                "Wrong code, a new one was sent")
        case .invalidCodeSMSSent:
            CataloguedText(
                "Kod noto‘g‘ri, yangisi SMS orqali yuborildi", "Неверный код, новый отправлен по СМС",
                "Wrong code, a new one was sent by SMS")
        case .invalidCodeRetry:
            CataloguedText(
                "Kod noto‘g‘ri, yana kiriting", "Неверный код, введите ещё раз",
                "Wrong code, enter it again")
        case .versionNotSpecified:
            CataloguedText(
                "Dastur versiyasi ko‘rsatilmagan", "Не передана версия приложения",
                "No application version was given")
        case .versionNotSpecifiedOrInvalid:
            CataloguedText(
                "Dastur versiyasi ko‘rsatilmagan yoki noto‘g‘ri", "Версия приложения не передана или неверна",
                "The application version is missing or wrong")
        case .versionTooOld:
            CataloguedText(
                "Dastur versiyasi eskirgan", "Версия приложения устарела",
                "The application version is too old")
        case .pcError:
            CataloguedText(
                "Protsessing markazida xato", "Ошибка процессингового центра",
                "An error in the processing centre")
        case .insufficientFundsOnDeposit:
            CataloguedText(
                "Depozitda mablag‘ yetarli emas", "Недостаточно средств на депозите",
                "Not enough money on the deposit")
        case .insufficientFunds:
            CataloguedText(
                "Hisobraqamda mablag‘ yetarli emas", "Недостаточно средств на счёте",
                "Not enough money on the account")
        case .internalError:
            CataloguedText(
                "Bankning ichki xatosi", "Внутренняя ошибка банка",
                "An internal error of the bank")
        case .unknownError:
            CataloguedText(
                "Bankda noma’lum xato", "Неизвестная ошибка на стороне банка",
                "An unknown error at the bank")
        case .objectLocked:
            CataloguedText(
                "Bank amalni blokladi", "Банк заблокировал операцию",
                "The bank has blocked the operation")
        case .timeout:
            CataloguedText(
                "Bank ichida kutish vaqti tugadi", "Истекло время ожидания внутри банка",
                "The time ran out inside the bank")
        }
    }
}
