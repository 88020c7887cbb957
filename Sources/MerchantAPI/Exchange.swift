import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One request and its whole answer, ended at the hard timeout. It is sent once: nothing is retried, no redirect is
/// followed.
struct Exchange: Transport {
    static let bodyLimit = 1 << 20

    let http: HTTPClient
    let baseURL: String
    let timeout: Duration

    private struct TooLong: Error {
        let httpStatus: Int
    }

    func carry(_ wire: WireRequest) async throws(MerchantError) -> RawAnswer {
        // Before this line nothing of the request exists outside this process.
        if Task.isCancelled { throw .notSent("ended before it was sent") }
        var request = HTTPClientRequest(url: baseURL + wire.path)
        request.method = HTTPMethod(rawValue: wire.verb.rawValue)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Accept", value: "application/json")
        if let authorization = wire.authorization { request.headers.add(name: "Authorization", value: authorization) }
        if wire.verb == .post { request.body = .bytes(ByteBuffer(string: wire.body)) }
        return try await send(request)
    }

    func shutdown() async throws {
        try await http.shutdown()
    }

    private func send(_ request: HTTPClientRequest) async throws(MerchantError) -> RawAnswer {
        let http = http
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        let work = Task { try await Self.wholeAnswer(http: http, request: request, deadline: deadline) }
        // The HTTP client's own deadline ends with the head of the answer; this one covers the body too.
        let timer = Task {
            try await Task.sleep(for: timeout, clock: .continuous)
            work.cancel()
        }
        defer { timer.cancel() }
        let result = await withTaskCancellationHandler {
            await work.result
        } onCancel: {
            work.cancel()
        }
        switch result {
        case .success(let answer): return answer
        case .failure(let error): throw Self.proof(error, deadline: deadline)
        }
    }

    private static func wholeAnswer(
        http: HTTPClient, request: HTTPClientRequest, deadline: NIODeadline
    ) async throws -> RawAnswer {
        let response = try await http.execute(request, deadline: deadline)
        var body: [UInt8] = []
        for try await part in response.body {
            body.append(contentsOf: part.readableBytesView)
            guard body.count <= bodyLimit else { throw TooLong(httpStatus: Int(response.status.code)) }
        }
        // A cancelled stream may end as if the body did. Only a whole JSON text is then believed.
        if Task.isCancelled {
            do { _ = try JSONReader.read(body) } catch { throw CancellationError() }
        }
        let retryAfter = response.headers.first(name: "Retry-After").flatMap { Int($0) }
        return RawAnswer(
            httpStatus: Int(response.status.code),
            retryAfterSeconds: retryAfter.flatMap { (0...86_400).contains($0) ? $0 : nil }, body: body)
    }

    /// What an error proves. Everything that is not known to come before the first byte may have come after it.
    private static func proof(_ error: any Error, deadline: NIODeadline) -> MerchantError {
        switch error {
        case let error as TooLong: return .untrusted(httpStatus: error.httpStatus, why: "the body is over 1 MB")
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
