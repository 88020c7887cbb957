import PaymentValues

/// Reads ISO 20022 `camt.053`, the bank-to-customer statement: balances, entries, and the details of each entry.
final class Camt053Reader {
    private static let longestText = 10_000
    private static let deepest = 100
    /// No entry and no payment has as many elements, nor does a statement outside its entries.
    private static let mostElements = 100_000
    /// The largest size of one entry's details: some 200,000 payments. They are kept until they add up.
    private static let mostDetailBytes = 96 << 20

    private let checks: StatementChecks
    private let xml = XMLPush()
    private var path: [Tag] = []
    private var text: [UInt8] = []
    private var keepsText = false
    private var failure: (any Error)?
    private var statements = 0
    /// The number of elements since the latest entry or payment began.
    private var elements = 0
    private var part = Part()
    private var balance = Balance()
    private var entry = Entry()
    private var detail = Detail()
    private var line = StatementLine()

    /// The elements that matter, by the names that ISO 20022 gives them.
    private enum Tag: String, CaseIterable {
        case document = "Document"
        case message = "BkToCstmrStmt"
        case statement = "Stmt"
        case account = "Acct"
        case id = "Id"
        case otherID = "Othr"
        case iban = "IBAN"
        case currency = "Ccy"
        case period = "FrToDt"
        case from = "FrDtTm"
        case to = "ToDtTm"
        case balance = "Bal"
        case type = "Tp"
        case codeOrProprietary = "CdOrPrtry"
        case code = "Cd"
        case amount = "Amt"
        case direction = "CdtDbtInd"
        case summary = "TxsSummry"
        case totalCredits = "TtlCdtNtries"
        case totalDebits = "TtlDbtNtries"
        case sum = "Sum"
        case entry = "Ntry"
        case reversal = "RvslInd"
        case status = "Sts"
        case bookingDay = "BookgDt"
        case valueDay = "ValDt"
        case day = "Dt"
        case dayAndTime = "DtTm"
        case bankReference = "AcctSvcrRef"
        case entryReference = "NtryRef"
        case entryDetails = "NtryDtls"
        case details = "TxDtls"
        case references = "Refs"
        case endToEndID = "EndToEndId"
        case transactionID = "TxId"
        case instructionID = "InstrId"
        case messageID = "MsgId"
        case amountDetails = "AmtDtls"
        case transactionAmount = "TxAmt"
        case parties = "RltdPties"
        case creditor = "Cdtr"
        case creditorAccount = "CdtrAcct"
        case debtor = "Dbtr"
        case debtorAccount = "DbtrAcct"
        case name = "Nm"
        case remittance = "RmtInf"
        case unstructured = "Ustrd"
        case transactionInformation = "AddtlTxInf"
        case entryInformation = "AddtlNtryInf"
        case charges = "Chrgs"
        case other

        private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

        init(_ name: String) {
            self = Self.byName[name] ?? .other
        }
    }

    /// One of the statements of the file. Each begins where the one before it ends.
    private struct Part {
        var place = 0
        var from: CalendarDay?
        var to: CalendarDay?
        var opening: Tiyin?
        var closing: (balance: Tiyin, place: Int)?
    }

    private struct Balance {
        var kind: [UInt8] = []
        var amount: Tiyin?
        var isDebit = false
    }

    private struct Entry {
        var place = 0
        var amount: Tiyin?
        var isDebit: Bool?
        var isReversal = false
        var status: [UInt8] = []
        var booked: CalendarDay?
        var valued: CalendarDay?
        var reference: [UInt8] = []
        var information: [UInt8] = []
        var details: [Detail] = []
        var detailBytes = 0
    }

    private struct Detail {
        var amount: Tiyin?
        var reference: [UInt8] = []
        var creditor: [UInt8] = []
        var creditorAccount: [UInt8] = []
        var debtor: [UInt8] = []
        var debtorAccount: [UInt8] = []
        var purpose: [UInt8] = []

        /// How much memory it takes, with some 30 bytes for each text besides its letters.
        var size: Int {
            [reference, creditor, creditorAccount, debtor, debtorAccount, purpose].reduce(MemoryLayout<Self>.stride) {
                $0 + $1.count + 30
            }
        }
    }

    init(_ checks: StatementChecks) {
        self.checks = checks
        xml.start = { [unowned self] name, currency in
            let tag = Tag(name)
            begin(tag, currency)
            return tag != .other
        }
        xml.end = { [unowned self] in end() }
        xml.text = { [unowned self] bytes in append(bytes) }
    }

    func take(_ piece: [UInt8]) throws { try take(piece, isLast: false) }

    func finish() throws {
        try take([], isLast: true)
        guard statements == 0 else { return }
        try checks.find(.unknownFormat, at: nil)
        throw StatementChecks.RestIsWorthless()
    }

