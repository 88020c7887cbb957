package import PaymentValues

/// Compares the lines of a statement with the payouts of the ledger.
///
///     var matching = StatementMatching(statement, payouts: payoutCount, ids: idCount)
///     for payout in payouts { matching.add(payout) }
///     for line in lines { matching.take(line) }
///     let agreement = try matching.finish()
///
/// Ids come first, then persons, then sums. Each step accepts only a match that is the only possible one. Time and
/// memory grow with the number of lines and payouts. The exact search for parts of a day has a fixed limit.
package struct StatementMatching {
    /// The largest number of days after which a bank debits a payout.
    static let latestDebit: Int32 = 10

    let period: ClosedRange<Int32>
    var payouts: ContiguousArray<PayoutRecord> = []
    var lines: ContiguousArray<LineRecord> = []
    var documents: ContiguousArray<UInt8> = []
    var groups: [MatchGroup] = []
    /// The lines by which the bank returned payouts.
    var returns: [Int: Int] = [:]
    /// The accounts to which payouts went, known from lines that agree.
    var payoutAccounts: Set<UInt32> = []
    var commissionAccounts: Set<UInt32> = []
    /// The amount by which a merged line exceeds the payouts that the ledger calls paid.
    var unpaidParts: [Int: Int64] = [:]
    private var ids: IDTable
    private var names: Set<UInt64> = []
    private var words = LineText.Words()
    private var hits: [Hit] = []

    private struct Hit {
        let payout: Int
        var count: Int
        var isStrong: Bool
    }

    /// Prepares a matching.
    /// - Parameters:
    ///   - lines: the number of lines of the statement.
    ///   - payouts: the approximate number of payouts.
    ///   - ids: the approximate number of their ids.
    package init(period: ClosedRange<CalendarDay>, lines: Int, payouts: Int, ids: Int) {
        self.period = Int32(period.lowerBound.number)...Int32(period.upperBound.number)
        self.lines.reserveCapacity(lines)
        self.payouts.reserveCapacity(payouts)
        self.ids = IDTable(expecting: ids)
    }

    package mutating func add(_ payout: LedgerPayout) {
        let index = payouts.count
        let name = payout.name.flatMap(LineText.name) ?? 0
        payouts.append(
            PayoutRecord(
                amount: payout.amount.count, commission: payout.commission?.count ?? PayoutRecord.unknownCommission,
                card: LineText.card(in: Array(payout.maskedCard.utf8)) ?? 0, name: name, batch: Int32(payout.batch),
                row: Int32(payout.row), day: Int32(payout.day.number), attempt: UInt16(clamping: payout.attempt),
                standing: payout.standing))
        if name != 0 { names.insert(name) }
        ids.insert(UInt64(payout.agentTranID.number), kind: .agentTranID, index: index)
        if let bmID = payout.bmID, bmID > 0 { ids.insert(UInt64(bmID), kind: .bmID, index: index) }
        for id in payout.extIDs {
            if let key = IDTable.key(of: Array(id.utf8)) { ids.insert(key, kind: .extID, index: index) }
        }
    }

    /// Takes the next line. All payouts must be added before the first line.
    package mutating func take(_ line: borrowing StatementLine) {
        let index = lines.count
        let start = documents.count
        documents.append(contentsOf: line.document.prefix(60))
        var marks: LineMarks = line.isDebit ? .debit : []
        if line.isReversal { marks.insert(.returnWord) }
        hits.removeAll(keepingCapacity: true)
        let isOurs =
            find(in: line.document, line.amount.count, line.isDebit)
            || find(in: line.purpose, line.amount.count, line.isDebit)
        var record = LineRecord(
            amount: line.amount.count, counterAccount: Self.key(ofAccount: line.counterAccount),
            place: Int32(line.place), day: Int32(line.day.number), documentStart: UInt32(start),
            documentLength: UInt8(documents.count - start), marks: marks)
        words.hashes.removeAll(keepingCapacity: true)
        words.saysCommission = false
        words.saysReturn = false
        let needsName = hits.isEmpty && !names.isEmpty
        LineText.words(in: line.counterName, keeping: needsName, into: &words)
        LineText.words(in: line.purpose, keeping: needsName, into: &words)
        if words.saysCommission { record.marks.insert(.commissionWord) }
        if words.saysReturn { record.marks.insert(.returnWord) }
        if hits.isEmpty {
            if let card = LineText.card(in: line.purpose) ?? LineText.card(in: line.counterName) {
                record.person = card
                record.marks.insert(.payoutForm)
            } else if needsName {
                record.person = LineText.names(words.hashes, names.contains) ?? 0
            }
            if isOurs { record.marks.insert(.payoutForm) }
            lines.append(record)
            return
        }
        lines.append(record)
        settleByID(index)
    }

    /// Looks up the ids of a text.
    ///
    /// - Returns: whether a word has the form of an agentTranId, or a label that marks an id.
    private mutating func find(in text: [UInt8], _ amount: Int64, _ isDebit: Bool) -> Bool {
        guard !text.isEmpty else { return false }
        var isOurs = false
        LineText.tokens(in: text) { token in
            if token.isOurs || token.label != nil { isOurs = true }
            ids.find(token.key) { kind, payout in
                if let label = token.label, label != kind { return }
                // A short number may have another meaning there, so the amount must match too.
                guard token.isStrong || fits(amount, payouts[payout]) else { return }
                if let place = hits.firstIndex(where: { $0.payout == payout }) {
                    hits[place].count += 1
                    if token.isStrong { hits[place].isStrong = true }
                } else {
                    hits.append(Hit(payout: payout, count: 1, isStrong: token.isStrong))
                }
            }
        }
        return isOurs
    }

    private func fits(_ amount: Int64, _ payout: PayoutRecord) -> Bool {
        amount == payout.amount || amount == payout.withCommission
            || payout.commission > 0 && amount == payout.commission
    }

    /// Returns the key of an account, or 0 if there is none. A few accounts are compared, so 32 bits tell them apart.
    static func key(ofAccount bytes: [UInt8]) -> UInt32 {
        guard !bytes.isEmpty else { return 0 }
        let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return max(UInt32(truncatingIfNeeded: hash.spread), 1)
    }

    // MARK: Ids

    private mutating func settleByID(_ index: Int) {
        if hits.contains(where: \.isStrong) { hits.removeAll { !$0.isStrong } }
        let most = hits.map(\.count).max() ?? 0
        var found = hits.filter { $0.count == most }.map(\.payout)
        if found.count > 1 {
            let line = lines[index]
            let all = hits.map(\.payout)
            if line.isDebit, settleList(all, index) { return }
            let fitting = found.filter { fits(line.amount, payouts[$0]) }
            if fitting.count == 1 { found = fitting }
        }
        guard found.count == 1, let payout = found.first else {
            lines[index].evidence = .id
            return makeAmbiguous(lines: [index], payouts: found)
        }
        lines[index].payout = Int32(payout)
        lines[index].evidence = .id
        if lines[index].isDebit { settleDebit(index, of: payout) } else { settleCredit(index, of: payout) }
    }

    /// Settles a line that names several payouts, if they add up to the line.
    private mutating func settleList(_ named: [Int], _ index: Int) -> Bool {
        guard named.allSatisfy({ payouts[$0].isFree }) else { return false }
        let amount = lines[index].amount
        let sum = named.reduce(Int64(0)) { $0 &+ payouts[$1].amount }
        let withCommission = named.reduce(Int64(0)) { $0 &+ (payouts[$1].withCommission ?? payouts[$1].amount) }
        guard sum == amount || withCommission == amount else { return false }
        for payout in named { agree(payout, index, .ids, withCommission: sum != amount) }
        lines[index].payout = Link.none
        close(index, .agreed, .ids)
        return true
    }

    private mutating func settleDebit(_ index: Int, of payout: Int) {
        let line = lines[index]
        let found = payouts[payout]
        switch found.standing {
        case .notPaid:
            payouts[payout].outcome = .onStatementNotPaid
            payouts[payout].line = Int32(index)
            payouts[payout].evidence = .id
            return close(index, .onStatementNotPaid, .id)
        case .onOtherStatement: return close(index, .twice, .id)
        case .paid: break
        }
        let saysCommission = line.marks.contains(.commissionWord)
        let isCommission = found.commission > 0 && line.amount == found.commission
        if isCommission, saysCommission || line.amount != found.amount {
            lines[index].marks.insert(.commission)
            if found.hasCommission { return close(index, .twice, .id) }
            payouts[payout].hasCommission = true
            return close(index, .agreed, .id)
        }
        if line.amount == found.amount || line.amount == found.withCommission {
            if found.outcome == .agreed { return close(index, .twice, .id) }
            agree(payout, index, .id, withCommission: line.amount != found.amount)
            return close(index, .agreed, .id)
        }
        if saysCommission, line.amount < found.amount {
            lines[index].marks.insert(.commission)
            // Without the bank's stated commission, there is nothing to compare.
            if found.commission == PayoutRecord.unknownCommission { return close(index, .ambiguous, .id) }
            payouts[payout].hasCommission = true
            return close(index, .otherAmount, .id)
        }
        if found.outcome == .open {
            payouts[payout].outcome = .otherAmount
            payouts[payout].line = Int32(index)
            payouts[payout].evidence = .id
            payouts[payout].hasCommission = true
        }
        close(index, .otherAmount, .id)
    }

    private mutating func settleCredit(_ index: Int, of payout: Int) {
        let line = lines[index]
        let found = payouts[payout]
        guard fits(line.amount, found) else { return close(index, .otherAmount, .id) }
        if returns[payout] != nil, line.amount >= found.amount { return close(index, .twice, .id) }
        if line.amount >= found.amount { returns[payout] = index }
        close(index, .returned, .id)
    }

    // MARK: Settling

    /// Records that a payout is on a line.
    mutating func agree(_ payout: Int, _ line: Int, _ evidence: MatchEvidence, withCommission: Bool) {
        payouts[payout].outcome = .agreed
        payouts[payout].line = Int32(line)
        payouts[payout].evidence = evidence
        if withCommission { payouts[payout].hasCommission = true }
    }

    mutating func close(_ line: Int, _ outcome: MatchOutcome, _ evidence: MatchEvidence) {
        lines[line].outcome = outcome
        lines[line].evidence = evidence
        guard outcome == .agreed, lines[line].counterAccount != 0 else { return }
        if lines[line].marks.contains(.commission) {
            commissionAccounts.insert(lines[line].counterAccount)
        } else {
            payoutAccounts.insert(lines[line].counterAccount)
        }
    }

    mutating func makeAmbiguous(lines named: [Int], payouts open: [Int]) {
        let group = Link.group(groups.count)
        groups.append(MatchGroup(lines: named, payouts: open))
        for line in named {
            lines[line].outcome = .ambiguous
            lines[line].payout = group
        }
        for payout in open where payouts[payout].outcome == .open && payouts[payout].standing == .paid {
            payouts[payout].outcome = .ambiguous
            payouts[payout].line = group
        }
    }

    // MARK: The end

    /// Settles everything that no id has settled.
    ///
    /// - Throws: ``Tiyin/Overflow``
    package mutating func finish() throws(Tiyin.Overflow) -> Agreement {
        ids = IDTable(expecting: 0)
        names = []
        matchPersons()
        matchSums()
        matchUnpaid()
        matchCommissions()
        matchReturns()
        settleRest()
        return try Agreement(self)
    }

    /// Returns whether a line without a person can be a payout, by the account that it went to.
    func mayBePayout(_ line: LineRecord) -> Bool {
        payoutAccounts.isEmpty || line.counterAccount == 0 || payoutAccounts.contains(line.counterAccount)
    }

    private mutating func settleRest() {
        for index in lines.indices where lines[index].outcome == .open {
            let line = lines[index]
            let isKnownAccount = line.counterAccount != 0 && payoutAccounts.contains(line.counterAccount)
            if line.isDebit {
                let isPayout =
                    line.marks.contains(.payoutForm)
                    || isKnownAccount && !line.marks.contains(.commissionWord)
                close(index, isPayout ? .onStatementNotPaid : .foreign, .none)
            } else {
                let isReturn = line.marks.contains(.returnWord) && (line.marks.contains(.payoutForm) || isKnownAccount)
                if isReturn { makeAmbiguous(lines: [index], payouts: []) } else { close(index, .foreign, .none) }
            }
        }
        for index in payouts.indices where payouts[index].isFree && period.contains(payouts[index].day) {
            payouts[index].outcome = .paidNotOnStatement
        }
    }
}
