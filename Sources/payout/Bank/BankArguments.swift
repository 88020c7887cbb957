public import ArgumentParser
public import MerchantAPI
public import PaymentValues

/// The values that methods take on the command line, each under its own rules. Cards and codes are not among them: an option
/// that cannot be used is repeated in its error.
extension BillID: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        guard let number = Int64(argument) else { return nil }
        do { try self.init(number) } catch { return nil }
    }
}

extension RecipientID: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        guard let number = Int64(argument) else { return nil }
        do { try self.init(number) } catch { return nil }
    }
}

extension VerificationID: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        guard let number = Int64(argument) else { return nil }
        do { try self.init(number) } catch { return nil }
    }
}

extension AgentTransactionID: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        guard let number = Int64(argument) else { return nil }
        do { try self.init(number) } catch { return nil }
    }
}

extension AgentReference: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        do { try self.init(argument) } catch { return nil }
    }
}

extension SettlementAccount: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        do { try self.init(argument) } catch { return nil }
    }
}

extension BankCode: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        do { try self.init(argument) } catch { return nil }
    }
}

extension PaymentType: ExpressibleByArgument {}

/// A sum to be moved: whole tiyin, above zero.
extension Tiyin: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        guard let count = Int64(argument), count > 0 else { return nil }
        self.init(count)
    }
}
