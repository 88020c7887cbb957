import Foundation
import Hummingbird
import NIOCore
import Synchronization

/// Translates HTTP requests for the bank, and sends its replies.
struct SandboxResponder: HTTPResponder {
    let bank: SandboxBank
    let port: ListeningPort

    func respond(to request: Request, context: SandboxContext) async throws -> Response {
        let isPayment = RecordedRequest.Path(method: request.method.rawValue, path: request.uri.path) == .pay
        let end = { if isPayment { bank.state.withLock { $0.closePay() } } }
        if isPayment { bank.state.withLock { $0.openPay() } }
        var isHeld = false
        defer { if !isHeld { end() } }
        do {
            let body = try await body(of: request)
            let connection = context.connection
            let arrived = ArrivedRequest(
                method: request.method.rawValue, path: request.uri.path, authorization: request.headers[.authorization],
                contentType: request.headers[.contentType], body: body,
                isOnUsedConnection: connection?.use() ?? false)
            let reply = bank.take(arrived)
            let start = connection?.lastRead ?? .now()
            if case .whole = reply.delivery, let connection {
                isHeld = true
                connection.hold(until: start + TimeAmount(reply.delay), end: end)
                return response(reply, ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
            }
            return try await carryOut(reply, from: start, context)
        } catch {
            // The client left in the middle of its request, or the sandbox stops. Close without an answer, like a bank
            // that crashes.
            return await hangUp(context)
        }
    }

    private func body(of request: Request) async throws -> Data {
        var body = Data()
        for try await part in request.body {
            body.append(contentsOf: part.readableBytesView)
            if body.count > ArrivedRequest.largestBodyBytes { break }
        }
        return body
    }

    /// Carries out a reply.
    /// - Parameter start: the time from which the delay counts. The delay then includes the work of this machine.
    private func carryOut(
        _ reply: Reply, from start: NIODeadline, _ context: SandboxContext
    ) async throws -> Response {
        let bytes = ByteBuffer(bytes: reply.body)
        if reply.delay > .zero { try await context.sleep(until: start + TimeAmount(reply.delay)) }
        switch reply.delivery {
        case .whole: return response(reply, ResponseBody(byteBuffer: bytes))
        case .cut(let length):
            return response(
                reply,
                ResponseBody(contentLength: bytes.readableBytes) { writer in
                    try await writer.write(ByteBuffer(bytes: bytes.readableBytesView.prefix(length)))
                    // An error in the middle of a body makes the server close the connection.
                    throw CutShort()
                })
        case .trickled(let interval):
            return response(
                reply,
                ResponseBody(contentLength: bytes.readableBytes) { writer in
                    for byte in bytes.readableBytesView {
                        try await context.sleep(for: interval)
                        try await writer.write(ByteBuffer(bytes: [byte]))
                    }
                    try await writer.finish(nil)
                })
        case .closed: return await hangUp(context)
        case .reset:
            await context.reset()
            return await hangUp(context)
        case .refused(let duration):
            port.refuse(for: duration)
            return await hangUp(context)
        case .swapped(let swap):
            return try await carryOut(swap.answer { try await context.sleep(for: $0) }, from: .now(), context)
        }
    }

    private func response(_ reply: Reply, _ body: ResponseBody) -> Response {
        var response = Response(status: .init(code: reply.status), body: body)
        for header in reply.headers {
            guard let name = HTTPFields.Element.Name(header.name) else { continue }
            response.headers[name] = header.value
        }
        return response
    }

    private func hangUp(_ context: SandboxContext) async -> Response {
        await context.hangUp()
        // The connection is closed, so nobody reads this response. The server needs one, and its write fails.
        return Response(status: .noContent)
    }

    private struct CutShort: Error {}
}
