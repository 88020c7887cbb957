import Synchronization
import Testing

@testable import Bookkeeping

@Suite struct PipelineTests {
    private struct Trouble: Error, Equatable {
        let text: String
    }

    @Test(arguments: [0, 1, 7, 1000]) func everyPieceIsConsumedOnceAndInOrder(count: Int) throws {
        var taken: [Int] = []
        try Pipeline<Int>.producingInBackground { put in
            for piece in 0..<count { try put(piece) }
        } take: {
            taken.append($0)
        }
        #expect(taken == Array(0..<count))

        let elsewhere = Mutex<[Int]>([])
        try Pipeline<Int>.consumingInBackground { next in
            while let piece = try next() { elsewhere.withLock { $0.append(piece) } }
        } make: { put in
            for piece in 0..<count { try put(piece) }
        }
        #expect(elsewhere.withLock(\.self) == Array(0..<count))
    }

    @Test func theProducersErrorReachesTheConsumerAfterItsPieces() throws {
        var taken: [Int] = []
        #expect(throws: Trouble(text: "made")) {
            try Pipeline<Int>.producingInBackground { put in
                for piece in 0..<5 { try put(piece) }
                throw Trouble(text: "made")
            } take: {
                taken.append($0)
            }
        }
        #expect(taken == [0, 1, 2, 3, 4])
        #expect(throws: Trouble(text: "made")) {
            try Pipeline<Int>.consumingInBackground { next in
                // An error in the middle must not look like the end.
                while try next() != nil {}
            } make: { put in
                try put(1)
                throw Trouble(text: "made")
            }
        }
    }

    @Test func aConsumerThatStopsEndsTheProducer() throws {
        let made = Mutex(0)
        #expect(throws: Trouble(text: "taken")) {
            try Pipeline<Int>.producingInBackground { put in
                while true {
                    made.withLock { $0 += 1 }
                    try put(0)
                }
            } take: { _ in
                throw Trouble(text: "taken")
            }
        }
        #expect(made.withLock(\.self) < 100)
        try Pipeline<Int>.consumingInBackground { next in
            let first = try next()
            #expect(first == 0)
        } make: { put in
            while true { try put(0) }
        }
        #expect(throws: Trouble(text: "taken")) {
            try Pipeline<Int>.consumingInBackground { _ in
                throw Trouble(text: "taken")
            } make: { put in
                while true { try put(0) }
            }
        }
    }
}
