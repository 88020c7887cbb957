#if Desk
import ArgumentParser
import Foundation
import Installation
import Payouts
import ProgramSettings
import WebDesk

struct DeskUserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk-user", abstract: "Manages the users of the desk and their roles.",
        subcommands: [Add.self, Remove.self, List.self, Unlock.self, SecondFactorCommand.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a user, or changes a user's password and role. This ends the user's sessions.",
            discussion: """
                maker: uploads files, pays, corrects, records decisions. checker: approves the batches of others. viewer: \
                reads batches and downloads reports. The command asks for the password, or reads it from standard input.
                """)

        @Argument(help: "The user name: letters a to z, digits, dots, dashes.")
        var name: String

        @Option(help: "maker, checker or viewer.")
        var role: Role

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await runCommand {
                let name = try UserName(name)
                let file = try file.file()
                let password = try Console.shared.dialogue.newPassword(for: name)
                try file.put(name, role, password: password, salt: Data(DeskCommand.random(16)))
                Console.shared.say("\(name) may sign in as \(role.rawValue) (\(file.path))")
                return .everyRowPaid
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a user and ends their sessions.")

        @Argument(help: "The user name.")
        var name: String

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await runCommand {
                let name = try UserName(name)
                let file = try file.file()
                try file.change { users in
                    _ = try place(of: name, in: users, file)
                    users.removeAll { $0.name == name }
                }
                Console.shared.say("\(name) may not sign in any more")
                return .everyRowPaid
            }
        }
    }

    struct Unlock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a user try to sign in at once after too many failed tries.")

        @Argument(help: "The user name.")
        var name: String

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await runCommand {
                let name = try UserName(name)
                let file = try file.file()
                _ = try place(of: name, in: try file.users(), file)
                try file.unlock(name, at: Composition.wallClock())
                Console.shared.say("\(name) may try to sign in again")
                return .everyRowPaid
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the users.")

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await runCommand {
                for user in try file.file().users() {
                    Console.shared.result(
                        "\(user.name)\t\(user.role.rawValue)" + (user.secondFactor == nil ? "" : "\tsecond factor"))
                }
                return .everyRowPaid
            }
        }
    }
}

extension DeskUserCommand {
    struct SecondFactorCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "second-factor",
            abstract: "Enrols a user's authenticator app, or removes it.",
            discussion: """
                Shows a QR code for the app, asks for the code that the app shows then, and prints recovery codes. Users can \
                also enrol at the desk themselves. --remove is for a user who has lost the app and the recovery codes.
                """)

        @Argument(help: "The user name.")
        var name: String

        @Flag(help: "Removes the second factor.")
        var remove = false

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await runCommand {
                let name = try UserName(name)
                let file = try file.file()
                if remove {
                    try file.change { users in
                        let place = try place(of: name, in: users, file)
                        users[place].secondFactor = nil
                    }
                    Console.shared.say("\(name) has no second factor any more")
                    return .everyRowPaid
                }
                _ = try place(of: name, in: try file.users(), file)
                let secret = AuthenticatorSecret(random: DeskCommand.random)
                let address = secret.address(for: name)
                Console.shared.say(
                    "\(try QRCode(address).terminalText)\n\nScan this with the authenticator app, or type \(secret.base32)"
                )
                let recoveryCodes = SecondFactor.newRecoveryCodes(random: DeskCommand.random)
                let code = Console.shared.askHidden("The code that the app shows") ?? ""
                guard
                    let factor = SecondFactor(
                        secret, provenBy: code, at: Composition.wallClock(), recoveryCodes: recoveryCodes)
                else {
                    throw CommandError(
                        .wrongUse,
                        "the code is wrong: check the clocks of the phone and of this machine, and try again. Nothing was changed"
                    )
                }
                try file.change { users in
                    let place = try place(of: name, in: users, file)
                    users[place].secondFactor = factor
                }
                Console.shared.say("\(name) has a second factor. Keep these recovery codes; each is valid once:")
                for code in recoveryCodes { Console.shared.result(code) }
                return .everyRowPaid
            }
        }
    }
}

/// Returns the place of a user in the users file.
private func place(of name: UserName, in users: [User], _ file: UsersFile) throws(CommandError) -> Int {
    guard let place = users.firstIndex(where: { $0.name == name }) else {
        throw CommandError(
            .notFound, "there is no user \(name) in \(file.path): payout desk-user list shows the users")
    }
    return place
}

struct DeskUsersOptions: ParsableArguments {
    @Option(help: "The users file (PAYOUT_DESK_USERS).")
    var users: String?

    @OptionGroup var config: ConfigOptions

    func file() throws -> UsersFile {
        try config.settings(users.map { [.deskUsers: $0] } ?? [:]).deskUsers
    }
}

extension Role: ExpressibleByArgument {}
#endif
