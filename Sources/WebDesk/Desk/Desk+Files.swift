import Bookkeeping
import Foundation
import Hummingbird
import NIOCore
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Reports

/// The routes of an uploaded file: upload, page, choices, import, discard.
extension Desk {
    func addFiles(to router: Router<DeskContext>) {
        router.post("files") { request, context in
            let session = try context.demand(.maker)
            let file = try await self.receive(request, session, context)
            return self.redirect(to: "/files/\(file.id)")
        }
        router.get("files/:id") { request, context in
            let session = try context.demand(.maker)
            let file = try self.file(session, context)
            let page = try await self.offload { try self.filePage(file, context.wording) }
            return self.page("file", file.file.name, page, for: request, context)
        }
        router.post("files/:id/import") { request, context in
            let session = try context.demand(.maker)
            let form = try await self.form(request, session)
            let file = try self.file(session, context)
            do {
                let batch = try await self.store(file, form, session, context)
                return self.redirect(to: Self.path(batch.reference))
            } catch  where Self.isOutdated(error) {
                // Check the file again, so that its page shows what has changed. Otherwise every retry would be
                // refused.
                let current = try await self.look(
                    at: file.path, named: file.file.name, id: file.id, file.choices, file.originals)
                session.change { if $0.file?.id == file.id { $0.file = current } }
                throw error
            }
        }
        router.post("files/:id/choices") { request, context in
            let session = try context.demand(.maker)
            let form = try await self.form(request, session)
            let file = try self.file(session, context)
            let chosen = try await self.look(
                at: file.path, named: file.file.name, id: file.id, try form.choices(after: file.choices),
                file.originals)
            session.change { if $0.file?.id == file.id { $0.file = chosen } }
            return self.redirect(to: "/files/\(file.id)")
        }
        router.post("files/:id/discard") { request, context in
            let session = try context.demand(.maker)
            _ = try await self.form(request, session)
            let file = try self.file(session, context)
            try self.record(.discard, by: session, context, detail: file.file.name)
            self.drop(session)
            session.change { $0.notice = Notice(kind: .done, text: context.wording("discarded")) }
            return self.redirect(to: "/")
        }
        router.get("template.xlsx") { _, context in
            _ = try context.demand(.maker)
            let language = context.language
            let bytes = try await self.offload {
                try self.written("template.xlsx") { path in try TemplateWorkbook(language: language).write(to: path) }
            }
            return self.download(bytes, as: context.wording("templateName") + ".xlsx", format: .xlsx)
        }
        router.get("files/:id/findings.xlsx") { request, context in
            let session = try context.demand(.maker)
            let file = try self.file(session, context)
            try self.record(.downloadFindings, by: session, context, detail: file.file.name)
            let language = context.language
            let bytes = try await self.offload {
                try self.written("findings.xlsx") { path in
                    try self.findings(of: file, in: language, to: path)
                }
            }
            return self.download(bytes, as: "\(file.file.suggestedReference)-findings.xlsx", format: .xlsx)
        }
    }

    private var headings: RememberedHeadings { RememberedHeadings(ledger: operations.ledger.path) }

    private func file(_ session: Session, _ context: DeskContext) throws -> StagedFile {
        let id = context.parameters.get("id")
        guard let file = session.change({ $0.file }), file.id == id else { throw DeskRefusal.noSuchFile }
        return file
    }

    private func drop(_ session: Session, keeping kept: [StagedOriginal] = []) {
        let file = session.change { state in
            defer { state.file = nil }
            return state.file
        }
        if let file { erase(file, keeping: kept) }
    }

    /// Receives a file piece by piece and checks it. Deletes it if anything fails.
    private func receive(_ request: Request, _ session: Session, _ context: DeskContext) async throws -> StagedFile {
        let id = Token(random: random).text
        do {
            let upload = try await take(request, id: id, session, context)
            let earlier = session.change { $0.file }
            let candidates = earlier.map { file in
                file.originals + [StagedOriginal(id: file.id, path: file.path, digest: file.file.digest)]
            }
            var choices = operations.choices
            try headings.add(to: &choices)
            choices.originals = candidates?.map(\.path) ?? []
            var staged = try await look(at: upload.path, named: upload.name, id: id, choices)
            // The cards of a marked copy come from its original. So keep the original as long as the copy.
            staged.originals = (candidates ?? []).filter { $0.digest == staged.file.original }
            drop(session, keeping: staged.originals)
            // The user may have signed out during the upload.
            let isOver = session.change { [staged] state in
                if !state.isOver { state.file = staged }
                return state.isOver
            }
            if isOver { throw DeskRefusal.signInNeeded }
            return staged
        } catch {
            try configuration.staging.erase(id: id)
            throw error
        }
    }

