package import Bookkeeping
package import Logging
package import Payouts

/// The connection of one batch with its bank, for sending, for status queries or to check whether there is work. The
/// caller holds the ``RunnerLock`` of the ledger.
package struct BankSession: Sendable {
    let ledger: Ledger
    let bank: any Bank
    let address: String
    let senderName: String
    let isSameBank: Bool
    let time: TimeSource
    let logger: Logger

    /// - Parameters:
    ///   - address: the bank's address; `sandbox` for the built-in sandbox.
    ///   - isSameBank: whether a person confirmed that the bank of the batch has a new address.
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
        /// - Parameter senderName: the name that every request of the batch carries.
        case open(senderName: String)
        case nothingToDo
        case unreachable(Reason)
        case refused(Reason)
    }

    /// Takes over the rows that an earlier run left in flight, signs in, and binds the batch to the bank.
    ///
    /// The address is compared before the sign-in. Whether the bank is a sandbox is known only from its answer.
    ///
    /// - Parameter isNeeded: returns whether there is work. If not, only the bank's identity is checked.
    /// - Throws: ``LedgerError/boundToAnotherBank(batch:bound:asked:)``
    package func open(
        _ batch: BatchRecord, where isNeeded: (Remainder) -> Bool
    ) async throws(LedgerError) -> Opening {
        let interrupted = try ledger.takeOver()
        if interrupted > 0 {
            logger.warning("\(interrupted) payouts were in flight when an earlier run ended; the bank will be asked")
        }
        // This comes after the takeover, because a changed clock also affects the rows that were taken over.
        if try ledger.checkClock(time.reading) {
            logger.info("the clock was set, or the machine restarted, since the last run: quiet periods start again")
        }
        guard isNeeded(try ledger.remainder(of: batch.id)) else { return try await openWithNothingToDo(batch) }
        return try await enter(batch)
    }

    /// Checks the bank of a batch that has no work left. A batch must not appear finished at a bank that paid none of
    /// it. So if a person said that the address is new, or a sandbox was at this address before, ask which bank answers
    /// there now.
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

    /// The bank's identity as far as the address shows it.
    private var asked: BankIdentity { BankIdentity(address: address, isSandbox: false) }
}
