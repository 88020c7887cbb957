import Foundation
import Hummingbird

/// Takes HTTP apart for the bank and puts its replies on the wire.
struct SandboxResponder: HTTPResponder {
    let bank: SandboxBank

    private static let largestBodyBytes = 1 << 20

    func respond(to request: Request, context: SandboxContext) async throws -> Response {
        let reply: Reply
        switch (request.method, request.uri.path) {
        case (.post, "/services/bmms/api/ext/agent/pay"):
            return await pay(request, cameByRedirect: false, context)
        case (.post, BankState.movedPayPath):
            return await pay(request, cameByRedirect: true, context)
        case (.post, "/services/bmms/api/agent/status"):
            let authorization = request.headers[.authorization]
            reply = await withBody(of: request, .status) { bank.status(body: $0, authorization: authorization) }
        case (.post, "/api/ext/user/login"):
            reply = await withBody(of: request, .login) { bank.login(body: $0) }
        case (.post, "/api/ext/user/refresh-token"):
            reply = await withBody(of: request, .refresh) { bank.refresh(body: $0) }
        case (.get, "/sandbox/debits"):
            reply = .ok(bank.debitsJSON, outcome: "OK")
        case (.get, "/sandbox/requests"):
            reply = .ok(bank.requestsJSON, outcome: "OK")
        case (.get, "/sandbox/health"):
            reply = .ok(.fields(["status": .string("UP")]), outcome: "OK")
        default:
            reply = bank.turnAway(.other, .error(.notFound))
        }
        return await response(for: reply, context)
    }

    private func pay(_ request: Request, cameByRedirect: Bool, _ context: SandboxContext) async -> Response {
        bank.state.withLock { $0.openPay() }
        defer { bank.state.withLock { $0.closePay() } }
        let authorization = request.headers[.authorization]
        let reply = await withBody(of: request, .pay) {
            bank.pay(body: $0, authorization: authorization, cameByRedirect: cameByRedirect)
        }
        return await response(for: reply, context)
    }

    private func withBody(
        of request: Request, _ path: RecordedRequest.Path, _ method: (Data) -> Reply
    ) async -> Reply {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return bank.turnAway(path, .error(.invalidRequest))
        }
        do {
            let buffer = try await request.body.collect(upTo: Self.largestBodyBytes)
            return method(Data(buffer.readableBytesView))
        } catch {
            return bank.turnAway(path, .gatewayPage(status: 413, title: "Request Entity Too Large"))
        }
    }

    private func response(for reply: Reply, _ context: SandboxContext) async -> Response {
        if reply.delay > .zero {
            do {
                try await Task.sleep(for: reply.delay)
            } catch {
                // The sandbox stops: like a bank that dies, it leaves without an answer.
                await context.hangUp()
            }
        }
        switch reply.content {
        case .json(let status, let json):
            return response(status, "application/json", json.text, retryAfterSeconds: reply.retryAfterSeconds)
        case .page(let status, let html):
            return response(status, "text/html", html)
        case .redirect(let path):
            return Response(status: .temporaryRedirect, headers: [.location: path])
        case .cut(let json):
            return cut(json)
        case .hangUp:
            await context.hangUp()
            // Nobody reads it; the server must be handed something, and fails to write it.
            return Response(status: .noContent)
        }
    }

    private func response(
        _ status: Int, _ contentType: String, _ text: String, retryAfterSeconds: Int? = nil
    ) -> Response {
        var response = Response(
            status: .init(code: status), headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        response.headers[.retryAfter] = retryAfterSeconds.map(String.init)
        return response
    }

    private func cut(_ json: JSONText) -> Response {
        let text = json.text
        let length = text.utf8.count
        let body = ResponseBody(contentLength: length) { writer in
            try await writer.write(ByteBuffer(bytes: text.utf8.prefix(length / 2)))
            // An error in the middle of a body makes the server close the connection.
            throw CutShort()
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }

    private struct CutShort: Error {}
}
