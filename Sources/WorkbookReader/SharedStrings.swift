import ScratchFiles

/// The table of texts that cells refer to by number. It may be larger than the available memory. The first pages stay
/// in memory, and the others go into a scratch file.
final class SharedStrings {
    /// The number of pages from the scratch file that are kept in memory.
    private static let cachedPages = 128

    private let residentBytes: Int
    private let scratchFolder: String
    private var scratch: ScratchFile?
    private var pages: [Page] = []
    /// The number of the first text on each page.
    private var firsts: [Int] = []
    private(set) var count = 0
    private var byteCount = 0
    private var open = TextPage()
    /// Each page has one place in the cache.
    private var cache = [(page: Int, texts: TextPage)?](repeating: nil, count: cachedPages)
    private var latest: (numbers: Range<Int>, texts: TextPage)?

    private enum Page {
        case resident(TextPage)
        case stored(ScratchFile.Place)
    }

    init(residentBytes: Int, scratchFolder: String) {
        self.residentBytes = residentBytes
        self.scratchFolder = scratchFolder
    }

    /// Takes the next text.
    func append(_ text: [UInt8]) throws {
        open.append(text)
        if open.isFull { try closePage() }
    }

    /// Completes the table. Call it once, after the last text.
    func finish() throws {
        try closePage()
    }

    private func closePage() throws {
        guard open.count > 0 else { return }
        firsts.append(count)
        count += open.count
        byteCount += open.byteCount
        if byteCount <= residentBytes {
            pages.append(.resident(open))
        } else {
            pages.append(.stored(try store(open)))
        }
        open = TextPage()
    }

    private func store(_ page: TextPage) throws -> ScratchFile.Place {
        do {
            let file = try scratch ?? ScratchFile(in: scratchFolder)
            scratch = file
            return try file.append(page.encoded)
        } catch let error as ScratchFile.Failed {
            throw WorkbookError.noRoom(folder: error.folder, reason: error.reason)
        }
    }

    private func load(_ place: ScratchFile.Place) throws -> TextPage {
        guard let scratch else { preconditionFailure("a stored page is in a scratch file") }
        do {
            return TextPage(decoding: try scratch.read(place))
        } catch let error as ScratchFile.Failed {
            throw WorkbookError.noRoom(folder: error.folder, reason: error.reason)
        }
    }

    /// Appends the text with a given number to the bytes.
    ///
    /// - Returns: whether there is such a text.
    func write(_ number: Int, to bytes: inout [UInt8]) throws -> Bool {
        if let latest, latest.numbers.contains(number) {
            latest.texts.write(number - latest.numbers.lowerBound, to: &bytes)
            return true
        }
        guard number >= 0, number < count else { return false }
        let page = page(of: number)
        let texts = try texts(ofPage: page)
        let first = firsts[page]
        latest = (first..<first + texts.count, texts)
        texts.write(number - first, to: &bytes)
        return true
    }

    private func page(of number: Int) -> Int {
        var (low, high) = (0, firsts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if firsts[middle] <= number { low = middle } else { high = middle }
        }
        return low
    }

    private func texts(ofPage page: Int) throws -> TextPage {
        switch pages[page] {
        case .resident(let texts): return texts
        case .stored(let place):
            let slot = page % Self.cachedPages
            if let cached = cache[slot], cached.page == page { return cached.texts }
            let texts = try load(place)
            cache[slot] = (page, texts)
            return texts
        }
    }
}

/// Some consecutive texts, as bytes.
private final class TextPage {
    private static let size = 1 << 14

    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    init() {}

    var count: Int { ends.count }
    /// Whether the page is full. Very short texts must not make a page that consists only of ends.
    var isFull: Bool { byteCount >= Self.size }
    var byteCount: Int { bytes.count + ends.count * 4 }

    func append(_ text: [UInt8]) {
        bytes += text
        ends.append(UInt32(bytes.count))
    }

    func write(_ place: Int, to target: inout [UInt8]) {
        let start = place == 0 ? 0 : Int(ends[place - 1])
        target.append(contentsOf: bytes[start..<Int(ends[place])])
    }

    var encoded: [UInt8] {
        [UInt32(ends.count)].bytes + ends.bytes + bytes
    }

    init(decoding encoded: [UInt8]) {
        func number(_ place: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(encoded[place * 4 + $1]) << (8 * UInt32($1)) }
        }
        let count = Int(number(0))
        ends = (1..<count + 1).map(number)
        bytes = Array(encoded[((count + 1) * 4)...])
    }
}

extension [UInt32] {
    fileprivate var bytes: [UInt8] {
        flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    }
}

/// Fills the table from its part.
struct SharedStringList: XMLContent {
    private enum State {
        case document, root, item, run, text
    }

    private let strings: SharedStrings
    private let limit: Int
    private var state = State.document
    private var isInRun = false
    private var text: [UInt8] = []

    init(_ strings: SharedStrings, textBytes limit: Int) {
        self.strings = strings
        self.limit = limit
    }

    mutating func start(_ element: XMLElement) throws -> Bool {
        switch state {
        case .document:
            guard element.isNamed("sst") else { throw XMLEnd.damaged }
            state = .root
        case .root:
            guard element.isNamed("si") else { return false }
            text.removeAll(keepingCapacity: true)
            state = .item
        case .item:
            if element.isNamed("t") {
                state = .text
            } else if element.isNamed("r") {
                isInRun = true
                state = .run
            } else {
                // Skip the pronunciation of Japanese words.
                return false
            }
        case .run:
            guard element.isNamed("t") else { return false }
            state = .text
        case .text: throw XMLEnd.damaged
        }
        return true
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard state == .text else { return }
        unsafe text.append(contentsOf: bytes)
        guard text.count <= limit else { throw WorkbookError.beyondLimit(.textBytes) }
    }

    mutating func end() throws {
        switch state {
        case .text: state = isInRun ? .run : .item
        case .run:
            isInRun = false
            state = .item
        case .item:
            EscapedText.decode(&text)
            try strings.append(text)
            state = .root
        case .root, .document: state = .document
        }
    }
}
