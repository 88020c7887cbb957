import CQREncode

/// A QR code of a text, made by libqrencode.
package struct QRCode: Sendable {
    /// The modules, row by row. `true` is dark.
    private let modules: [[Bool]]

    /// Makes the code of a text.
    /// - Throws: ``TooLong`` if the text does not fit.
    package init(_ text: String) throws(TooLong) {
        guard let code = unsafe QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { throw TooLong() }
        defer { unsafe QRcode_free(code) }
        let width = unsafe Int(code.pointee.width)
        guard let data = unsafe code.pointee.data else { throw TooLong() }
        let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: width * width))
        // The lowest bit says whether a module is dark.
        modules = (0..<width).map { row in (0..<width).map { bytes[row * width + $0] & 1 == 1 } }
    }

    package struct TooLong: Error {}

    /// The empty border that readers need, in modules.
    private static let border = 4

    /// The width and height with the border, in modules.
    var size: Int { modules.count + 2 * Self.border }

    /// The dark modules as an SVG path, with one unit for each module.
    var path: String {
        modules.enumerated().map { row, modules in
            modules.enumerated().filter(\.element)
                .map { column, _ in "M\(column + Self.border) \(row + Self.border)h1v1h-1z" }.joined()
        }.joined()
    }

    /// The code for a dark terminal, with two rows of modules on a line.
    package var terminalText: String {
        func isLight(_ row: Int, _ column: Int) -> Bool {
            let (row, column) = (row - Self.border, column - Self.border)
            guard modules.indices.contains(row), modules.indices.contains(column) else { return true }
            return !modules[row][column]
        }
        return stride(from: 0, to: size, by: 2).map { row in
            (0..<size).map { column in
                switch (isLight(row, column), isLight(row + 1, column)) {
                case (true, true): "█"
                case (true, false): "▀"
                case (false, true): "▄"
                case (false, false): " "
                }
            }.joined()
        }.joined(separator: "\n")
    }
}
