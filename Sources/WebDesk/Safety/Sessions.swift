import Foundation
import PayoutFiles
import Payouts
import Synchronization

/// One person who is signed in, with what she has begun and not finished.
final class Session: Sendable {
    let user: User
    /// In every form that she is shown.
    let formToken: Token
    private let state = Mutex(State())

    struct State {
        var notice: Notice?
        /// The file that waits for her decision.
        var file: StagedFile?
        /// Corrections that are not sent yet, by batch and row. They hold cards, and so are never shown.
        var corrections: [BatchReference: [Int: CorrectionFile]] = [:] {
            // What was shown with other corrections must not be agreed to any more.
            didSet { reruns = [:] }
        }
        /// What she typed to approve a batch and was refused with, until she tries again.
        var approvals: [BatchReference: RefusedApproval] = [:]
        /// The reruns that she was shown last, each to be agreed to once.
        var reruns: [BatchReference: ShownRerun] = [:]
    }

    struct RefusedApproval {
        let rows, sum: String
        let error: any Error
    }

    /// What a person was shown before she agreed to pay refused rows again.
    struct ShownRerun {
        /// In the form: another page, or the same one a second time, agrees to nothing.
        let token: Token
        let rows: Set<Int>
        let corrections: [Int: CorrectionFile]
    }

    init(user: User, formToken: Token) {
        self.user = user
        self.formToken = formToken
    }

    func change<Result: Sendable>(_ body: (inout sending State) -> sending Result) -> Result {
        state.withLock(body)
    }
}

extension Session {
    /// What the next page says, once.
    func takeNotice() -> Notice? {
        change { state in
            defer { state.notice = nil }
            return state.notice
        }
    }
}

/// What the next page says at its top.
struct Notice: Sendable {
    enum Kind: String { case done, trouble }
    let kind: Kind
    let text: String
}

/// Who is signed in. Kept in memory: when the desk stops, everybody is signed out.
final class Sessions: Sendable {
    /// Without a click for so long, a session ends.
    static let idle: TimeInterval = 30 * 60
    /// After so long it ends in any case.
    static let longest: TimeInterval = 10 * 3600

    private struct Entry {
        let session: Session
        let began: Date
        var seen: Date
    }

    private let entries = Mutex<[Data: Entry]>([:])
    private let random: @Sendable (Int) -> [UInt8]

    init(random: @escaping @Sendable (Int) -> [UInt8]) {
        self.random = random
    }

    /// - Returns: what the browser has to show from now on.
    func begin(_ user: User, at now: Date) -> (Session, Token) {
        let token = Token(random: random)
        let session = Session(user: user, formToken: Token(random: random))
        entries.withLock { $0[Token.digest(of: token.text)] = Entry(session: session, began: now, seen: now) }
        return (session, token)
    }

    /// - Parameter isLook: whether nothing but the page itself asks, which keeps nobody signed in.
    func find(_ token: String, at now: Date, isLook: Bool = false) -> Session? {
        let key = Token.digest(of: token)
        return entries.withLock { entries in
            guard let entry = entries[key], !Self.isOver(entry, at: now) else { return nil }
            if !isLook { entries[key]?.seen = now }
            return entry.session
        }
    }

    func end(_ token: String) {
        _ = entries.withLock { $0.removeValue(forKey: Token.digest(of: token)) }
    }

    /// Ends what is over.
    ///
    /// - Returns: whose it was.
    func sweep(at now: Date) -> [Session] {
        entries.withLock { entries in
            let over = entries.filter { Self.isOver($0.value, at: now) }
            for key in over.keys { entries[key] = nil }
            return over.values.map(\.session)
        }
    }

    private static func isOver(_ entry: Entry, at now: Date) -> Bool {
        // A clock that was set back ends a session too: nobody knows then how old it is.
        !(0..<idle).contains(now.timeIntervalSince(entry.seen))
            || !(0..<longest).contains(now.timeIntervalSince(entry.began))
    }
}
