import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Gathers one answer. The HTTP client calls it from its event loop, and for the last time when the body is whole.
final class AnswerDelegate: HTTPClientResponseDelegate {
    static let bodyLimit = 1 << 20

    struct TooLong: Error {
        let httpStatus: Int
    }

    private struct Gathered {
        var httpStatus = 0
        var retryAfterSeconds: Int?
        var body: [UInt8] = []
    }

    private let gathered = Mutex(Gathered())

    func didReceiveHead(task: HTTPClient.Task<RawAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let retryAfter = head.headers.first(name: "Retry-After").flatMap { Int($0) }
        gathered.withLock { gathered in
            gathered.httpStatus = Int(head.status.code)
            gathered.retryAfterSeconds = retryAfter.flatMap { (0...86_400).contains($0) ? $0 : nil }
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<RawAnswer>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        let tooLong = gathered.withLock { gathered -> TooLong? in
            gathered.body.append(contentsOf: part.readableBytesView)
            return gathered.body.count > Self.bodyLimit ? TooLong(httpStatus: gathered.httpStatus) : nil
        }
        return tooLong.map { task.eventLoop.makeFailedFuture($0) } ?? task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<RawAnswer>) throws -> RawAnswer {
        gathered.withLock { gathered in
            RawAnswer(
                httpStatus: gathered.httpStatus, retryAfterSeconds: gathered.retryAfterSeconds, body: gathered.body)
        }
    }
}
