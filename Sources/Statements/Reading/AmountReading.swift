import PaymentValues

extension Tiyin {
    /// Reads an amount in so'm as statements write it: `1234.56`, `1 234 567,89`, `1,234,567.89`, `-5.00`.
    ///
    /// Returns `nil` for a text with two readings, such as `1,234`, and for more decimals than a tiyin has.
    init?(som text: some Collection<UInt8>) {
        var digits: [UInt8] = []
        var marks: [(place: Int, mark: UInt8)] = []
        var isNegative = false
        var isFirst = true
        for byte in text {
            switch byte {
            case UInt8(ascii: "-") where isFirst: isNegative = true
            case UInt8(ascii: "."), UInt8(ascii: ","):
                guard !digits.isEmpty else { return nil }
                marks.append((digits.count, byte))
            // Spaces group thousands: the usual one, and the bytes of two that do not break in UTF-8.
            case UInt8(ascii: " "), 0xC2, 0xA0, 0xE2, 0x80, 0xAF: continue
            default:
                guard byte.isDecimalDigit, digits.count < 19 else { return nil }
                digits.append(byte & 15)
            }
            isFirst = false
        }
        guard !digits.isEmpty else { return nil }
        var decimals = 0
        if let last = marks.last {
            let behind = digits.count - last.place
            let isGrouped = marks.dropLast().allSatisfy { $0.mark != last.mark }
            guard behind > 0 else { return nil }
            if behind == 3 || !isGrouped { return nil }
            decimals = behind
            // Marks before the decimals group thousands.
            for (index, mark) in marks.dropLast().enumerated() {
                let next = marks[index + 1].place
                guard next - mark.place == 3 else { return nil }
            }
        }
        guard digits.suffix(max(decimals - 2, 0)).allSatisfy({ $0 == 0 }) else { return nil }
        let kept = digits.dropLast(max(decimals - 2, 0))
        var count: Int64 = 0
        for digit in kept {
            let (tens, overflow) = count.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(Int64(digit))
            if overflow || more { return nil }
            count = sum
        }
        let missing: Int64 = decimals == 0 ? 100 : decimals == 1 ? 10 : 1
        let (tiyin, overflow) = count.multipliedReportingOverflow(by: missing)
        if overflow { return nil }
        self.init(isNegative ? -tiyin : tiyin)
    }
}
