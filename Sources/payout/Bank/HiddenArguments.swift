import Foundation

/// Overwrites cards, codes and tokens on the command line with stars after parsing, because every user can read the
/// process list. They stay visible for a moment, and in the shell's history. Standard input avoids both.
enum HiddenArguments {
    private static let secretOptions = ["--pan", "--exp", "--otp", "--refresh-token"]

    static func hide() {
        var isSecret = false
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = unsafe CommandLine.unsafeArgv[index] else { continue }
            let text = unsafe String(cString: argument)
            if isSecret {
                unsafe overwrite(argument)
            } else if let option = secretOptions.first(where: { text.hasPrefix($0 + "=") }) {
                unsafe overwrite(argument + option.utf8.count + 1)
            }
            isSecret = secretOptions.contains(text)
        }
    }

    private static func overwrite(_ text: UnsafeMutablePointer<CChar>) {
        for index in unsafe 0..<strlen(text) { unsafe text[index] = CChar(UInt8(ascii: "*")) }
    }
}
