package import Payouts
package import Processing
import Reports

/// Opens the bank, and knows what its codes mean.
package struct BankAccess: Sendable {
    /// Opens the bank for one run.
    package let open: @Sendable () async throws -> BankConnection
    /// What the bank's codes mean to people.
    package let catalogue: any ReasonCatalogue

    package init(
        catalogue: any ReasonCatalogue, open: @escaping @Sendable () async throws -> BankConnection
    ) {
        self.open = open
        self.catalogue = catalogue
    }
}

/// An open connection to the bank.
package struct BankConnection: Sendable {
    package let bank: any Bank
    /// The bank's address; `sandbox` for the built-in one.
    package let address: String
    /// Runs the tasks that send to the bank; `nil` for the default executor.
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

/// Thrown when a run cannot even try to reach the bank. The composition of the program words the reason.
package struct BankUnusable: Error, Hashable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
