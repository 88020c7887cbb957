import CXLSXWriter
import Payouts

/// The formats of cells: plain, and one colour for each state.
struct ReportFormats {
    let title, heading, headingOfNumbers, label, text, wrapped, money, number, total, totalMoney, totalText, good,
        bad: Workbook.Format
    let time: Workbook.Format
    /// The format that only draws the line under a cell, and the format of the words under such a line.
    let lined, caption: Workbook.Format
    /// The formats for cells of a payout file: with an error, and with a warning.
    let faulty, doubtful: Workbook.Format
    private let states: [PayoutState: Workbook.Format]

    private static let textPattern = "@"
    private static let moneyPattern = "#,##0.00"
    private static let ink: lxw_color_t = 0x1F2937
    private static let line: lxw_color_t = 0xD5DAE1

    init(_ book: Workbook) {
        func base(_ more: @escaping (UnsafeMutablePointer<lxw_format>) -> Void) -> Workbook.Format {
            unsafe book.format { format in
                unsafe format_set_font_name(format, "Calibri")
                unsafe format_set_font_size(format, 10)
                unsafe format_set_font_color(format, Self.ink)
                unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
                unsafe more(format)
            }
        }
        func underline(_ format: UnsafeMutablePointer<lxw_format>) {
            unsafe format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            unsafe format_set_bottom_color(format, Self.line)
        }
        func cell(_ more: @escaping (UnsafeMutablePointer<lxw_format>) -> Void) -> Workbook.Format {
            unsafe base { format in
                unsafe underline(format)
                unsafe more(format)
            }
        }
        title = unsafe base {
            unsafe format_set_font_size($0, 16)
            unsafe format_set_bold($0)
        }
        func heading(_ more: @escaping (UnsafeMutablePointer<lxw_format>) -> Void) -> Workbook.Format {
            unsafe base { format in
                unsafe format_set_bold(format)
                unsafe format_set_font_color(format, 0xFFFFFF)
                unsafe format_set_bg_color(format, 0x1E3A5F)
                unsafe format_set_text_wrap(format)
                unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
                unsafe more(format)
            }
        }
        self.heading = unsafe heading { unsafe format_set_indent($0, 1) }
        headingOfNumbers = unsafe heading { unsafe format_set_align($0, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
        label = unsafe cell { unsafe format_set_font_color($0, 0x5B6675) }
        // People type into such cells. As a number, a card would lose its last digit.
        text = unsafe cell {
            unsafe format_set_indent($0, 1)
            unsafe format_set_num_format($0, Self.textPattern)
        }
        wrapped = unsafe cell {
            unsafe format_set_text_wrap($0)
            unsafe format_set_indent($0, 1)
        }
        money = unsafe cell { unsafe format_set_num_format($0, Self.moneyPattern) }
        time = unsafe cell {
            unsafe format_set_num_format($0, "dd.mm.yyyy hh:mm")
            unsafe format_set_indent($0, 1)
            unsafe format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
        }
        number = unsafe cell { unsafe format_set_num_format($0, "#,##0") }
        total = unsafe cell {
            unsafe format_set_bold($0)
            unsafe format_set_num_format($0, "#,##0")
        }
        totalMoney = unsafe cell {
            unsafe format_set_bold($0)
            unsafe format_set_num_format($0, Self.moneyPattern)
        }
        totalText = unsafe cell {
            unsafe format_set_bold($0)
            unsafe format_set_indent($0, 1)
        }
        good = unsafe base {
            unsafe format_set_bold($0)
            unsafe format_set_font_color($0, 0x17663A)
        }
        bad = unsafe base {
            unsafe format_set_bold($0)
            unsafe format_set_font_color($0, 0xB3261E)
        }
        func state(_ background: lxw_color_t, _ ink: lxw_color_t) -> Workbook.Format {
            unsafe cell {
                unsafe format_set_bg_color($0, background)
                unsafe format_set_font_color($0, ink)
                unsafe format_set_indent($0, 1)
            }
        }
        lined = unsafe book.format(underline)
        caption = unsafe base { unsafe format_set_font_color($0, 0x5B6675) }
        func typed(_ format: Workbook.Format) -> Workbook.Format {
            unsafe format_set_num_format(format.pointer, Self.textPattern)
            return format
        }
        faulty = typed(state(0xFBE3E1, 0xB3261E))
        doubtful = typed(state(0xFDF0CE, 0x7A5300))
        let doubt = state(0xFDF0CE, 0x7A5300)
        states = [
            .paid: state(0xE0F2E6, 0x17663A), .refused: state(0xFBE3E1, 0xB3261E), .unknown: doubt, .sending: doubt,
            .review: doubt, .queued: state(0xEEF1F5, 0x5B6675), .withdrawn: state(0xEEF1F5, 0x5B6675),
        ]
    }

    func state(_ state: PayoutState) -> Workbook.Format { states[state] ?? text }
}
