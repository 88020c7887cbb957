extension Problem {
    var uzbek: Wording {
        switch self {
        case .emptyFile:
            Wording("Fayl bo‘sh.", "Jadvalni CSV UTF-8 formatida qayta saqlang va unda qatorlar borligini tekshiring.")
        case .notText:
            Wording(
                "Fayl UTF-8 yoki UTF-16 kodlashidagi matn emas.",
                "Excelda “Saqlash turi” sifatida CSV UTF-8 ni tanlang. .xlsx kitobi o‘qilmaydi.")
        case .noHeader:
            Wording(
                "Birinchi qatorda birorta ham ustun nomi yo‘q.",
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
                "Uni yoping yoki o‘chiring: undan keyingi qatorlar yo‘qolgan bo‘lishi mumkin.")
        case .strayQuote:
            Wording(
                "Qo‘shtirnoq o‘z o‘rnida emas; shu qatordan boshlab faylni o‘qib bo‘lmadi.",
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
                "Uni karta bilan solishtiring. Agar u 0 bilan tugasa, oxirgi raqamni Excel almashtirgan bo‘lishi mumkin."
            )
        case .expiryNotMMYY:
            Wording(
                "Amal qilish muddati to‘rtta raqam, OOYY bo‘lishi kerak: 0727 — 2027-yil iyul.",
                "Oy va yilni boshidagi nollari bilan yozing; ustunga matn formatini bering.")
        case .expiryPast: Wording("Kartaning muddati o‘tgan.", "Oluvchidan yangi karta ma’lumotlarini so‘rang.")
        case .amountNotANumber:
            Wording("Summa son emas.", "Faqat raqamlarni qoldiring, bo‘sh joy va valyuta nomisiz.")
        case .amountNotWhole:
            Wording(
                "Summa tiyinda, u butun son bo‘lishi kerak.",
                "Kasr qismini olib tashlang; so‘m nazarda tutilgan bo‘lsa, ustunni amount_uzs deb nomlang.")
        case .amountHasTooManyDecimals:
            Wording(
                "Verguldan keyin ikkitadan ortiq raqam bor.", "Ikkita raqamgacha yaxlitlang, minglarni ajratmang.")
        case .amountNotPositive: Wording("Summa noldan katta bo‘lishi kerak.", "Uni tuzating yoki qatorni o‘chiring.")
        case .amountAboveLimit(let limit):
            Wording(
                "Summa bitta qator uchun limitdan ortiq: \(limit) so‘m.",
                "So‘m tiyin o‘rnida yozilmaganini tekshiring; aks holda limitni oshirishni so‘rang.")
        case .amountTooLarge: Wording("Summa hisoblab bo‘lmaydigan darajada katta.", "Uni tuzating.")
        }
    }
}
