/// A setting that is wrong or missing, or a path that the person may not name.
package enum SettingsError: Error {
    /// Only the administrator can fix it. The text is English.
    case wrong(String)
    /// The text says in English why nobody could be held responsible.
    case nobody(String)
    /// Under sudo only files in the folder of reports may be named.
    case outOfReach(path: String, folder: String)
    /// Under sudo the service's file names the paths.
    case noPathUnderSudo(option: String, file: String)
}
