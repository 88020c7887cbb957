package import Payouts
package import Processing
import Reports

/// Opens the bank, and explains its codes.
package struct BankAccess: Sendable {
    /// Opens the bank for one run.
    package let open: @Sendable () async throws -> BankConnection
    /// Explains the bank's codes to people.
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
    /// The bank's address, or `sandbox` for the built-in sandbox.
    package let address: String
    /// Runs the tasks that send to the bank. `nil` stands for the default executor.
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

/// An error for a bank that a run cannot even try to reach. The main program words the reason.
package struct BankUnusable: Error, Hashable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
