import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One request and its whole answer, ended at the hard timeout. It is sent once: nothing is retried, no redirect is
/// followed.
struct Exchange: Transport {
    let http: HTTPClient
    let timeout: Duration
    private let addresses: Addresses

    init(http: HTTPClient, baseURL: String, timeout: Duration) {
        self.http = http
        self.timeout = timeout
        addresses = Addresses(baseURL: baseURL)
    }

    func carry(_ wire: WireRequest) async throws(MerchantError) -> RawAnswer {
        // Before this line nothing of the request exists outside this process.
        if Task.isCancelled { throw .notSent("ended before it was sent") }
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        var request: HTTPClient.Request
        do {
            request = try addresses.request(wire.verb, to: wire.path)
        } catch {
            throw Self.proof(error, deadline: deadline)
        }
        if let authorization = wire.authorization { request.headers.add(name: "Authorization", value: authorization) }
        if wire.verb == .post { request.body = .byteBuffer(ByteBuffer(string: wire.body)) }
        // The deadline covers the body of the answer too, and costs no task of its own.
        let sending = http.execute(request: request, delegate: AnswerDelegate(), deadline: deadline)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                sending.futureResult.whenComplete { continuation.resume(returning: $0) }
            }
        } onCancel: {
            sending.cancel()
        }
        switch result {
        case .success(let answer): return answer
        case .failure(let error): throw Self.proof(error, deadline: deadline)
        }
    }

    func shutdown() async throws {
        try await http.shutdown()
    }

    /// What an error proves. Everything that is not known to come before the first byte may have come after it.
    private static func proof(_ error: any Error, deadline: NIODeadline) -> MerchantError {
        switch error {
        case let error as AnswerDelegate.TooLong:
            return .untrusted(httpStatus: error.httpStatus, why: "the body is over 1 MB")
        case is NIOConnectionError: return .notSent("no connection could be opened")
        // An address without a name to resolve comes without the wrapping above. An open TCP connection that is reset
        // ends with ECONNRESET or EPIPE: ECONNREFUSED belongs to connecting.
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            return .notSent("the connection was refused")
        case NIOSSLError.handshakeFailed: return .notSent("TLS could not be agreed")
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            return .notSent("the bank's certificate is for another name")
        case let error as HTTPClientError where neverSent.contains(error):
            return .notSent(error.shortDescription)
        case let error as HTTPClientError where error == .deadlineExceeded:
            return .noAnswer(.timeout)
        default: break
        }
        if NIODeadline.now() >= deadline { return .noAnswer(.timeout) }
        if Task.isCancelled || error is CancellationError { return .noAnswer(.cancelled) }
        let why = (error as? HTTPClientError)?.shortDescription ?? String(describing: type(of: error))
        return .noAnswer(.connectionLost(why))
    }

    /// Errors that the HTTP client raises only while a request still waits for its connection.
    private static let neverSent: [HTTPClientError] = [
        .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown, .connectTimeout, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout,
    ]
}

/// The requests to each path, without what differs from one to the next: to take an address apart costs more than to
/// write the request.
private final class Addresses: Sendable {
    private struct Address: Hashable {
        let verb: WireRequest.Verb
        let path: String
    }

    private let baseURL: String
    private let known = Mutex<[Address: HTTPClient.Request]>([:])

    init(baseURL: String) {
        self.baseURL = baseURL
    }

    func request(_ verb: WireRequest.Verb, to path: String) throws -> HTTPClient.Request {
        let address = Address(verb: verb, path: path)
        return try known.withLock { known in
            if let request = known[address] { return request }
            let request = try HTTPClient.Request(
                url: baseURL + path, method: HTTPMethod(rawValue: verb.rawValue),
                headers: ["Content-Type": "application/json", "Accept": "application/json"])
            known[address] = request
            return request
        }
    }
}
