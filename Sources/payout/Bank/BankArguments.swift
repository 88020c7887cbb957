import ArgumentParser
import MerchantAPI
import Payouts

/// The values that methods take on the command line, each under its own rules. Cards and codes are not among them: an option
/// that cannot be used is repeated in its error.
private protocol NumberArgument: ExpressibleByArgument {
    init?(_ number: Int64)
}

extension NumberArgument {
    public init?(argument: String) {
        guard let number = Int64(argument) else { return nil }
        self.init(number)
    }
}

extension BillID: NumberArgument {}
extension RecipientID: NumberArgument {}
extension VerificationID: NumberArgument {}
extension AgentTransactionID: NumberArgument {}

extension AgentReference: ExpressibleByArgument {
    public init?(argument: String) {
        do { try self.init(argument) } catch { return nil }
    }
}

extension SettlementAccount: ExpressibleByArgument {
    public init?(argument: String) {
        do { try self.init(argument) } catch { return nil }
    }
}

extension BankCode: ExpressibleByArgument {
    public init?(argument: String) {
        do { try self.init(argument) } catch { return nil }
    }
}

extension PaymentType: ExpressibleByArgument {}

/// A sum to be moved: whole tiyin, above zero.
extension Tiyin: ExpressibleByArgument {
    public init?(argument: String) {
        guard let count = Int64(argument), count > 0 else { return nil }
        self.init(count)
    }
}
