import CRelease

/// The version of the program.
enum Release {
    /// Follows semantic versioning: the first number changes with the ledger's promises, the second with features.
    static let version = "0.1.0"

    /// The version with the commit and its date, if the build knows them: `0.1.0 (27fb2b958, 2026-11-30)`.
    static var text: String {
        let commit = unsafe String(cString: payout_commit())
        return commit.isEmpty ? version : "\(version) (\(commit))"
    }
}
