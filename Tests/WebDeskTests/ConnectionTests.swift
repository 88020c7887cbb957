import Bookkeeping
import Fixtures
import Foundation
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Payouts
import Testing

@testable import WebDesk

/// Connections that keep the desk waiting, and too many connections.
@Suite struct ConnectionTests {
    /// One connection, with a clock of its own.
    private final class Client {
        let loop = EmbeddedEventLoop()
        let channel: EmbeddedChannel
        static let head = HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/")

        init(_ connections: Connections = Connections(.init(ofAddress: 9, ofAll: 9)), from address: String = "10.0.0.1")
            throws
        {
            channel = EmbeddedChannel(handler: ConnectionGuard(connections, .init()), loop: loop)
            try channel.connect(to: SocketAddress(ipAddress: address, port: 1)).wait()
        }

        func wait(_ seconds: Int64) {
            loop.advanceTime(by: .seconds(seconds))
        }

        func send(_ part: HTTPRequestPart) throws {
            try channel.writeInbound(part)
        }

        func answer() throws {
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
            try channel.writeOutbound(HTTPResponsePart.end(nil))
        }

        var isOpen: Bool { channel.isActive }
    }

    @Test func aConnectionWithoutARequestIsClosedAfterTenSeconds() throws {
        let client = try Client()
        client.wait(9)
        #expect(client.isOpen)
        client.wait(1)
        #expect(!client.isOpen)
    }

    @Test func aBodyThatPausesIsClosedAfterHalfAMinute() throws {
        let client = try Client()
        try client.send(.head(Client.head))
        for _ in 1...3 {
            client.wait(29)
            #expect(client.isOpen)
            try client.send(.body(ByteBuffer(repeating: 0, count: 100_000)))
        }
        client.wait(30)
        #expect(!client.isOpen)
    }

    @Test func aBodyThatTricklesIsClosed() throws {
        let client = try Client()
        try client.send(.head(Client.head))
        var seconds = 0
        while client.isOpen, seconds < 300 {
            client.wait(5)
            seconds += 5
            if client.isOpen { try client.send(.body(ByteBuffer(repeating: 0, count: 100))) }
        }
        #expect((30...40).contains(seconds))
    }

    @Test func anAnswerMayTakeAnyTime() throws {
        let client = try Client()
        try client.send(.head(Client.head))
        try client.send(.end(nil))
        client.wait(3600)
        #expect(client.isOpen)
        try client.answer()
        client.wait(59)
        #expect(client.isOpen)
        client.wait(1)
        #expect(!client.isOpen, "an idle connection")
    }

    @Test func anAnswerThatNobodyReadsIsGivenUp() throws {
        let client = try Client()
        try client.send(.head(Client.head))
        try client.send(.end(nil))
        client.channel.isWritable = false
        client.channel.pipeline.fireChannelWritabilityChanged()
        client.wait(29)
        #expect(client.isOpen)
        client.wait(1)
        #expect(!client.isOpen)
    }

    @Test func theOldestWaitingConnectionMakesRoom() throws {
        let connections = Connections(.init(ofAddress: 2, ofAll: 3))
        let first = try Client(connections)
        let second = try Client(connections)
        let third = try Client(connections)
        #expect(!first.isOpen && second.isOpen && third.isOpen)
        // Another address is not affected until all are too many.
        let other = try Client(connections, from: "10.0.0.2")
        #expect(second.isOpen && other.isOpen && connections.count == 3)
        let another = try Client(connections, from: "10.0.0.3")
        #expect(!second.isOpen && third.isOpen && other.isOpen && another.isOpen)
    }

    @Test func aConnectionOfAUserOrWithARequestIsKept() throws {
        let connections = Connections(.init(ofAddress: 3, ofAll: 9))
        let (user, busy, idle) = (try Client(connections), try Client(connections), try Client(connections))
        connections.recognize(ObjectIdentifier(user.channel))
        try busy.send(.head(Client.head))
        try busy.send(.end(nil))
        let next = try Client(connections)
        #expect(user.isOpen && busy.isOpen && !idle.isOpen && next.isOpen)
        connections.recognize(ObjectIdentifier(next.channel))
        let tooMany = try Client(connections)
        #expect(user.isOpen && busy.isOpen && next.isOpen && !tooMany.isOpen)
        // A connection that ends makes room.
        try busy.channel.close().wait()
        #expect(try Client(connections).isOpen)
    }

    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false), ("::ffff:10.0.0.1", "10.0.0.1", true),
        ("2001:db8::1", "2001:db8::2:0:0:1", true), ("2001:db8::1", "2001:db8:0:1::1", false),
    ])
    func theAddressesOfANetworkCountAsOne(one: String, other: String, isOne: Bool) {
        #expect((ClientAddress(one) == ClientAddress(other)) == isOne)
    }

    /// A thousand half heads held the desk down (slowloris).
    @Test func usersReachADeskWhoseConnectionsStrangersHold() async throws {
        let desk = try await ServedDesk { $0.connections = .init(ofAddress: 20, ofAll: 20) }
        var held: [RawConnection] = []
        for _ in 1...60 {
            let connection = try RawConnection(port: desk.port)
            try connection.send("GET / HTTP/1.1\r\nHost:")
            held.append(connection)
        }
        let maker = try await desk.signedIn("dilnoza")
        #expect(try await maker.get("/").status == 200)
        #expect(try await held[0].readToEnd() == "")
        #expect(desk.desk.connections.count <= 20)
        try await desk.stop()
    }

    @Test func aRunGoesOnAndItsUserReachesItWhileStrangersHoldConnections() async throws {
        let bank = HeldBank()
        let desk = try await ServedDesk(payingAt: bank) { $0.connections = .init(ofAddress: 20, ofAll: 20) }
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await maker.store(Payroll.file(2...31), "a.csv").location
        #expect(try await maker.pay(batch).status == 303)
        try await wait(for: "a payment of each slot at the bank") { bank.heldPayments == 16 }
        var held: [RawConnection] = []
        for number in 1...60 {
            let connection = try RawConnection(port: desk.port)
            let body = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:\(desk.port)\r\nContent-Length: 100\r\n\r\nname=a"
            try connection.send(number.isMultiple(of: 2) ? "GET / HTTP/1.1\r\nHost:" : body)
            held.append(connection)
        }
        #expect(try await maker.get(batch).status == 200)
        bank.release()
        try await maker.follow(batch)
        let statement = try desk.ledger.statement(of: desk.ledger.batch(named: "a").id)
        #expect(statement[.paid].rows == 30 && statement.addsUp)
        #expect(try await maker.get(batch + "/report.xlsx").data.starts(with: Data("PK".utf8)))
        #expect(desk.desk.connections.count <= 20)
        withExtendedLifetime(held) {}
        try await desk.stop()
    }

    @Test func theDeskClosesAHeadThatDoesNotCome() async throws {
        let desk = try await ServedDesk { $0.patience.firstHead = .milliseconds(100) }
        let connection = try RawConnection(port: desk.port)
        try connection.send("GET / HTTP/1.1\r\nHost:")
        #expect(try await connection.readToEnd() == "")
        try await desk.stop()
    }

    @Test func theDeskClosesABodyThatDoesNotCome() async throws {
        let desk = try await ServedDesk { $0.patience.pause = .milliseconds(100) }
        let connection = try RawConnection(port: desk.port)
        try connection.send(
            "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:\(desk.port)\r\nSec-Fetch-Site: same-origin\r\n"
                + "Content-Length: 100\r\n\r\nname=a")
        _ = try await connection.readToEnd()
        try await desk.stop()
    }
}
