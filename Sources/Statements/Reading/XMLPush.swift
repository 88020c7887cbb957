import CExpat
import Foundation
import PayoutFiles

/// Feeds an XML document that comes in pieces to expat, and passes on its elements by their local names.
@safe final class XMLPush {
    /// Called with the local name and the attribute `Ccy`. Returns whether the name is known.
    var start: (String, String?) -> Bool = { _, _ in true }
    var end: () -> Void = {}
    var text: (Span<UInt8>) -> Void = { _ in }
    private(set) var hasDocumentType = false
    private let parser: OpaquePointer
    private var fed = 0

    /// The largest size of a tag. The parser keeps a whole tag in memory, and no statement has a larger one.
    private static let longestTag = 1 << 18
    /// The largest size of all unknown names together. The parser keeps each name to the end of the document.
    private static let mostNameBytes = 1 << 20

    private var unknownNames: Set<String> = []
    private var nameBytes = 0

    /// A document that is no well-formed XML.
    struct Malformed: Error {
        let reason: String
    }

    init() {
        guard let parser = unsafe XML_ParserCreate(nil) else { preconditionFailure("memory for a parser") }
        unsafe self.parser = parser
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        unsafe XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let name = unsafe name else { return }
                unsafe XMLPush.of(data).started(name, attributes)
            }, { data, _ in unsafe XMLPush.of(data).end() })
        unsafe XML_SetCharacterDataHandler(parser) { data, bytes, count in
            guard let bytes = unsafe bytes else { return }
            unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { letters in
                let buffer = unsafe UnsafeBufferPointer(start: letters, count: Int(count))
                unsafe XMLPush.of(data).text(buffer.span)
            }
        }
        // A statement has no document type. Only entities need one, and small ones can grow without end.
        unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            let push = unsafe XMLPush.of(data)
            push.hasDocumentType = true
            unsafe XML_StopParser(push.parser, XML_Bool(0))
        }
        unsafe XML_SetUnknownEncodingHandler(
            parser, { _, name, info in unsafe XMLPush.describe(encoding: name, info) }, nil)
    }

    deinit {
        unsafe XML_ParserFree(parser)
    }

    var line: Int { unsafe Int(XML_GetCurrentLineNumber(parser)) }

    func take(_ piece: [UInt8], isLast: Bool) throws(Malformed) {
        let status = unsafe piece.withUnsafeBytes { bytes in
            unsafe XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), isLast ? 1 : 0)
        }
        fed += piece.count
        guard unsafe fed - XML_GetCurrentByteIndex(parser) <= Self.longestTag else {
            throw Malformed(reason: "a tag is too long")
        }
        guard nameBytes <= Self.mostNameBytes else { throw Malformed(reason: "too many names") }
        guard status == XML_STATUS_OK else {
            let reason = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) }
            throw Malformed(reason: reason ?? "not well-formed")
        }
    }

    private func started(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        let known = unsafe start(Self.localName(name), Self.currency(attributes))
        let isPrefixed = unsafe strchr(name, 58) != nil
        if !known || isPrefixed { unsafe note(name) }
        guard var attribute = unsafe attributes else { return }
        while let name = unsafe attribute[0] {
            if unsafe strcmp(name, "Ccy") != 0 { unsafe note(name) }
            unsafe attribute += 2
        }
    }

    private func note(_ name: UnsafePointer<CChar>) {
        let name = unsafe String(cString: name)
        guard unknownNames.insert(name).inserted else { return }
        // An entry of the parser's tables takes about as many bytes besides its name.
        nameBytes += name.utf8.count + 100
        if nameBytes > Self.mostNameBytes { unsafe XML_StopParser(parser, XML_Bool(0)) }
    }

    private static func currency(_ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> String? {
        guard var attribute = unsafe attributes else { return nil }
        while let name = unsafe attribute[0], let value = unsafe attribute[1] {
            if unsafe strcmp(name, "Ccy") == 0 { return unsafe String(cString: value) }
            unsafe attribute += 2
        }
        return nil
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLPush {
        guard let data = unsafe data else { preconditionFailure("expat hands back what it was given") }
        return unsafe Unmanaged<XMLPush>.fromOpaque(data).takeUnretainedValue()
    }

    private static func localName(_ name: UnsafePointer<CChar>) -> String {
        guard let colon = unsafe strrchr(name, 58) else { return unsafe String(cString: name) }
        return unsafe String(cString: colon + 1)
    }

    /// Tells expat the letters of Windows-1251, which it does not know.
    private static func describe(
        encoding name: UnsafePointer<CChar>?, _ info: UnsafeMutablePointer<XML_Encoding>?
    ) -> Int32 {
        guard let name = unsafe name, let info = unsafe info else { return 0 }
        guard unsafe String(cString: name).lowercased() == "windows-1251" else { return 0 }
        unsafe withUnsafeMutableBytes(of: &info.pointee.map) { bytes in
            let map = unsafe bytes.bindMemory(to: Int32.self)
            for byte in 0..<128 { unsafe map[byte] = Int32(byte) }
            for (offset, scalar) in (CodePage[.windows1251]?.signs ?? []).enumerated() {
                unsafe map[128 + offset] = Int32(scalar.value)
            }
        }
        unsafe info.pointee.data = nil
        unsafe info.pointee.convert = nil
        unsafe info.pointee.release = nil
        return 1
    }
}
