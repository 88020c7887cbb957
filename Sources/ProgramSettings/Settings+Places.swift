import Foundation

/// Checks the paths that people name. Under sudo they work with the service's rights, so they may name only its
/// reports.
extension Settings {
    /// Checks a path from the command line.
    ///
    /// - Throws: ``SettingsError`` if the program runs under another account and the path leads out of the report
    ///   folder.
    package func demandReach(of path: String) throws(SettingsError) {
        guard caller.borrowsAccount else { return }
        let folder = Self.resolved(outputFolder)
        // The report folder is the current folder now. Resolve only the path's folder, because the file may not exist
        // yet.
        let place = URL(fileURLWithPath: path)
        let inside = place.deletingLastPathComponent().path
        var file = stat()
        let isLink = unsafe lstat(place.path, &file) == 0 && file.st_mode & S_IFMT != S_IFREG
        guard FileManager.default.fileExists(atPath: inside), !isLink,
            (Self.resolved(inside) + "/").hasPrefix(folder + "/")
        else {
            throw Self.outOfReach(path, folder)
        }
    }

    private static func outOfReach(_ path: String, _ folder: String) -> SettingsError {
        SettingsError.outOfReach(path: path, folder: folder)
    }

    /// Refuses options that name paths. Under sudo only the service's settings say where its files are.
    static func refusePaths(in options: [Setting: String], file: String?) throws(SettingsError) {
        let paths: Set<Setting> = [.ledger, .metricsFile, .deskUsers, .deskTLSCertificate, .deskTLSKey]
        let otherFile = file == SettingsFile.ofService ? nil : file
        guard let option = otherFile.map({ _ in "--config" }) ?? options.keys.first(where: paths.contains)?.option
        else {
            return
        }
        throw SettingsError.noPathUnderSudo(option: option, file: SettingsFile.ofService)
    }

    static func reports(beside ledger: String) -> String {
        URL(fileURLWithPath: ledger).deletingLastPathComponent().appendingPathComponent("reports").path
    }

    /// Leaves the caller's folder, so that no relative path leads into it.
    func enterOutputFolder() throws(SettingsError) {
        for setting: Setting in [.ledger, .keyFile, .output, .metricsFile, .bankPasswordFile, .deskUsers] {
            guard let path = values.text(setting), !path.hasPrefix("/") else { continue }
            throw SettingsError.wrong("\(values.name(setting)) is “\(path)”: it must begin with a slash")
        }
        guard unsafe chdir(outputFolder) == 0 || chdir("/") == 0 else {
            throw SettingsError.wrong("the folder of reports, \(outputFolder), cannot be opened")
        }
    }
}
