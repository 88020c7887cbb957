import PaymentValues

/// Reads 1C's text exchange with banks, `1CClientBankExchange` 1.03: a section with the balances of each period, then a
/// section for each document.
struct OneCReader {
    static let firstLine = Array("1CClientBankExchange".utf8)
    private static let longestText = 2000

    private let checks: StatementChecks
    private var splitter = LineSplitter()
    private var encoding: TextEncoding?
    private var keys: [UInt64: (key: Key, bytes: [UInt8])] = [:]
    private var section = Section.head
    private var isComplete = false
    private var sectionPlace = 0
    private var balances = BalanceSection()
    private var head: (from: CalendarDay?, to: CalendarDay?) = (nil, nil)
    private var document = DocumentSection()
    private var line = StatementLine()

    private enum Section { case head, balances, document }

    enum Key: String, CaseIterable {
        case version = "ВерсияФормата"
        case encoding = "Кодировка"
        case from = "ДатаНачала"
        case to = "ДатаКонца"
        case account = "РасчСчет"
        case balances = "СекцияРасчСчет"
        case balancesEnd = "КонецРасчСчет"
        case opening = "НачальныйОстаток"
        case credits = "ВсегоПоступило"
        case debits = "ВсегоСписано"
        case closing = "КонечныйОстаток"
        case document = "СекцияДокумент"
        case documentEnd = "КонецДокумента"
        case number = "Номер"
        case date = "Дата"
        case amount = "Сумма"
        case payerAccount = "ПлательщикСчет"
        case payerSettlementAccount = "ПлательщикРасчСчет"
        case payer = "Плательщик"
        case payerName = "Плательщик1"
        case debited = "ДатаСписано"
        case payeeAccount = "ПолучательСчет"
        case payeeSettlementAccount = "ПолучательРасчСчет"
        case payee = "Получатель"
        case payeeName = "Получатель1"
        case credited = "ДатаПоступило"
        case purpose = "НазначениеПлатежа"
        case purpose1 = "НазначениеПлатежа1"
        case purpose2 = "НазначениеПлатежа2"
        case purpose3 = "НазначениеПлатежа3"
        case purpose4 = "НазначениеПлатежа4"
        case purpose5 = "НазначениеПлатежа5"
        case purpose6 = "НазначениеПлатежа6"
        case end = "КонецФайла"
    }

    private struct BalanceSection {
        var from: CalendarDay?
        var to: CalendarDay?
        var opening: Tiyin?
        var closing: (balance: Tiyin, place: Int)?
    }

    private struct DocumentSection {
        var amount: Tiyin?
        var hasAmount = false
        var payerAccount: [UInt8] = []
        var payeeAccount: [UInt8] = []
        var payer: [UInt8] = []
        var payee: [UInt8] = []
        var date: CalendarDay?
        var debited: CalendarDay?
        var credited: CalendarDay?

        mutating func clear() {
            amount = nil
            hasAmount = false
            payerAccount.removeAll(keepingCapacity: true)
            payeeAccount.removeAll(keepingCapacity: true)
            payer.removeAll(keepingCapacity: true)
            payee.removeAll(keepingCapacity: true)
            date = nil
            debited = nil
            credited = nil
        }
    }

    init(_ checks: StatementChecks) {
        self.checks = checks
    }

    mutating func take(_ piece: [UInt8]) throws {
        var splitter = splitter
        self.splitter = LineSplitter()
        try splitter.take(piece) { try take(line: $0, at: $1) }
        self.splitter = splitter
    }

    mutating func finish() throws {
        var splitter = splitter
        try splitter.finish { try take(line: $0, at: $1) }
        if !isComplete { try checks.find(.cut, at: splitter.place) }
    }

    private mutating func take(line bytes: ArraySlice<UInt8>, at place: Int) throws {
        guard !isComplete, !bytes.isEmpty, place > 1 else { return }
        let mark = bytes.firstIndex(of: UInt8(ascii: "=")) ?? bytes.endIndex
        let name = bytes[..<mark]
        if encoding == nil { try findEncoding(name, at: place) }
        guard let key = key(name) else { return }
        let value = mark == bytes.endIndex ? bytes[mark...] : bytes[(mark + 1)...].trimmed
        switch section {
        case .head: try takeInHead(key, value, at: place)
        case .balances: try takeInBalances(key, value, at: place)
        case .document: try takeInDocument(key, value, at: place)
        }
    }

    /// The second line shows the encoding, because its key is one of two. Ignore the encoding that the file names.
    private mutating func findEncoding(_ name: ArraySlice<UInt8>, at place: Int) throws {
        let found = TextEncoding.allCases.first { encoding in
            [Key.version, .encoding].contains { encoding.encode($0.rawValue).elementsEqual(name) }
        }
        guard let found else { return try checks.find(.notText, at: place) }
        encoding = found
        for key in Key.allCases {
            let bytes = found.encode(key.rawValue)
            keys[Self.hash(bytes[...])] = (key, bytes)
        }
    }

