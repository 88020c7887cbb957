import Fixtures
import Foundation
import Testing

/// Checks the doctor, the logs and the metrics.
@Suite(.oneAtATime) struct DoctorTests {
    private let folder: TemporaryFolder
    private let program: Program
    private let bank: ServedSandbox

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        bank = try await ServedSandbox(program)
        program.environment.merge(bank.settings) { $1 }
        self.program = program
    }

    private func findings(_ program: Program, status: Int32) async throws -> [String: (verdict: String, text: String)] {
        let result = try await program.run("doctor", "--json")
        #expect(result.status == status, "\(result.output)\(result.errors)")
        #expect(!(result.output + result.errors).contains("s3cret"))
        let findings = try #require(try result.json["findings"] as? [[String: Any]])
        return Dictionary(
            findings.map {
                ($0["what"] as? String ?? "", ($0["verdict"] as? String ?? "", $0["text"] as? String ?? ""))
            },
            uniquingKeysWith: { $1 })
    }

    @Test func aHealthyMachineIsReportedAsHealthyAndNoFileIsMade() async throws {
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter {
            !$0.hasSuffix("out")
        }
        let findings = try await findings(program, status: 0)
        #expect(findings.filter { $0.value.verdict != "ok" }.keys.sorted() == ["bank"], "\(findings)")
        #expect(findings["bank"]?.text.contains("no money is moved") == true, "it is a sandbox")
        #expect(findings["bank"]?.text.contains("accepts the login of agent") == true)
        #expect(findings["clock"]?.text == "agrees with the bank's clock")
        #expect(findings["bank.password"]?.text == "(hidden) (PAYOUT_BANK_PASSWORD)")
        #expect(findings["concurrency"]?.text == "16 (by default)")
        #expect(try bank.requests().pay == 0)
        let after = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter {
            !$0.hasSuffix("out") && !$0.hasSuffix("err")
        }
        #expect(Set(after).isSubset(of: Set(before)), "\(after)")
    }

    @Test func aWrongSettingIsNamedWithAdvice() async throws {
        let file = try PayoutCSV(rows: 1, in: folder)
        #expect(try await program.run("run", file.path, "--yes").status == 0)
        var readable = program
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: program.ledger)
        try Data("concurrency: 8\nbank:\n  password: s3cret-Pa$$\n".utf8)
            .write(to: URL(fileURLWithPath: folder.path("payout.yaml")))
        readable.environment["PAYOUT_BANK_PASSWORD"] = nil
        var found = try await findings(readable, status: 74)
        #expect(found["ledger file"]?.verdict == "fault" && found["ledger file"]?.text.contains("chmod 600") == true)
        unsafe chmod(program.ledger, 0o600)
        found = try await findings(readable, status: 0)
        #expect(found["payout.yaml"]?.verdict == "warning")
        #expect(found["concurrency"]?.text == "8 (payout.yaml, line 1)")
        #expect(found["ledger"]?.text.contains("sound: 1 batches") == true)

        var exposed = program
        exposed.environment["PAYOUT_BANK_URL"] = "http://bank.invalid:9"
        found = try await findings(exposed, status: 78)
        #expect(found["bank"]?.verdict == "fault" && found["bank"]?.text.contains("plain http") == true)
        exposed.environment["PAYOUT_BANK_ALLOW_HTTP"] = "true"
        found = try await findings(exposed, status: 69)
        #expect(found["bank"]?.verdict == "fault")
        #expect(try await exposed.run("doctor").output.contains("WARNING  bank"))

        var wrong = program
        wrong.environment["PAYOUT_BANK_PASSWORD"] = "s3cret-mistyped"
        found = try await findings(wrong, status: 75)
        #expect(found["bank"]?.text.contains("Check the user name and the password") == true)

        var keyless = program
        keyless.environment["PAYOUT_KEY_FILE"] = folder.path("no.key")
        found = try await findings(keyless, status: 77)
        #expect(found["key"]?.verdict == "fault")
        var bankless = program
        bankless.environment["PAYOUT_BANK_URL"] = nil
        _ = try await findings(bankless, status: 78)
    }

    private static let faketime = tool("faketime")
    private static let promtool = tool("promtool")

    /// Finds a tool that is installed, or unpacked for the tests only.
    private static func tool(_ name: String) -> String? {
        ["/usr/bin", "/usr/local/bin", Checkout.file(".build/tools/usr/bin").path]
            .map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    @Test(.enabled(if: faketime != nil, "there is no faketime here"))
    func aClockThatDiffersFromTheBanksIsReported() async throws {
        let faketime = try #require(Self.faketime)
        let result = try await program.start(
            ["-f", "+3m", Program.executable.path, "doctor"], by: URL(fileURLWithPath: faketime)
        ).wait()
        #expect(result.status == 0)
        #expect(result.output.contains("s ahead of the bank's"), "\(result.output)\(result.errors)")
    }

    // MARK: Logs and metrics

    @Test func aLogForProgramsHasOneObjectALineAndNoCard() async throws {
        try Data("account,mfo,pan,exp,amount\n20208000900123456001,01183,8600000000000023,1230,100000".utf8)
            .write(to: URL(fileURLWithPath: folder.path("payroll.csv")))
        let result = try await program.run("run", "payroll.csv", "--yes", "--log", "json")
        #expect(result.status == 10)
        let lines = try result.errors.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String], "\(line)")
        }
        #expect(lines.allSatisfy { $0["time"] != nil && $0["level"] != nil && $0["message"] != nil })
        let refusal = try #require(lines.first { $0["reason"] == "card_not_active" })
        #expect(refusal["batch"] == "payroll" && refusal["row"] == "2" && refusal["agentTranId"]?.count == 15)
        #expect(lines.contains { $0["message"] == "the totals of the batch" && $0["refused"] == "1" })
        #expect(!result.errors.contains("8600000000000023"))
        var quiet = program
        quiet.environment["PAYOUT_LOG"] = "json"
        let failure = try await quiet.run("run", "nowhere.csv")
        #expect(failure.errors.hasPrefix("{") && failure.errors.contains(#""exit":"66""#), "\(failure.errors)")
    }

    @Test func theMetricsFileHasWhatPrometheusReads() async throws {
        let file = try PayoutCSV(rows: 20, in: folder)
        #expect(try await program.run("run", file.path, "--yes", "--metrics-file", "payout.prom").status == 0)
        let text = try String(contentsOfFile: folder.path("payout.prom"), encoding: .utf8)
        for line in [
            #"payout_rows{batch="payroll",state="paid"} 20"#,
            #"payout_tiyin{batch="payroll",state="paid"} \#(file.sumTiyin)"#,
            #"payout_requests_total{class="pay",outcome="paid"} 20"#,
            #"payout_oldest_unknown_age_seconds{batch="payroll"} 0"#,
            #"payout_request_duration_seconds_count{class="pay"} 20"#, "payout_requests_in_flight 0",
            "payout_last_run_exit_code 0",
        ] {
            #expect(text.contains(line + "\n"), "\(line)\n\(text)")
        }
        if let promtool = Self.promtool {
            let check = try await program.start(
                ["-c", "\(promtool) check metrics < payout.prom"], by: URL(fileURLWithPath: "/bin/sh")
            ).wait()
            #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
        }
    }

    @Test func theLargestAmountDoesNotStopTheMetrics() async throws {
        let path = folder.path("huge.csv")
        try Data("account,mfo,pan,exp,amount\n20208000900123456001,01183,8600490000000018,1230,\(Int64.max)\n".utf8)
            .write(to: URL(fileURLWithPath: path))
        let result = try await program.run("run", path, "--yes", "--accept-warnings", "--metrics-file", "payout.prom")
        #expect([0, 10, 11, 75].contains(result.status), "\(result.status) \(result.errors)")
        let text = try String(contentsOfFile: folder.path("payout.prom"), encoding: .utf8)
        #expect(text.contains("payout_tiyin{batch=\"huge\""), "\(text)")
    }

    @Test func aSlipInTheNameOfTheMetricsFileDestroysNothing() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        let key = folder.path("home/.config/payout/ledger.key")
        #expect(try await program.run("run", file.path, "--yes", "--metrics-file", key).status == 0)
        let kept = try Data(contentsOf: URL(fileURLWithPath: key))
        let again = try await program.run("reconcile", "payroll", "--metrics-file", key)
        #expect(again.status == 0 && again.errors.contains("is not a file of metrics"), "\(again.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: key)) == kept)
        #expect(try await program.run("ledger", "verify").status == 0)
    }

    /// Dashboards and alerts read these names: a line that is missing or renamed breaks them without a word.
    @Test func theMetricsFileHasTheseLinesInThisOrder() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        #expect(try await program.run("run", file.path, "--yes", "--metrics-file", "payout.prom").status == 0)
        let lines = try String(contentsOfFile: folder.path("payout.prom"), encoding: .utf8).split(separator: "\n")
        let bounds = [
            "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "30.0", "60.0", "+Inf",
        ]
        func histogram(_ name: String, _ label: String) -> [String] {
            bounds.map { "\(name)_bucket{\(label),le=\"\($0)\"}" } + [
                "\(name)_sum{\(label)}", "\(name)_count{\(label)}",
            ]
        }
        func family(_ name: String, _ type: String, _ series: [String]) -> [String] {
            ["# HELP \(name)", "# TYPE \(name) \(type)"] + series
        }
        let states = ["paid", "queued", "refused", "review", "unknown", "withdrawn"]
        let expected =
            family("payout_last_run_exit_code", "gauge", ["payout_last_run_exit_code"])
            + family("payout_last_run_timestamp_seconds", "gauge", ["payout_last_run_timestamp_seconds"])
            + family(
                "payout_oldest_unknown_age_seconds", "gauge", [#"payout_oldest_unknown_age_seconds{batch="payroll"}"#])
            + family(
                "payout_request_duration_seconds", "histogram",
                ["pay", "sign_in"].flatMap { histogram("payout_request_duration_seconds", "class=\"\($0)\"") })
            + family("payout_requests_in_flight", "gauge", ["payout_requests_in_flight"])
            + family(
                "payout_requests_total", "counter",
                [("pay", "paid"), ("sign_in", "ready")].map {
                    "payout_requests_total{class=\"\($0)\",outcome=\"\($1)\"}"
                })
            + ["payout_rows", "payout_tiyin"].flatMap { name in
                family(name, "gauge", states.map { "\(name){batch=\"payroll\",state=\"\($0)\"}" })
            }
        let shown = lines.map { line in
            let words = line.split(separator: " ")
            return line.hasPrefix("# HELP")
                ? words.prefix(3).joined(separator: " ")
                : line.hasPrefix("#") ? String(line) : words.dropLast().joined(separator: " ")
        }
        #expect(shown == expected)
    }

    @Test func aRunOfWhichTheBankIsGoneIsSeenFromOutside() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        var lonely = program
        lonely.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
        lonely.environment["PAYOUT_METRICS_FILE"] = folder.path("payout.prom")
        #expect(try await lonely.run("run", file.path, "--yes").status == 69)
        let text = try String(contentsOfFile: folder.path("payout.prom"), encoding: .utf8)
        #expect(text.contains("payout_last_run_exit_code 69\n"))
        #expect(text.contains(#"payout_rows{batch="payroll",state="queued"} 2"#))
        #expect(text.contains(#"payout_requests_total{class="sign_in",outcome="unreachable"} 1"#))
    }

    @Test(.enabled(if: promtool != nil, "there is no promtool here"))
    func prometheusFindsNothingWrongWithTheAlerts() async throws {
        let promtool = try #require(Self.promtool)
        let rules = Checkout.file("docs/alerts.yml").path
        let result = try await program.start(["check", "rules", rules], by: URL(fileURLWithPath: promtool)).wait()
        #expect(result.status == 0 && result.output.contains("SUCCESS"), "\(result.output)\(result.errors)")
    }
}
