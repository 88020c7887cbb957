import Foundation
import PayoutFiles
import Payouts
import Synchronization

/// A user's session, with the work that they have begun but not finished.
final class Session: Sendable {
    let user: User
    /// The token in every form of this session.
    let formToken: Token
    private let state = Mutex(State())

    struct State {
        /// Whether the session has ended. Then it keeps no more work.
        var isOver = false
        var notice: Notice?
        /// The uploaded file that waits for the user's decision.
        var file: StagedFile?
        /// The result of the latest comparison with a bank's statement.
        var statement: StatementPage?
        /// Corrections that are not sent yet, by batch and row. They contain full card numbers, so the desk never shows
        /// them.
        var corrections: [BatchReference: [Int: CorrectionFile]] = [:] {
            // A rerun that was shown with other corrections can no longer be confirmed.
            didSet { reruns = [:] }
        }
        /// The authenticator app that the user is enrolling.
        var enrolment: Enrolment?
        /// The values of refused approvals, by batch, until the next try.
        var approvals: [BatchReference: RefusedApproval] = [:]
        /// The verdicts whose effect the user was shown last. Each can be confirmed once.
        var verdicts: [BatchReference: ShownVerdict] = [:]
        /// The reruns that the user was shown last. Each can be confirmed once.
        var reruns: [BatchReference: ShownRerun] = [:]
    }

    struct Enrolment: Sendable {
        let secret: AuthenticatorSecret
        /// Whether the user gave a code of the second factor that will be replaced.
        let mayReplace: Bool
    }

    struct RefusedApproval {
        let rows, sum: String
        let error: any Error
    }

    /// The refused rows that a person was shown before they confirm the rerun.
    struct ShownRerun {
        /// The token in the form. Another page cannot confirm the rerun, and the same form only once.
        let token: Token
        let rows: Set<Int>
        let corrections: [Int: CorrectionFile]
    }

    /// The verdict that a person was shown before they confirm it.
    struct ShownVerdict: Sendable {
        let token: Token
        let row: Int
        let verdict: RowVerdict
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
    /// Returns the notice for the next page and removes it.
    func takeNotice() -> Notice? {
        change { state in
            defer { state.notice = nil }
            return state.notice
        }
    }
}

/// A message at the top of the next page.
struct Notice: Sendable {
    enum Kind: String { case done, trouble }
    let kind: Kind
    let text: String
}

/// All active sessions. They are in memory: when the desk stops, every user is signed out.
final class Sessions: Sendable {
    /// The time in seconds after which a session without a click ends.
    static let idle: TimeInterval = 30 * 60
    /// The time in seconds after which a session ends in any case.
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

    /// Starts a session.
    ///
    /// - Returns: the session, and the token for the browser's cookie.
    func begin(_ user: User, at now: Date) -> (Session, Token) {
        let token = Token(random: random)
        let session = Session(user: user, formToken: Token(random: random))
        entries.withLock { $0[Token.digest(of: token.text)] = Entry(session: session, began: now, seen: now) }
        return (session, token)
    }

    /// Gives a session a new token after its user signed in again. Its work is kept.
    ///
    /// - Returns: the new token, or `nil` if the session has ended.
    func renew(_ token: String, at now: Date) -> Token? {
        let new = Token(random: random)
        return entries.withLock { entries in
            guard let entry = entries.removeValue(forKey: Token.digest(of: token)), !Self.isOver(entry, at: now) else {
                return nil
            }
            entries[Token.digest(of: new.text)] = Entry(session: entry.session, began: now, seen: now)
            return new
        }
    }

    /// Returns the session of a token, or `nil` if there is none or it has ended.
    ///
    /// - Parameter isPolling: whether the page itself sent the request. Such a request does not prolong the session.
    func find(_ token: String, at now: Date, isPolling: Bool = false) -> Session? {
        let key = Token.digest(of: token)
        return entries.withLock { entries in
            guard let entry = entries[key], !Self.isOver(entry, at: now) else { return nil }
            if !isPolling { entries[key]?.seen = now }
            return entry.session
        }
    }

    func end(_ token: String) {
        _ = entries.withLock { $0.removeValue(forKey: Token.digest(of: token)) }
    }

    /// Ends the sessions whose time has passed.
    ///
    /// - Returns: the sessions that ended.
    func sweep(at now: Date) -> [Session] {
        entries.withLock { entries in
            let over = entries.filter { Self.isOver($0.value, at: now) }
            for key in over.keys { entries[key] = nil }
            return over.values.map(\.session)
        }
    }

    private static func isOver(_ entry: Entry, at now: Date) -> Bool {
        // If the clock was set back, end the session: its age is unknown.
        !(0..<idle).contains(now.timeIntervalSince(entry.seen))
            || !(0..<longest).contains(now.timeIntervalSince(entry.began))
    }
}
