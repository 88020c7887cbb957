/// A number as a workbook stores it. It is read exactly, as a decimal and never as a binary fraction.
struct StoredNumber {
    /// The number of digits that spreadsheets keep.
    static let exactDigits = 15
    /// The largest number of digits before the point. Nobody pays an amount with more.
    private static let longest = 30

    let isNegative: Bool
    /// The digits without zeros at either end. It is empty for zero.
    private(set) var digits: [UInt8]
    /// The number of digits before the point. It is negative if zeros follow the point.
    private(set) var pointPlace: Int
    /// Whether the number has more digits than a spreadsheet keeps. Then its last digits cannot be trusted.
    private(set) var isLong = false

    /// Reads a number. Returns `nil` for a text that is not a number in XML: `1 500`, `1,5`, `NaN`.
    init?(_ text: some Collection<UInt8>) {
        var rest = text[...]
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Array(rest.prefix(while: Self.isDigit))
            rest = rest.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var exponent = 0
        if rest.first == UInt8(ascii: "E") || rest.first == UInt8(ascii: "e") {
            rest.removeFirst()
            let isDown = rest.first == UInt8(ascii: "-")
            if isDown || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard (1...3).contains(rest.count), rest.allSatisfy(Self.isDigit) else { return nil }
            exponent = rest.reduce(0) { $0 * 10 + Int($1 - 48) } * (isDown ? -1 : 1)
            rest = rest.dropFirst(rest.count)
        }
        guard rest.isEmpty else { return nil }
        digits = Array(whole) + fraction
        pointPlace = whole.count + exponent
        trim()
        round()
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    private mutating func trim() {
        let zeros = digits.prefix { $0 == 48 }.count
        digits.removeFirst(zeros)
        pointPlace -= zeros
        while digits.last == 48 { digits.removeLast() }
        if digits.isEmpty { pointPlace = 0 }
    }

    /// Rounds decimals to 15 digits, as spreadsheets show them: 1.1 is stored as 1.1000000000000001. Long whole numbers
    /// do not change.
    private mutating func round() {
        isLong = pointPlace > Self.exactDigits
        if isLong { digits.removeSubrange(min(pointPlace, digits.count)...) }
        guard !isLong, digits.count > Self.exactDigits else { return }
        let isUp = digits[Self.exactDigits] >= UInt8(ascii: "5")
        digits.removeSubrange(Self.exactDigits...)
        if isUp { increment() }
        trim()
        isLong = pointPlace > Self.exactDigits
    }

    private mutating func increment() {
        for place in digits.indices.reversed() {
            if digits[place] < UInt8(ascii: "9") {
                digits[place] += 1
                return
            }
            digits[place] = UInt8(ascii: "0")
        }
        digits.insert(UInt8(ascii: "1"), at: 0)
        pointPlace += 1
    }

    var isWhole: Bool { digits.count <= pointPlace || digits.isEmpty }

    /// The whole part. `nil` for a negative number, and for one that is too large for a date.
    var wholePart: Int? {
        guard !isNegative, pointPlace <= 9 else { return nil }
        return (0..<max(pointPlace, 0)).reduce(0) { $0 * 10 + Int($1 < digits.count ? digits[$1] - 48 : 0) }
    }

    /// The decimals as minutes of a day.
    var minutes: Int {
        let decimals = digits.indices.filter { $0 >= pointPlace }.prefix(9)
        let fraction = decimals.reduce(0.0) { sum, place in
            var part = Double(digits[place] - 48)
            for _ in 0...(place - pointPlace) { part /= 10 }
            return sum + part
        }
        return min(Int((fraction * 1440).rounded()), 1439)
    }

    /// Writes the number without an exponent.
    ///
    /// - Parameter width: the smallest number of digits of the whole part.
    func write(to bytes: inout [UInt8], width: Int) {
        guard abs(pointPlace) <= Self.longest else {
            // Use an exponent here: nobody could read so many zeros.
            bytes += Array("\(isNegative ? "-" : "")\(String(decoding: digits, as: UTF8.self))E\(pointPlace)".utf8)
            return
        }
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        for _ in 0..<max(width - max(pointPlace, 0), pointPlace <= 0 ? 1 : 0) { bytes.append(UInt8(ascii: "0")) }
        for place in 0..<max(pointPlace, 0) {
            bytes.append(place < digits.count ? digits[place] : UInt8(ascii: "0"))
        }
        guard !isWhole else { return }
        bytes.append(UInt8(ascii: "."))
        for _ in 0..<max(-pointPlace, 0) { bytes.append(UInt8(ascii: "0")) }
        bytes += digits[max(pointPlace, 0)...]
    }
}
