/// The formats of cells, as far as they change the meaning of a number.
struct CellStyles {
    enum Format: Hashable {
        case plain
        case date
        /// The format `00000`, which shows leading zeros up to a number of digits.
        case zeros(Int)
    }

    private var formats: [Format] = [.plain]

    /// Makes the formats of a workbook that has no part for them.
    init() {}

    init(_ entry: Archive.Entry, of archive: Archive, limits: WorkbookLimits) throws {
        var list = StyleList(maximum: limits.styles)
        try XMLPart(entry: entry, archive: archive, namespaces: Namespace.main, limits: limits).parse(into: &list)
        formats = list.formats
    }

    /// Returns the format of a style, or `nil` if the workbook does not have the style.
    subscript(style: Int) -> Format? {
        if style < formats.count { return formats[style] }
        // Some programs leave out the single usual style.
        return style == 0 ? .plain : nil
    }
}

private struct StyleList: XMLContent {
    private enum State {
        case document, root, numberFormats, cellFormats
    }

    private var state = State.document
    private var custom: [Int: CellStyles.Format] = [:]
    private let maximum: Int
    private(set) var formats: [CellStyles.Format] = []

    init(maximum: Int) {
        self.maximum = maximum
    }

    mutating func start(_ element: XMLElement) throws -> Bool {
        switch state {
        case .document:
            guard element.isNamed("styleSheet") else { throw XMLEnd.damaged }
            state = .root
        case .root:
            // The number formats come first in every workbook.
            if element.isNamed("numFmts") {
                state = .numberFormats
            } else if element.isNamed("cellXfs") {
                state = .cellFormats
            } else {
                return false
            }
        case .numberFormats:
            if element.isNamed("numFmt"), let id = element.attribute("numFmtId").flatMap({ Int($0) }),
                let code = element.attribute("formatCode")
            {
                guard custom.count < maximum else { throw WorkbookError.beyondLimit(.styles) }
                custom[id] = CellStyles.Format(code: code)
            }
            return false
        case .cellFormats:
            if element.isNamed("xf") {
                guard formats.count < maximum else { throw WorkbookError.beyondLimit(.styles) }
                let id = element.attribute("numFmtId").flatMap { Int($0) } ?? 0
                formats.append(custom[id] ?? CellStyles.Format(builtIn: id))
            }
            return false
        }
        return true
    }

    mutating func end() {
        state = state == .root ? .document : .root
    }
}

extension CellStyles.Format {
    /// Makes a format that every workbook has implicitly, including those of East Asia.
    init(builtIn id: Int) {
        switch id {
        case 14...22, 27...36, 45...47, 50...58: self = .date
        default: self = .plain
        }
    }

    /// Reads a format.
    /// - Parameter code: for example `dd.mm.yyyy`, `[$-419]mmmm yyyy;@`, `00000` or `#,##0.00" сум"`.
    init(code: String) {
        if !code.isEmpty, code.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) {
            self = code.utf8.count > 1 ? .zeros(min(code.utf8.count, 20)) : .plain
            return
        }
        self = Self.showsADate(code) ? .date : .plain
    }

    /// Returns whether the section for positive numbers has a letter of a date, outside quotes and brackets.
    private static func showsADate(_ code: String) -> Bool {
        var isQuoted = false
        var isSkipped = false
        var bracket: String?
        for character in code {
            if isSkipped {
                isSkipped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if let text = bracket {
                // `[h]` counts hours. `[Red]` and `[$-419]` have nothing to do with dates.
                if character == "]" {
                    if ["h", "hh", "m", "mm", "s", "ss"].contains(text.lowercased()) { return true }
                    bracket = nil
                } else {
                    bracket = text + String(character)
                }
            } else {
                switch character {
                case "\"": isQuoted = true
                case "\\", "_", "*": isSkipped = true
                case "[": bracket = ""
                case ";": return false
                case "d", "D", "m", "M", "y", "Y", "h", "H", "s", "S": return true
                default: break
                }
            }
        }
        return false
    }
}
