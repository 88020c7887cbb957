import Foundation
import PaymentValues
import Statements

/// The names of columns that people have given for a bank: a file beside the ledger. If it is lost, they are asked for
/// again.
struct RememberedColumns {
    private let file: URL

    init(ledger path: String) {
        file = URL(fileURLWithPath: path + ".columns")
    }

    func names(of bank: BankCode) throws -> ColumnNames { try all()[bank.digits] ?? ColumnNames() }

    func remember(_ names: ColumnNames, of bank: BankCode) throws {
        var all = try all()
        let known = all[bank.digits] ?? ColumnNames()
        guard known != known.adding(names) else { return }
        all[bank.digits] = known.adding(names)
        try JSONEncoder().encode(all).write(to: file, options: .atomic)
    }

    private func all() throws -> [String: ColumnNames] {
        guard FileManager.default.fileExists(atPath: file.path) else { return [:] }
        return try JSONDecoder().decode([String: ColumnNames].self, from: Data(contentsOf: file))
    }
}
