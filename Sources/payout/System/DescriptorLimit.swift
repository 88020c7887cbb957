import Foundation

/// The limit on open files and connections.
enum DescriptorLimit {
    /// The number of descriptors besides the connections to the bank.
    private static var base: Int { 48 + 4 * ProcessInfo.processInfo.activeProcessorCount }

    /// Raises the limit if it is too low. Otherwise a file or connection that does not open could end a run midway.
    ///
    /// - Throws: ``CommandError`` if the system does not allow enough.
    static func reserve(connections: Int = 0) throws(CommandError) {
        var limit = rlimit()
        let needed = rlim_t(base + connections)
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < needed else {
            return
        }
        limit.rlim_cur = min(needed, limit.rlim_max)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur >= needed else {
            throw CommandError(
                .configuration,
                "only \(limit.rlim_max) files may be open at once, and \(needed) are needed: raise the limit (ulimit -n 1024)"
                    + (connections > 0 ? ", or lower PAYOUT_CONCURRENCY" : "") + "; nothing was sent")
        }
    }
}
