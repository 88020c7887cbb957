import Bookkeeping
import Foundation
import Hummingbird
import Payouts

/// A request on its way: in whose name it comes, and in which language it is answered.
struct DeskContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let remote: String?
    var language = Language.ru
    /// Who asks; or why that cannot be found out.
    var identity = Result<Session?, any Error>.success(nil)

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        remote = source.channel.remoteAddress?.ipAddress
    }

    var wording: Wording { Wording.of(language) }

    var session: Session? {
        switch identity {
        case .success(let session): session
        case .failure: nil
        }
    }

    /// - Throws: ``DeskRefusal/signInNeeded``, or why nobody can be known now.
    func signedIn() throws -> Session {
        guard let session = try identity.get() else { throw DeskRefusal.signInNeeded }
        return session
    }

    /// - Throws: ``DeskRefusal/signInNeeded``, ``DeskRefusal/notAllowed(_:)``, or why nobody can be known now.
    func demand(_ role: Role) throws -> Session {
        let session = try signedIn()
        guard session.user.role == role else { throw DeskRefusal.notAllowed(role) }
        return session
    }
}

/// A batch that is in the ledger, as far as it is named to people.
struct StoredBatch: Hashable {
    let reference: BatchReference
    let at: Date
    let who: String

    init(_ batch: BatchRecord) {
        (reference, at, who) = (batch.reference, batch.importedAt, batch.importedBy)
    }
}

/// Why the desk does not do what a request asks for.
enum DeskRefusal: Error, Hashable {
    case signInNeeded
    /// Only this role may do it.
    case notAllowed(Role)
    /// The request calls the desk by a name that is not its own.
    case wrongHost
    /// Another page sent it.
    case wrongOrigin
    /// The form is of an earlier session.
    case staleForm
    case notFound
    case malformed
    case uploadTooLarge(limitBytes: Int)
    case uploadCut
    /// Several files came in one form.
    case severalFiles
    /// A field came twice, or something came that the form does not have.
    case moreThanAFile
    /// No batch can be called after the file.
    case badFileName(BatchReference.Invalid)
    /// What was handed in was erased meanwhile.
    case noSuchFile
    case sumNotRead
    case noteMissing
    case nothingCorrected
    /// The very file that a person stores is in the ledger by now.
    case alreadyStored([StoredBatch])
    /// A report has the totals in it that an approver is to know from elsewhere.
    case notBeforeApproval
}
