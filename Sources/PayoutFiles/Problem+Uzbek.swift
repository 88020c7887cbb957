import PaymentValues
import WorkbookReader

extension Problem {
    var uzbek: Wording {
        switch self {
        case .emptyFile:
            Wording("Fayl bo‘sh.", "Jadvalni CSV UTF-8 formatida qayta saqlang va unda qatorlar borligini tekshiring.")
        case .notText:
            Wording(
                "Bu matnli fayl ham, Excel fayli ham emas yoki u buzilgan.",
                "Excelda “Сохранить как” → “Книга Excel (.xlsx)” yoki “CSV UTF-8” ni tanlang. Agar u allaqachon CSV "
                    + "bo‘lsa, uni dasturdan qayta yuklab oling.")
        case .noHeader:
            Wording(
                "Hech bir qatorda ustun nomlari yo‘q.",
                "Birinchi qatorga ustun nomlarini yozing: hisobraqam, MFO, karta, muddat, summa so‘mda.")
        case .noRows: Wording("Sarlavha ostida to‘lovlar yo‘q.", "Qatorlarni qo‘shib, faylni qayta saqlang.")
        case .missingColumn:
            Wording(
                "Faylda bu ustun yo‘q.",
                "Ustunni qo‘shing: sarlavhaga nomini, har bir qatorga qiymatini yozing.")
        case .missingPayer:
            Wording(
                "Faylda bu yo‘q: na ustunda, na jadval ustidagi sarlavhada.",
                "Fayl sahifasida yoki buyruqda (--account va --mfo) ko‘rsating, payout.yaml faylida bir marta belgilang yoki ustunni qo‘shing."
            )
        case .missingAmountColumn:
            Wording(
                "Faylda summa ustuni yo‘q.",
                "Ustunni qo‘shing: sarlavhaga nomini, har bir qatorga summani yozing. Summalar so‘mda bo‘lsa, ustunni "
                    + "“summa so‘mda” deb nomlang.")
        case .doubledColumn: Wording("Ustun sarlavhada bir necha marta ko‘rsatilgan.", "Ulardan birini qoldiring.")
        case .twoAmountColumns:
            Wording(
                "Faylda ikkita summa ustuni bor: biri tiyinda, ikkinchisi so‘mda.",
                "Keraklisini qoldirib, ikkinchisini o‘chiring.")
        case .fileCut:
            Wording(
                "Fayl shu qatorda uzilib qolgan: oxirgi qiymat to‘liq bo‘lmasligi va ayrim qatorlar yetishmasligi mumkin.",
                "Oxirgi qator va jami summani hujjat bilan solishtiring yoki faylni qayta saqlang; hammasi to‘g‘ri bo‘lsa, "
                    + "qabul qiling.")
        case .batchAboveLimit(let sum, let limit):
            Wording(
                "Reyestr summasi \(sum) so‘m, bu \(limit) so‘mlik limitdan ortiq.",
                "Summalarni tekshiring. Ular to‘g‘ri bo‘lsa, faylni bo‘ling yoki administratordan limitni oshirishni "
                    + "so‘rang.")
        case .batchTooLarge:
            Wording(
                "Reyestr summasi hisoblab bo‘lmaydigan darajada katta.",
                "Summalarni tekshiring: haddan tashqari kattalari bor.")
        case .unclosedQuote:
            Wording(
                "Qo‘shtirnoq ochilgan, lekin yopilmagan.",
                "Uni yoping yoki o‘chiring: aks holda undan keyingi qatorlar bitta katakka qo‘shilib ketadi.")
        case .strayQuote:
            Wording(
                "Katak ichida ortiqcha qo‘shtirnoq bor.",
                "Uni o‘chiring yoki butun katakni qo‘shtirnoqqa oling va ichidagi har bir qo‘shtirnoqni ikki martadan "
                    + "yozing.")
        case .wrongFieldCount(let found, let expected):
            Wording(
                "Qatorda \(found) ta katak, sarlavhada esa \(expected) ta ustun bor.",
                "Ortiqcha yoki tushib qolgan ajratgichni toping; ichida ajratgich bor katakni qo‘shtirnoqqa oling.")
        case .samePayment(let earlier):
            Wording(
                "Karta va summa \(earlier)-qatordagi bilan bir xil.",
                "Xato bo‘lsa, qatorlardan birini o‘chiring; ikkalasi ham kerak bo‘lsa, ogohlantirishni qabul qiling.")
        case .emptyField: Wording("Katak bo‘sh.", "Uni to‘ldiring.")
        case .formula:
            Wording("Katakda qiymat emas, formula bor.", "Ustunni qiymat sifatida joylab, faylni qayta saqlang.")
        case .foreignDigits:
            Wording(
                "Raqamlar g‘ayrioddiy belgilar bilan terilgan (0–9 emas).",
                "Qiymatni 0 dan 9 gacha raqamlar bilan qayta tering.")
        case .accountNot20Digits:
            Wording(
                "Hisobraqam aniq 20 ta raqamdan iborat bo‘lishi kerak.",
                "Hisobraqamni qayta nusxalang; Excelda ustun uchun “Текстовый” (Matn) formatini tanlang.")
        case .mfoNot5Digits:
            Wording(
                "MFO aniq 5 ta raqamdan iborat bo‘lishi kerak.",
                "Boshidagi nolni tiklang (01183) va Excelda ustun uchun “Текстовый” (Matn) formatini tanlang.")
        case .panNot16Digits:
            Wording(
                "Karta raqami aniq 16 ta raqamdan iborat bo‘lishi kerak.",
                "Raqamni qayta nusxalang; Excelda ustun uchun “Текстовый” (Matn) formatini tanlang.")
        case .maskedCard:
            Wording(
                "Karta raqami yashirilgan: o‘rtasidagi raqamlar o‘rniga belgilar qo‘yilgan.",
                "To‘liq raqamni dastlabki fayldan oling. Payout hisobotlarda va belgilangan fayllarda karta raqamini yashiradi."
            )
        case .panCheckDigit:
            Wording(
                "Karta raqamida xato bor: oxirgi raqam qolganlariga mos kelmaydi.",
                "Uni karta bilan solishtiring.")
        case .expiryNotMMYY:
            Wording(
                "Kartaning amal qilish muddati to‘rtta raqam bilan, OOYY ko‘rinishida yoziladi: 0727 — 2027-yil iyul.",
                "Oy va yilni boshidagi nollari bilan yozing; Excelda ustun uchun “Текстовый” (Matn) formatini tanlang.")
        case .expiryPast:
            Wording(
                "Kartaning amal qilish muddati tugagan.",
                "Oluvchidan yangi karta raqami va amal qilish muddatini so‘rang.")
        case .amountNotANumber:
            Wording(
                "Summa son emas.",
                "Faqat raqamlar va bitta o‘nlik vergulni qoldiring; harflar va valyuta nomini o‘chiring.")
        case .amountNotWhole:
            Wording(
                "Bu ustunda summalar tiyinda ko‘rsatilgan, ularda kasr qism bo‘lishi mumkin emas.",
                "Faylda so‘m bo‘lsa, ustunni “summa so‘mda” deb nomlang; tiyin bo‘lsa, kasr qismini olib tashlang.")
        case .amountHasTooManyDecimals:
            Wording(
                "Verguldan keyin ikkitadan ortiq raqam bor.", "Summani ikkita raqamgacha yaxlitlang.")
        case .amountNotPositive:
            Wording("Summa noldan katta bo‘lishi kerak.", "Summani tuzating yoki qatorni o‘chiring.")
        case .amountAboveLimit(let limit):
            Wording(
                "Summa bitta qator uchun belgilangan limitdan (\(limit) so‘m) ortiq.",
                "“Summa so‘mda” ustuniga tiyin yozilmaganini tekshiring (unda summa 100 baravar katta bo‘ladi). Summa "
                    + "to‘g‘ri bo‘lsa, administratordan limitni oshirishni so‘rang.")
        case .amountTooLarge: Wording("Summa hisoblab bo‘lmaydigan darajada katta.", "Summani tuzating.")
        case .tooManyRows(let limit):
            Wording("Faylda \(limit.grouped) tadan ortiq to‘lov bor.", "Uni bir nechta faylga bo‘ling.")
        case .otherHeader:
            Wording(
                "Ikkinchi sarlavhada ustunlar birinchisidan boshqacha nomlangan.",
                "Bitta sarlavha qoldiring va jadvalning barcha qismlarida ustunlar bir xilligini tekshiring.")
        case .totalDisagrees(let counted):
            Wording(
                "Jami mos kelmaydi: qatorlar yig‘indisi — \(counted) so‘m.",
                "Qator tushib qolmagani va o‘zgarmaganini tekshiring, so‘ng jami qatorini tuzating yoki o‘chiring.")
        case .unreadableText:
            Wording(
                "Qatordagi harflar buzilgan: faylda turli kodirovkalar aralashib ketgan.",
                "Butun jadvalni CSV UTF-8 formatida qayta saqlang.")
        case .shiftedByDelimiter:
            Wording(
                "Katak ichidagi ajratgich (masalan, 1500,50) qatorning qolgan kataklarini surib yuborgan.",
                "Shu katakni qo‘shtirnoqqa oling yoki jadvalni boshqa ajratgich bilan saqlang.")
        case .invisibleSigns:
            Wording(
                "Katakda ko‘rinmas belgilar bor: saytdan yoki messenjerdan nusxalanganda shunday bo‘ladi.",
                "Qiymatni qo‘lda qayta tering.")
        case .scientificNotation:
            Wording(
                "Excel raqamni 8,6E+15 ko‘rinishida yozgan, raqamlarning bir qismi yo‘qolgan.",
                "Ustun uchun “Текстовый” (Matn) formatini tanlang va raqamlarni buxgalteriya dasturidan qayta joylang; "
                    + "ustunni kengaytirish yetarli emas.")
        case .columnTooNarrow:
            Wording(
                "Excel qiymat o‘rniga ##### saqlagan: ustun juda tor bo‘lgan.",
                "Ustunni kengaytirib, faylni qayta saqlang.")
        case .spreadsheetError:
            Wording(
                "Katakda qiymat emas, Excel xatosi bor.",
                "Formula yoki havolani tuzating, ustunni qiymat sifatida joylab, faylni qayta saqlang.")
        case .lostLeadingZero(let whole):
            Wording(
                "Boshidagi nol yo‘qolgan: ehtimol, bu \(whole) bo‘lishi kerak.",
                "Excelda ustun uchun “Текстовый” (Matn) formatini tanlang va qiymatni boshidagi nol bilan yozing.")
        case .lastDigitLost:
            Wording(
                "Excel kartaning oxirgi raqamini nolga almashtirgan.",
                "Ustun uchun “Текстовый” (Matn) formatini tanlang va karta raqamlarini buxgalteriya dasturidan qayta "
                    + "joylang; raqamni taxmin qilib bo‘lmaydi.")
        case .expiryIsDate:
            Wording(
                "Excel kartaning amal qilish muddatini sanaga aylantirgan.",
                "Ustun uchun “Текстовый” (Matn) formatini tanlang va to‘rtta raqam yozing, OOYY: 0330 — 2030-yil mart.")
        case .amountAmbiguous(let digits):
            Wording(
                "Summani ikki xil o‘qish mumkin: belgi minglarni (\(digits)) yoki kasr qismini ajratadi.",
                "\(digits) deb yozing yoki kasr qismini ikki raqam bilan ko‘rsating.")
        case .paidBefore(let batch, let row):
            Wording(
                "So‘nggi 40 kun ichida shu kartaga xuddi shu summa “\(batch)” reyestrining \(row)-qatorida ham bor.",
                "Takror bo‘lsa, qatorni o‘chiring. Yana bir to‘lov kerak bo‘lsa, ogohlantirishni qabul qiling.")
        case .sameKey(let earlier):
            Wording(
                "Xuddi shu ichki raqam \(earlier)-qatorda ham bor, lekin karta yoki summa boshqa.",
                "Bu bitta to‘lov bo‘lsa, qatorlardan birini o‘chiring; ikkita to‘lov bo‘lsa, qabul qiling.")
        case .keyUsedBefore(let batch, let row):
            Wording(
                "Bu ichki raqam so‘nggi 40 kundagi “\(batch)” reyestrining \(row)-qatorida bor, lekin karta boshqa.",
                "Bu to‘lov hali qilinmaganini tekshiring; qilinmagan bo‘lsa, qabul qiling.")
        case .lettersLost:
            Wording(
                "Fayl saqlanganda ismdagi harflar yo‘qolgan: ularning o‘rnida so‘roq belgilari turibdi.",
                "Jadvalni CSV UTF-8 yoki Excel fayli (.xlsx) sifatida qayta saqlang. To‘lovning o‘ziga bu ta’sir qilmaydi: "
                    + "qabul qilish mumkin.")
        case .samePayroll(let batch, let rows):
            Wording(
                "Xuddi shu to‘lovlar so‘nggi kunlardagi “\(batch)” reyestrida bor: \(rows) qatorning kartasi va summasi bir xil.",
                "Bu oluvchilarga pul to‘lanmaganini aniqlang; ikkala to‘lov ham kerak bo‘lsa, ogohlantirishni qabul qiling."
            )
        case .personUnclear(let batch):
            Wording(
                "“\(batch)” reyestrida shu ismli bir necha oluvchi bor, lekin ularning birortasida bu karta yo‘q.",
                "Bu kimligini aniqlang va kartani oluvchining o‘zi bilan tekshiring; to‘g‘ri bo‘lsa, ogohlantirishni qabul qiling."
            )
        case .newPersonHighAmount(let batch):
            Wording(
                "Bu oluvchi yangi, summasi esa “\(batch)” reyestridagi deyarli hammanikidan ko‘p.",
                "Oluvchini va summani ishga qabul qilish buyrug‘i bilan solishtiring; to‘g‘ri bo‘lsa, ogohlantirishni qabul qiling."
            )
        case .cardChanged(let was, let batch):
            Wording(
                "“\(batch)” reyestrida bu oluvchining kartasi boshqa edi: \(was).",
                "Yangi raqamni xatga qarab emas, oluvchining o‘zi bilan tekshiring; to‘g‘ri bo‘lsa, ogohlantirishni qabul qiling."
            )
        case .amountUnusual(let was, let batch):
            Wording(
                "“\(batch)” reyestrida bu oluvchi \(was) so‘m olgan: besh va undan ko‘p marta kam yoki ko‘p.",
                "Ortiqcha yoki tushib qolgan nollar yo‘qligini va tiyin o‘rniga so‘m yozilmaganini tekshiring; summa "
                    + "to‘g‘ri bo‘lsa, ogohlantirishni qabul qiling.")
        case .cardShared:
            Wording(
                "Bu fayldagi bir necha oluvchining kartasi bitta.",
                "Kartalarni oluvchilar bilan solishtiring; karta umumiy bo‘lsa, ogohlantirishni qabul qiling.")
        case .unknownCardPrefix:
            Wording(
                "Karta raqami Uzcard va Humo kartalariga xos raqamlar (8600, 5614, 6262, 9860…) bilan boshlanmagan.",
                "Raqamni karta bilan solishtiring; to‘g‘ri bo‘lsa, ogohlantirishni qabul qiling.")
        case .amountFarOff(let isBelow):
            isBelow
                ? Wording(
                    "Summa fayldagi boshqalardan ancha kichik.",
                    "Tiyin o‘rniga so‘m yozilmaganini va raqam tushib qolmaganini tekshiring; summa to‘g‘ri bo‘lsa, "
                        + "ogohlantirishni qabul qiling.")
                : Wording(
                    "Summa fayldagi boshqalardan ancha katta.",
                    "Ortiqcha nollar yo‘qligini tekshiring; summa to‘g‘ri bo‘lsa, ogohlantirishni qabul qiling.")
        case .otherCurrency(let code):
            Wording(
                "Hisobraqam so‘mda (000) emas, \(code) kodli valyutada ochilgan.",
                "Undan so‘mda to‘lash mumkinligini bankdan aniqlang; mumkin bo‘lsa, ogohlantirishni qabul qiling.")
        case .accountEndsInZeros:
            Wording(
                "Hisobraqam 00000 bilan tugaydi: Excel uzun sonlarning oxirgi raqamlarini nolga aylantiradi.",
                "Uni shartnoma bilan solishtiring; Excelda ustun uchun “Текстовый” (Matn) formatini tanlang. To‘g‘ri "
                    + "bo‘lsa, ogohlantirishni qabul qiling.")
        case .noRowColumn:
            Wording(
                "Jadvalda tuzatiladigan qatorlarning raqamlari ko‘rsatilmagan.",
                "To‘lov fayli qatorlarining raqamlari bilan “qator” ustunini qo‘shing.")
        case .rowNotANumber:
            Wording(
                "Bu to‘lov fayli qatorining raqami emas.",
                "Hisobotdagi qator raqamini yozing.")
        case .rowNamedTwice:
            Wording(
                "Bitta qator ikki marta tuzatilgan.",
                "Ikkita tuzatishdan birini qoldiring.")
        case .newCardWithoutExpiry:
            Wording(
                "Yangi karta uchun uning amal qilish muddati kerak.",
                "Uni “amal qilish muddati” ustuniga OOYY ko‘rinishida yozing.")
        case .unitNotSaid:
            Wording(
                "Sarlavhada summalar so‘mdami yoki tiyindami ko‘rsatilmagan.",
                "Birlikni fayl sahifasida yoki buyruqda (--unit som yoxud --unit tiyin) tanlang. Yoki ustunni “summa "
                    + "so‘mda” yoki “summa tiyinda” deb nomlang.")
        case .accountFromTitle(let account):
            Wording(
                "Jadvalda to‘lovchi hisobraqami ustuni yo‘q. Hisobraqam jadval ustidagi shu qatordan olindi: \(account).",
                "Uni shartnoma bilan solishtiring. To‘g‘ri bo‘lsa, qabul qiling; aks holda fayl sahifasida yoki buyruqda "
                    + "(--account) boshqasini ko‘rsating.")
        case .bankCodeFromTitle(let code):
            Wording(
                "Jadvalda MFO ustuni yo‘q. MFO jadval ustidagi shu qatordan olindi: \(code).",
                "Uni shartnoma bilan solishtiring. To‘g‘ri bo‘lsa, qabul qiling; aks holda fayl sahifasida yoki buyruqda "
                    + "(--mfo) boshqasini ko‘rsating.")
        case .otherAccountInTitle(let account):
            Wording(
                "Jadval ustidagi shu qatorda boshqa hisobraqam bor. To‘lovlar tanlanganidan yuboriladi: \(account).",
                "Fayl shu hisobraqamga tegishli ekanini tekshiring; shunday bo‘lsa, qabul qiling.")
        case .otherBankCodeInTitle(let code):
            Wording(
                "Jadval ustidagi shu qatorda boshqa MFO bor. Tanlangani ishlatiladi: \(code).",
                "Fayl shu hisobraqamga tegishli ekanini tekshiring; shunday bo‘lsa, qabul qiling.")
        case .oldWorkbook:
            Wording(
                "Fayl Excelning eski formatida (.xls) saqlangan.",
                "Excelda “Сохранить как” → “Книга Excel (.xlsx)” ni tanlang.")
        case .lockedWorkbook:
            Wording(
                "Excel fayli parol bilan himoyalangan.",
                "Uni parol bilan oching, parolni olib tashlang (“Файл”, “Сведения”, “Защита книги”) va qayta saqlang.")
        case .binaryWorkbook:
            Wording(
                "Fayl Excelning ikkilik formatida (.xlsb) saqlangan.",
                "Excelda “Сохранить как” → “Книга Excel (.xlsx)” ni tanlang.")
        case .openDocument:
            Wording(
                "Fayl LibreOffice formatida (.ods) saqlangan.",
                "LibreOfficeda “Сохранить как” → “Excel 2007–365 (.xlsx)” ni tanlang.")
        case .oneCRegister:
            Wording(
                "Bu 1Cning bank uchun ish haqi reyestri (XML). Unda shaxsiy hisobraqamlar bor, karta raqamlari va muddatlari yo‘q.",
                "Qaydnomani 1Cda ochib, Excel jadvali (.xlsx) sifatida saqlang, karta va muddat ustunlarini qo‘shing va faylni "
                    + "yuklang. Bo‘sh shablon “To‘ldirish uchun shablon” havolasida yoki payout template buyrug‘ida.")
        case .otherXML:
            Wording(
                "Bu XML fayl, jadval emas.",
                "Jadvalni o‘z dasturida Excel fayli (.xlsx) yoki CSV UTF-8 sifatida saqlang va shu faylni yuklang.")
        case .notAWorkbook:
            Wording("Bu Excel fayli emas, arxiv.", "To‘lovlar yozilgan .xlsx yoki CSV faylni tanlang.")
        case .damagedWorkbook:
            Wording(
                "Excel fayli buzilgan yoki to‘liq saqlanmagan.",
                "Uni Excelda oching, .xlsx formatida qayta saqlang va yangi faylni yuklang.")
        case .unsafeWorkbook(let flaw):
            Wording(
                flaw.uzbek,
                "Excel bunday fayl yaratmaydi. Faylni Excelda oching, .xlsx formatida qayta saqlang va yangi faylni yuklang."
            )
        case .workbookTooLarge:
            Wording(
                "Excel fayli juda katta: ustunlar, uslublar, varaqlar yoki matn haddan tashqari ko‘p.",
                "To‘lovlarni yangi faylga ko‘chiring yoki bir nechta faylga bo‘ling.")
        case .noSuchSheet:
            Wording("Faylda bunday nomli varaq yo‘q.", "Varaq nomini yorlig‘idagidek yozing.")
        case .severalSheets(let names):
            Wording(
                "To‘lovlar bir nechta varaqda bor: \(quoted(names)).",
                "Keraklisini qoldiring, boshqalarini yashiring yoki o‘chiring; buyruqda varaqni --sheet tanlaydi.")
        case .hiddenSheet:
            Wording(
                "To‘lovlar yashirilgan varaqda.", "Varaqni ko‘rsating, tekshiring va faylni qayta saqlang.")
        case .mergedCells(let range):
            Wording(
                "\(range) kataklari birlashtirilgan: qiymat faqat birinchisida bor.",
                "Birlashtirishni bekor qiling va har bir katakni to‘ldiring.")
        case .hiddenRow:
            Wording(
                "Qator filtr bilan yoki qo‘lda yashirilgan: uni hech kim ko‘rmaydi.",
                "Kerak bo‘lsa, uni ko‘rsating; kerak bo‘lmasa, o‘chiring.")
        case .formulaWithoutResult:
            Wording(
                "Katakda formula bor, lekin natijasi saqlanmagan.",
                "Faylni Excelda ochib, qayta saqlang yoki ustunni qiymat sifatida joylang.")
        case .digitsLost:
            Wording(
                "Katakda son turibdi. Excel uning faqat 15 ta raqamini saqlaydi, oxirgilari yo‘qolgan.",
                "Ustun uchun “Текстовый” (Matn) formatini tanlang va raqamlarni buxgalteriya dasturidan qayta joylang; ularni taxmin qilib bo‘lmaydi."
            )
        case .zeroRestored(let whole):
            Wording(
                "Katakda boshidagi nolsiz son turibdi; u \(whole) deb o‘qildi.",
                "Hujjat bilan solishtiring; to‘g‘ri bo‘lsa, qabul qiling.")
        case .expiryFromDate(let mmyy):
            Wording(
                "Excel karta muddatini sanaga aylantirgan; u \(mmyy) (OOYY) deb o‘qildi.",
                "Muddatni karta bilan solishtiring; to‘g‘ri bo‘lsa, qabul qiling.")
        case .formulaResult:
            Wording(
                "Qiymat formula bilan, fayl oxirgi marta saqlanganda hisoblangan.",
                "Natija eskirmaganiga ishonch hosil qiling; to‘g‘ri bo‘lsa, qabul qiling.")
        case .hiddenColumn:
            Wording("Ustun faylda yashirilgan.", "Uni ko‘rsating va tekshiring; to‘g‘ri bo‘lsa, qabul qiling.")
        }
    }
}

extension WorkbookError.Flaw {
    fileprivate var uzbek: String {
        switch self {
        case .duplicateEntry: "Excel faylida bir xil nomli ikkita qism bor."
        case .pathEscape: "Excel faylida taqiqlangan nomli qism bor."
        case .wrongSize: "Excel fayli qismining uzunligi ko‘rsatilganidan boshqacha."
        case .bomb: "Excel fayli ochilganda o‘z hajmidan ko‘p marta kattalashadi."
        case .entities: "Excel faylida XML DTD e’lonlari bor."
        }
    }
}
