import NIOCore
import NIOEmbedded
import Testing

@testable import Sandbox

@Suite struct DelayedResponseHandlerTests {
    private let loop = EmbeddedEventLoop()
    private let channel: EmbeddedChannel
    private let connection: DelayedResponseHandler

    init() throws {
        connection = DelayedResponseHandler(on: loop)
        channel = EmbeddedChannel(handler: connection, loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    @Test func anAnswerGoesOutWhenItsTimeHasComeAndNotBefore() throws {
        let ended = Ended()
        hold(for: 100, ended)
        write("first, ", "answer")
        loop.advanceTime(by: .milliseconds(99))
        #expect(try sent() == "")
        #expect(ended.count == 0)
        loop.advanceTime(by: .milliseconds(1))
        #expect(try sent() == "first, answer")
        #expect(ended.count == 1)
        write("at once")
        #expect(try sent() == "at once")
    }

    @Test func theDelayIsCountedFromWhenTheRequestCame() throws {
        try channel.writeInbound(ByteBuffer(string: "request"))
        let came = connection.lastRead
        loop.advanceTime(by: .milliseconds(30))
        #expect(connection.lastRead == came)
        connection.hold(until: came + .milliseconds(100)) {}
        write("answer")
        loop.advanceTime(by: .milliseconds(70))
        #expect(try sent() == "answer")
    }

    @Test func anAnswerThatIsAlreadyDueIsNotHeld() throws {
        let ended = Ended()
        hold(for: 0, ended)
        #expect(ended.count == 1)
        write("answer")
        #expect(try sent() == "answer")
    }

    @Test func answersKeepTheirOrderWhereALaterOneIsDueFirst() throws {
        hold(for: 100)
        write("first, ")
        hold(for: 50)
        write("second")
        loop.advanceTime(by: .milliseconds(50))
        #expect(try sent() == "")
        loop.advanceTime(by: .milliseconds(50))
        #expect(try sent() == "first, second")
    }

    @Test func theEndOfTheAnswersWaitsForThem() throws {
        hold(for: 100)
        write("answer")
        let end = loop.makePromise(of: Void.self)
        var hasEnded = false
        end.futureResult.assumeIsolated().whenComplete { _ in hasEnded = true }
        channel.close(mode: .output, promise: end)
        loop.advanceTime(by: .milliseconds(99))
        #expect(!hasEnded)
        loop.advanceTime(by: .milliseconds(1))
        #expect(try sent() == "answer")
        #expect(hasEnded)
    }

    @Test(arguments: [CloseMode.input, .all]) func aConnectionThatIsClosedGivesNoAnswer(_ mode: CloseMode) throws {
        let ended = Ended()
        hold(for: 100, ended)
        let part = loop.makePromise(of: Void.self)
        channel.writeAndFlush(ByteBuffer(string: "answer"), promise: part)
        channel.close(mode: mode, promise: nil)
        #expect(throws: ChannelError.ioOnClosedChannel) { try part.futureResult.wait() }
        #expect(ended.count == 1)
        loop.advanceTime(by: .milliseconds(100))
        #expect(try sent() == "")
        #expect(ended.count == 1)
    }

    @Test func knowsWhetherItHasServedBefore() {
        #expect(!connection.use())
        #expect(connection.use())
    }

    private func hold(for milliseconds: Int64, _ ended: Ended = Ended()) {
        connection.hold(until: loop.now + .milliseconds(milliseconds)) { ended.count += 1 }
    }

    private func write(_ parts: String...) {
        for part in parts { channel.writeAndFlush(ByteBuffer(string: part), promise: nil) }
    }

    private func sent() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }

    private final class Ended {
        var count = 0
    }
}
