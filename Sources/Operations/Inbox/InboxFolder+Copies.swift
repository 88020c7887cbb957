import Bookkeeping
import Foundation
import PayoutFiles
import Payouts
import Reports

/// Copies each file before it is paid, so that only payout's account can write to it. The original still belongs to the
/// person who dropped it, and a slow upload may still add to it.
extension InboxFolder {
    /// A waiting file that belongs to payout alone.
    struct Copy {
        let digest: FileDigest
        /// The original, kept for a later comparison.
        fileprivate let original: InboxName
        /// Whether it is certain that nobody could write to the original while it was copied.
        fileprivate let isCertain: Bool
    }

    /// An error for a waiting file that another process writes to.
    struct BeingWritten: Error {}

    private static let draft = InboxName(".taking")
    private static let prefixOfOriginals = ".original-"
    private static let digitsOfOriginals = 16
    /// The time for which an original is kept. A process that opened it earlier may still add to it.
    private static let keptFor: TimeInterval = 3600

    /// Replaces a waiting file with payout's own copy. The original gets a hidden name.
    ///
    /// - Throws: ``BeingWritten``, `PayoutFileError` or `SystemError`. The file then stays as it is.
    func adopt(_ name: InboxName, _ options: PayoutFileOptions) throws -> Copy {
        let file: OpenedFile
        do {
            file = try waitingFolder.read(name)
        } catch  where [EACCES, ELOOP, ENXIO].contains(error.code) {
            throw PayoutFileError.unreadable(path: name.shown, reason: error.description)
        }
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw PayoutFileError.unreadable(path: name.shown, reason: "not a regular file")
        }
        let size = Int(status.st_size)
        if size > options.maximumBytes {
            throw PayoutFileError.tooLarge(path: name.shown, bytes: size, limit: options.maximumBytes)
        }
        let writers = file.holdWritersBack()
        guard writers != .some else { throw BeingWritten() }
        do {
            let copy = try waitingFolder.create(Self.draft, mode: fileMode)
            try file.copy(to: copy, limit: options.maximumBytes + 1)
            let digest = try digest(of: Self.draft, options)
            let original = Self.original(of: name, digest)
            if try waitingFolder.contains(original) {
                // An earlier round made this copy.
                try waitingFolder.remove(Self.draft)
                return Copy(digest: digest, original: original, isCertain: false)
            }
            if try waitingFolder.exchange(Self.draft, name) {
                try waitingFolder.move(Self.draft, as: original)
            } else {
                try waitingFolder.replace(name, by: Self.draft)
            }
            return Copy(digest: digest, original: original, isCertain: writers == .none)
        } catch {
            try waitingFolder.remove(Self.draft)
            throw error
        }
    }

    /// Compares the original with its copy.
    ///
    /// - Returns: the name of the original if it was changed since, or `nil`.
    func changedOriginal(of copy: Copy, _ options: PayoutFileOptions) throws -> InboxName? {
        guard try waitingFolder.contains(copy.original) else { return nil }
        guard isUnchanged(copy.original, copy.digest.hex, options) else { return copy.original }
        if copy.isCertain { try waitingFolder.remove(copy.original) }
        return nil
    }

    /// Returns the originals of earlier rounds that were changed since. It removes originals that nobody changed for an
    /// hour.
    func changedOriginals(now: Date, _ options: PayoutFileOptions) throws -> [InboxName] {
        var changed: [InboxName] = []
        for name in try waitingFolder.names() {
            guard let text = name.text, text.hasPrefix(Self.prefixOfOriginals),
                let status = try waitingFolder.status(of: name)
            else { continue }
            let digits = text.dropFirst(Self.prefixOfOriginals.count).prefix(Self.digitsOfOriginals)
            if !isUnchanged(name, digits, options) {
                changed.append(name)
            } else if now.timeIntervalSince1970 - Double(status.st_ctim.tv_sec) > Self.keptFor {
                try waitingFolder.remove(name)
            }
        }
        return changed
    }

    /// Returns the name under which an original was dropped.
    func droppedName(of original: InboxName) -> InboxName {
        InboxName(bytes: original.bytes.dropFirst(Self.prefixOfOriginals.utf8.count + Self.digitsOfOriginals + 1))
    }

    private static func original(of name: InboxName, _ digest: FileDigest) -> InboxName {
        InboxName(FileName("\(prefixOfOriginals)\(digest.hex.prefix(digitsOfOriginals))-\(name.readable)").description)
    }

    /// Returns whether an original equals its copy.
    /// - Parameter hex: the digest of the copy, or its beginning.
    private func isUnchanged(_ original: InboxName, _ hex: some StringProtocol, _ options: PayoutFileOptions) -> Bool {
        do {
            return try digest(of: original, options).hex.hasPrefix(hex)
        } catch {
            // The owner has made the file unreadable or too large since then.
            return false
        }
    }

    private func digest(of name: InboxName, _ options: PayoutFileOptions) throws(PayoutFileError) -> FileDigest {
        try PayoutFile.digest(ofFileAt: waitingFolder.path + "/" + (name.text ?? name.shown), options: options)
    }
}
