import CExpat
import Foundation

/// One part of a workbook. It is parsed while its bytes come out of the archive.
struct XMLPart {
    private static let separator: XML_Char = 1

    let entry: Archive.Entry
    let archive: Archive
    /// The namespaces that the root element may have.
    let namespaces: [String]
    let limits: WorkbookLimits

    /// Parses the part to its end, or until the content throws ``XMLEnd/enough``.
    ///
    /// - Throws: ``WorkbookError``, ``XMLEnd/foreign``, or an error of the content.
    func parse<Content: XMLContent>(into content: inout Content) throws {
        guard let parser = unsafe XML_ParserCreateNS(nil, Self.separator) else {
            throw unsafe WorkbookError.unreadable(reason: String(cString: strerror(ENOMEM)))
        }
        defer { unsafe XML_ParserFree(parser) }
        do {
            // Expat's callbacks cannot be generic. They reach the content through closures.
            try unsafe withUnsafeMutablePointer(to: &content) { content in
                var callbacks = unsafe Callbacks(
                    parser: parser, limits: limits,
                    namespaces: namespaces.map { $0.utf8.map { XML_Char(bitPattern: $0) } + [Self.separator] },
                    start: { try unsafe content.pointee.start($0) }, text: { try unsafe content.pointee.text($0) },
                    end: { try unsafe content.pointee.end() })
                try unsafe withUnsafeMutablePointer(to: &callbacks) { callbacks in
                    unsafe Self.set(callbacks, on: parser)
                    try unsafe feed(parser, callbacks)
                }
            }
        } catch XMLEnd.enough {
        } catch XMLEnd.damaged {
            let place = content.place
            throw WorkbookError.damaged(WorkbookError.Place(part: entry.name, row: place.row, column: place.column))
        }
    }

    private func feed(_ parser: XML_Parser, _ callbacks: UnsafeMutablePointer<Callbacks>) throws {
        var fed = 0
        try unsafe archive.read(entry) { piece in
            fed += piece.count
            let bytes = unsafe piece.assumingMemoryBound(to: CChar.self).baseAddress
            let status = unsafe XML_Parse(parser, bytes, Int32(piece.count), piece.isEmpty ? 1 : 0)
            if let failure = unsafe callbacks.pointee.failure { throw failure }
            guard status == XML_STATUS_OK else { throw XMLEnd.damaged }
            // The parser keeps a tag in memory until the tag is complete.
            guard unsafe fed - XML_GetCurrentByteIndex(parser) <= limits.tagBytes else { throw XMLEnd.damaged }
        }
    }

    private static func set(_ callbacks: UnsafeMutablePointer<Callbacks>, on parser: XML_Parser) {
        unsafe XML_SetUserData(parser, callbacks)
        unsafe XML_SetElementHandler(
            parser,
            { callbacks, name, attributes in
                guard let name = unsafe name, let attributes = unsafe attributes else { return }
                unsafe Callbacks.at(callbacks).pointee.started(name, attributes)
            },
            { callbacks, _ in unsafe Callbacks.at(callbacks).pointee.ended() })
        unsafe XML_SetStartNamespaceDeclHandler(parser) { callbacks, prefix, _ in
            guard let prefix = unsafe prefix else { return }
            unsafe Callbacks.at(callbacks).pointee.declared(prefix)
        }
        unsafe XML_SetCharacterDataHandler(parser) { callbacks, bytes, count in
            guard let bytes = unsafe bytes else { return }
            unsafe Callbacks.at(callbacks).pointee.got(bytes, Int(count))
        }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { callbacks, _, _, _, _ in
            unsafe Callbacks.at(callbacks).pointee.fail(WorkbookError.unsafe(.entities))
        }
    }
}

/// The callbacks of the parser. They skip the elements that the content does not want.
@safe private struct Callbacks {
    let parser: XML_Parser
    let limits: WorkbookLimits
    let namespaces: [[XML_Char]]
    let start: (XMLElement) throws -> Bool
    let text: (UnsafeBufferPointer<UInt8>) throws -> Void
    let end: () throws -> Void

