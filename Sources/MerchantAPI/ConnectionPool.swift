import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The open connections to the bank, each with one request at a time. Where all are busy, calls wait in line. A general
/// HTTP client stood here before: what it does beyond this cost a fifth of a payout's processor time (docs/decisions/0007).
///
/// It is used on its event loop alone.
final class ConnectionPool {
    private let address: BankAddress?
    private let tls: TLSConfiguration
    private let loop: any EventLoop
    private let limit: Int
    private let connectTimeout: TimeAmount

    private var open: [ObjectIdentifier: BankConnection] = [:]
    /// The one that was used last is taken first, so that those that are not needed grow old and are closed.
    private var idle: [BankConnection] = []
    private var opening = 0
    private var line: CircularBuffer<Call> = []
    private var isShutDown = false
    private var tlsContext: NIOSSLContext?

    init(
        to address: BankAddress?, tls: TLSConfiguration, on loop: any EventLoop, limit: Int, connectTimeout: TimeAmount
    ) {
        self.address = address
        self.tls = tls
        self.loop = loop
        self.limit = limit
        self.connectTimeout = connectTimeout
    }

    func begin(_ call: Call) {
        guard !call.isCancelled else { return Self.endUnsent(call, "ended before it was sent") }
        guard !isShutDown else { return Self.endUnsent(call, "the client was shut down") }
        guard let address else { return Self.endUnsent(call, "the bank's address is no http or https address") }
        if let connection = idle.popLast() {
            connection.carry(call)
        } else if open.count + opening < limit {
            connect(to: address, for: call)
        } else {
            line.append(call)
            loop.assumeIsolated().scheduleTask(deadline: patience(with: call)) {
                self.leaveLine(call, why: "no connection became free in time")
            }
        }
    }

    func cancel(_ call: Call) {
        if let connection = open.values.first(where: { $0.carries(call) }) {
            connection.close(.noAnswer(.cancelled))
        } else {
            leaveLine(call, why: "ended before it was sent")
            Self.endUnsent(call, "ended before it was sent")
        }
    }

    func shutDown() {
        isShutDown = true
        for call in line { Self.endUnsent(call, "the client was shut down") }
        line.removeAll()
        for connection in open.values { connection.close(.noAnswer(.connectionLost("the client was shut down"))) }
    }

    private func leaveLine(_ call: Call, why: String) {
        guard let place = line.firstIndex(where: { $0 === call }) else { return }
        line.remove(at: place)
        Self.endUnsent(call, why)
    }

    private func patience(with call: Call) -> NIODeadline {
        min(.now() + connectTimeout, call.deadline)
    }

    private static func endUnsent(_ call: Call, _ why: String) {
        call.end(.failure(.notSent(why)))
    }
}

extension ConnectionPool {
    private func connect(to address: BankAddress, for call: Call) {
        opening += 1
        let openBy = patience(with: call)
        let pool = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .connectTimeout(openBy - .now())
            // A name with several addresses is tried at several of them: each has a channel, and one of them wins.
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try pool.value.equip(channel, to: address, openBy: openBy) }
            }
            .connect(host: address.host, port: address.port)
            .assumeIsolated().whenComplete { [self] result in
                do {
                    let connection = try result.get().pipeline.syncOperations.handler(type: BankConnection.self)
                    connection.whenOpen { self.finish($0.map { connection }, for: call, openBy: openBy) }
                } catch {
                    finish(.failure(error), for: call, openBy: openBy)
                }
            }
    }

    private func finish(_ result: Result<BankConnection, any Error>, for call: Call, openBy: NIODeadline) {
        opening -= 1
        switch result {
        case .success(let connection):
            open[ObjectIdentifier(connection)] = connection
            if isShutDown {
                Self.endUnsent(call, "the client was shut down")
                connection.close(.notSent("the client was shut down"))
            } else if call.isOver {
                take(connection)
            } else {
                connection.carry(call)
            }
        case .failure(let error):
            Self.endUnsent(call, .now() >= openBy ? "no connection could be opened in time" : Self.reason(error))
            connectForNext()
        }
    }

    private func equip(_ channel: any Channel, to address: BankAddress, openBy: NIODeadline) throws {
        let pipeline = channel.pipeline.syncOperations
        if address.isTLS {
            let context = try tlsContext ?? NIOSSLContext(configuration: tls)
            tlsContext = context
            try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: address.serverName))
        }
        // The headers are ours, and what comes from outside into them was looked at where it came in.
        try pipeline.addHTTPClientHandlers(enableOutboundHeaderValidation: false)
        try pipeline.addHandler(
            BankConnection(to: address, on: loop, openBy: openBy) { [self] change in
                switch change {
                case .free(let connection): take(connection)
                case .closed(let connection): forget(connection)
                }
            })
    }

    private func take(_ connection: BankConnection) {
        while let call = line.popFirst() {
            if call.isOver { continue }
            return connection.carry(call)
        }
        idle.append(connection)
    }

    private func forget(_ connection: BankConnection) {
        guard open.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        idle.removeAll { $0 === connection }
        connectForNext()
    }

    private func connectForNext() {
        guard let address, open.count + opening < limit, let call = line.popFirst() else { return }
        connect(to: address, for: call)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "the bank's certificate is for another name"
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: "TLS could not be agreed"
        case let error as IOError where error.errnoCode == ECONNREFUSED: "the connection was refused"
        default: "no connection could be opened"
        }
    }
}
