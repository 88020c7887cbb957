/// Asks the person at the terminal. Without a terminal, the answers are lines of standard input.
package struct Dialogue: Sendable {
    /// Whether a person answers, who can correct a wrong answer.
    let isInteractive: Bool
    let say: @Sendable (String) -> Void
    /// Asks for a line. Returns `nil` at the end of the input.
    let ask: @Sendable (String) -> String?
    /// Asks for a line without showing it.
    let askHidden: @Sendable (String) -> String?
    /// Words an error and its next step.
    let explain: @Sendable (any Error) -> String

    package init(
        isInteractive: Bool, say: @escaping @Sendable (String) -> Void, ask: @escaping @Sendable (String) -> String?,
        askHidden: @escaping @Sendable (String) -> String?, explain: @escaping @Sendable (any Error) -> String
    ) {
        self.isInteractive = isInteractive
        self.say = say
        self.ask = ask
        self.askHidden = askHidden
        self.explain = explain
    }
}
