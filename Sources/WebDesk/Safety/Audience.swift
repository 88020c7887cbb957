import Synchronization

/// Those who follow a run, page by page. Each of them has the ledger read twice a second, so there are only so many.
final class Audience: Sendable {
    private let limits: DeskConfiguration.Streams
    private let seated = Mutex<[ObjectIdentifier: Int]>([:])

    init(_ limits: DeskConfiguration.Streams) {
        self.limits = limits
    }

    /// `nil` where there is no seat left.
    func admit(_ session: Session) -> Seat? {
        let key = ObjectIdentifier(session)
        let isFree = seated.withLock { seated in
            let own = seated[key] ?? 0
            guard own < limits.ofSession, seated.values.reduce(0, +) < limits.ofAll else { return false }
            seated[key] = own + 1
            return true
        }
        return isFree ? Seat(session, in: self) : nil
    }

    private func leave(_ key: ObjectIdentifier) {
        seated.withLock { seated in
            let left = (seated[key] ?? 1) - 1
            seated[key] = left > 0 ? left : nil
        }
    }

    /// Is free again at its end, also where its answer never began.
    final class Seat: Sendable {
        // Kept, so that its identity is nobody else's meanwhile.
        private let session: Session
        private let audience: Audience
        private let isTaken = Mutex(true)

        fileprivate init(_ session: Session, in audience: Audience) {
            self.session = session
            self.audience = audience
        }

        func leave() {
            let wasTaken = isTaken.withLock { taken in
                defer { taken = false }
                return taken
            }
            if wasTaken { audience.leave(ObjectIdentifier(session)) }
        }

        deinit {
            leave()
        }
    }
}
