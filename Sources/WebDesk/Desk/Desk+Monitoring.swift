import Bookkeeping
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Tells a monitoring program on this machine, or one with the token, whether the desk works.
extension Desk {
    func addMonitoring(to router: Router<DeskContext>) {
        router.get("health") { request, context in
            try self.demandMonitor(request, context)
            do {
                try await self.offload {
                    _ = try self.configuration.users.users()
                    _ = try self.ledger.batches().count
                }
                return self.plain("ok\n")
            } catch {
                self.logger.error("the desk is not healthy: \(error)")
                return self.plain(
                    "the users file or the ledger cannot be read; the log says why\n", status: .serviceUnavailable)
            }
        }
        router.get("metrics") { request, _ in
            // The metrics have totals, which an approver on this machine must not learn here.
            guard self.hasToken(request) else { throw DeskRefusal.notFound }
            guard let metrics = self.configuration.metrics else { throw DeskRefusal.notFound }
            return self.plain(try await self.offload(metrics))
        }
    }

    private func plain(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func hasToken(_ request: Request) -> Bool {
        guard let token = configuration.monitoringToken, !token.isEmpty else { return false }
        return Token(text: "Bearer " + token).matches(request.headers[.authorization] ?? "")
    }

    /// Refuses everybody else as if there were no such page. A proxy on this machine speaks for others.
    private func demandMonitor(_ request: Request, _ context: DeskContext) throws(DeskRefusal) {
        if hasToken(request) { return }
        let isForwarded = request.headers.contains(.forwarded) || request.headers.contains(.xForwardedFor)
        guard !isForwarded, ["127.0.0.1", "::1"].contains(context.remote) else { throw .notFound }
    }
}
