import CLinuxFiles
import Foundation

/// What others on this machine may see of the program.
enum OwnProcess {
    /// Keeps cards, tokens and the bank's password out of core dumps, and all new files from other accounts.
    static func protect() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = hide_memory()
        // Swift's own report on a crash shows what lies in the memory.
        for crash in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT] { signal(crash, SIG_DFL) }
        // Where others may read a file, its writer says so.
        umask(0o077)
    }
}
