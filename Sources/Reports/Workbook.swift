import CXLSXWriter
import Foundation

/// A workbook that libxlsxwriter writes row by row, in constant memory. Text is always written as text, so nothing from
/// outside can become a formula.
final class Workbook {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var isOpen = true

    /// - Parameter path: the file to write; the temporary files of the sheets are in the same folder.
    init(path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard let temporary = strdup(folder) else { throw ReportFile.Failure(errno: errno) }
        defer { free(temporary) }
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.tmpdir = temporary
        guard let book = workbook_new_opt(path, &options) else {
            throw ReportFile.Failure("libxlsxwriter could not begin the file")
        }
        self.book = book
    }

    deinit {
        if isOpen { lxw_workbook_free(book) }
    }

    func sheet(_ name: String) throws -> Sheet {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw ReportFile.Failure("libxlsxwriter refused the sheet \(name)")
        }
        return Sheet(sheet)
    }

    func format(_ settings: (UnsafeMutablePointer<lxw_format>) -> Void) -> Format {
        guard let format = workbook_add_format(book) else { preconditionFailure("out of memory") }
        settings(format)
        return Format(pointer: format)
    }

    func setProperties(title: String) {
        var properties = lxw_doc_properties()
        title.withCString { text in
            properties.title = UnsafeMutablePointer(mutating: text)
            workbook_set_properties(book, &properties)
        }
        workbook_set_custom_property_string(book, KnownReport.mark.name, KnownReport.mark.value)
    }

    /// Completes the file.
    func close() throws {
        isOpen = false
        try Self.check(workbook_close(book))
    }

    static func check(_ error: lxw_error) throws {
        guard error != LXW_NO_ERROR else { return }
        throw ReportFile.Failure(String(cString: lxw_strerror(error)))
    }

    struct Format {
        let pointer: UnsafeMutablePointer<lxw_format>
    }
}

/// One sheet, filled from top to bottom.
final class Sheet {
    let pointer: UnsafeMutablePointer<lxw_worksheet>

    init(_ pointer: UnsafeMutablePointer<lxw_worksheet>) {
        self.pointer = pointer
    }

    func write(_ text: String, _ row: Int, _ column: Int, _ format: Workbook.Format? = nil) throws {
        let text = printable(text)
        guard !text.isEmpty else {
            if let format {
                try Workbook.check(
                    worksheet_write_blank(pointer, lxw_row_t(row), lxw_col_t(column), format.pointer))
            }
            return
        }
        // `withCString` needs no copy, because the text is already stored with a NUL after it.
        try Workbook.check(
            text.withCString { worksheet_write_string(pointer, lxw_row_t(row), lxw_col_t(column), $0, format?.pointer) }
        )
    }

    func write(_ number: Double, _ row: Int, _ column: Int, _ format: Workbook.Format? = nil) throws {
        try Workbook.check(
            worksheet_write_number(pointer, lxw_row_t(row), lxw_col_t(column), number, format?.pointer))
    }

    /// - Parameter width: the width in characters.
    func setColumn(_ column: Int, width: Double) throws {
        try Workbook.check(
            worksheet_set_column(pointer, lxw_col_t(column), lxw_col_t(column), width, nil))
    }

    func hideColumn(_ column: Int) throws {
        var options = lxw_row_col_options()
        options.hidden = 1
        try Workbook.check(
            worksheet_set_column_opt(pointer, lxw_col_t(column), lxw_col_t(column), 8, nil, &options))
    }

    /// Prints the sheet on A4 landscape, one page wide, with the footer.
    func setPage(footer: String) throws {
        worksheet_set_landscape(pointer)
        worksheet_set_paper(pointer, 9)
        worksheet_set_margins(pointer, 0.4, 0.4, 0.5, 0.6)
        worksheet_fit_to_pages(pointer, 1, 0)
        try Workbook.check(worksheet_set_footer(pointer, footer))
    }
}
