import Foundation

/// The whole state of the bank. `SandboxBank` guards it with one lock.
///
/// It is not copyable: after even a short-lived copy, the next write would copy every payment.
struct BankState: ~Copyable {
    var configuration: SandboxConfiguration
    var tokens: BankTokens
    var requests: [RecordedRequest] = []
    private(set) var debits: [Debit] = []
    private(set) var mostOpenPays = 0
    private(set) var firedFaults: [Fault: Int] = [:]
    /// The simulated current time. A scheduled action sees the time at which it was due.
    private(set) var now: Date

    private let journal: PaymentJournal?
    private var payments: [Int64: Payment] = [:]
    private var agentTranIds: [Int64: Int64] = [:]
    private var debitPlaces: [Int64: [Int]] = [:]
    private var spentTiyin: [String: Int64] = [:]
    private var sends: [Int64: Int] = [:]
    private var nextBmId: Int64 = 173_388_802
    private var openPays = 0
    /// The scheduled actions, sorted by the time at which they are due.
    private var due: [ScheduledAction] = []
    private var outageEnd: Date?
    private var loginRefusalEnd: Date?
    private var logins = 0
    private var refreshes = 0
    private var queries: [Int64: Int] = [:]
    private var overrides: [Int64: StatusOverride] = [:]
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

    /// Advances the clock to the present and carries out the actions that are due.
    mutating func catchUp() {
        let present = configuration.now()
        while let next = due.first, next.at <= present {
            due.removeFirst()
            now = next.at
            do {
                try carryOut(next.action)
            } catch {
                // Skip the action: the journal cannot be written.
                continue
            }
        }
        now = present
    }

    mutating func plan(_ action: ScheduledAction.Action, after delay: Duration) {
        let moment = now.advanced(by: delay)
        let place = due.lastIndex { $0.at <= moment }.map { $0 + 1 } ?? 0
        due.insert(ScheduledAction(at: moment, action: action), at: place)
    }

    mutating func fired(_ fault: Fault?) {
        if let fault { firedFaults[fault, default: 0] += 1 }
    }

    /// Starts an outage, in which connections are refused, and returns its length.
    mutating func beginOutage() -> Duration {
        let duration = configuration.durations[.connectionRefused]
        outageEnd = now.advanced(by: duration)
        return duration
    }

    /// The time left of an outage, or `nil` outside one.
    var outageLeft: Duration? {
        outageEnd.flatMap { now < $0 ? .seconds($0.timeIntervalSince(now)) : nil }
    }

    /// Counts a login and returns whether a fault refuses it, although its name and password are right.
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

    /// Counts a refresh and returns whether a fault refuses it, although its token is right.
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

    /// Counts this request and returns the fault that hits it.
    mutating func nextFault(of path: RecordedRequest.Path) -> Fault? {
        arrivals[path, default: 0] += 1
        return configuration.faults.fault(
            of: path, seed: configuration.seed, number: arrivals[path, default: 0])
    }

    /// Returns the number of requests of this kind. Only kinds that are counted on arrival have a number.
    func arrivals(of path: RecordedRequest.Path) -> Int {
        arrivals[path, default: 0]
    }

    /// Counts a status query about an id and returns its number, from 1.
    mutating func countQuery(of id: Int64) -> Int {
        queries[id, default: 0] += 1
        return queries[id, default: 0]
    }

    /// Hides the real status of a payment for a while. Each payment has at most one such time.
    mutating func overrideStatus(of agentTranId: Int64, _ fault: Fault) {
        guard overrides[agentTranId] == nil,
            let override = StatusOverride(fault, now: now, lasting: configuration.durations[fault])
        else { return }
        overrides[agentTranId] = override
        fired(fault)
    }

    mutating func statusOverride(of agentTranId: Int64) -> StatusOverride.Answer {
        let now = now
        return overrides[agentTranId]?.next(at: now) ?? .truth
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

    /// Writes a payment to the journal and then keeps it.
    mutating func record(
        _ order: PayOrder, state: Payment.State, isDebited: Bool, detail: BankError? = nil, queries: Int? = nil
    ) throws -> Payment {
        let payment = Payment(
            agentTranId: order.agentTranId, bmId: nextBmId, extId: nextBmId + 72_754_465, account: order.account,
            mfo: order.mfo, senderName: order.senderName, maskedCard: Digits.masked(pan: order.pan),
            amountTiyin: order.amountTiyin, isDebited: isDebited, state: state, detail: detail?.rawValue,
            askingsUntilPaid: queries,
            atMilliseconds: Payment.milliseconds(now))
        try journal?.append(payment)
        keep(payment, pan: order.pan)
        return payment
    }

    /// Returns the payment for /agent/status. Each query brings a slow payment closer to its end.
    mutating func ask(about payment: Payment) throws -> Payment {
        guard payment.state == .paying, let left = payment.askingsUntilPaid else { return payment }
        var next = payment
        next.askingsUntilPaid = left > 0 ? left - 1 : nil
        if left == 0 { next.state = .success }
        try journal?.append(next)
        keep(next, pan: nil)
        return next
    }

    /// Returns the money of a payment to the account.
    ///
    /// - Returns: `false` if there is no such debit, or if it was already reversed.
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
