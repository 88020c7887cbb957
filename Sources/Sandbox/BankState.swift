import Foundation

/// Everything the bank knows: `SandboxBank` guards it with one lock.
///
/// It cannot be copied, for a copy that lives for a moment would make the next write copy every payment.
struct BankState: ~Copyable {
    let configuration: SandboxConfiguration
    var tokens: BankTokens
    var requests: [RecordedRequest] = []
    private(set) var debits: [Debit] = []
    private(set) var mostOpenPays = 0

    private let journal: PaymentJournal?
    private var payments: [Int64: Payment] = [:]
    private var agentTranIds: [Int64: Int64] = [:]
    private var debitPlaces: [Int64: [Int]] = [:]
    private var spentTiyin: [String: Int64] = [:]
    private var sends: [Int64: Int] = [:]
    private var nextBmId: Int64 = 173_388_802
    private var openPays = 0

    init(configuration: SandboxConfiguration) throws {
        self.configuration = configuration
        tokens = BankTokens(seed: configuration.seed, lifetimeSeconds: configuration.tokenLifetimeSeconds)
        guard let url = configuration.journal else {
            journal = nil
            return
        }
        let (journal, payments) = try PaymentJournal.open(url)
        self.journal = journal
        for payment in payments { keep(payment, pan: nil) }
    }

    mutating func openPay() {
        openPays += 1
        mostOpenPays = max(mostOpenPays, openPays)
    }

    mutating func closePay() {
        openPays -= 1
    }

    /// Counts a send of an id and tells which it is, from 1.
    mutating func countSend(of agentTranId: Int64) -> Int {
        sends[agentTranId, default: 0] += 1
        return sends[agentTranId, default: 0]
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
            atMilliseconds: Int64(configuration.now().timeIntervalSince1970 * 1000))
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

    private mutating func keep(_ payment: Payment, pan: String?) {
        let isNew = agentTranIds.updateValue(payment.agentTranId, forKey: payment.bmId) == nil
        payments[payment.agentTranId] = payment
        nextBmId = max(nextBmId, payment.bmId + 1)
        guard isNew, payment.isDebited else { return }
        debitPlaces[payment.agentTranId, default: []].append(debits.count)
        spentTiyin[payment.account, default: 0] += payment.amountTiyin
        debits.append(
            Debit(
                agentTranId: payment.agentTranId, amountTiyin: payment.amountTiyin, account: payment.account,
                maskedCard: payment.maskedCard, pan: pan, bmId: payment.bmId))
    }
}
