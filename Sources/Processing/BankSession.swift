package import Bookkeeping
package import Logging
package import Payouts

/// Connects one batch with its bank. It serves to send rows, to query their status, or to check whether there is work.
/// The caller holds the ``RunnerLock`` of the ledger.
package struct BankSession: Sendable {
    let ledger: Ledger
    let bank: any Bank
    let address: String
    let senderName: String
    let isSameBank: Bool
    let time: TimeSource
    let logger: Logger

    /// Makes a session.
    /// - Parameters:
    ///   - address: the bank's address, or `sandbox` for the built-in sandbox.
    ///   - isSameBank: whether a person confirmed that the batch's bank has a new address.
    package init(
        ledger: Ledger, bank: any Bank, address: String, senderName: String, isSameBank: Bool, time: TimeSource,
        logger: Logger
    ) {
        self.ledger = ledger
        self.bank = bank
        self.address = address
        self.senderName = senderName
        self.isSameBank = isSameBank
        self.time = time
        self.logger = logger
    }

    package enum Opening: Hashable, Sendable {
        /// The session is open.
        /// - Parameter senderName: the sender's name in every request of the batch.
        case open(senderName: String)
        case nothingToDo
        case unreachable(Reason)
        case refused(Reason)
    }

    /// Takes over the rows that an earlier run left in flight, logs in, and binds the batch to the bank.
    ///
    /// It compares the address before the login. Only the bank's answer shows whether the bank is a sandbox.
    ///
    /// - Parameter isNeeded: returns whether there is work. Without work, only the bank's identity is checked.
    /// - Throws: ``LedgerError/boundToAnotherBank(batch:bound:asked:)``
    package func open(
        _ batch: BatchRecord, where isNeeded: (Remainder) -> Bool
    ) async throws(LedgerError) -> Opening {
        let interrupted = try ledger.takeOver()
        if interrupted > 0 {
            logger.warning("\(interrupted) payouts were in flight when an earlier run ended; the bank will be asked")
        }
        // Check the clock after the takeover: a changed clock also affects the rows that were taken over.
        if try ledger.checkClock(time.reading) {
            logger.info("the clock was set, or the machine restarted, since the last run: quiet periods start again")
        }
        guard isNeeded(try ledger.remainder(of: batch.id)) else { return try await openWithNothingToDo(batch) }
        return try await enter(batch)
    }

    /// Checks the bank of a batch that has no work left. A batch must not look finished at a bank that paid none of it.
    /// So ask which bank answers now in two cases: a person said that the address is new, or a sandbox was at this
    /// address before.
    private func openWithNothingToDo(_ batch: BatchRecord) async throws(LedgerError) -> Opening {
        try checkAddress(of: batch)
        guard let bound = batch.bank.map(BankIdentity.init(recorded:)) else { return .nothingToDo }
        let isSandboxByAddress = bound.isSandbox && bound.address != nil
        guard isSandboxByAddress || bound.address != asked.address else { return .nothingToDo }
        switch try await enter(batch) {
        case .open, .nothingToDo: return .nothingToDo
        case .unreachable(let reason), .refused(let reason): return .unreachable(reason)
        }
    }

    private func enter(_ batch: BatchRecord) async throws(LedgerError) -> Opening {
        try checkAddress(of: batch)
        switch await bank.signIn() {
        case .unreachable(let reason): return .unreachable(reason)
        case .refused(let reason): return .refused(reason)
        case .ready(let isSandbox):
            return .open(
                senderName: try ledger.bind(
                    batch, to: BankIdentity(address: address, isSandbox: isSandbox).recorded, senderName: senderName,
                    isMoved: isSameBank))
        }
    }

    private func checkAddress(of batch: BatchRecord) throws(LedgerError) {
        guard let bound = batch.bank, !isSameBank, BankIdentity(recorded: bound).address != asked.address else {
            return
        }
        throw .boundToAnotherBank(batch: batch.reference, bound: bound, asked: asked.recorded)
    }

    /// The bank's identity, as far as its address shows it.
    private var asked: BankIdentity { BankIdentity(address: address, isSandbox: false) }
}
