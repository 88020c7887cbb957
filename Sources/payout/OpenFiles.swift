import Foundation

/// How many files and connections the program may have open.
enum OpenFiles {
    /// What the program needs besides its connections to the bank.
    private static var base: Int { 48 + 4 * ProcessInfo.processInfo.activeProcessorCount }

    /// Raises the limit as far as the system lets us. Without this look, a connection or a file that cannot be opened would
    /// end the program in the middle of its work.
    ///
    /// - Throws: ``Failure`` where there are too few all the same.
    static func reserve(connections: Int = 0) throws(Failure) {
        var limit = rlimit()
        let needed = rlim_t(base + connections)
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < needed else {
            return
        }
        limit.rlim_cur = min(needed, limit.rlim_max)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur >= needed else {
            throw Failure(
                .configuration,
                "only \(limit.rlim_max) files may be open at once, and \(needed) are needed: raise the limit (ulimit -n 1024)"
                    + (connections > 0 ? ", or lower PAYOUT_CONCURRENCY" : "") + "; nothing was sent")
        }
    }
}
