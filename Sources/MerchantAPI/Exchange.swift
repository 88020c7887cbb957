import NIOCore
import NIOSSL

/// One request and its whole answer, ended at the hard timeout. It is sent once: nothing is retried, no redirect is
/// followed.
struct Exchange: Transport {
    private let loop: any EventLoop
    private let connections: NIOLoopBoundBox<ConnectionPool>
    private let timeout: Duration

    /// - Parameter loop: that of all connections. One carries more than a bank answers; between two, every other request
    ///   would change threads.
    init(configuration: MerchantClient.Configuration, tls: TLSConfiguration, on loop: any EventLoop) {
        self.loop = loop
        timeout = configuration.requestTimeout
        connections = .makeBoxSendingValue(
            ConnectionPool(
                to: BankAddress(configuration.baseURL), tls: tls, on: loop,
                limit: max(configuration.maximumConnections, 1),
                connectTimeout: TimeAmount(configuration.connectTimeout)),
            eventLoop: loop)
    }

    func carry(_ request: WireRequest) async throws(MerchantError) -> RawAnswer {
        // Before this line nothing of the request exists outside this process.
        if Task.isCancelled { throw .notSent("ended before it was sent") }
        let call = Call(request, deadline: .now() + TimeAmount(timeout))
        let ending = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                call.isAwaited(by: waiter)
                onLoop { $0.begin(call) }
            }
        } onCancel: {
            call.cancel()
            loop.execute { connections.value.cancel(call) }
        }
        return try ending.get()
    }

    func shutdown() async throws {
        try await loop.submit { connections.value.shutDown() }.get()
    }

    private func onLoop(_ work: @escaping @Sendable (ConnectionPool) -> Void) {
        if loop.inEventLoop { return work(connections.value) }
        loop.execute { work(connections.value) }
    }
}
