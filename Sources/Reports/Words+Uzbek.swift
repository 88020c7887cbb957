import Payouts

extension Words {
    static let uzbek = Words(
        summary: "Jami", rows: "Qatorlar", toReview: "Qaror kutmoqda",
        title: "To‘lovlar hisoboti", closingProof: "Jamini tekshirish", part: "Holat", rowCount: "Qatorlar soni",
        sumInSom: "Summa, so‘m", total: "Holatlar bo‘yicha jami", fileTotal: "Fayl bo‘yicha",
        addsUp: "To‘g‘ri keladi: holatlar bo‘yicha jami summa fayl summasiga teng.",
        addsUpCorrected: "To‘g‘ri keladi: holatlar bo‘yicha jami summa tuzatishlar bilan birga fayl summasiga teng.",
        doesNotAddUp:
            "TO‘G‘RI KELMAYDI. Hech narsa yubormang va administratorga xabar bering; to‘lovlar jurnali faylini o‘chirmang.",
        commission: "Bank komissiyasi, so‘m (bank ma’lumotiga ko‘ra)", file: "Fayl",
        digest: "Faylning nazorat summasi (SHA-256)",
        reference: "Reyestr", bank: "Bank", bankSaid: "Bank javobi:", notSentYet: "hali hech narsa yuborilmagan",
        practiceBank: "o‘quv banki, pul o‘tkazilmagan", ledgerHead: "To‘lovlar jurnalining nazorat kodi",
        accounts: "To‘lovchi hisobraqamlari",
        imported: "Yuklangan", made: "Hisobot tuzilgan", pause: "To‘xtatilgan", by: "—",
        runAgain:
            "Sababni bartaraf etib, reyestr sahifasida “Davom ettirish” tugmasini bosing. Yuborilmagan qatorlar o‘zgarmagan.",
        page: "Sahifa", of: "/",
        warnings: "Fayl bo‘yicha ogohlantirishlar", accepted: "qabul qilingan", notAccepted: "hali qabul qilinmagan",
        nothingToReview: "Hech bir qator qaror kutmayapti.",
        remedies: [
            .runAgain: "SABAB BARTARAF ETILGACH, QAYTA YUBORISH MUMKIN: payout rerun REYESTR --rows …",
            .correct:
                "AVVAL TUZATISH KERAK: payout rerun REYESTR --corrections FAYL; fayl — hisobotning “Qaror kutmoqda” varag‘i, CSV qilib saqlangan",
            .settle: "AVVAL BANKDAN ANIQLANG: bu qatorlarni boshqa yo‘l bilan to‘lamang; payout reconcile REYESTR",
        ],
        attempts: "Urinishlar", corrections: "Tuzatishlar (qatorlar; summa o‘zgarishi)",
        toPay: "Tuzatishlar bilan birga fayl", approval: "Tasdiqlagan",
        approvalMissing: "hali hech kim: hech narsa yuborilmaydi",
        history: "Tarix", who: "Kim", what: "Nima bo‘ldi",
        rowsForSum: ["{n} ta qator, {sum} so‘m"],
        events: [
            .imported: "yuklandi", .approved: "tasdiqlandi", .bound: "bank", .bankMoved: "bank manzili o‘zgardi",
            .asksFirst:
                "to‘lovlar jurnali tiklandi: har bir qator yuborilishidan oldin uning bankdagi holati tekshiriladi",
            .warningsAccepted: "ogohlantirishlar qabul qilindi",
            .correctionWarningsAccepted: "tuzatildi, ogohlantirishlar qabul qilindi",
            .runStarted: "yuborish boshlandi", .runEnded: "yuborish tugadi", .paused: "to‘xtatildi",
            .resumed: "davom ettirildi",
            .clockSet: "kompyuter soati o‘zgartirildi: kutish muddatlari boshidan hisoblanadi",
            .putRight:
                "to‘lovlar jurnali orqada qolgan edi: yuborilgan qatorlar tiklandi, ularning holatini bankdan so‘rang; qatorlar",
            .reversed: "bank to‘lovni qaytardi",
            .attemptOfLostLedger:
                "bankda yana bir urinish topildi: u to‘lovlar jurnali tiklanishidan oldin qilingan",
            .askedAboutUnknown: "holati bankdan so‘raldi",
            .askedBeforeSending: "yuborishdan oldin holati bankdan so‘raldi",
            .askedBeforeRerun: "qayta yuborishdan oldin holati bankdan so‘raldi", .corrected: "tuzatildi",
            .approvalsNeeded: "kerakli tasdiqlar soni", .rejected: "rad etildi", .cancelled: "reyestr bekor qilindi",
            .sendingConfirmed: "yuborish tasdiqlandi", .verdictProposed: "qaror taklif qilindi",
            .namesErased: "saqlash muddati tugadi: F.I.Sh. va ichki raqamlar o‘chirildi; qatorlar",
        ],
        runPaused: "yuborish to‘xtatildi", runWithoutBank: "yuborish boshlanmadi, bank bilan aloqa yo‘q",
        questions: [
            .unknown: "natijasi noma’lum qatorlar holati bankdan so‘raldi",
            .notSent: "yuborishdan oldin qatorlar holati bankdan so‘raldi",
            .refused: "rad etilgan qatorlar holati bankdan so‘raldi",
            .paid: "to‘langan qatorlar holati bankdan so‘raldi",
        ],
        settledRows: "o‘zgardi", newExpiry: "yangi amal qilish muddati", newAmount: "boshqa summa",
        quotationMarks: ("“", "”"),
        moreApprovalsMissing: "yana bir xodim tasdiqlashi kerak: hech narsa yuborilmaydi", rejection: "Rad etgan",
        confirmations: [.code: "tasdiqlash kodi bilan", .recoveryCode: "zaxira kod bilan"],
        verdicts: [.paid: "to‘langan", .notPaid: "to‘lanmagan", .withdrawn: "to‘lovdan chiqarilgan"],
        evidence: [.letter: "bank xati", .statement: "hisobvaraqdan ko‘chirma"],
        columns: [
            .row: "Qator", .attempt: "Urinish", .expiry: "Amal qilish muddati, OOYY", .rowKey: "Ichki raqam (id)",
            .name: "Oluvchi", .card: "Karta",
            .account: "To‘lovchi hisobraqami", .bankCode: "MFO", .amount: "Summa, so‘m", .state: "Holati",
            .reason: "Sababi", .advice: "Nima qilish kerak", .bmID: "bmId", .commission: "Komissiya, bank yuborganicha",
            .commissionAmount: "Bank komissiyasi, so‘m", .senderExtID: "Yuboruvchi EXT_ID",
            .recipientExtID: "Oluvchi EXT_ID", .agentTransactionID: "agentTranId", .sends: "Yuborildi (marta)",
            .changedAt: "Vaqti", .onStatement: "Ko‘chirma: sana va hujjat",
        ],
        states: [
            .queued: "yuborilmagan", .sending: "natijasi noma’lum", .paid: "to‘langan", .refused: "rad etilgan",
            .unknown: "natijasi noma’lum", .review: "aniqlanmoqda", .withdrawn: "to‘lovdan chiqarilgan",
        ],
        stateAdvice: [
            .queued: "Reyestr sahifasida “Yuborish” yoki “Davom ettirish” tugmasini bosing.",
            .sending:
                "Boshqa yo‘l bilan to‘lamang: so‘rov ketgan bo‘lishi mumkin. Reyestrni ochib, “Davom ettirish” tugmasini bosing.",
            .refused:
                "Sababini oluvchidan yoki bankdan aniqlang, so‘ng qatorni dasturda ochib, qayta yuboring.",
            .unknown:
                "Boshqa yo‘l bilan to‘lamang: to‘lov o‘tgan bo‘lishi mumkin. Reyestrni ochib, “Bankdan holatini so‘rash” tugmasini bosing.",
            .review:
                "Boshqa yo‘l bilan to‘lamang: to‘lov o‘tgan-o‘tmaganini bankdan agentTranId bo‘yicha aniqlang va bank javobini yozib qo‘ying.",
        ],
        reasonAdvice: [
            "failed_at_bank":
                "Bank ma’lumotiga ko‘ra to‘lov o‘tmagan. Sababini bankdan aniqlang, shundan keyingina qatorni qayta yuboring.",
            "reversed_at_bank":
                "Bank to‘lovni qaytardi: mablag‘ yana hisobraqamda. To‘lov hali ham kerak bo‘lsa, uni yangi faylga kiriting.",
        ],
        warningKinds: [
            .samePayment: "faylda bir xil karta va summa ikki marta",
            .paidBefore: "bir xil karta va summa so‘nggi 40 kundagi boshqa reyestrda",
            .samePayroll: "xuddi shu to‘lovlar so‘nggi kunlardagi reyestrda bor",
            .newPerson: "yangi oluvchi, summasi katta",
            .changedCard: "karta o‘tgan safargidan boshqa",
            .unusualAmount: "summa oluvchining odatdagi summasidan ancha farq qiladi",
            .sharedCard: "bir necha oluvchiga bitta karta",
            .unknownCardPrefix: "karta raqamining boshi odatdagidek emas",
            .amountFarOff: "summa boshqalardan ancha farq qiladi",
            .otherCurrency: "hisobraqam boshqa valyutada", .accountEndsInZeros: "hisobraqam 00000 bilan tugaydi",
            .sameKey: "bir xil ichki raqam faylda ikki marta",
            .keyUsedBefore: "ichki raqam so‘nggi 40 kundagi boshqa reyestrda bor",
            .lettersLost: "ismdagi harflar yo‘qolgan", .fileCut: "fayl qator o‘rtasida uzilgan",
            .accountFromTitle: "hisobraqam yoki MFO hujjat sarlavhasidan olingan",
            .unitNotSaid: "summalar so‘mdami yoki tiyindami ko‘rsatilmagan",
            .zeroRestored: "boshidagi nol tiklangan", .expiryFromDate: "karta muddati sanadan o‘qilgan",
            .formulaResult: "qiymat formula bilan hisoblangan", .hiddenColumn: "yashirilgan ustun",
        ],
        reasons: [
            "bank_unreachable": "Bank bilan aloqa yo‘q", "sign_in_refused": "Bank loginni qabul qilmadi",
            "too_many_requests": "So‘rovlar juda tez-tez yuborildi: bank tezlikni chekladi",
            "no_answer_in_time": "Bank o‘z vaqtida javob bermadi",
            "connection_lost": "Bank javobi kutilayotganda aloqa uzildi",
            "answer_not_trusted": "Bank javobi o‘qilmaydi yoki o‘ziga zid",
            "answer_not_catalogued": "Bank o‘z ma’lumotnomasida yo‘q kod bilan javob berdi",
            "interrupted": "Bank javobi kelmasdan dastur to‘xtadi",
            "redirected": "Bank so‘rovni boshqa manzilga yo‘naltirdi; dastur u yerga yubormadi",
            "in_progress": "Bank to‘lovga hali ishlov bermoqda", "not_found_at_bank": "Bank bu to‘lovni topmadi",
            "failed_at_bank": "Bank ma’lumotiga ko‘ra to‘lov o‘tmagan",
            "unclear_at_bank": "Bank javobi bir ma’noli emas: xodim bankdan aniqlashi kerak",
            "too_many_unknown": "Ketma-ket bir nechta bank javobi olinmadi",
            "too_many_refused": "Bir sabab bilan ketma-ket juda ko‘p qator rad etildi",
            "reversed_at_bank": "To‘langan, keyin bank qaytargan",
            "decided_by_person": "Bank javobini xodim kiritgan",
            "withdrawn_by_person": "Xodim to‘lovdan chiqargan",
            "ledger_was_set_back": "To‘lovlar jurnali eski nusxadan tiklangan; qator avval yuborilgan",
            "sent_under_earlier_id": "Bu qator bo‘yicha to‘lov avvalgi urinishda o‘tgan bo‘lishi mumkin",
            "ledger_failed": "To‘lovlar jurnaliga yozib bo‘lmadi", "stopped_by_person": "Foydalanuvchi to‘xtatgan",
        ])
}
