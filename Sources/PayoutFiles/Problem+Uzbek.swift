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
                "Qatorlar ustiga sarlavha qo‘ying: account, mfo, pan, exp, amount.")
        case .noRows: Wording("Sarlavha ostida to‘lovlar yo‘q.", "Qatorlarni qo‘shib, faylni qayta saqlang.")
        case .missingColumn:
            Wording(
                "Faylda bu ustun yo‘q.",
                "Uni sarlavhaga qo‘shing. Summalar so‘mda bo‘lsa, amount o‘rniga amount_uzs yozing.")
        case .doubledColumn: Wording("Ustun sarlavhada bir necha marta ko‘rsatilgan.", "Ulardan birini qoldiring.")
        case .twoAmountColumns:
            Wording(
                "Faylda amount (tiyin) ham, amount_uzs (so‘m) ham bor.", "Keraklisini qoldirib, ikkinchisini o‘chiring."
            )
        case .batchAboveLimit(let sum, let limit):
            Wording(
                "Reyestr summasi \(sum) so‘m, bu \(limit) so‘mlik limitdan ortiq.",
                "Summalarni tekshiring, reyestrni bo‘ling yoki limitni oshirishni so‘rang.")
        case .batchTooLarge:
            Wording(
                "Reyestr summasi hisoblab bo‘lmaydigan darajada katta.",
                "Summalarni tekshiring: haddan tashqari kattalari bor.")
        case .unclosedQuote:
            Wording(
                "Qo‘shtirnoq ochilgan, lekin kerakli joyda yopilmagan.",
                "Uni yoping yoki o‘chiring: aks holda undan keyingi qatorlar bitta maydonda yo‘qoladi.")
        case .strayQuote:
            Wording(
                "Qo‘shtirnoq o‘z o‘rnida emas.",
                "Uni o‘chiring yoki butun maydonni qo‘shtirnoqqa olib, ichidagilarini ikkilantiring.")
        case .wrongFieldCount(let found, let expected):
            Wording(
                "Qatorda \(found) ta maydon bor, sarlavhada esa \(expected) ta.",
                "Ortiqcha yoki tushib qolgan ajratgichni toping; ichida ajratgich bor maydonni qo‘shtirnoqqa oling.")
        case .samePayment(let earlier):
            Wording(
                "Karta va summa \(earlier)-qatordagi bilan bir xil.",
                "Xato bo‘lsa, qatorlardan birini o‘chiring; ikkalasi ham kerak bo‘lsa, tasdiqlang.")
        case .emptyField: Wording("Maydon bo‘sh.", "Uni to‘ldiring.")
        case .formula:
            Wording("Maydonda qiymat emas, formula turibdi.", "Ustunni qiymat sifatida joylab, faylni qayta saqlang.")
        case .foreignDigits:
            Wording("Raqamlar boshqa yozuvda terilgan.", "Qiymatni 0 dan 9 gacha raqamlar bilan qayta tering.")
        case .accountNot20Digits:
            Wording(
                "Hisobraqam roppa-rosa 20 ta raqamdan iborat bo‘lishi kerak.",
                "Hisobraqamni qayta nusxalang; Excelda ustunga matn formatini bering.")
        case .mfoNot5Digits:
            Wording(
                "MFO roppa-rosa 5 ta raqamdan iborat bo‘lishi kerak.",
                "Boshidagi nolni tiklang (01183) va Excelda ustunga matn formatini bering.")
        case .panNot16Digits:
            Wording(
                "Karta raqami roppa-rosa 16 ta raqamdan iborat bo‘lishi kerak.",
                "Raqamni qayta nusxalang; Excelda ustunga matn formatini bering.")
        case .panCheckDigit:
            Wording(
                "Karta raqamida xato bor: oxirgi raqam qolganlariga mos kelmaydi.",
                "Uni karta bilan solishtiring.")
        case .expiryNotMMYY:
            Wording(
                "Amal qilish muddati to‘rtta raqam, OOYY bo‘lishi kerak: 0727 — 2027-yil iyul.",
                "Oy va yilni boshidagi nollari bilan yozing; ustunga matn formatini bering.")
        case .expiryPast: Wording("Kartaning muddati o‘tgan.", "Oluvchidan yangi karta ma’lumotlarini so‘rang.")
        case .amountNotANumber:
            Wording("Summa son emas.", "Raqamlar va bitta o‘nlik vergulni qoldiring, harflar va valyuta nomisiz.")
        case .amountNotWhole:
            Wording(
                "Summa tiyinda, u butun son bo‘lishi kerak.",
                "Kasr qismini olib tashlang; so‘m nazarda tutilgan bo‘lsa, ustunni amount_uzs deb nomlang.")
        case .amountHasTooManyDecimals:
            Wording(
                "Verguldan keyin ikkitadan ortiq raqam bor.", "Ikkita raqamgacha yaxlitlang.")
        case .amountNotPositive: Wording("Summa noldan katta bo‘lishi kerak.", "Uni tuzating yoki qatorni o‘chiring.")
        case .amountAboveLimit(let limit):
            Wording(
                "Summa bitta qator uchun limitdan ortiq: \(limit) so‘m.",
                "So‘m tiyin o‘rnida yozilmaganini tekshiring; aks holda limitni oshirishni so‘rang.")
        case .amountTooLarge: Wording("Summa hisoblab bo‘lmaydigan darajada katta.", "Uni tuzating.")
        case .tooManyRows(let limit):
            Wording("Faylda \(limit) tadan ortiq to‘lov bor.", "Uni bir nechta faylga bo‘ling.")
        case .otherHeader:
            Wording(
                "Ikkinchi sarlavha ustunlarni birinchisidan boshqacha nomlaydi.",
                "Bitta sarlavha qoldiring va jadvalning barcha qismlarida ustunlar bir xilligini tekshiring.")
        case .totalDisagrees(let counted):
            Wording(
                "Jami mos kelmaydi: qatorlar yig‘indisi — \(counted) so‘m.",
                "Qator tushib qolmagani va o‘zgarmaganini tekshiring, so‘ng jami qatorini tuzating yoki o‘chiring.")
        case .unreadableText:
            Wording(
                "Qatordagi harflar buzilgan: faylda kodlashlar aralashgan.",
                "Butun jadvalni CSV UTF-8 formatida qayta saqlang.")
        case .shiftedByDelimiter:
            Wording(
                "Maydon ichidagi ajratgich (masalan, 1500,50) qolgan maydonlarni surib yuborgan.",
                "Shu maydonni qo‘shtirnoqqa oling yoki jadvalni boshqa ajratgich bilan saqlang.")
        case .invisibleSigns:
            Wording(
                "Maydonda ko‘rinmas belgilar bor, sayt yoki messenjerdan nusxalaganda shunday bo‘ladi.",
                "Qiymatni qo‘lda qayta tering.")
        case .scientificNotation:
            Wording(
                "Excel sonni eksponensial ko‘rinishga o‘tkazgan, raqamlarning bir qismi yo‘qolgan.",
                "Ustunga matn formatini bering va raqamlarni manbadan qayta joylang; ustunni kengaytirish yetarli emas."
            )
        case .columnTooNarrow:
            Wording(
                "Excel qiymat o‘rniga ##### saqlagan: ustun juda tor bo‘lgan.",
                "Ustunni kengaytirib, faylni qayta saqlang.")
        case .spreadsheetError:
            Wording(
                "Maydonda qiymat emas, jadval xatosi turibdi.",
                "Formula yoki havolani tuzating, ustunni qiymat sifatida joylab, faylni qayta saqlang.")
        case .lostLeadingZero(let whole):
            Wording(
                "Boshidagi nol yo‘qolgan: ehtimol, \(whole) nazarda tutilgan.",
                "Excelda ustunga matn formatini bering va qiymatni noli bilan yozing.")
        case .lastDigitLost:
            Wording(
                "Excel kartaning oxirgi raqamini nolga almashtirgan.",
                "Ustunga matn formatini bering va karta raqamlarini manbadan qayta joylang; raqamni taxmin qilib bo‘lmaydi."
            )
        case .expiryIsDate:
            Wording(
                "Excel karta muddatini sanaga aylantirgan.",
                "Ustunga matn formatini bering va to‘rtta raqam, OOYY yozing: 0330 — 2030-yil mart.")
        case .amountAmbiguous(let digits):
            Wording(
                "Ajratgichni ikki xil o‘qish mumkin: minglik (\(digits)) yoki o‘nlik kasr.",
                "\(digits) deb yozing yoki kasr qismini ikki raqam bilan ko‘rsating.")
        case .paidBefore(let batch, let row):
            Wording(
                "Shu kartaga shu summa so‘nggi 40 kunda “\(batch)” reyestrining \(row)-qatorida ham belgilangan.",
                "Yana bir marta to‘lash kerakligiga ishonch hosil qiling.")
        case .unknownCardPrefix:
            Wording(
                "Raqam O‘zbekistonda odatdagi kartalar kabi boshlanmaydi.",
                "Raqamni karta bilan solishtiring; to‘g‘ri bo‘lsa, tasdiqlang.")
        case .amountFarOff(let isBelow):
            isBelow
                ? Wording(
                    "Summa fayldagi boshqalardan ancha kichik.",
                    "Tiyin o‘rniga so‘m yozilmaganini tekshiring; to‘g‘ri bo‘lsa, tasdiqlang.")
                : Wording(
                    "Summa fayldagi boshqalardan ancha katta.",
                    "Ortiqcha nollar yo‘qligini tekshiring; to‘g‘ri bo‘lsa, tasdiqlang.")
        case .otherCurrency(let code):
            Wording(
                "Hisobraqam so‘mda (000) emas, \(code) valyutasida.",
                "Undan so‘mda to‘lash mumkinligiga ishonch hosil qiling.")
        case .accountEndsInZeros:
            Wording(
                "Hisobraqam 00000 bilan tugaydi: Excel uzun sonlarning oxirgi raqamlarini nolga aylantiradi.",
                "Uni shartnoma bilan solishtiring; ustunga matn formatini bering.")
        case .noRowColumn:
            Wording(
                "Jadvalda qaysi qatorlar tuzatilishi aytilmagan.",
                "To‘lov fayli qatorlarining raqamlari bilan “qator” ustunini qo‘shing.")
        case .rowNotANumber:
            Wording(
                "Bu to‘lov fayli qatorining raqami emas.",
                "Hisobotda turgan qator raqamini yozing.")
        case .rowNamedTwice:
            Wording(
                "Bitta qator ikki marta tuzatilgan.",
                "Ikkitasidan birini qoldiring.")
        case .newCardWithoutExpiry:
            Wording(
                "Yangi karta uchun amal qilish muddati kerak.",
                "Uni “muddat” ustuniga OOYY ko‘rinishida yozing.")
        case .unitNotSaid:
            Wording(
                "Sarlavhada birlik aytilmagan; summalar tiyin (so‘mning 1/100 qismi) deb o‘qildi.",
                "So‘m bo‘lsa, ustunni amount_uzs deb, tiyin bo‘lsa, amount deb nomlang.")
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
                "Ustun uchun “Текстовый” (Matn) formatini tanlang va raqamlarni manbadan qayta joylang; ularni taxmin qilib bo‘lmaydi."
            )
        case .zeroRestored(let whole):
            Wording(
                "Katakda boshidagi nolsiz son turibdi; u \(whole) deb o‘qildi.",
                "Manba bilan solishtiring; to‘g‘ri bo‘lsa, qabul qiling.")
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