    /// The namespace of the root element, followed by the separator.
    private var namespace: [XML_Char] = []
    private var elementCount = 0
    private var depth = 0
    private var skippedDepth = 0
    /// The parser keeps every name in memory to the end of the part.
    private var names: Set<String> = []
    private var prefixes: Set<String> = []
    private var nameBytes = 0
    private(set) var failure: (any Error)?

    init(
        parser: XML_Parser, limits: WorkbookLimits, namespaces: [[XML_Char]],
        start: @escaping (XMLElement) throws -> Bool,
        text: @escaping (UnsafeBufferPointer<UInt8>) throws -> Void, end: @escaping () throws -> Void
    ) {
        unsafe self.parser = unsafe parser
        self.limits = limits
        self.namespaces = namespaces
        self.start = start
        unsafe self.text = unsafe text
        self.end = end
    }

    /// Returns the object that ``XMLPart`` gave to the parser.
    static func at(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Callbacks> {
        guard let pointer = unsafe pointer else { preconditionFailure("the parser hands back what it was given") }
        return unsafe pointer.assumingMemoryBound(to: Callbacks.self)
    }

    mutating func fail(_ error: any Error) {
        // The parser may still call back after it was stopped.
        if failure == nil { failure = error }
        unsafe XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    mutating func started(_ name: UnsafePointer<XML_Char>, _ attributes: UnsafePointer<UnsafePointer<XML_Char>?>) {
        guard failure == nil else { return }
        elementCount += 1
        guard elementCount <= limits.elements else { return fail(WorkbookError.beyondLimit(.elements)) }
        depth += 1
        guard depth <= limits.nesting else { return fail(WorkbookError.beyondLimit(.nesting)) }
        unsafe note(attributes)
        if skippedDepth > 0 {
            skippedDepth += 1
            return unsafe note(name)
        }
        if depth == 1 {
            guard let own = namespaces.first(where: { unsafe Self.has(name, $0) }) else { return fail(XMLEnd.foreign) }
            namespace = own
        }
        do {
            guard unsafe Self.has(name, namespace),
                try unsafe start(XMLElement(name: name + namespace.count, attributes: attributes))
            else {
                skippedDepth = 1
                return unsafe note(name)
            }
        } catch {
            fail(error)
        }
    }

    mutating func declared(_ prefix: UnsafePointer<XML_Char>) {
        let prefix = unsafe String(cString: prefix)
        guard prefixes.insert(prefix).inserted else { return }
        weigh(prefix)
        if prefixes.count > limits.prefixes { fail(WorkbookError.beyondLimit(.elements)) }
    }

    /// Notes the names of attributes. So few have one letter that they need no limit, and each cell has them.
    private mutating func note(_ attributes: UnsafePointer<UnsafePointer<XML_Char>?>) {
        var attribute = unsafe attributes
        while let name = unsafe attribute[0] {
            if unsafe name[0] != 0, unsafe name[1] != 0 { unsafe note(name) }
            unsafe attribute += 2
        }
    }

    private mutating func note(_ name: UnsafePointer<XML_Char>) {
        let name = unsafe String(cString: name)
        if names.insert(name).inserted { weigh(name) }
    }

    private mutating func weigh(_ name: String) {
        nameBytes += name.utf8.count + 100
        if nameBytes > limits.nameBytes { fail(WorkbookError.beyondLimit(.elements)) }
    }

    private static func has(_ name: UnsafePointer<XML_Char>, _ namespace: [XML_Char]) -> Bool {
        unsafe strncmp(name, namespace, namespace.count) == 0
    }

    mutating func ended() {
        guard failure == nil else { return }
        depth -= 1
        if skippedDepth > 0 {
            skippedDepth -= 1
            return
        }
        do { try end() } catch { fail(error) }
    }

    mutating func got(_ bytes: UnsafePointer<XML_Char>, _ count: Int) {
        guard skippedDepth == 0, failure == nil else { return }
        do {
            try unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
                try unsafe text(UnsafeBufferPointer(start: $0, count: count))
            }
        } catch {
            fail(error)
        }
    }
}
