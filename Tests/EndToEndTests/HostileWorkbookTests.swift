import Fixtures
import Foundation
import Testing

/// Workbooks that were built to do harm, given to the built program as a file of payouts and as a bank's statement.
@Suite(.oneAtATime) struct HostileWorkbookTests {
    /// Runs the program on each file. Prints the files that are accepted, or that take more than 10 s or 256 MB.
    private static let script = """
        import os, pathlib, subprocess, sys, time
        program, command, folder, names, home = sys.argv[1:]
        environment = {**os.environ, "HOME": home}
        count = 0
        for file in sorted(pathlib.Path(folder).glob(names)):
            start = time.monotonic()
            run = subprocess.Popen([program, command, file], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(run.pid, 0)
            run.returncode, seconds = os.waitstatus_to_exitcode(status), time.monotonic() - start
            count += 1
            if run.returncode != 65 or seconds > 10 or usage.ru_maxrss > 256 << 10:
                print(f"{file.name}: exit {run.returncode}, {seconds:.1f} s, {usage.ru_maxrss >> 10} MB")
        print(count)
        """

    @Test(arguments: [("check", "*.xlsx", 200), ("statement", "bomb-*.xlsx", 10)])
    func noneIsAcceptedAndNoneTakesMuchTimeOrMemory(command: String, names: String, least: Int) async throws {
        let folder = try TemporaryFolder()
        // A statement is compared with a ledger, so there must be one.
        let program = Program(in: folder)
        #expect(try await program.run("import", try PayoutCSV(rows: 1, in: folder).path).status == 0)
        let found = try Python.output(
            of: Self.script, Program.executable.path, command,
            Checkout.file("Tests/WorkbookReaderTests/Hostile").path, names, folder.path("home"))
        let text = String(decoding: found, as: UTF8.self)
        #expect(Int(text.trimmingCharacters(in: .newlines)) ?? 0 >= least, "\(text)")
    }
}
