import Foundation
import PaymentValues
package import Payouts
import WorkbookReader

/// The cards of a payout file, found by how payout shows them. A marked workbook has masked cards, and a person who
/// corrects it leaves most of them untouched.
struct OriginalCards {
    /// `nil` for a mask that two different cards have.
    private var cards: [String: CardNumber?]

    /// Finds the file with this digest and reads it. Returns `nil` if it is not there any more.
    ///
    /// - Parameters:
    ///   - digest: of the file whose copy was marked.
    ///   - places: files, or folders with files.
    init?(digest: FileDigest, among places: [String], options: PayoutFileOptions) throws {
        var options = options
        options.choices.originals = []
        guard let path = try Self.path(of: digest, among: places, options) else { return nil }
        var cards: [String: CardNumber?] = [:]
        _ = try PayoutFile.read(from: path, options: options, keepsCells: true) { row in
            guard let card = row.card else { return }
            let mask = Self.key(of: card.shown)
            if let known = cards[mask], known != card.number {
                cards[mask] = .some(nil)
            } else {
                cards[mask] = card.number
            }
        }
        self.cards = cards
    }

    /// The card that is meant; `nil` for a field without a mask, and where none or several cards of the original have it.
    subscript(masked text: String) -> CardNumber? { CardMask.isMasked(text) ? cards[Self.key(of: text)] ?? nil : nil }

    private static func key(of text: String) -> String { text.filter { !$0.isWhitespace && $0 != "-" } }

    /// More files than these are not looked at.
    private static let limit = 200

    private static func path(of digest: FileDigest, among places: [String], _ options: PayoutFileOptions) throws
        -> String?
    {
        let files = places.flatMap { place -> [String] in
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { return [] }
            guard isFolder.boolValue else { return [place] }
            let names: [String]
            do { names = try FileManager.default.contentsOfDirectory(atPath: place).sorted() } catch { return [] }
            return names.filter { name in [".csv", ".xlsx", ".txt"].contains(where: name.lowercased().hasSuffix) }
                .map { place + "/" + $0 }
        }
        return files.prefix(limit).first { path in
            do { return try PayoutFile.digest(ofFileAt: path, options: options) == digest } catch { return false }
        }
    }
}

extension Workbook {
    /// The digest of the file whose marked copy this workbook is, as its sheet of findings says.
    func digestOfOriginal(besides chosen: Sheet) throws -> FileDigest? {
        var found: FileDigest?
        for sheet in sheets where sheet != chosen && found == nil {
            var rows = 0
            try read(sheet) { row in
                rows += 1
                found = RowFields(row).texts.lazy.compactMap(FileDigest.init(mark:)).first
                return found == nil && rows < 2000
            }
        }
        return found
    }
}

extension FileDigest {
    /// Returns the text that a marked workbook has for its original.
    package var mark: String { "SHA-256 " + hex }

    fileprivate init?(mark: String) {
        guard mark.hasPrefix("SHA-256 ") else { return nil }
        self.init(hex: String(mark.dropFirst("SHA-256 ".count)))
    }
}
