import Payouts
import Processing
import Reports

/// The way to the bank: how it is opened, and what its codes mean.
package struct BankAccess: Sendable {
    /// Opens the bank for one run.
    package let open: @Sendable () async throws -> BankConnection
    /// What the bank's codes mean in words.
    package let texts: any ReasonTexts
    /// The refusals that hint at a common cause, such as wrong parameters.
    package let suspectCodes: Set<ReasonCode>

    package init(
        texts: any ReasonTexts, suspectCodes: Set<ReasonCode>,
        open: @escaping @Sendable () async throws -> BankConnection
    ) {
        self.open = open
        self.texts = texts
        self.suspectCodes = suspectCodes
    }
}

/// The bank while it is open.
package struct BankConnection: Sendable {
    package let bank: any Bank
    /// Where it is; `sandbox` for the built-in one.
    package let address: String
    /// Where those do their work who send to it.
    package let executor: (any TaskExecutor)?
    package let close: @Sendable () async throws -> Void

    package init(
        bank: any Bank, address: String, executor: (any TaskExecutor)? = nil,
        close: @escaping @Sendable () async throws -> Void
    ) {
        self.bank = bank
        self.address = address
        self.executor = executor
        self.close = close
    }
}

/// The bank cannot even be tried. Whoever composed the program knows why and says it.
package struct BankUnusable: Error, Hashable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
