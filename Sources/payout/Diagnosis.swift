import Foundation

/// What the doctor found, one thing at a time.
struct Diagnosis: Encodable {
    private(set) var findings: [Finding] = []

    struct Finding: Encodable {
        let what: String
        let verdict: Verdict
        let text: String
        /// The status with which a run would end because of it.
        let exit: Int32?
    }

    enum Verdict: String, Encodable {
        case ok
        case warning
        case fault
    }

    mutating func ok(_ what: String, _ text: String) {
        findings.append(Finding(what: what, verdict: .ok, text: text, exit: nil))
    }

    mutating func warn(_ what: String, _ text: String) {
        findings.append(Finding(what: what, verdict: .warning, text: text, exit: nil))
    }

    mutating func fault(_ what: String, _ status: ExitStatus, _ text: String) {
        findings.append(Finding(what: what, verdict: .fault, text: text, exit: status.rawValue))
    }

    var status: ExitStatus { findings.compactMap { $0.exit.flatMap(ExitStatus.init) }.max() ?? .everyRowPaid }

    var text: String {
        let width = findings.map(\.what.count).max() ?? 0
        return findings.map { finding in
            let verdict = finding.verdict == .ok ? "ok" : finding.verdict.rawValue.uppercased()
            return verdict.padding(toLength: 9, withPad: " ", startingAt: 0)
                + finding.what.padding(toLength: width + 2, withPad: " ", startingAt: 0) + finding.text
        }.joined(separator: "\n")
    }
}
