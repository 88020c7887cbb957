import Logging
import NIOCore
import NIOSSL

/// Sends a request once and waits for its whole answer, up to the hard timeout. It repeats nothing and follows no
/// redirects.
struct HTTPTransport: Transport {
    private let loop: any EventLoop
    private let connections: NIOLoopBoundBox<ConnectionPool>
    private let timeout: Duration

    /// Makes a transport.
    /// - Parameter loop: the event loop of all connections. One loop can carry more than a bank answers. With two
    ///   loops, half of the requests would change threads.
    /// - Throws: an error if the TLS configuration cannot be used.
    init(configuration: MerchantClient.Configuration, on loop: any EventLoop, logger: Logger?) throws {
        var tls = configuration.tls
        // Others on the way can read what older versions carry. Certificates and trust are the caller's choice; this is not.
        if tls.minimumTLSVersion != .tlsv13 { tls.minimumTLSVersion = .tlsv12 }
        self.loop = loop
        timeout = configuration.requestTimeout
        connections = .makeBoxSendingValue(
            ConnectionPool(
                to: configuration.address,
                tls: configuration.address.isTLS ? try NIOSSLContext(configuration: tls) : nil, on: loop,
                limit: max(configuration.maximumConnections, 1),
                connectTimeout: TimeAmount(configuration.connectTimeout), logger: logger),
            eventLoop: loop)
    }

    func carry(_ request: WireRequest) async throws(MerchantError.Cause) -> RawAnswer {
        // Up to here nothing of the request has left this process.
        if Task.isCancelled { throw .notSent("ended before it was sent") }
        let pending = PendingRequest(request, deadline: .now() + TimeAmount(timeout))
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                pending.isAwaited(by: waiter)
                onLoop { $0.begin(pending) }
            }
        } onCancel: {
            pending.cancel()
            loop.execute { connections.value.cancel(pending) }
        }
        return try result.get()
    }

    func shutdown() async throws {
        try await loop.submit { connections.value.shutDown() }.get()
    }

    private func onLoop(_ work: @escaping @Sendable (ConnectionPool) -> Void) {
        if loop.inEventLoop { return work(connections.value) }
        loop.execute { work(connections.value) }
    }
}
