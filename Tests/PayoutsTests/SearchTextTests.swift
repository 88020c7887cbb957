import Payouts
import Testing

@Suite struct SearchTextTests {
    @Test(arguments: [
        ["Каримов Азиз", "Karimov Aziz"], ["Қодиров", "Кодиров", "Qodirov", "Kodirov", "ҚОДИРОВ"],
        ["Oʻktamov Doʻst", "O‘ktamov Do‘st", "O'ktamov Do'st", "O`ktamov Do`st", "Oktamov Dost", "Ўктамов Дўст"],
        [
            "Фёдоров Пётр", "Федоров Петр", "ФЕДОРОВ ПЕТР", "Фе\u{308}доров Пе\u{308}тр", "Fedorov Petr",
            "Fyodorov Pyotr",
        ],
        ["Ғуломов", "Гуломов", "G‘ulomov", "Gulomov", "Ghulomov"],
        ["Ҳамидов", "Хамидов", "Hamidov", "Xamidov", "Khamidov"],
        ["Юсупова Зухра", "Yusupova Zuxra", "Iusupova Zuhra"], ["Жамшид", "Jamshid", "Zhamshid", "Djamshid"],
        ["Йўлдошев", "Yo‘ldoshev", "Йулдошев", "Йу\u{306}лдошев"],
        ["Ўктамов Дўст", "Уктамов Дуст", "O‘ktamov Do‘st", "Uktamov Dust", "Ўктамов Дуст"],
        ["Зиёев", "Зиеев", "Ziyoyev"],
        ["Шарипов Чори", "Sharipov Chori"], ["Алексей", "Алексеи\u{306}"],
    ])
    func aNameIsFoundInEverySpelling(spellings: [String]) {
        for searched in spellings {
            for name in spellings { #expect(SearchText(searched).isFound(in: "1 \(name) 2"), "\(searched) in \(name)") }
        }
    }

    @Test func anotherNameIsNotFound() {
        for (searched, name) in [("Karimov", "Rahimov"), ("Каримова", "Karimov"), ("17", "CB-00018"), ("ё", "Али")] {
            #expect(!SearchText(searched).isFound(in: name), "\(searched) in \(name)")
        }
    }

    @Test func aPartOfAKeyIsFoundAndAnEmptySearchFindsEverything() {
        for searched in ["CB-00", "cb-00017", "-", "", "17"] { #expect(SearchText(searched).isFound(in: "CB-00017")) }
    }
}
