import Foundation

/// An XLSX file as openpyxl reads it.
struct Spreadsheet {
    let names: [String]
    private let sheets: [String: [[String]]]

    private static let script = """
        import json, sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1], data_only=True)
        print(json.dumps([[s.title, [["" if c is None else str(c) for c in r] for r in s.iter_rows(values_only=True)]]
                          for s in book.worksheets]))
        """

    init(_ path: String) throws {
        let text = try Python.output(of: Self.script, path)
        let pairs = try JSONSerialization.jsonObject(with: text) as? [[Any]] ?? []
        names = pairs.compactMap { $0.first as? String }
        sheets = Dictionary(uniqueKeysWithValues: zip(names, pairs.compactMap { $0.last as? [[String]] }))
    }

    func rows(of sheet: String) -> [[String]] { sheets[sheet] ?? [] }
}
