import Fixtures
import PaymentValues
import Payouts

/// A company whose people get raises, leave, join, pause and get cashback. One seed gives one history.
struct SimulatedCompany {
    private struct Employee {
        let name: String
        var card: Int
        var salary: Int
        var pausedMonths = 0
    }

    struct Row {
        let name: String
        var card: Int
        var tiyin: Int
    }

    /// A change to a payroll, by mistake or on purpose.
    enum Seed: CaseIterable {
        case swappedCard, ghost, largeGhost, paidTwice, zeroTooMany, somForTiyin, oneCardForFour
    }

    private var random: SeededGenerator
    private var people: [Employee] = []
    private var cards = 0

    init(people count: Int, seed: UInt64) {
        random = SeededGenerator(seed: seed)
        people = (0..<count).map { _ in newEmployee() }
    }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func happens(_ perThousand: Int) -> Bool { number(0..<1000) < perThousand }

    mutating func newCard() -> Int {
        cards += 1
        return cards
    }

    private mutating func newEmployee() -> Employee {
        let name = [Self.surnames, Self.firstNames, Self.fathers].map { $0[number(0..<$0.count)] }
            .joined(separator: " ")
        // From 3 to 30 million so‘m; most get little.
        let salary = 300_000_000 + number(0..<52) * number(0..<52) * 1_000_000
        return Employee(name: name, card: newCard(), salary: salary)
    }

    /// Goes on to the next month.
    mutating func nextMonth() -> [Row] {
        for place in people.indices {
            people[place].pausedMonths = max(people[place].pausedMonths - 1, 0)
            if happens(10) { people[place].pausedMonths = 1 + number(0..<3) }
            if happens(40) { people[place].salary += people[place].salary / 100 * (3 + number(0..<25)) }
        }
        let leavers = people.count / 100
        for _ in 0..<leavers { people.remove(at: number(0..<people.count)) }
        for _ in 0..<leavers { people.append(newEmployee()) }
        return rows()
    }

    /// The payroll of this month, once more.
    mutating func rows() -> [Row] {
        let present = people.filter { $0.pausedMonths == 0 }
        let salaries = present.map { Row(name: $0.name, card: $0.card, tiyin: $0.salary) }
        let cashback = present.filter { _ in happens(100) }
            .map { Row(name: $0.name, card: $0.card, tiyin: (5_000 + number(0..<200_000)) * 100) }
        return salaries + cashback
    }

    /// Applies a seed to a payroll.
    /// - Returns: the numbers of the rows that must be shown, counted as Excel does.
    mutating func plant(_ seed: Seed, in rows: inout [Row]) -> [Int] {
        let salaries = rows.indices.filter { rows[$0].tiyin >= 300_000_000 }
        let place = salaries[number(0..<salaries.count)]
        switch seed {
        case .swappedCard: rows[place].card = newCard()
        case .ghost: rows.append(Row(name: "Arvoh \(newCard())", card: newCard(), tiyin: rows[place].tiyin))
        case .largeGhost: rows.append(Row(name: "Arvoh \(newCard())", card: newCard(), tiyin: 9_000_000_000))
        case .paidTwice: rows.append(rows[place])
        case .zeroTooMany: rows[place].tiyin *= 10
        case .somForTiyin:
            for place in rows.indices { rows[place].tiyin /= 100 }
            return rows.indices.map { $0 + 2 }
        case .oneCardForFour:
            let four = salaries.shuffled(using: &random).prefix(4)
            for other in four { rows[other].card = rows[four[0]].card }
            return four.map { $0 + 2 }
        }
        return [[.ghost, .largeGhost, .paidTwice].contains(seed) ? rows.count + 1 : place + 2]
    }

    static func text(_ rows: [Row]) -> String {
        "account,mfo,pan,exp,amount,name\n"
            + rows.map { "20208000900123456001,01183,\(Samples.card($0.card).digits),1230,\($0.tiyin),\($0.name)\n" }
            .joined()
    }

    private static let surnames = [
        "Karimov", "Каримова", "Қодиров", "Qodirova", "Toshev", "Ёқубов", "Yusupov", "Rahimov", "Раҳимова", "Aliyev",
        "O‘ktamov",
        "Ergashev", "G‘aniyev", "Xolmatov", "Хасанов", "Ibragimov", "Юлдашева", "Nazarov", "Сафаров", "Jo‘rayev",
        "Umarov",
        "Mirzayev", "Шарипов", "Botirov", "Ruziyev", "Холиқов", "Saidov", "Islomov", "Тураев", "Normatov",
    ]
    private static let firstNames = [
        "Anvar", "Малика", "Otabek", "Dilnoza", "Рустам", "Zafar", "Gulnora", "Азиз", "Sherzod", "Nodira", "Жамшид",
        "Lola",
        "Bekzod", "Севара", "Ulug‘bek", "Kamola", "Фарход", "Iroda", "Doston", "Наргиза", "Sardor", "Umida",
    ]
    private static let fathers = [
        "Anvarovich", "Каримовна", "Shavkat o‘g‘li", "Botir qizi", "Рустамович", "Olim o‘g‘li", "Хамидовна",
        "Sobirovich",
        "Ne’mat o‘g‘li", "Азизовна", "Tohirovich", "Murod qizi", "Икромович", "Vali o‘g‘li", "Юсуповна", "Nosirovich",
        "Ғайратович", "Husan qizi", "Зокирович", "Akmal o‘g‘li",
    ]
}
