import Foundation

/// Stores the payments on disk, one JSON line each, so that a killed sandbox knows them after a restart.
///
/// The last line of an id counts. A line is written before its payment is answered, but not synced to disk: it survives
/// a crash of the process, not of the machine.
struct PaymentJournal {
    private let handle: FileHandle
    private let encoder = JSONEncoder()

    /// Opens the journal and reads it. It drops a last line that a crash cut off.
    static func open(_ url: URL) throws -> (journal: PaymentJournal, payments: [Payment]) {
        // If the file cannot be created, the read below throws the reason.
        let descriptor = unsafe Foundation.open(url.path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        let text = try Data(contentsOf: url)
        let wholeBytes = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let decoder = JSONDecoder()
        let payments = try text.prefix(wholeBytes).split(separator: UInt8(ascii: "\n"))
            .map { try decoder.decode(Payment.self, from: $0) }
        let handle = try FileHandle(forUpdating: url)
        try handle.truncate(atOffset: UInt64(wholeBytes))
        try handle.seekToEnd()
        return (PaymentJournal(handle: handle), payments)
    }

    func append(_ payment: Payment) throws {
        var line = try encoder.encode(payment)
        line.append(UInt8(ascii: "\n"))
        try handle.write(contentsOf: line)
    }
}
