import CXLSXWriter
import Foundation

/// A workbook that libxlsxwriter writes row by row, in constant memory. Text is always written as text: a text from
/// outside never becomes a formula.
@safe final class Workbook {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var isOpen = true

    /// Creates a workbook.
    /// - Parameter path: the file to write. The temporary files of the sheets are in the same folder.
    init(path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard let temporary = unsafe strdup(folder) else { throw ReportFile.Failure(errno: errno) }
        defer { unsafe free(temporary) }
        var options = unsafe lxw_workbook_options()
        unsafe options.constant_memory = 1
        unsafe options.tmpdir = unsafe temporary
        guard let book = unsafe workbook_new_opt(path, &options) else {
            throw ReportFile.Failure("libxlsxwriter could not begin the file")
        }
        unsafe self.book = unsafe book
    }

    deinit {
        if isOpen { unsafe lxw_workbook_free(book) }
    }

    func sheet(_ name: String) throws -> Sheet {
        guard let sheet = unsafe workbook_add_worksheet(book, name) else {
            throw ReportFile.Failure("libxlsxwriter refused the sheet \(name)")
        }
        return unsafe Sheet(sheet)
    }

    func format(_ settings: (UnsafeMutablePointer<lxw_format>) -> Void) -> Format {
        guard let format = unsafe workbook_add_format(book) else { preconditionFailure("out of memory") }
        unsafe settings(format)
        return unsafe Format(pointer: format)
    }

    func setProperties(title: String) {
        var properties = unsafe lxw_doc_properties()
        unsafe title.withCString { text in
            unsafe properties.title = unsafe UnsafeMutablePointer(mutating: text)
            unsafe workbook_set_properties(book, &properties)
        }
        unsafe workbook_set_custom_property_string(book, KnownReport.mark.name, KnownReport.mark.value)
    }

    /// Completes the file.
    func close() throws {
        isOpen = false
        try unsafe Self.check(workbook_close(book))
    }

    static func check(_ error: lxw_error) throws {
        guard error != LXW_NO_ERROR else { return }
        throw ReportFile.Failure(unsafe String(cString: lxw_strerror(error)))
    }

    @safe struct Format {
        let pointer: UnsafeMutablePointer<lxw_format>
    }
}

/// One sheet, filled from top to bottom.
@safe final class Sheet {
    let pointer: UnsafeMutablePointer<lxw_worksheet>

    init(_ pointer: UnsafeMutablePointer<lxw_worksheet>) {
        unsafe self.pointer = unsafe pointer
    }

    func write(_ text: String, _ row: Int, _ column: Int, _ format: Workbook.Format? = nil) throws {
        let text = printable(text)
        guard !text.isEmpty else {
            if let format {
                try unsafe Workbook.check(
                    worksheet_write_blank(pointer, lxw_row_t(row), lxw_col_t(column), format.pointer))
            }
            return
        }
        // `withCString` makes no copy, because a NUL already follows the stored text.
        try unsafe Workbook.check(
            text.withCString {
                unsafe worksheet_write_string(pointer, lxw_row_t(row), lxw_col_t(column), $0, format?.pointer)
            }
        )
    }

    func write(_ number: Double, _ row: Int, _ column: Int, _ format: Workbook.Format? = nil) throws {
        try unsafe Workbook.check(
            worksheet_write_number(pointer, lxw_row_t(row), lxw_col_t(column), number, format?.pointer))
    }

    /// Writes a text over several columns.
    func merge(_ text: String, _ row: Int, _ columns: ClosedRange<Int>, _ format: Workbook.Format) throws {
        try unsafe Workbook.check(
            printable(text).withCString {
                unsafe worksheet_merge_range(
                    pointer, lxw_row_t(row), lxw_col_t(columns.lowerBound), lxw_row_t(row),
                    lxw_col_t(columns.upperBound), $0, format.pointer)
            })
    }

    /// Sets the width of a column.
    ///
    /// - Parameters:
    ///   - width: the width in characters.
    ///   - format: the format of the empty cells.
    func setColumn(_ column: Int, width: Double, _ format: Workbook.Format? = nil) throws {
        try unsafe Workbook.check(
            worksheet_set_column(pointer, lxw_col_t(column), lxw_col_t(column), width, format?.pointer))
    }

    func setRow(_ row: Int, height: Double) throws {
        try unsafe Workbook.check(worksheet_set_row(pointer, lxw_row_t(row), height, nil))
    }

    func hideColumn(_ column: Int) throws {
        var options = lxw_row_col_options()
        options.hidden = 1
        try unsafe Workbook.check(
            worksheet_set_column_opt(pointer, lxw_col_t(column), lxw_col_t(column), 8, nil, &options))
    }

    /// Prints the sheet on A4, one page wide, with the footer.
    func setPage(footer: String, isUpright: Bool = false) throws {
        if !isUpright { unsafe worksheet_set_landscape(pointer) }
        unsafe worksheet_set_paper(pointer, 9)
        unsafe worksheet_set_margins(pointer, 0.4, 0.4, 0.5, 0.6)
        unsafe worksheet_fit_to_pages(pointer, 1, 0)
        try unsafe Workbook.check(worksheet_set_footer(pointer, footer))
    }
}
