import ArgumentParser

/// The option of every command that records a person's reason.
struct NoteOption: ParsableArguments {
    @Option(help: "The reason. The ledger keeps it with your name, and the report shows it.")
    var note: String

    /// Returns the reason.
    ///
    /// - Throws: ``CommandError`` if it is blank.
    func text() throws(CommandError) -> String {
        guard note.contains(where: { !$0.isWhitespace }) else {
            throw CommandError(.wrongUse, key: "error.noteMissing")
        }
        return note
    }
}
