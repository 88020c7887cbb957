import Foundation
import Payouts

/// The person who runs the program, and the account that it runs under.
package struct Caller: Sendable {
    /// The name of the person, as the ledger and the desk use it.
    package let name: String
    /// The account of the person's login, as the kernel knows it. `nil` for services.
    package let login: uid_t?
    /// Whether sudo started the program under another account. Then the folder, the environment and the paths are the
    /// person's, but the rights are the service's.
    package let borrowsAccount: Bool

    /// Finds the caller.
    /// - Throws: ``SettingsError`` if sudo names nobody.
    init(_ environment: [String: String]) throws(SettingsError) {
        borrowsAccount = Self.borrowsAccount(environment)
        // The kernel keeps the account of the login, and nobody can change it afterwards. Sudo only sets a variable,
        // and anyone with the account can set that too.
        login = Self.loginAccount
        if let login {
            name = Self.name(ofAccount: login)
        } else if let told = environment["SUDO_USER"] {
            do {
                name = try UserName(told).text
            } catch {
                throw SettingsError.nobody(
                    "SUDO_USER does not name a person, so nobody could be held responsible: \(error)")
            }
        } else {
            name = Self.name(ofAccount: geteuid())
        }
    }

    /// Returns what the ledger records: the name, the machine, and the number of the login account.
    package func recorded(on machine: String) -> String {
        "\(name)@\(machine)" + (login.map { "#\($0)" } ?? "")
    }

    private static func borrowsAccount(_ environment: [String: String]) -> Bool {
        guard let person = environment["SUDO_UID"].flatMap({ uid_t($0) }), person != geteuid(),
            let command = environment["SUDO_COMMAND"]?.split(separator: " ").first
        else { return false }
        // A person with a shell of the account can do everything that the account can.
        return isSameFile(String(command), "/proc/self/exe")
    }

    private static func isSameFile(_ one: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return unsafe stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
            && first.st_ino == second.st_ino
    }

    /// The account of the person's login. `nil` for services.
    private static var loginAccount: uid_t? {
        guard let bytes = FileManager.default.contents(atPath: "/proc/self/loginuid"),
            let account = uid_t(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)),
            account != .max
        else { return nil }
        return account
    }

    /// Returns the account's name if it is a valid person's name here, and otherwise its number.
    private static func name(ofAccount account: uid_t) -> String {
        guard let entry = unsafe getpwuid(account), let name = unsafe entry.pointee.pw_name else {
            return "uid-\(account)"
        }
        do {
            return try unsafe UserName(String(cString: name)).text
        } catch {
            return "uid-\(account)"
        }
    }

    /// The home folder of the account that the program runs under, whatever the environment says.
    static var home: String {
        guard let entry = unsafe getpwuid(geteuid()), let folder = unsafe entry.pointee.pw_dir else { return "/" }
        return unsafe String(cString: folder)
    }
}
