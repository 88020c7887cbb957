public import ArgumentParser
public import MerchantAPI
public import PaymentValues

/// A number with its own validation that can be an option. A card or code must not be such an option: the parser's
/// error message repeats an invalid value.
private protocol NumberArgument: ExpressibleByArgument {
    associatedtype Invalid: Error
    init(_ number: Int64) throws(Invalid)
}

extension NumberArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        guard let number = Int64(argument) else { return nil }
        do { try self.init(number) } catch { return nil }
    }
}

extension BillID: NumberArgument {}
extension RecipientID: NumberArgument {}
extension VerificationID: NumberArgument {}
extension AgentTransactionID: NumberArgument {}

/// A text with its own validation that can be an option.
private protocol TextArgument: ExpressibleByArgument {
    associatedtype Invalid: Error
    init(_ text: String) throws(Invalid)
}

extension TextArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        do { try self.init(argument) } catch { return nil }
    }
}

extension AgentReference: TextArgument {}
extension SettlementAccount: TextArgument {}
extension BankCode: TextArgument {}

extension PaymentType: ExpressibleByArgument {}

/// Accepts an amount to move: whole tiyin, above zero.
extension Tiyin: ExpressibleByArgument {
    /// Reads a value of the command line.
    public init?(argument: String) {
        guard let count = Int64(argument), count > 0 else { return nil }
        self.init(count)
    }
}
