import Foundation

extension PayoutFile {
    /// Reads and checks the file at a path.
    package static func read(from path: String, options: PayoutFileOptions) throws(PayoutFileError) -> PayoutFile {
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        try checkSize(of: url, path: path, limit: options.maximumBytes)
        let bytes: Data
        do {
            bytes = try Data(contentsOf: url)
        } catch {
            throw .unreadable(path: path, reason: reason(of: error))
        }
        return PayoutFile(name: URL(fileURLWithPath: path).lastPathComponent, bytes: bytes, options: options)
    }

    /// Before the first byte is read: a pipe has no end, and a large file would fill the memory.
    private static func checkSize(of url: URL, path: String, limit: Int) throws(PayoutFileError) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
            throw .notFound(path: path)
        }
        if isDirectory.boolValue { throw .isDirectory(path: path) }
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: url.path)
        } catch {
            throw .unreadable(path: path, reason: reason(of: error))
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw .unreadable(path: path, reason: "not a regular file")
        }
        let bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
        if bytes > limit { throw .tooLarge(path: path, bytes: bytes, limit: limit) }
    }

    private static func reason(of error: any Error) -> String {
        (error as NSError).localizedDescription
    }
}
