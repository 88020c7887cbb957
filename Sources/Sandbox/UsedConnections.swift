import NIOCore
import Synchronization

/// Which open connections have served a request before.
final class UsedConnections: Sendable {
    private let open = Mutex<Set<ObjectIdentifier>>([])

    /// Notes a request on the connection; true if it is not the first.
    func use(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        guard open.withLock({ $0.insert(id).inserted }) else { return true }
        channel.closeFuture.whenComplete { [self] _ in _ = open.withLock { $0.remove(id) } }
        return false
    }
}
