import Fixtures
import Foundation

/// Runs the program at a pseudo-terminal, which Python creates, and answers its questions.
struct Terminal {
    let program: Program

    init(_ program: Program) {
        self.program = program
    }

    struct Said: Decodable {
        let status: Int32
        /// Everything that the terminal showed.
        let text: String
    }

    private struct Play: Encodable {
        let command: [String]
        let folder: String
        let environment: [String: String]
        /// The questions with their answers.
        let lines: [[String]]
    }

    func say(_ arguments: [String], _ lines: [(question: String, answer: String)]) throws -> Said {
        let play = Play(
            command: [Program.executable.path] + arguments, folder: program.folder.url.path,
            environment: program.environment, lines: lines.map { [$0.question, $0.answer] })
        let text = String(decoding: try JSONEncoder().encode(play), as: UTF8.self)
        return try JSONDecoder().decode(Said.self, from: Python.output(of: Self.script, text))
    }

    private static let script = """
        import json, os, pty, sys
        play = json.loads(sys.argv[1])
        child, screen = pty.fork()
        if child == 0:
            os.chdir(play["folder"])
            os.execve(play["command"][0], play["command"], play["environment"])
        seen = b""
        def read():
            global seen
            try: part = os.read(screen, 4096)
            except OSError: part = b""
            seen += part
            return bool(part)
        for question, answer in play["lines"]:
            while question.encode() not in seen and read(): pass
            os.write(screen, answer.encode() + b"\\n")
        while read(): pass
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"status": status, "text": seen.decode()}))
        """
}