    /// Returns whether the error means that the ledger has changed since the page of the file was made.
    private static func isOutdated(_ error: any Error) -> Bool {
        switch error {
        case OperationError.refused, DeskRefusal.alreadyStored: true
        default: false
        }
    }

    private func look(
        at path: String, named name: String, id: String, _ choices: FileChoices, _ originals: [StagedOriginal] = []
    ) async throws -> StagedFile {
        try await offload { [self] in
            do {
                let operations = operations.choosing(choices)
                let file = try CheckFile(operations).run(path, named: name).file
                return StagedFile(
                    id: id, path: path, file: file, choices: choices, originals: originals,
                    marked: try marked(file, at: path, operations))
            } catch OperationError.unreadable(let error) {
                // Name the file without its path on this machine.
                throw OperationError.unreadable(error.of(name))
            }
        }
    }

    /// Writes a workbook that marks the faulty cells of a file.
    private func findings(of file: StagedFile, in language: Language, to path: String) throws {
        let checked = try CheckFile(operations.choosing(file.choices)).run(file.path, named: file.file.name)
        try MarkFindings(in: language).run(checked, to: path)
    }

    /// Reads the upload form.
    ///
    /// - Returns: the path and the name of the file, and whether days before a statement may be missing.
    func take(
        _ request: Request, id: String, _ session: Session, _ context: DeskContext
    ) async throws -> (path: String, name: String, skipsMissingDays: Bool) {
        var upload = Upload(id: id, staging: configuration.staging, limit: configuration.maximumUploadBytes)
        var refusal: DeskRefusal?
        do {
            var reader = try MultipartReader(contentType: request.headers[.contentType] ?? "")
            for try await piece in request.body {
                // Browsers show an answer only after they have sent everything: read and discard the rest.
                guard refusal == nil else { continue }
                do {
                    try reader.take(piece.readableBytesView) { event in
                        try upload.take(event) { token in
                            guard session.formToken.matches(token) else { throw DeskRefusal.staleForm }
                        } begins: { name in
                            try record(.upload, by: session, context, detail: name)
                        }
                    }
                } catch let error as DeskRefusal {
                    refusal = error
                    try configuration.staging.erase(id: id)
                } catch MultipartReader.Malformed.trailingData {
                    refusal = .moreThanAFile
                    try configuration.staging.erase(id: id)
                }
            }
            if let refusal { throw refusal }
            try reader.finish()
        } catch MultipartReader.Malformed.notMultipart {
            throw DeskRefusal.malformed
        } catch is MultipartReader.Malformed {
            throw DeskRefusal.uploadCut
        }
        return try upload.finish()
    }

    /// Returns the first rows with findings: at most 30.
    private func marked(
        _ file: PayoutFile, at path: String, _ operations: OperationContext
    ) throws -> [MarkedRow] {
        let wanted = Set(file.findings.compactMap(\.row).prefix(1000).sorted().prefix(30))
        guard !wanted.isEmpty else { return [] }
        let findings = Dictionary(grouping: file.findings.filter { wanted.contains($0.row ?? 0) }) { $0.row ?? 0 }
        var rows: [MarkedRow] = []
        try file.readAgain(from: path, options: operations.fileOptions, keepsCells: true) { row in
            guard let found = findings[row.row] else { return }
            rows.append(MarkedRow(number: row.row, cells: row.shown, findings: found))
        }
        return rows
    }

