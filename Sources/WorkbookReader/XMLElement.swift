import CExpat

/// An element that has just started. It is valid only during the call.
@safe struct XMLElement {
    private let name: UnsafePointer<XML_Char>
    private let attributes: UnsafePointer<UnsafePointer<XML_Char>?>

    init(name: UnsafePointer<XML_Char>, attributes: UnsafePointer<UnsafePointer<XML_Char>?>) {
        unsafe self.name = unsafe name
        unsafe self.attributes = unsafe attributes
    }

    func isNamed(_ text: StaticString) -> Bool { unsafe XMLText(name) == text }

    /// Calls `body` with the name and the value of each attribute. A namespace precedes its name, separated by U+0001.
    func forEachAttribute(_ body: (XMLText, XMLText) throws -> Void) rethrows {
        var place = unsafe attributes
        while let name = unsafe place[0], let value = unsafe place[1] {
            try unsafe body(XMLText(name), XMLText(value))
            unsafe place += 2
        }
    }

    /// Returns an attribute without a namespace.
    func attribute(_ name: StaticString) -> String? {
        var found: String?
        forEachAttribute { if $0 == name { found = $1.string } }
        return found
    }

    /// Returns an attribute with any of these namespaces.
    func attribute(_ name: String, in namespaces: [String]) -> String? {
        let names = namespaces.map { "\($0)\u{1}\(name)" }
        var found: String?
        forEachAttribute { if names.contains($0.string) { found = $1.string } }
        return found
    }
}

/// A text of the parser that ends with a 0.
@safe struct XMLText {
    private let pointer: UnsafePointer<XML_Char>

    init(_ pointer: UnsafePointer<XML_Char>) {
        unsafe self.pointer = unsafe pointer
    }

    var string: String { unsafe String(cString: pointer) }

    subscript(place: Int) -> UInt8 { unsafe UInt8(bitPattern: pointer[place]) }

    static func == (text: XMLText, other: StaticString) -> Bool {
        let bytes = unsafe other.utf8Start
        var place = 0
        while place < other.utf8CodeUnitCount {
            guard unsafe text[place] == bytes[place] else { return false }
            place += 1
        }
        return text[place] == 0
    }

    /// Whether the text is `1` or `true`.
    var isTrue: Bool { self == "1" || self == "true" }

    /// The number without a sign, of at most nine digits. `nil` for any other text.
    var number: Int? {
        var number = 0
        var place = 0
        while self[place] != 0 {
            let digit = self[place] &- UInt8(ascii: "0")
            guard digit < 10, place < 9 else { return nil }
            number = number * 10 + Int(digit)
            place += 1
        }
        return place > 0 ? number : nil
    }
}
