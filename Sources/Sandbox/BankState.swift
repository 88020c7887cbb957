import Foundation

/// Everything the bank knows: `SandboxBank` guards it with one lock.
///
/// It cannot be copied, for a copy that lives for a moment would make the next write copy every payment.
struct BankState: ~Copyable {
    var configuration: SandboxConfiguration
    var tokens: BankTokens
    var requests: [RecordedRequest] = []
    private(set) var debits: [Debit] = []
    private(set) var mostOpenPays = 0
    private(set) var firedFaults: [Fault: Int] = [:]
    /// The moment that the bank lives in: what is due is done as of its own moment, not of the moment of looking.
    private(set) var now: Date

    private let journal: PaymentJournal?
    private var payments: [Int64: Payment] = [:]
    private var agentTranIds: [Int64: Int64] = [:]
    private var debitPlaces: [Int64: [Int]] = [:]
    private var spentTiyin: [String: Int64] = [:]
    private var sends: [Int64: Int] = [:]
    private var nextBmId: Int64 = 173_388_802
    private var openPays = 0
    /// In the order in which it is due.
    private var due: [DueDeed] = []
    private var outageEnd: Date?
    private var loginRefusalEnd: Date?
    private var logins = 0
    private var refreshes = 0
    private var askings: [Int64: Int] = [:]
    private var veils: [Int64: StatusVeil] = [:]
    private var arrivals: [RecordedRequest.Path: Int] = [:]
    var openSwap: OpenSwap?
    var cards = CardDesk()
    var bills = BillBook()
    var textMessages: [TextMessage] = []

    init(configuration: SandboxConfiguration) throws {
        self.configuration = configuration
        now = configuration.now()
        tokens = BankTokens(seed: configuration.seed, lifetimeSeconds: configuration.tokenLifetimeSeconds)
        guard let url = configuration.journal else {
            journal = nil
            return
        }
        let (journal, payments) = try PaymentJournal.open(url)
        self.journal = journal
        for payment in payments { keep(payment, pan: nil) }
    }

    /// Lives on to the present, doing what has come due.
    mutating func catchUp() {
        let present = configuration.now()
        while let next = due.first, next.at <= present {
            due.removeFirst()
            now = next.at
            do {
                try carryOut(next.deed)
            } catch {
                // The journal cannot be written: the deed is not kept, so it is not done.
                continue
            }
        }
        now = present
    }

    mutating func plan(_ deed: DueDeed.Deed, after delay: Duration) {
        let moment = now.advanced(by: delay)
        let place = due.lastIndex { $0.at <= moment }.map { $0 + 1 } ?? 0
        due.insert(DueDeed(at: moment, deed: deed), at: place)
    }

    mutating func fired(_ fault: Fault?) {
        if let fault { firedFaults[fault, default: 0] += 1 }
    }

    /// From now on nobody listens, for the time that is returned.
    mutating func beginOutage() -> Duration {
        let duration = configuration.durations[.connectionRefused]
        outageEnd = now.advanced(by: duration)
        return duration
    }

    /// How long still nobody listens, if that is so.
    var outageLeft: Duration? {
        outageEnd.flatMap { now < $0 ? .seconds($0.timeIntervalSince(now)) : nil }
    }

    /// Whether a login is refused in spite of its good name and password.
    mutating func refusesLogin() -> Bool {
        logins += 1
        let isRefusing = loginRefusalEnd.map { now < $0 } ?? false
        if !isRefusing {
            let fault = configuration.faults.fault(of: .login, seed: configuration.seed, number: logins)
            guard fault == .loginRefused else { return false }
            loginRefusalEnd = now.advanced(by: configuration.durations[.loginRefused])
        }
        fired(.loginRefused)
        return true
    }

    /// Whether a refresh is refused in spite of its good token.
    mutating func refusesRefresh() -> Bool {
        refreshes += 1
        let fault = configuration.faults.fault(of: .refresh, seed: configuration.seed, number: refreshes)
        guard fault == .refreshRefused else { return false }
        fired(.refreshRefused)
        return true
    }

    mutating func openPay() {
        openPays += 1
        mostOpenPays = max(mostOpenPays, openPays)
    }

    mutating func closePay() {
        openPays -= 1
    }

    func sends(of agentTranId: Int64) -> Int {
        sends[agentTranId, default: 0]
    }

    mutating func countSend(of agentTranId: Int64) {
        sends[agentTranId, default: 0] += 1
    }

