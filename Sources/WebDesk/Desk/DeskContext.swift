import Bookkeeping
import Foundation
import Hummingbird
import Payouts
import Synchronization

/// The context of a request: its session and the language of its answer.
struct DeskContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let remote: String?
    /// The connection of the request.
    let connection: ObjectIdentifier
    var language = Language.ru
    /// The session of the request, or the error of its lookup.
    var identity = Result<Session?, any Error>.success(nil)
    /// The act that the request recorded without an outcome. If it is refused, a second entry says so.
    let begunAct = BegunAct()

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        remote = source.channel.remoteAddress?.ipAddress
        connection = ObjectIdentifier(source.channel)
    }

    var wording: Wording { Wording.of(language) }

    var session: Session? {
        switch identity {
        case .success(let session): session
        case .failure: nil
        }
    }

    /// Returns the session.
    ///
    /// - Throws: ``DeskRefusal/signInNeeded``, or the error of the session lookup.
    func signedIn() throws -> Session {
        guard let session = try identity.get() else { throw DeskRefusal.signInNeeded }
        return session
    }

    /// Returns the session if its user has the role.
    ///
    /// - Throws: ``DeskRefusal/signInNeeded``, ``DeskRefusal/notAllowed(_:)``, or the error of the session lookup.
    func demand(_ role: Role) throws -> Session {
        let session = try signedIn()
        guard session.user.role == role else { throw DeskRefusal.notAllowed(role) }
        return session
    }
}

/// An act in the audit log whose outcome is not recorded yet.
final class BegunAct: Sendable {
    private let entry = Mutex<AuditLog.Entry?>(nil)

    var begun: AuditLog.Entry? { entry.withLock(\.self) }

    func note(_ recorded: AuditLog.Entry) { entry.withLock { $0 = recorded.outcome == nil ? recorded : nil } }
}

/// The parts of a stored batch that error pages name.
struct StoredBatch: Hashable {
    let reference: BatchReference
    let at: Date
    let who: String

    init(_ batch: BatchRecord) {
        (reference, at, who) = (batch.reference, batch.importedAt, batch.importedBy)
    }
}

/// A reason to refuse a request.
enum DeskRefusal: Error, Hashable {
    case signInNeeded
    /// Only this role may do this.
    case notAllowed(Role)
    /// The request uses a host name that is not the desk's.
    case wrongHost
    /// Another page sent the request.
    case wrongOrigin
    /// The form belongs to an earlier session or was used already.
    case staleForm
    case notFound
    case malformed
    case uploadTooLarge(limitBytes: Int)
    case uploadCut
    /// One form contained several files.
    case severalFiles
    /// The form contained a field twice, an unknown field, or data after the file.
    case moreThanAFile
    /// No batch can have the name of the file.
    case badFileName(BatchReference.Invalid)
    /// The uploaded file was deleted meanwhile.
    case noSuchFile
    case sumNotRead
    case noteMissing
    /// An account has not 20 digits, or an MFO not 5.
    case payerNotRead
    case nothingCorrected
    /// The second factor's code is wrong, too old, or was used before.
    case wrongCode
    /// There were too many wrong codes.
    case tooManyCodes(minutes: Int)
    /// The password that a change of the second factor needs is wrong.
    case wrongPassword
    case tooManyPasswords(minutes: Int)
    /// The rules require a second factor, and the user has none yet.
    case secondFactorMissing
    /// The ledger already has a file with the same bytes.
    case alreadyStored([StoredBatch])
    /// A report contains the totals, which an approver must not see before the approval.
    case notBeforeApproval
}
