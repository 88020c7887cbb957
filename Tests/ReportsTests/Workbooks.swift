import Foundation

/// The content of a workbook as another program, openpyxl, reads it.
struct Workbooks {
    struct Cell: Decodable, Equatable {
        let value: String?
        /// The cell type of openpyxl: `s` text, `n` number, `f` formula.
        let type: String
        let format: String
    }

    struct Page: Decodable {
        let title: String
        let cells: [[Cell]]
        let freeze: String?
        let filter: String?
        let orientation: String
        let paper: String?
        let titleRows: String?
        let printArea: String?
        let hidden: [String]
        let fitToPage: Bool
        /// The text in the middle of the footer.
        let footer: String?
        /// The ranges where a line is drawn under each cell, filled or empty.
        let lined: [String]
    }

    let pages: [Page]

    private static let script = """
        import json, sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        print(json.dumps([dict(
            title=s.title, freeze=s.freeze_panes, filter=s.auto_filter.ref, orientation=s.page_setup.orientation,
            paper=None if s.page_setup.paperSize is None else str(s.page_setup.paperSize),
            lined=[str(area.sqref) for area in s.conditional_formatting for rule in area.rules
                   if rule.formula == ["TRUE"] and rule.dxf.border.bottom.style == "thin"],
            titleRows=s.print_title_rows, printArea=str(s.print_area) if s.print_area else None,
            hidden=[name for name, column in s.column_dimensions.items() if column.hidden], footer=s.oddFooter.center.text, fitToPage=bool(s.sheet_properties.pageSetUpPr.fitToPage),
            cells=[[dict(value=None if c.value is None else str(c.value), type=c.data_type, format=c.number_format)
                    for c in row] for row in s.iter_rows()]) for s in book.worksheets]))
        """

    init(_ path: String) throws {
        pages = try JSONDecoder().decode([Page].self, from: Python.output(Self.script, path))
    }

    subscript(title: String) -> Page? { pages.first { $0.title == title } }
}

enum Python {
    static func output(_ script: String, _ path: String) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}
