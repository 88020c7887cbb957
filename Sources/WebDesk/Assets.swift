import Crypto
import Foundation

/// The templates and static files of the pages. They are compiled in, so that the program stays one file.
enum Assets {
    static let templates: [String: [UInt8]] = [
        "layout": PackageResources.layout_mustache, "sign-in": PackageResources.sign_in_mustache,
        "batches": PackageResources.batches_mustache, "pages": PackageResources.pages_mustache,
        "file": PackageResources.file_mustache, "totals": PackageResources.totals_mustache,
        "findings": PackageResources.findings_mustache, "batch": PackageResources.batch_mustache,
        "proof": PackageResources.proof_mustache, "live": PackageResources.live_mustache,
        "tabs": PackageResources.tabs_mustache, "statements": PackageResources.statements_mustache,
        "statement": PackageResources.statement_mustache, "month": PackageResources.month_mustache,
        "events": PackageResources.events_mustache, "rows": PackageResources.rows_mustache,
        "row": PackageResources.row_mustache, "review": PackageResources.review_mustache,
        "rerun": PackageResources.rerun_mustache, "refusal": PackageResources.refusal_mustache,
        "reopen": PackageResources.reopen_mustache, "confirm": PackageResources.confirm_mustache,
        "second-factor": PackageResources.second_factor_mustache, "effect": PackageResources.effect_mustache,
        "comparison": PackageResources.comparison_mustache, "acceptance": PackageResources.acceptance_mustache,
        "people": PackageResources.people_mustache, "slip": PackageResources.slip_mustache,
        "password": PackageResources.password_mustache,
    ]

    /// Files that browsers fetch separately, with their content types.
    static let files: [(name: String, type: String, bytes: [UInt8])] = [
        ("style.css", "text/css; charset=utf-8", PackageResources.style_css),
        ("desk.js", "text/javascript; charset=utf-8", PackageResources.desk_js),
        ("icon.svg", "image/svg+xml", PackageResources.icon_svg),
    ]

    /// A digest of ``files``. It is part of their addresses, so that browsers fetch a changed file.
    static let version: String = SHA256.hash(data: Data(files.flatMap(\.bytes)))
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
