/// The fields of one row, as UTF-8 bytes.
///
/// It makes a `String` of a field only on demand. This and the byte comparisons below halve the time of a check.
package struct RowFields {
    private let bytes: ArraySlice<UInt8>
    /// The end of each field, counted from the first byte of the row.
    private let ends: ArraySlice<Int>
    /// The number of bytes between two fields: 1 for a delimiter, or 0.
    private let gap: Int
    /// How many empty fields follow that the file has left out.
    private let leftOut: Int
    /// The type of each cell of a workbook. `nil` for a text file.
    private let natures: ArraySlice<CellNature>?
    /// Whether a workbook hides the row.
    let isHidden: Bool

    /// Makes the fields.
    /// - Parameters:
    ///   - bytes: the row as valid UTF-8.
    ///   - ends: the end of each field, counted from the first byte of the row.
    ///   - isDelimited: whether the bytes still contain the delimiters.
    /// - natures: the type of each cell of a workbook.
    /// - leftOut: the number of empty fields at the end that the file leaves out.
    init(
        _ bytes: ArraySlice<UInt8>, ends: ArraySlice<Int>, isDelimited: Bool, natures: ArraySlice<CellNature>? = nil,
        isHidden: Bool = false, leftOut: Int = 0
    ) {
        self.bytes = bytes
        self.ends = ends
        self.natures = natures
        self.leftOut = leftOut
        self.isHidden = isHidden
        gap = isDelimited ? 1 : 0
    }

    init(_ texts: [String]) {
        var bytes: [UInt8] = []
        let ends = texts.map { text in
            bytes += text.utf8
            return bytes.count
        }
        self.init(bytes[...], ends: ends[...], isDelimited: false)
    }

    package var count: Int { ends.count + leftOut }

    /// Returns so many fields: the first ones, or all of them and then empty ones.
    func resized(to count: Int) -> RowFields {
        RowFields(
            bytes, ends: ends.prefix(count), isDelimited: gap == 1, natures: natures?.prefix(count), isHidden: isHidden,
            leftOut: max(count - ends.count, 0))
    }

    /// Returns the line inside a field in quotation marks, where that field is the whole row and has delimiters itself.
    func quotedLine(_ delimiter: UInt8) -> [UInt8]? {
        guard gap == 0, let first = ends.first, first == ends.last, bytes.prefix(first).contains(delimiter) else {
            return nil
        }
        return Array(bytes.prefix(first))
    }

    /// Returns the type of a workbook's cell, or `nil` for a typed text.
    package func nature(_ position: Int) -> CellNature? {
        guard position < ends.count, let nature = natures?[position], !nature.isTyped else { return nil }
        return nature
    }

    /// Returns the position of a field in the bytes, with the spaces around it.
    private func range(_ position: Int) -> Range<Int> {
        guard position < ends.count else { return bytes.endIndex..<bytes.endIndex }
        let start = position == 0 ? 0 : ends[position - 1] + gap
        return bytes.startIndex + start..<bytes.startIndex + ends[position]
    }

    /// Returns a field with the spaces around it.
    package func bytes(_ position: Int) -> ArraySlice<UInt8> { bytes[range(position)] }

    /// Returns a field without the spaces around it.
    func text(_ position: Int) -> String {
        trimmed(String(decoding: bytes[range(position)], as: UTF8.self))
    }

    /// All fields, each without the spaces around it.
    var texts: [String] { (0..<count).map(text) }

    /// Returns a field of digits, points and commas. Most fields are such numbers. It returns `nil` for any other
    /// field. A number needs no trimming, and no search for quotes, invisible characters or marks of Excel.
    func number(_ position: Int) -> String? {
        let field = bytes[range(position)]
        for byte in field where !Self.isDigit(byte) && byte != UInt8(ascii: ".") && byte != UInt8(ascii: ",") {
            return nil
        }
        return field.isEmpty ? nil : String(decoding: field, as: UTF8.self)
    }

    /// Returns whether a field consists of exactly this text.
    func holds(_ text: String, at position: Int) -> Bool {
        let (field, text) = (range(position), text.utf8.span)
        return field.count == text.count && text.indices.allSatisfy { text[$0] == bytes[field.lowerBound + $0] }
    }

    func digitCount(_ position: Int) -> Int {
        bytes[range(position)].count(where: Self.isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Returns whether a field may begin with an equals sign after trimming.
    func mayBeFormula(_ position: Int) -> Bool {
        guard let first = bytes[range(position)].first else { return false }
        return first == UInt8(ascii: "=") || !(33..<128).contains(first)
    }
}
