import ArgumentParser
import MerchantAPI
import Payouts

/// A number with its own validation, usable as an option. Cards and codes must not be such options: the parser's error
/// message repeats an invalid value.
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

/// Accepts an amount to move: whole tiyin, above zero.
extension Tiyin: ExpressibleByArgument {
    public init?(argument: String) {
        guard let count = Int64(argument), count > 0 else { return nil }
        self.init(count)
    }
}
