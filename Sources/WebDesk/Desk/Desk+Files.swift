import Bookkeeping
import Foundation
import Hummingbird
import NIOCore
import PayoutFiles
import Payouts
import Processing

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
                let current = try await self.look(at: file.path, id: file.id)
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
            let path = try await take(request, id: id, session, context)
            let staged = try await look(at: path, id: id)
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

    private func look(at path: String, id: String) async throws -> StagedFile {
        try await offload { [self] in
            do {
                let file = try acts.check(path)
                return StagedFile(id: id, path: path, file: file, marked: try marked(file, at: path))
            } catch let error as PayoutFileError {
                // Where it lies is nobody's business.
                throw error.of(URL(fileURLWithPath: path).lastPathComponent)
            }
        }
    }

    /// - Returns: where the file lies.
    private func take(
        _ request: Request, id: String, _ session: Session, _ context: DeskContext
    ) async throws -> String {
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
        let reference = try BatchReference(form["reference"].trimmingCharacters(in: .whitespaces))
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

/// The upload form as it comes: first its token, then the file.
private struct Upload {
    let id: String
    let staging: Staging
    let limit: Int
    private var field = ""
    private var token = ""
    private var isWelcome = false
    private var file: (path: String, handle: FileHandle)?
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
            if name == "file", let fileName, file == nil {
                guard isWelcome else { throw DeskRefusal.staleForm }
                let name = Staging.name(for: fileName)
                try begins(name)
                file = try staging.create(id: id, name: name)
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

    func finish() throws -> String {
        guard let file else { throw DeskRefusal.noSuchFile }
        try file.handle.close()
        return file.path
    }
}
