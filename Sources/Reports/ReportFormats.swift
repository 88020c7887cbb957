import CXLSXWriter
import Payouts

/// The look of cells: plain, with one colour per state.
struct ReportFormats {
    let title, heading, label, text, wrapped, money, number, total, totalMoney, good, bad: Workbook.Format
    /// Only the line under a cell.
    let lined: Workbook.Format
    /// Cells of a payout file with an error, and with a warning.
    let faulty, doubtful: Workbook.Format
    private let states: [PayoutState: Workbook.Format]

    private static let moneyPattern = "#,##0.00"
    private static let ink: lxw_color_t = 0x1F2937
    private static let line: lxw_color_t = 0xD5DAE1

    init(_ book: Workbook) {
        func base(_ more: @escaping (UnsafeMutablePointer<lxw_format>) -> Void) -> Workbook.Format {
            book.format { format in
                format_set_font_name(format, "Calibri")
                format_set_font_size(format, 10)
                format_set_font_color(format, Self.ink)
                format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
                more(format)
            }
        }
        func underline(_ format: UnsafeMutablePointer<lxw_format>) {
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_bottom_color(format, Self.line)
        }
        func cell(_ more: @escaping (UnsafeMutablePointer<lxw_format>) -> Void) -> Workbook.Format {
            base { format in
                underline(format)
                more(format)
            }
        }
        title = base {
            format_set_font_size($0, 16)
            format_set_bold($0)
        }
        heading = base {
            format_set_bold($0)
            format_set_font_color($0, 0xFFFFFF)
            format_set_bg_color($0, 0x1E3A5F)
            format_set_text_wrap($0)
            format_set_indent($0, 1)
            format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        }
        label = cell { format_set_font_color($0, 0x5B6675) }
        text = cell { format_set_indent($0, 1) }
        wrapped = cell {
            format_set_text_wrap($0)
            format_set_indent($0, 1)
        }
        money = cell { format_set_num_format($0, Self.moneyPattern) }
        number = cell { format_set_num_format($0, "#,##0") }
        total = cell {
            format_set_bold($0)
            format_set_num_format($0, "#,##0")
        }
        totalMoney = cell {
            format_set_bold($0)
            format_set_num_format($0, Self.moneyPattern)
        }
        good = base {
            format_set_bold($0)
            format_set_font_color($0, 0x17663A)
        }
        bad = base {
            format_set_bold($0)
            format_set_font_color($0, 0xB3261E)
        }
        func state(_ background: lxw_color_t, _ ink: lxw_color_t) -> Workbook.Format {
            cell {
                format_set_bg_color($0, background)
                format_set_font_color($0, ink)
                format_set_indent($0, 1)
            }
        }
        lined = book.format(underline)
        faulty = state(0xFBE3E1, 0xB3261E)
        doubtful = state(0xFDF0CE, 0x7A5300)
        let doubt = state(0xFDF0CE, 0x7A5300)
        states = [
            .paid: state(0xE0F2E6, 0x17663A), .refused: state(0xFBE3E1, 0xB3261E), .unknown: doubt, .sending: doubt,
            .review: doubt, .queued: state(0xEEF1F5, 0x5B6675), .withdrawn: state(0xEEF1F5, 0x5B6675),
        ]
    }

    func state(_ state: PayoutState) -> Workbook.Format { states[state] ?? text }
}
