import Synchronization

/// The open connections, up to a limit for all and for each address. At a limit, the oldest connection that keeps the
/// desk waiting is closed, unless a user's session was seen on it. So nobody can block the desk by opening connections,
/// not even from the address of its users.
final class Connections: Sendable {
    struct Limits: Sendable {
        let ofAddress, ofAll: Int
    }

    private struct Entry {
        let number: Int
        let address: ClientAddress
        let close: @Sendable () -> Void
        /// Whether the desk works on a request of this connection.
        var isBusy = false
        /// Whether a request with a user's session came over this connection.
        var isKnown = false
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var lastNumber = 0
    }

    private let limits: Limits
    private let state = Mutex(State())

    init(_ limits: Limits) {
        self.limits = limits
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// Adds a connection.
    ///
    /// - Parameter close: closes the connection.
    /// - Returns: `false` if there are too many and none can be closed. The caller then closes the new one.
    func add(
        _ id: ObjectIdentifier, from address: ClientAddress, close: @escaping @Sendable () -> Void
    ) -> Bool {
        let (isAdded, evicted) = state.withLock { state -> (Bool, [@Sendable () -> Void]) in
            var evicted: [@Sendable () -> Void] = []
            func makeRoom(upTo limit: Int, among counts: (Entry) -> Bool) -> Bool {
                let counted = state.entries.filter { counts($0.value) }
                if counted.count < limit { return true }
                let idle = counted.filter { !$0.value.isBusy && !$0.value.isKnown }
                guard let oldest = idle.min(by: { $0.value.number < $1.value.number }) else { return false }
                evicted.append(oldest.value.close)
                state.entries[oldest.key] = nil
                return true
            }
            guard makeRoom(upTo: limits.ofAddress, among: { $0.address == address }),
                makeRoom(upTo: limits.ofAll, among: { _ in true })
            else { return (false, evicted) }
            state.lastNumber += 1
            state.entries[id] = Entry(number: state.lastNumber, address: address, close: close)
            return (true, evicted)
        }
        for close in evicted { close() }
        return isAdded
    }

    func remove(_ id: ObjectIdentifier) {
        state.withLock { $0.entries[id] = nil }
    }

    /// Records whether the desk works on a request of a connection.
    func mark(_ id: ObjectIdentifier, isBusy: Bool) {
        state.withLock { $0.entries[id]?.isBusy = isBusy }
    }

    /// Records that a request with a user's session came over a connection.
    func recognize(_ id: ObjectIdentifier) {
        state.withLock { $0.entries[id]?.isKnown = true }
    }
}