    private func take(_ piece: [UInt8], isLast: Bool) throws {
        do {
            try xml.take(piece, isLast: isLast)
        } catch {
            try checks.find(xml.hasDocumentType ? .documentType : .malformedXML(error.reason), at: xml.line)
            throw StatementChecks.RestIsWorthless()
        }
        if let failure { throw failure }
    }

    /// Keeps what a callback throws: no error can pass through the C library.
    private func keeping(_ body: () throws -> Void) {
        guard failure == nil else { return }
        do {
            try body()
        } catch {
            failure = error
        }
    }

    private func begin(_ tag: Tag, _ currency: String?) {
        path.append(tag)
        text.removeAll(keepingCapacity: true)
        keepsText = tag != .other
        keeping {
            if path.count > Self.deepest { try checks.find(.malformedXML("too deep"), at: xml.line) }
            elements = tag == .entry || tag == .details ? 0 : elements + 1
            if elements > Self.mostElements {
                try checks.find(.malformedXML("too many elements"), at: xml.line)
                throw StatementChecks.RestIsWorthless()
            }
            switch tag {
            case .statement where path.count == 3:
                statements += 1
                part = Part(place: xml.line)
            case .balance: balance = Balance()
            case .entry:
                entry = Entry()
                entry.place = xml.line
            case .details: detail = Detail()
            case .amount:
                guard isInStatement, !path.contains(.charges), let currency else { return }
                try checks.state(currency: Array(currency.utf8), at: xml.line)
            default: break
            }
        }
    }

    private func append(_ bytes: Span<UInt8>) {
        guard keepsText else { return }
        guard text.count + bytes.count <= Self.longestText else {
            keepsText = false
            return keeping {
                try checks.find(.tooLong(limit: Self.longestText), at: xml.line)
                throw StatementChecks.RestIsWorthless()
            }
        }
        for index in bytes.indices { text.append(bytes[index]) }
    }

    private var isInStatement: Bool { path.count >= 3 && path[2] == .statement }

    private func end() {
        let tag = path.removeLast()
        keeping { if isInStatement || tag == .statement { try end(tag) } }
        text.removeAll(keepingCapacity: true)
        keepsText = false
    }

    private func end(_ tag: Tag) throws {
        let value = text[...].trimmedLines
        if path.contains(.details) { return try endInDetail(tag, value) }
        if path.contains(.entry) { return try endInEntry(tag, value) }
        switch tag {
        case .entry: try endEntry()
        case .id where path.last == .otherID && path.contains(.account), .iban where path.contains(.account):
            try checks.state(account: Array(value), at: xml.line)
        case .currency where path.last == .account: try checks.state(currency: Array(value), at: xml.line)
        case .from: part.from = try day(value)
        case .to:
            part.to = try day(value)
            if let from = part.from, let to = part.to { try checks.state(partFrom: from, to: to, at: xml.line) }
        case .code where path.last == .codeOrProprietary && path.contains(.balance): balance.kind = Array(value)
        case .amount where path.last == .balance: balance.amount = try amount(value)
        case .direction where path.last == .balance: balance.isDebit = value.elementsEqual("DBIT".utf8)
        case .balance: endBalance()
        case .statement where path.count == 2: try endPart()
        case .sum where path.last == .totalCredits:
            if let sum = try amount(value) { try checks.add(statedCredits: sum, at: xml.line) }
        case .sum where path.last == .totalDebits:
            if let sum = try amount(value) { try checks.add(statedDebits: sum, at: xml.line) }
        default: break
        }
    }

    private func endBalance() {
        guard let amount = balance.amount else { return }
        let signed = balance.isDebit ? Tiyin(-amount.count) : amount
        if balance.kind.elementsEqual("OPBD".utf8) || balance.kind.elementsEqual("PRCD".utf8) {
            part.opening = signed
        } else if balance.kind.elementsEqual("CLBD".utf8) {
            part.closing = (signed, xml.line)
        }
    }

    private func endPart() throws {
        guard part.from != nil, let to = part.to else { return try checks.find(.noPeriod, at: part.place) }
        try checks.state(partUntil: to, opening: part.opening, closing: part.closing, at: part.place)
    }

    private func endInEntry(_ tag: Tag, _ value: ArraySlice<UInt8>) throws {
        switch tag {
        case .amount where path.last == .entry: entry.amount = try amount(value)
        case .direction where path.last == .entry: entry.isDebit = direction(value)
        case .reversal: entry.isReversal = value.elementsEqual("true".utf8) || value.elementsEqual("1".utf8)
        case .code where path.last == .status, .status where entry.status.isEmpty: entry.status = Array(value)
        case .day where path.last == .bookingDay, .dayAndTime where path.last == .bookingDay:
            entry.booked = try day(value)
        case .day where path.last == .valueDay, .dayAndTime where path.last == .valueDay: entry.valued = try day(value)
        case .bankReference where path.last == .entry: entry.reference = Array(value)
        case .entryReference where entry.reference.isEmpty: entry.reference = Array(value)
        case .entryInformation: entry.information = Array(value)
        case .details: try keepDetail()
        default: break
        }
    }

