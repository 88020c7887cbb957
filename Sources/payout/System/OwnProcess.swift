import CLinuxFiles
import Foundation

/// Limits what others on this machine can see of the program.
enum OwnProcess {
    /// Keeps cards, tokens and the bank's password out of core dumps, and all new files from other accounts.
    static func protect() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = hide_memory()
        // Disable Swift's own crash report, because it shows the memory.
        for crash in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT] { signal(crash, SIG_DFL) }
        // Code that writes a file for others sets the file's mode itself.
        umask(0o077)
    }
}
