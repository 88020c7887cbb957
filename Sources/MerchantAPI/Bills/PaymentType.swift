/// The kind of a payment (`type`; BM-MERCHANT-API 6.1, methods 7, 8 and 10). The document lists no kinds. The kinds
/// here come from its samples.
public struct PaymentType: RawRepresentable, Hashable, Sendable {
    /// The bank's word.
    public let rawValue: String

    /// Takes any word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `PC`, in the samples of methods 7 and 8.
    public static let processingCentre = PaymentType(rawValue: "PC")
    /// `UZCARD`, in the sample of method 10, where it is used for a Humo card.
    public static let uzcard = PaymentType(rawValue: "UZCARD")
}
