/// A number as a workbook stores it, read without loss: in decimal, never as a binary fraction.
struct StoredNumber {
    /// Spreadsheets keep this many digits of a number.
    static let exactDigits = 15
    /// A number with more digits before its point is nothing that people pay.
    private static let longest = 30

    let isNegative: Bool
    /// Without zeros at either end; empty for zero.
    private(set) var digits: [UInt8]
    /// How many digits are before the point: negative if zeros follow it.
    private(set) var pointPlace: Int
    /// Whether the number has more digits than a spreadsheet keeps, so that its last ones cannot be relied on.
    private(set) var isLong = false

    /// Returns `nil` for text that is no number of XML: `1 500`, `1,5`, `NaN`.
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

    /// Rounds decimals to 15 digits, as spreadsheets show them: 1.1 is stored as 1.1000000000000001. A long whole number
    /// stays as it is stored, without decimals.
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

    /// The whole part; `nil` for a negative number and one that is too large for a date.
    var wholePart: Int? {
        guard !isNegative, pointPlace <= 9 else { return nil }
        return (0..<max(pointPlace, 0)).reduce(0) { $0 * 10 + Int($1 < digits.count ? digits[$1] - 48 : 0) }
    }

    /// The minutes of a day that the decimals are.
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
    /// - Parameter width: how many digits the whole part has at least.
    func write(to bytes: inout [UInt8], width: Int) {
        guard abs(pointPlace) <= Self.longest else {
            // Nobody reads so many zeros.
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
