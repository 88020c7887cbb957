/// The container of Excel's old format, and of every workbook with a password.
enum CompoundFile {
    private static let mark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// The name of the stream that contains an encrypted workbook.
    private static let encryptedStream = Array("EncryptedPackage".utf8).flatMap { [$0, 0] as [UInt8] }
    /// The size of a directory entry. Each entry is at a multiple of it.
    private static let entrySize = 128

    static func begins(_ head: some Collection<UInt8>) -> Bool { head.starts(with: mark) }

    /// Returns the error for a compound file.
    /// - Parameter piece: returns a piece of the file, and an empty one at its end. All pieces but the last are a
    ///   multiple of 128 bytes long.
    static func error(reading piece: () throws(WorkbookError) -> [UInt8]) throws(WorkbookError) -> WorkbookError {
        while true {
            let bytes = try piece()
            if bytes.isEmpty { return .oldFormat }
            for start in stride(from: 0, to: bytes.count, by: entrySize)
            where bytes[start...].starts(with: encryptedStream) {
                return .encrypted
            }
        }
    }
}