    private func endInDetail(_ tag: Tag, _ value: ArraySlice<UInt8>) throws {
        switch tag {
        case .amount where path.last == .details || path.last == .transactionAmount: detail.amount = try amount(value)
        case .bankReference: detail.reference = Array(value)
        case .endToEndID, .transactionID, .instructionID, .messageID, .unstructured, .transactionInformation:
            guard !value.elementsEqual("NOTPROVIDED".utf8), detail.purpose.count < Self.longestText else { return }
            if !detail.purpose.isEmpty { detail.purpose.append(UInt8(ascii: " ")) }
            detail.purpose += value
        case .name where path.contains(.creditor): detail.creditor = Array(value)
        case .name where path.contains(.debtor): detail.debtor = Array(value)
        case .id where path.last == .otherID && path.contains(.creditorAccount),
            .iban where path.contains(.creditorAccount):
            detail.creditorAccount = Array(value)
        case .id where path.last == .otherID && path.contains(.debtorAccount),
            .iban where path.contains(.debtorAccount):
            detail.debtorAccount = Array(value)
        default: break
        }
    }

    private func keepDetail() throws {
        entry.detailBytes += detail.size
        guard entry.detailBytes <= Self.mostDetailBytes else {
            try checks.find(.tooLong(limit: Self.mostDetailBytes), at: entry.place)
            throw StatementChecks.RestIsWorthless()
        }
        entry.details.append(detail)
    }

    private func endEntry() throws {
        let place = entry.place
        guard let amount = entry.amount else { return try checks.find(.amountUnreadable(""), at: place) }
        guard let isDebit = entry.isDebit else { return try checks.find(.noDirection, at: place) }
        guard entry.status.isEmpty || entry.status.elementsEqual("BOOK".utf8) else {
            return try checks.find(.notBooked, at: place)
        }
        guard let day = entry.booked ?? entry.valued else { return try checks.find(.dayMissing, at: place) }
        if entry.details.count < 2 {
            return try pass(entry.details.first ?? Detail(), amount, isDebit, day)
        }
        // One entry of many payments: each of them is a line, if they add up.
        var sum = Tiyin.zero
        for detail in entry.details {
            guard let part = detail.amount else { return try pass(Detail(), amount, isDebit, day) }
            do {
                sum = try sum.adding(part)
            } catch {
                return try checks.find(.sumTooLarge, at: place)
            }
        }
        guard sum == amount else { return try checks.find(.detailsDiffer(counted: sum, stated: amount), at: place) }
        for detail in entry.details { try pass(detail, detail.amount ?? .zero, isDebit, day) }
    }

    private func pass(_ detail: Detail, _ amount: Tiyin, _ isDebit: Bool, _ day: CalendarDay) throws {
        if let part = detail.amount, part != amount {
            return try checks.find(.detailsDiffer(counted: part, stated: amount), at: entry.place)
        }
        line.clear()
        line.place = entry.place
        line.document += detail.reference.isEmpty ? entry.reference : detail.reference
        line.day = day
        line.isDebit = isDebit
        line.isReversal = entry.isReversal
        line.amount = amount
        line.counterAccount += isDebit ? detail.creditorAccount : detail.debtorAccount
        line.counterName += isDebit ? detail.creditor : detail.debtor
        line.purpose += detail.purpose
        if !entry.information.isEmpty {
            if !line.purpose.isEmpty { line.purpose.append(UInt8(ascii: " ")) }
            line.purpose += entry.information
        }
        try checks.take(line)
    }

    private func direction(_ value: ArraySlice<UInt8>) -> Bool? {
        value.elementsEqual("DBIT".utf8) ? true : value.elementsEqual("CRDT".utf8) ? false : nil
    }

    private func day(_ value: ArraySlice<UInt8>) throws -> CalendarDay? {
        if let day = CalendarDay(value) { return day }
        try checks.find(.dayUnreadable(String(decoding: value.prefix(40), as: UTF8.self)), at: xml.line)
        return nil
    }

    private func amount(_ value: ArraySlice<UInt8>) throws -> Tiyin? {
        if let amount = Tiyin(som: value) { return amount }
        try checks.find(.amountUnreadable(String(decoding: value.prefix(40), as: UTF8.self)), at: xml.line)
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Leaves out spaces and line ends at both ends.
    fileprivate var trimmedLines: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first <= 32 { slice = slice.dropFirst() }
        while let last = slice.last, last <= 32 { slice = slice.dropLast() }
        return slice
    }
}
