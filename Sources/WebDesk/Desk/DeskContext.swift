import Hummingbird
import Payouts

/// A request on its way: in whose name it comes, and in which language it is answered.
struct DeskContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let remote: String?
    var language = Language.ru
    var session: Session?

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        remote = source.channel.remoteAddress?.ipAddress
    }

    var wording: Wording { Wording.of(language) }

    /// - Throws: ``DeskRefusal/signInNeeded``
    func signedIn() throws(DeskRefusal) -> Session {
        guard let session else { throw .signInNeeded }
        return session
    }

    /// - Throws: ``DeskRefusal/signInNeeded``, ``DeskRefusal/notAllowed(_:)``
    func demand(_ role: Role) throws(DeskRefusal) -> Session {
        let session = try signedIn()
        guard session.user.role == role else { throw .notAllowed(role) }
        return session
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
    /// What was handed in was erased meanwhile.
    case noSuchFile
    case sumNotRead
    case noteMissing
    case nothingCorrected
}
