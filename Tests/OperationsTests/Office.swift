import Bookkeeping
import Fixtures
import Foundation
import Logging
import Operations
import PaymentValues
import Payouts
import Processing
import Reports
import Synchronization

/// A company's office: a folder with a ledger, a bank, people, and a clock that only the test moves.
final class Office: Sendable {
    let folder: TemporaryFolder
    let bank = PayingBank()
    let clock = OfficeClock()
    private let told = Mutex<[RunEvent]>([])

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Returns a context for a person of the office.
    func context(
        of person: String = "dilnoza", requiresApproval: Bool = false, limits: SendingRules.Limits = .init(),
        quietPeriod: Duration = .zero, whenNotFound: ReconciliationPolicy.WhenNotFound = .review,
        bankAddress: String = "https://bank.example", changing: (inout SendingRules) -> Void = { _ in }
    ) -> OperationContext {
        var rules = SendingRules(
            limits: limits, requiresApproval: requiresApproval,
            policy: ReconciliationPolicy(
                hardTimeout: .seconds(60), quietPeriod: quietPeriod, whenNotFound: whenNotFound),
            senderName: "ACME", concurrency: 2)
        changing(&rules)
        return OperationContext(
            person: person, process: "process 1", time: clock.time, timeZone: .gmt, language: .en,
            ledger: LedgerLocation(
                path: folder.path("payouts.sqlite"), keyFile: KeyFile(path: folder.path("ledger.key")),
                isSandbox: false, practicePath: folder.path("practice.sqlite")),
            outputFolder: folder.path("output"), rules: rules,
            bank: BankAccess(catalogue: OtherBankCatalogue()) { [bank] in
                BankConnection(bank: bank, address: bankAddress) {}
            }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            random: { RandomSource(SeededGenerator(seed: 1)) },
            observe: { [self] event in told.withLock { $0.append(event) } })
    }

    /// Returns a context whose clock agrees with that of the disk.
    func contextOfToday() -> OperationContext {
        clock.advance(by: .seconds(Date().timeIntervalSince(clock.time.now())))
        return context()
    }

    /// All events that the observer received.
    var events: [RunEvent] { told.withLock { $0 } }

    /// Writes a payout file of ordinary rows, each with another card.
    @discardableResult func file(_ name: String, rows: Range<Int>) throws -> String {
        try file(name, cards: rows.map { Samples.card($0) })
    }

    /// Writes a file with one row, whose card the bank refuses.
    @discardableResult func refusedFile(_ name: String) throws -> String {
        try file(name, cards: [PayingBank.refusedCard])
    }

    /// A file that pays 100 000 tiyin to each card, from row 2 on.
    @discardableResult func file(_ name: String, cards: [CardNumber]) throws -> String {
        try write(
            "account,mfo,pan,exp,amount\n"
                + cards.map { "20208000900123456001,01183,\($0.digits),1230,100000\n" }.joined(), to: name)
    }

    @discardableResult func write(_ text: String, to name: String) throws -> String {
        let path = folder.path(name)
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Claims a row without sending it, as after a power cut.
    func leaveOneRowOnItsWay() async throws {
        let ledger = try context().openLedger()
        let record = try ledger.batch(named: "payroll")
        _ = try ledger.bind(record, to: "https://bank.example", senderName: "ACME", isMoved: false)
        let pending = try ledger.pending(in: record, senderName: "ACME", after: 0, limit: 1)
        for payout in pending { _ = try await CommitQueue(ledger: ledger).claim(payout) }
        try ledger.close()
    }

    func files(in place: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(place)).filter { !$0.hasPrefix(".") }.sorted()
    }
}

/// A bank that pays every request, except those for two cards.
final class PayingBank: Bank {
    static let refusedCard = Samples.card(99_999)
    /// Requests for this card are lost on their way to the bank.
    static let lostCard = Samples.card(99_998)
    private let books = Mutex<[PayoutOrder]>([])

    /// All payouts that the bank made.
    var paid: [PayoutOrder] { books.withLock { $0 } }

    func signIn() async -> SignIn { .ready() }

    func pay(_ order: PayoutOrder) async -> Outcome {
        guard order.card != Self.refusedCard else { return .refused(Reason(.refusedByTheBank)) }
        guard order.card != Self.lostCard else { return .unknown(Reason(.noAnswerInTime)) }
        books.withLock { $0.append(order) }
        return .paid(Samples.receipt)
    }

    func status(of id: AgentTransactionID, expecting amount: Tiyin) async -> StatusFinding {
        paid.contains { $0.id == id } ? .paid(Samples.receipt) : .notFound(Reason(.notFoundAtBank))
    }
}

/// A clock that moves only when a test advances it or somebody sleeps.
final class OfficeClock: Sendable {
    private let passed = Mutex(Duration.zero)
    private let whileAsleep = Mutex<(@Sendable () throws -> Void)?>(nil)

    /// Sets what happens whenever somebody sleeps.
    func whenSleeping(_ act: @escaping @Sendable () throws -> Void) {
        whileAsleep.withLock { $0 = act }
    }

    func advance(by duration: Duration) {
        passed.withLock { $0 += duration }
    }

    var time: TimeSource {
        TimeSource(
            now: { [self] in Samples.noon.addingTimeInterval(passed.withLock { $0 } / .seconds(1)) },
            uptime: { [self] in .seconds(1000) + passed.withLock { $0 } }, boot: "a boot",
            sleep: { [self] duration in
                try Task.checkCancellation()
                advance(by: duration)
                try whileAsleep.withLock { $0 }?()
                await Task.yield()
            })
    }
}

extension ReasonCode {
    static let refusedByTheBank = ReasonCode(rawValue: "card_not_active")
}
