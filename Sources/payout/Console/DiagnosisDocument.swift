import Installation

/// The JSON of `payout doctor`.
struct DiagnosisDocument: Encodable {
    let findings: [Finding]

    struct Finding: Encodable {
        let what: String
        let verdict: String
        let text: String
        /// The exit status of a run with this fault.
        let exit: Int32?
    }

    init(_ diagnosis: Diagnosis) {
        findings = diagnosis.findings.map { finding in
            let (verdict, exit): (String, ExitStatus?) =
                switch finding.verdict {
                case .ok: ("ok", nil)
                case .warning: ("warning", nil)
                case .fault(let fault): ("fault", ExitStatus([fault]))
                }
            return Finding(what: finding.what, verdict: verdict, text: finding.text, exit: exit?.rawValue)
        }
    }
}
