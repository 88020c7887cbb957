/// The fields of a line without quotation marks, where they lie in memory: not to be kept, for the line goes when it was
/// looked at.
@safe struct PlainFields {
    let line: UnsafeBufferPointer<UInt8>
    /// Where each field ends; behind it stands a delimiter, or nothing.
    let ends: [Int]
    let isASCII: Bool

    var count: Int { ends.count }

    subscript(position: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
        unsafe line[(position == 0 ? 0 : ends[position - 1] + 1)..<ends[position]]
    }

    func text(_ position: Int) -> String {
        unsafe String(decoding: self[position], as: UTF8.self)
    }

    var texts: [String] { ends.indices.map(text) }

    var isValidUTF8: Bool { unsafe isASCII || String(validating: line, as: UTF8.self) != nil }
}