    /// The fault that meets this request, counted as it comes.
    mutating func nextFault(of path: RecordedRequest.Path) -> Fault? {
        arrivals[path, default: 0] += 1
        return configuration.faults.fault(
            of: path, seed: configuration.seed, number: arrivals[path, default: 0])
    }

    /// How many requests of this kind have come, where they are counted as they come.
    func arrivals(of path: RecordedRequest.Path) -> Int {
        arrivals[path, default: 0]
    }

    /// Counts an asking about an id and tells which it is, from 1.
    mutating func countAsking(of id: Int64) -> Int {
        askings[id, default: 0] += 1
        return askings[id, default: 0]
    }

    /// From now on, for a while, the truth about a payment is not told; each payment has one such time at most.
    mutating func veil(_ agentTranId: Int64, _ fault: Fault) {
        guard veils[agentTranId] == nil,
            let veil = StatusVeil(fault, now: now, lasting: configuration.durations[fault])
        else { return }
        veils[agentTranId] = veil
        fired(fault)
    }

    mutating func look(behindVeilOf agentTranId: Int64) -> StatusVeil.Saying {
        let now = now
        return veils[agentTranId]?.say(at: now) ?? .truth
    }

    func payment(agentTranId: Int64) -> Payment? {
        payments[agentTranId]
    }

    func payment(bmId: Int64) -> Payment? {
        agentTranIds[bmId].flatMap { payments[$0] }
    }

    func debits(of agentTranId: Int64) -> [Debit] {
        debitPlaces[agentTranId, default: []].map { debits[$0] }
    }

    func holds(_ amountTiyin: Int64, account: String) -> Bool {
        let left = configuration.startingBalanceTiyin.subtractingReportingOverflow(spentTiyin[account, default: 0])
        return !left.overflow && amountTiyin <= left.partialValue
    }

    /// Writes a payment down; only then does it exist.
    mutating func record(
        _ order: PayOrder, state: Payment.State, isDebited: Bool, detail: BankError? = nil, askings: Int? = nil
    ) throws -> Payment {
        let payment = Payment(
            agentTranId: order.agentTranId, bmId: nextBmId, extId: nextBmId + 72_754_465, account: order.account,
            mfo: order.mfo, senderName: order.senderName, maskedCard: Digits.masked(pan: order.pan),
            amountTiyin: order.amountTiyin, isDebited: isDebited, state: state, detail: detail?.rawValue,
            askingsUntilPaid: askings,
            atMilliseconds: Payment.milliseconds(now))
        try journal?.append(payment)
        keep(payment, pan: order.pan)
        return payment
    }

    /// What /agent/status answers about a payment; asking is what moves a slow payment on.
    mutating func ask(about payment: Payment) throws -> Payment {
        guard payment.state == .paying, let left = payment.askingsUntilPaid else { return payment }
        var next = payment
        next.askingsUntilPaid = left > 0 ? left - 1 : nil
        if left == 0 { next.state = .success }
        try journal?.append(next)
        keep(next, pan: nil)
        return next
    }

    /// The money of a payment goes back to the account; false if it cannot, or did before.
    mutating func reverse(bmId: Int64) throws -> Bool {
        guard var payment = payment(bmId: bmId), payment.bmId == bmId, payment.isDebited, payment.reversedAt == nil
        else {
            return false
        }
        payment.state = .reversed
        payment.reversedAtMilliseconds = Payment.milliseconds(now)
        try journal?.append(payment)
        keep(payment, pan: nil)
        return true
    }

    private mutating func keep(_ payment: Payment, pan: String?) {
        let isNew = agentTranIds.updateValue(payment.agentTranId, forKey: payment.bmId) == nil
        payments[payment.agentTranId] = payment
        nextBmId = max(nextBmId, payment.bmId + 1)
        guard payment.isDebited else { return }
        if isNew {
            debitPlaces[payment.agentTranId, default: []].append(debits.count)
            spentTiyin[payment.account, default: 0] += payment.amountTiyin
            debits.append(Debit(payment, pan: pan))
        }
        guard let moment = payment.reversedAt,
            let place = debitPlaces[payment.agentTranId, default: []].first(where: { debits[$0].bmId == payment.bmId }),
            debits[place].reversedAt == nil
        else { return }
        debits[place].reversedAt = moment
        spentTiyin[payment.account, default: 0] -= payment.amountTiyin
    }
}
