#if Desk
import ArgumentParser
import Configuration
import Foundation
import Payouts
import WebDesk

struct DeskUserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk-user", abstract: "Says who may sign in at the desk, and what for.",
        subcommands: [Add.self, Remove.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets somebody in, or gives her another password or role; that ends her sessions.",
            discussion: """
                maker: hands in files, pays, corrects, decides. checker: approves what others made. viewer: looks, and takes \
                reports away. The password is asked for, or read from standard input.
                """)

        @Argument(help: "The name by which she signs in: letters a to z, digits, dots, dashes.")
        var name: String

        @Option(help: "maker, checker or viewer.")
        var role: Role

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await ending {
                let name = try UserName(name)
                let file = try await file.file()
                let password = try NewPassword.read(for: name)
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
        static let configuration = CommandConfiguration(abstract: "Lets somebody in no more, and ends her sessions.")

        @Argument(help: "The name by which she signs in.")
        var name: String

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await ending {
                let name = try UserName(name)
                let file = try await file.file()
                let users = try file.users()
                guard users.contains(where: { $0.name == name }) else {
                    throw Failure(
                        .notFound, "nobody is called \(name) in \(file.path): payout desk-user list shows them")
                }
                try file.write(users.filter { $0.name != name })
                Console.shared.say("\(name) may not sign in any more")
                return .everyRowPaid
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows who may sign in.")

        @OptionGroup var file: DeskUsersOptions

        func run() async throws {
            try await ending {
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

/// A password that a person types twice, or a program hands in.
enum NewPassword {
    static let shortest = 10

    static func read(for name: UserName) throws(Failure) -> String {
        let isTyped = isatty(STDIN_FILENO) == 1
        let password = isTyped ? typed("New password for \(name): ") : readLine() ?? ""
        guard password.count >= shortest else {
            throw Failure(.wrongUse, "a password has at least \(shortest) characters: nothing was changed")
        }
        if isTyped, typed("Once more: ") != password {
            throw Failure(.wrongUse, "the two passwords differ: nothing was changed")
        }
        return password
    }

    /// Without showing it.
    private static func typed(_ prompt: String) -> String {
        var before = termios()
        unsafe tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        Console.shared.say(prompt)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        return readLine() ?? ""
    }
}
#endif
