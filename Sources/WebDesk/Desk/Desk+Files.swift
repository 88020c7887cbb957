import Bookkeeping
import Foundation
import Hummingbird
import NIOCore
import PayoutFiles
import Payouts
import Processing
import Reports

/// A file on its way in: handed in, looked at, stored or thrown away.
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
                // What she goes back to says what has changed; else she would be refused for ever.
                let current = try await self.look(at: file.path, named: file.file.name, id: file.id)
                session.change { if $0.file?.id == file.id { $0.file = current } }
                throw error
            }
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
        router.get("files/:id/findings.xlsx") { request, context in
            let session = try context.demand(.maker)
            let file = try self.file(session, context)
            try self.record(.downloadFindings, by: session, context, detail: file.file.name)
            let language = context.language
            let bytes = try await self.offload {
                try self.written("findings.xlsx") { path in
                    try self.acts.markFindings(of: file.file, at: file.path, language: language, to: path)
                }
            }
            return self.download(bytes, as: "\(file.file.suggestedReference)-findings.xlsx", format: .xlsx)
        }
    }

    private func file(_ session: Session, _ context: DeskContext) throws -> StagedFile {
        let id = context.parameters.get("id")
        guard let file = session.change({ $0.file }), file.id == id else { throw DeskRefusal.noSuchFile }
        return file
    }

    private func drop(_ session: Session) {
        let file = session.change { state in
            defer { state.file = nil }
            return state.file
        }
        if let file { erase(file) }
    }

    /// Takes a file in, piece by piece, and checks it. Whatever goes wrong, nothing of it is left.
    private func receive(_ request: Request, _ session: Session, _ context: DeskContext) async throws -> StagedFile {
        let id = Token(random: random).text
        do {
            let upload = try await take(request, id: id, session, context)
            let staged = try await look(at: upload.path, named: upload.name, id: id)
            drop(session)
            session.change { $0.file = staged }
            return staged
        } catch {
            try configuration.staging.erase(id: id)
            throw error
        }
    }

    /// Whether the ledger is not any more what the page of the file was made from.
    private static func isOutdated(_ error: any Error) -> Bool {
        switch error {
        case is Refusal, DeskRefusal.alreadyStored: true
        default: false
        }
    }

    private func look(at path: String, named name: String, id: String) async throws -> StagedFile {
        try await offload { [self] in
            do {
                let file = try acts.check(path, named: name)
                return StagedFile(id: id, path: path, file: file, marked: try marked(file, at: path))
            } catch let error as PayoutFileError {
                // Where it lies is nobody's business.
                throw error.of(name)
            }
        }
    }

    /// - Returns: where the file lies, and what it is called.
    private func take(
        _ request: Request, id: String, _ session: Session, _ context: DeskContext
    ) async throws -> (path: String, name: String) {
        var upload = Upload(id: id, staging: configuration.staging, limit: configuration.maximumUploadBytes)
        var refusal: DeskRefusal?
        do {
            var reader = try MultipartReader(contentType: request.headers[.contentType] ?? "")
            for try await piece in request.body {
                // Browsers show an answer only once they have sent everything: what still comes is read and forgotten.
                guard refusal == nil else { continue }
                do {
                    try reader.take(piece.readableBytesView) { event in
                        try upload.take(event) { token in
                            guard session.formToken.fits(token) else { throw DeskRefusal.staleForm }
                        } begins: { name in
                            try record(.upload, by: session, context, detail: name)
                        }
                    }
                } catch let error as DeskRefusal {
                    refusal = error
                    try configuration.staging.erase(id: id)
                } catch MultipartReader.Malformed.goesOn {
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

    /// The first rows of a file with findings, as they stand in it.
    private func marked(_ file: PayoutFile, at path: String) throws -> [MarkedRow] {
        let wanted = Set(file.findings.compactMap(\.row).prefix(1000).sorted().prefix(30))
        guard !wanted.isEmpty else { return [] }
        let findings = Dictionary(grouping: file.findings.filter { wanted.contains($0.row ?? 0) }) { $0.row ?? 0 }
        var rows: [MarkedRow] = []
        try acts.readCells(of: file, at: path) { row in
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
        // Another tab, person or program may have stored it since she looked.
        guard earlier.isEmpty || form["again"] == "yes" else {
            throw DeskRefusal.alreadyStored(earlier.map(StoredBatch.init))
        }
        guard form["warnings"] == (warnings > 0 ? "\(warnings)" : "") else { throw DeskRefusal.malformed }
        let typed = form["reference"]
        // What people type loses its blanks at the ends; what the page suggested is the name that `payout run` gives too.
        let isSuggested = typed == file.file.suggestedReference
        let reference = try BatchReference(isSuggested ? typed : typed.trimmingCharacters(in: .whitespaces))
        try record(.importFile, by: session, context, batch: reference, detail: file.file.name)
        let who = session.user.who
        let batch = try await offload { [acts, ledger] in
            do {
                return try acts.store(
                    file.file, at: file.path, as: reference, isDeliberate: !earlier.isEmpty, for: who)
            } catch LedgerError.alreadyImported {
                throw DeskRefusal.alreadyStored(try ledger.batches(of: file.file.digest).map(StoredBatch.init))
            }
        }
        drop(session)
        session.change { $0.notice = Notice(kind: .done, text: context.wording("stored")) }
        return batch
    }
}

/// The upload form as it comes: first its token, then one file, then nothing.
private struct Upload {
    let id: String
    let staging: Staging
    let limit: Int
    private var field = ""
    private var token = ""
    private var hasToken = false
    private var isWelcome = false
    private var file: (path: String, name: String, handle: FileHandle)?
    private var byteCount = 0

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
                guard isWelcome else { throw DeskRefusal.staleForm }
                let name = try Self.name(for: given)
                try begins(name)
                let (path, handle) = try staging.create(id: id, name: name)
                file = (path, name, handle)
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
                isWelcome = true
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

    func finish() throws -> (path: String, name: String) {
        guard let file else { throw DeskRefusal.noSuchFile }
        try file.handle.close()
        return (file.path, file.name)
    }
}
