import Foundation
package import PayoutFiles

/// Remembers the columns that people named in earlier files, in a file beside the ledger. If that file is lost, people
/// are asked again.
package struct RememberedHeadings {
    /// By the headings of a file, the name of the column at each place. The name is empty for a column that is not used.
    private typealias Names = [String: [Int: String]]

    private let file: URL

    package init(ledger path: String) {
        file = URL(fileURLWithPath: path + ".headings")
    }

    /// Adds to the choices what was said about earlier files.
    package func add(to choices: inout FileChoices) throws {
        for (headings, columns) in try all() {
            choices.remembered[HeadingsKey(remembered: headings)] = columns.mapValues(Column.init)
        }
    }

    /// Remembers what a person said about a file.
    package func remember(_ file: PayoutFile, _ choices: FileChoices) throws {
        let said = file.headings.filter { $0.row == choices.headerRow && choices.places[$0.place] != nil }
        guard let key = file.headingsKey, !said.isEmpty else { return }
        var all = try all()
        let columns = said.filter(\.mayBeRemembered).map { ($0.place, $0.column?.rawValue ?? "") }
        all[key.text] = Dictionary(uniqueKeysWithValues: columns)
        try JSONEncoder().encode(all).write(to: self.file, options: .atomic)
    }

    private func all() throws -> Names {
        guard FileManager.default.fileExists(atPath: file.path) else { return [:] }
        return try JSONDecoder().decode(Names.self, from: Data(contentsOf: file))
    }
}
