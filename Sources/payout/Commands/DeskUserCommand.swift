#if Desk
import ArgumentParser
import Configuration
import Foundation
import Payouts
import WebDesk

struct DeskUserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk-user", abstract: "Manages the users of the desk and their roles.",
        subcommands: [Add.self, Remove.self, List.self])

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
                let file = try await file.file()
                let password = try newPassword(for: name)
                let user = User(
                    name: name, role: role,
                    password: try PasswordHash(of: password, salt: Data(DeskCommand.random(16))))
                try file.write(file.users().filter { $0.name != name } + [user])
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
                let file = try await file.file()
                let users = try file.users()
                guard users.contains(where: { $0.name == name }) else {
                    throw CommandError(
                        .notFound, "there is no user \(name) in \(file.path): payout desk-user list shows the users")
                }
                try file.write(users.filter { $0.name != name })
                Console.shared.say("\(name) may not sign in any more")
                return .everyRowPaid
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the users.")

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await runCommand {
                for user in try await file.file().users() {
                    Console.shared.result("\(user.name)\t\(user.role.rawValue)")
                }
                return .everyRowPaid
            }
        }
    }
}

struct DeskUsersOptions: ParsableArguments {
    @Option(help: "The users file (PAYOUT_DESK_USERS).")
    var users: String?

    func file() async throws -> UsersFile {
        try await Settings(flags: users.map { ["desk.users": $0] } ?? [:]).deskUsers
    }
}

extension Role: ExpressibleByArgument {}

/// Reads a new password: twice from a terminal, or once from standard input.
private func newPassword(for name: UserName) throws(CommandError) -> String {
    let console = Console.shared
    let password = console.askHidden("New password for \(name)") ?? ""
    guard password.count >= 10 else {
        throw CommandError(.wrongUse, "a password must have at least 10 characters: nothing was changed")
    }
    if console.canAsk, console.askHidden("Repeat the password") != password {
        throw CommandError(.wrongUse, "the two passwords differ: nothing was changed")
    }
    return password
}
#endif
