/// An amount of money in whole tiyin (1/100 so'm). Additions check for overflow.
///
///     let sum = try Tiyin(150_000).adding(Tiyin(50))   // 1 500,50 so'm
public struct Tiyin: Hashable, Sendable, Comparable, Codable {
    /// The amount in tiyin. Only a difference can be negative.
    public let count: Int64

    /// The amount of zero.
    public static let zero = Tiyin(0)

    /// Takes an amount in tiyin.
    public init(_ count: Int64) {
        self.count = count
    }

    /// Adds two amounts.
    /// - Throws: ``Overflow`` if the sum does not fit into 64 bits.
    public func adding(_ other: Tiyin) throws(Overflow) -> Tiyin {
        let (sum, overflow) = count.addingReportingOverflow(other.count)
        if overflow { throw Overflow() }
        return Tiyin(sum)
    }

    /// Compares by amount.
    public static func < (left: Tiyin, right: Tiyin) -> Bool {
        left.count < right.count
    }

    /// Reads a whole number of tiyin.
    public init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes a whole number of tiyin.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }

    /// An error for a total that does not fit into 64 bits.
    public struct Overflow: Error, CustomStringConvertible {
        /// One sentence for a person.
        public var description: String {
            "the sum of the amounts is too large to be counted (over 92 quadrillion so‘m)"
        }
    }
}

extension Tiyin: CustomStringConvertible {
    /// The amount in so'm with two decimals, grouped by spaces: `1 234 567,89`.
    public var description: String {
        let magnitude = count.magnitude
        let fraction = magnitude % 100
        let sign = count < 0 ? "-" : ""
        return sign + (magnitude / 100).grouped + "," + (fraction < 10 ? "0" : "") + String(fraction)
    }
}
