import Payouts

/// An amount as it is written in a file.
enum AmountText {
    /// Digits alone.
    static func tiyin(_ text: String) throws(Problem) -> Tiyin {
        if text.utf8.allSatisfy(\.isASCIIDigit) { return try counted(text.utf8) }
        let magnitude = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = magnitude.split(separator: /[.,]/, omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }) else {
            throw .amountNotANumber
        }
        throw text.hasPrefix("-") ? .amountNotPositive : .amountNotWhole
    }

    /// Digits, then perhaps a point or a comma and one or two digits.
    static func som(_ text: String) throws(Problem) -> Tiyin {
        let magnitude = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = magnitude.split(separator: /[.,]/, omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }) else {
            throw .amountNotANumber
        }
        if text.hasPrefix("-") { throw .amountNotPositive }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.utf8.count <= 2 else { throw .amountHasTooManyDecimals }
        return try counted((parts[0] + decimals + String(repeating: "0", count: 2 - decimals.utf8.count)).utf8)
    }

    private static func counted(_ digits: some Sequence<UInt8>) throws(Problem) -> Tiyin {
        var count: Int64 = 0
        for digit in digits {
            let (tens, isTooLarge) = count.multipliedReportingOverflow(by: 10)
            let (sum, isStillTooLarge) = tens.addingReportingOverflow(Int64(digit) - 48)
            if isTooLarge || isStillTooLarge { throw .amountTooLarge }
            count = sum
        }
        guard count > 0 else { throw .amountNotPositive }
        return Tiyin(count)
    }
}
