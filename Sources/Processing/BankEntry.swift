package import Bookkeeping
package import Payouts

/// The way into a bank with a batch: only into the one that knows what was paid of it.
package struct BankEntry: Sendable {
    let ledger: Ledger
    let bank: any Bank
    let address: String
    let senderName: String
    let isSameBank: Bool

    /// - Parameters:
    ///   - address: where the bank is; `sandbox` for the built-in one.
    ///   - isSameBank: a person's word that the bank of the batch has a new address.
    package init(ledger: Ledger, bank: any Bank, address: String, senderName: String, isSameBank: Bool) {
        self.ledger = ledger
        self.bank = bank
        self.address = address
        self.senderName = senderName
        self.isSameBank = isSameBank
    }

    package enum Answer: Hashable, Sendable {
        /// - Parameter senderName: which every request of the batch carries.
        case ready(senderName: String)
        case unreachable(Reason)
        case refused(Reason)
    }

    /// Signs in and ties the batch to the bank, unless it belongs to another. What its address shows is seen before anybody
    /// signs in; whether it is a sandbox, the bank says itself.
    ///
    /// - Throws: ``LedgerError/boundToAnotherBank(batch:bound:asked:)``
    package func enter(with batch: BatchRecord) async throws(LedgerError) -> Answer {
        try demandAddress(of: batch)
        switch await bank.signIn() {
        case .unreachable(let reason): return .unreachable(reason)
        case .refused(let reason): return .refused(reason)
        case .ready(let isSandbox):
            return .ready(
                senderName: try ledger.bind(
                    batch, to: BankIdentity(address: address, isSandbox: isSandbox).recorded, senderName: senderName,
                    isMoved: isSameBank))
        }
    }

    /// Ends the work on a batch of which nothing is left to do. It must not pass for finished at a bank that paid nothing of
    /// it: a person's word, or a sandbox that was at this address, is held against what answers there now.
    ///
    /// - Throws: ``LedgerError/boundToAnotherBank(batch:bound:asked:)``
    package func endWithNothingToDo(for batch: BatchRecord) async throws(LedgerError) -> RunEnding {
        try demandAddress(of: batch)
        guard let bound = batch.bank.map(BankIdentity.init(recorded:)) else { return .nothingToDo }
        let isSandboxByAddress = bound.isSandbox && bound.address != nil
        guard isSandboxByAddress || bound.address != asked.address else { return .nothingToDo }
        switch try await enter(with: batch) {
        case .ready: return .nothingToDo
        case .unreachable(let reason), .refused(let reason): return .bankUnreachable(reason)
        }
    }

    private func demandAddress(of batch: BatchRecord) throws(LedgerError) {
        guard let bound = batch.bank, !isSameBank, BankIdentity(recorded: bound).address != asked.address else {
            return
        }
        throw .boundToAnotherBank(batch: batch.reference, bound: bound, asked: asked.recorded)
    }

    /// As far as the address shows it.
    private var asked: BankIdentity { BankIdentity(address: address, isSandbox: false) }
}
