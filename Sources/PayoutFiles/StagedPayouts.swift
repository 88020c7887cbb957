import Foundation
import PaymentValues
package import Payouts
package import ScratchFiles
import Synchronization

/// Keeps the payouts of a file between its check and its import, so that the file is read once.
///
/// The payouts are in a scratch file. They need no memory, and nobody else can read them. The payout file itself may
/// change meanwhile. The import still stores exactly the checked payouts.
package final class StagedPayouts: Sendable {
    /// The number of bytes that are encrypted and written at once.
    private static let chunkSize = 1 << 16

    private let scratch: ScratchFile
    private let state = Mutex(State())

    private struct State {
        var chunk: [UInt8] = []
        var places: [ScratchFile.Place] = []
    }

    /// Creates the scratch file.
    /// - Parameter folder: a folder with enough space, such as the ledger's.
    package init(in folder: String) throws(ScratchFile.Failed) {
        scratch = try ScratchFile(in: folder)
    }

    /// Takes the next payout of the file.
    package func add(_ payout: Payout) throws {
        try state.withLock { state in
            payout.encode(into: &state.chunk)
            if state.chunk.count >= Self.chunkSize { try flush(&state) }
        }
    }

    /// Writes the last payouts. Call it once, after the last payout.
    package func finish() throws {
        try state.withLock { try flush(&$0) }
    }

    /// Passes on all payouts in their order.
    package func handOut(to body: (Payout) throws -> Void) throws {
        for place in state.withLock({ $0.places }) {
            var rest = try scratch.read(place)[...]
            while !rest.isEmpty { try body(Payout(decoding: &rest)) }
        }
    }

    private func flush(_ state: inout State) throws {
        guard !state.chunk.isEmpty else { return }
        state.places.append(try scratch.append(state.chunk))
        state.chunk.removeAll(keepingCapacity: true)
    }
}

extension Payout {
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.append(Int64(row))
        bytes.append(amount.count)
        bytes += account.digits.utf8
        bytes += bankCode.digits.utf8
        bytes += card.digits.utf8
        bytes += expiry.mmyy.utf8
        bytes.append(name)
        bytes.append(rowKey)
    }

    fileprivate init(decoding bytes: inout ArraySlice<UInt8>) throws {
        self.init(
            row: Int(bytes.takeNumber()), amount: Tiyin(bytes.takeNumber()),
            account: try SettlementAccount(bytes.takeText(20)), bankCode: try BankCode(bytes.takeText(5)),
            card: try CardNumber(bytes.takeText(16)), expiry: try CardExpiry(mmyy: bytes.takeText(4)),
            name: bytes.takeOptionalText(), rowKey: bytes.takeOptionalText())
    }

    /// The fields in the order in which they are staged.
    private init(
        row: Int, amount: Tiyin, account: SettlementAccount, bankCode: BankCode, card: CardNumber, expiry: CardExpiry,
        name: String?, rowKey: String?
    ) {
        self.init(
            row: row, account: account, bankCode: bankCode, card: card, expiry: expiry, amount: amount, name: name,
            rowKey: rowKey)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: Int64) {
        unsafe Swift.withUnsafeBytes(of: number.littleEndian) { unsafe append(contentsOf: $0) }
    }

    /// Appends a text with its length before it. The length is -1 if there is no text.
    fileprivate mutating func append(_ text: String?) {
        append(Int64(text?.utf8.count ?? -1))
        if let text { append(contentsOf: text.utf8) }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func takeNumber() -> Int64 {
        defer { removeFirst(8) }
        return prefix(8).reversed().reduce(0) { $0 << 8 | Int64($1) }
    }

    fileprivate mutating func takeText(_ count: Int) -> String {
        defer { removeFirst(count) }
        return String(decoding: prefix(count), as: UTF8.self)
    }

    fileprivate mutating func takeOptionalText() -> String? {
        let count = Int(takeNumber())
        return count < 0 ? nil : takeText(count)
    }
}