    private func store(
        _ file: StagedFile, _ form: Form, _ session: Session, _ context: DeskContext
    ) async throws -> BatchRecord {
        let warnings = file.file.log.warningCount
        let earlier = try ledger.batches(of: file.file.digest)
        guard file.file.isPayable else { throw DeskRefusal.malformed }
        // Another tab, person or program may have stored the file meanwhile.
        guard earlier.isEmpty || form["again"] == "yes" else {
            throw DeskRefusal.alreadyStored(earlier.map(StoredBatch.init))
        }
        let acceptance = AcceptanceView(file.file.log.warningCounts, file.file.comparison, in: context.wording)
        guard form["warnings"] == (warnings > 0 ? "\(warnings)" : ""), acceptance.isGiven(in: form) else {
            throw DeskRefusal.malformed
        }
        let typed = form["reference"]
        // Trim a typed name. Keep the suggested name unchanged: `payout run` gives the same one.
        let isSuggested = typed == file.file.suggestedReference
        let reference = try BatchReference(isSuggested ? typed : typed.trimmingCharacters(in: .whitespaces))
        try record(.importFile, by: session, context, batch: reference, detail: file.file.name)
        let operations = self.operations.acting(as: session.user.who).choosing(file.choices)
        let batch = try await offload { [ledger, headings] in
            try headings.remember(file.file, file.choices)
            do {
                return try ImportFile(operations).run(
                    file.file, at: file.path, as: reference, isDeliberate: !earlier.isEmpty)
            } catch OperationError.ledger(.alreadyImported) {
                throw DeskRefusal.alreadyStored(try ledger.batches(of: file.file.digest).map(StoredBatch.init))
            }
        }
        drop(session)
        session.change { $0.notice = Notice(kind: .done, text: context.wording("stored")) }
        return batch
    }
}

extension Form {
    /// Reads the answers of a form about a file, and adds them to the earlier ones.
    fileprivate func choices(after earlier: FileChoices) throws(DeskRefusal) -> FileChoices {
        var choices = earlier
        if !self["sheet"].isEmpty { choices.sheet = self["sheet"] }
        if !self["unit"].isEmpty { choices.unit = AmountUnit(rawValue: self["unit"]) }
        let (account, code) = (self["account"].filter { !$0.isWhitespace }, self["mfo"].filter { !$0.isWhitespace })
        do {
            if !account.isEmpty { choices.account = try SettlementAccount(account) }
            if !code.isEmpty { choices.bankCode = try BankCode(code) }
        } catch {
            throw .payerNotRead
        }
        if let row = Int(self["headerRow"]) { choices.headerRow = row }
        for (field, value) in fields where field.hasPrefix("column-") && value != FilePage.columnAsNamed {
            guard let place = Int(field.dropFirst("column-".count)) else { throw .malformed }
            choices.places[place] = .some(Column(rawValue: value))
        }
        return choices
    }
}

/// Parses the upload form while it arrives: first its token, then one file, then nothing.
private struct Upload {
    let id: String
    let staging: Staging
    let limit: Int
    private var field = ""
    private var token = ""
    private var hasToken = false
    private var hasValidToken = false
    private var file: (path: String, name: String, handle: FileHandle)?
    private var byteCount = 0
    private var skipsMissingDays = false

    init(id: String, staging: Staging, limit: Int) {
        self.id = id
        self.staging = staging
        self.limit = limit
    }

    mutating func take(
        _ event: MultipartReader.Event, check: (String) throws -> Void, begins: (String) throws -> Void
    ) throws {
        switch event {
        case .field(let name, let fileName):
            field = name
            switch (name, fileName) {
            case ("token", nil) where !hasToken && file == nil: hasToken = true
            case (_, .some) where file != nil: throw DeskRefusal.severalFiles
            case ("file", .some(let given)):
                guard hasValidToken else { throw DeskRefusal.staleForm }
                let name = try Self.name(for: given)
                try begins(name)
                let (path, handle) = try staging.create(id: id, name: name)
                file = (path, name, handle)
            case ("skipMissingDays", nil) where hasValidToken && file == nil: skipsMissingDays = true
            default: throw DeskRefusal.moreThanAFile
            }
        case .bytes(let bytes):
            if field == "token" {
                token += String(decoding: bytes, as: UTF8.self)
                if token.utf8.count > 100 { throw DeskRefusal.malformed }
            } else if field == "file", let file {
                byteCount += bytes.count
                if byteCount > limit { throw DeskRefusal.uploadTooLarge(limitBytes: limit) }
                try file.handle.write(contentsOf: bytes)
            }
        case .fieldEnd:
            if field == "token" {
                try check(token)
                hasValidToken = true
            }
        }
    }

    private static func name(for given: String) throws(DeskRefusal) -> String {
        do {
            return try Staging.name(for: given)
        } catch {
            throw .badFileName(error)
        }
    }

    func finish() throws -> (path: String, name: String, skipsMissingDays: Bool) {
        guard let file else { throw DeskRefusal.noSuchFile }
        try file.handle.close()
        return (file.path, file.name, skipsMissingDays)
    }
}
