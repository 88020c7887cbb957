import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The open connections to the bank. Each carries one request at a time. Requests wait in line while all connections
/// are busy. A general HTTP client does more, and cost a fifth of a payout's processor time (docs/decisions/0007).
///
/// Use it on its event loop only.
final class ConnectionPool {
    private let address: BankAddress
    /// The TLS context. `nil` for an `http` address.
    private let tls: NIOSSLContext?
    private let loop: any EventLoop
    private let limit: Int
    private let connectTimeout: TimeAmount
    private let logger: Logger?

    private var open: [ObjectIdentifier: BankConnection] = [:]
    /// The idle connections. The last one used is taken first, so that surplus connections reach their idle time and
    /// close.
    private var idle: [BankConnection] = []
    private var opening = 0
    private var line: CircularBuffer<PendingRequest> = []
    private var isShutDown = false

    init(
        to address: BankAddress, tls: NIOSSLContext?, on loop: any EventLoop, limit: Int, connectTimeout: TimeAmount,
        logger: Logger?
    ) {
        self.address = address
        self.tls = tls
        self.loop = loop
        self.limit = limit
        self.connectTimeout = connectTimeout
        self.logger = logger
    }

    func begin(_ call: PendingRequest) {
        guard !call.isCancelled else { return Self.endUnsent(call, "ended before it was sent") }
        guard !isShutDown else { return Self.endUnsent(call, "the client was shut down") }
        if let connection = idle.popLast() {
            connection.carry(call)
        } else if open.count + opening < limit {
            connect(for: call)
        } else {
            line.append(call)
            loop.assumeIsolated().scheduleTask(deadline: patience(with: call)) {
                self.leaveLine(call, why: "no connection became free in time")
            }
        }
    }

    func cancel(_ call: PendingRequest) {
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

    private func leaveLine(_ call: PendingRequest, why: String) {
        guard let place = line.firstIndex(where: { $0 === call }) else { return }
        line.remove(at: place)
        Self.endUnsent(call, why)
    }

    private func patience(with call: PendingRequest) -> NIODeadline {
        min(.now() + connectTimeout, call.deadline)
    }

    private static func endUnsent(_ call: PendingRequest, _ why: String) {
        call.end(.failure(.notSent(why)))
    }
}

extension ConnectionPool {
    private func connect(for call: PendingRequest) {
        opening += 1
        let openBy = patience(with: call)
        let pool = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .connectTimeout(openBy - .now())
            // A name with several addresses gets a channel for each. Only one channel is kept.
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try pool.value.equip(channel, openBy: openBy) }
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

    private func finish(_ result: Result<BankConnection, any Error>, for call: PendingRequest, openBy: NIODeadline) {
        opening -= 1
        switch result {
        case .success(let connection):
            open[ObjectIdentifier(connection)] = connection
            log("connection opened")
            if isShutDown {
                Self.endUnsent(call, "the client was shut down")
                connection.close(.notSent("the client was shut down"))
            } else if call.isOver {
                take(connection)
            } else {
                connection.carry(call)
            }
        case .failure(let error):
            let why = .now() >= openBy ? "no connection could be opened in time" : Self.reason(error)
            log("connection not opened", ["why": "\(why)"])
            Self.endUnsent(call, why)
            connectForNext()
        }
    }

    private func equip(_ channel: any Channel, openBy: NIODeadline) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: address.serverName))
        }
        // Skip validation: the address and the token were validated earlier.
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
        log("connection closed")
        connectForNext()
    }

    private func connectForNext() {
        guard open.count + opening < limit, let call = line.popFirst() else { return }
        connect(for: call)
    }

    private func log(_ message: Logger.Message, _ more: Logger.Metadata = [:]) {
        logger?.debug(message, metadata: more.merging(["bank": "\(address)", "open": "\(open.count)"]) { $1 })
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