    private func key(_ name: ArraySlice<UInt8>) -> Key? {
        guard let found = keys[Self.hash(name)], found.bytes.elementsEqual(name) else { return nil }
        return found.key
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private mutating func takeInHead(_ key: Key, _ value: ArraySlice<UInt8>, at place: Int) throws {
        switch key {
        case .from: head.from = try day(value, at: place)
        case .to: head.to = try day(value, at: place)
        case .account: try checks.state(account: Array(value), at: place)
        case .balances:
            section = .balances
            sectionPlace = place
            balances = BalanceSection()
        case .document:
            section = .document
            sectionPlace = place
            line.clear()
            line.place = place
            document.clear()
            // A bank may leave the section of the balances out; then the head has the period.
            if checks.period == nil, let from = head.from, let to = head.to {
                try checks.state(from: from, to: to, at: place)
            }
        case .end: isComplete = true
        default: break
        }
    }

    private mutating func takeInBalances(_ key: Key, _ value: ArraySlice<UInt8>, at place: Int) throws {
        switch key {
        case .from: balances.from = try day(value, at: place)
        case .to: balances.to = try day(value, at: place)
        case .account: try checks.state(account: Array(value), at: place)
        case .opening: balances.opening = try amount(value, at: place)
        case .closing: balances.closing = try amount(value, at: place).map { ($0, place) }
        case .debits: if let sum = try amount(value, at: place) { try checks.add(statedDebits: sum, at: place) }
        case .credits: if let sum = try amount(value, at: place) { try checks.add(statedCredits: sum, at: place) }
        case .balancesEnd:
            section = .head
            try endBalances(at: place)
        case .document, .balances, .end: try leaveOpen(at: place, key)
        default: break
        }
    }

    private mutating func endBalances(at place: Int) throws {
        let from = balances.from ?? head.from
        let to = balances.to ?? head.to
        guard let from, let to else { return try checks.find(.noPeriod, at: sectionPlace) }
        try checks.state(partFrom: from, to: to, at: sectionPlace)
        try checks.state(partUntil: to, opening: balances.opening, closing: balances.closing, at: sectionPlace)
    }

    private mutating func leaveOpen(at place: Int, _ key: Key) throws {
        try checks.find(.sectionNotClosed, at: sectionPlace)
        section = .head
        try takeInHead(key, [], at: place)
    }

    private mutating func takeInDocument(_ key: Key, _ value: ArraySlice<UInt8>, at place: Int) throws {
        switch key {
        case .number: append(value, to: &line.document)
        case .date: document.date = try day(value, at: place)
        case .debited: if !value.isEmpty { document.debited = try day(value, at: place) }
        case .credited: if !value.isEmpty { document.credited = try day(value, at: place) }
        case .amount:
            if document.hasAmount { try checks.find(.rowUnreadable, at: place) }
            document.hasAmount = true
            document.amount = try amount(value, at: place)
        case .payerAccount: append(account: value, to: &document.payerAccount)
        case .payeeAccount: append(account: value, to: &document.payeeAccount)
        case .payerSettlementAccount: if document.payerAccount.isEmpty { document.payerAccount += value }
        case .payeeSettlementAccount: if document.payeeAccount.isEmpty { document.payeeAccount += value }
        case .payer, .payerName: append(value, to: &document.payer)
        case .payee, .payeeName: append(value, to: &document.payee)
        case .purpose, .purpose1, .purpose2, .purpose3, .purpose4, .purpose5, .purpose6:
            append(value, to: &line.purpose)
        case .documentEnd:
            section = .head
            try endDocument()
        case .document, .balances, .end: try leaveOpen(at: place, key)
        default: break
        }
    }

    private mutating func endDocument() throws {
        guard document.hasAmount else { return try checks.find(.amountUnreadable(""), at: sectionPlace) }
        // An amount that cannot be read is found already.
        guard let amount = document.amount else { return }
        guard let account = checks.account else { return try checks.find(.headerTooLate, at: sectionPlace) }
        let pays = account.digits.utf8.elementsEqual(document.payerAccount)
        let receives = account.digits.utf8.elementsEqual(document.payeeAccount)
        if pays, receives { return try checks.find(.bothSidesAreTheAccount, at: sectionPlace) }
        if !pays, !receives { return try checks.find(.notOfThisAccount, at: sectionPlace) }
        guard let day = (pays ? document.debited : document.credited) ?? document.date else {
            return try checks.find(.dayMissing, at: sectionPlace)
        }
        line.isDebit = pays
        line.day = day
        line.amount = amount
        line.counterAccount.append(contentsOf: pays ? document.payeeAccount : document.payerAccount)
        line.counterName.append(contentsOf: pays ? document.payee : document.payer)
        try checks.take(line)
    }

    private func append(_ value: ArraySlice<UInt8>, to text: inout [UInt8]) {
        guard text.count < Self.longestText, let encoding else { return }
        if !text.isEmpty, !value.isEmpty { text.append(UInt8(ascii: " ")) }
        encoding.append(value.prefix(Self.longestText), to: &text)
    }

    /// Adds a line to an account that may take several lines. A text that is too long stays too long, so it is no
    /// account.
    private func append(account value: ArraySlice<UInt8>, to account: inout [UInt8]) {
        account.append(contentsOf: value.prefix(max(Self.longestText - account.count, 0)))
    }

    private func day(_ value: ArraySlice<UInt8>, at place: Int) throws -> CalendarDay? {
        if let day = CalendarDay(value) { return day }
        try checks.find(.dayUnreadable(shown(value)), at: place)
        return nil
    }

    private func amount(_ value: ArraySlice<UInt8>, at place: Int) throws -> Tiyin? {
        if let amount = Tiyin(som: value) { return amount }
        try checks.find(.amountUnreadable(shown(value)), at: place)
        return nil
    }

    private func shown(_ value: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        encoding?.append(value.prefix(60), to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    /// Leaves out the spaces at both ends.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first == 32 || first == 9 { slice = slice.dropFirst() }
        while let last = slice.last, last == 32 || last == 9 { slice = slice.dropLast() }
        return slice
    }
}
