import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Synchronization
import Testing

/// Tests the inbox with every kind of file, from every kind of person.
@Suite struct InboxFolderTests {
    private let office: Office

    init() throws {
        office = try Office()
        try FileManager.default.createDirectory(atPath: office.folder.path("in"), withIntermediateDirectories: true)
    }

    private static let noSettling: TimeInterval = -1_000_000_000

    private func round(
        _ context: OperationContext? = nil, settling: TimeInterval = noSettling,
        onStep: @escaping @Sendable (Inbox.Step) throws -> Void = { _ in }
    ) async throws -> [String: InboxRound.Entry] {
        let round = try await Inbox(
            context ?? office.context(), folder: InboxFolder(office.folder.path("in")), acceptsWarnings: false,
            settling: settling, explain: { "\($0.reason)" }, onStep: onStep
        ).round()
        return Dictionary(uniqueKeysWithValues: round.entries.map { ($0.file, $0) })
    }

    /// Drops a file under a name that need not be text.
    private func drop(_ name: [UInt8], _ text: String = "x") throws {
        let path = Array(office.folder.path("in").utf8) + [UInt8(ascii: "/")] + name + [0]
        let descriptor = unsafe open(path.map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT, 0o644)
        try #require(descriptor >= 0)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
    }

    private func link(_ name: String, to path: String) throws {
        try FileManager.default.createSymbolicLink(atPath: office.folder.path(name), withDestinationPath: path)
    }

    private func modeBits(of name: String) throws -> UInt32 {
        var status = stat()
        let result = unsafe lstat(office.folder.path(name), &status)
        try #require(result == 0)
        return status.st_mode & 0o7777
    }

    // MARK: Names

    /// «Зарплата.csv» as old programs write it, and bytes of no code page.
    @Test(arguments: [
        ([0xC7, 0xE0, 0xF0, 0xEF, 0xEB, 0xE0, 0xF2, 0xE0, 0x2E, 0x63, 0x73, 0x76], "Зарплата.csv"),
        ([0x87, 0xA0, 0xE0, 0xAF, 0xAB, 0xA0, 0xE2, 0xA0, 0x2E, 0x63, 0x73, 0x76], "Зарплата.csv"),
        ([0x61, 0xFF, 0xFE, 0x62, 0x2E, 0x63, 0x73, 0x76], "\\xff\\xfe"),
        ([0x61, 0xC3, 0x28, 0x81, 0x2E, 0x63, 0x73, 0x76], "\\xc3"),
    ]) func aNameThatIsNotTextIsRejectedAndTheOthersArePaid(name: [UInt8], shown: String) async throws {
        try drop(name)
        try office.file("in/good.csv", rows: 2..<4)
        let night = try await round()
        #expect(night["good.csv"]?.result == .done && office.bank.paid.count == 2)
        let entry = try #require(night.first { $0.key != "good.csv" })
        #expect(entry.value.result == .rejected && entry.key.contains(shown), "\(entry)")
        guard case .rejected(.nameIsNotText) = entry.value.end else { throw Failure("\(entry)") }
        #expect(try office.files(in: "in/waiting").isEmpty)
        #expect(try bytesOfNames(in: "in/rejected").contains(name))
        #expect(try bytesOfNames(in: "in/rejected").count == 2, "the file and its explanation")
    }

    @Test(arguments: [
        "a\u{1b}]0;pwn\u{7}.csv", "x.csv: rejected: nothing\npayroll.csv", "a\u{202E}b.csv", "a\u{85}.csv",
    ])
    func aNameIsShownOnOneLineAndSteersNothing(name: String) async throws {
        try drop(Array(name.utf8))
        try office.file("in/good.csv", rows: 2..<4)
        let night = try await round()
        #expect(night["good.csv"]?.result == .done)
        let shown = try #require(night.keys.first { $0 != "good.csv" })
        #expect(shown.unicodeScalars.allSatisfy(\.isVisible) && shown.contains("<U+"), "\(shown)")
        #expect(night[shown]?.result == .rejected)
    }

    @Test func aFileNamedLikeAnExplanationIsRejectedLikeAnyOther() async throws {
        try office.write("nothing", to: "in/payroll.txt")
        try office.file("in/zz.csv", rows: 2..<3)
        for name in ["oklad.csv", "oklad.txt", "oklad.xlsx"] { try office.write("faulty \(name)", to: "in/" + name) }
        let night = try await round()
        #expect(night["zz.csv"]?.result == .done)
        #expect(night.values.filter { $0.result == .rejected }.count == 4)
        let names = try office.files(in: "in/rejected")
        let texts = try names.filter { !$0.hasSuffix(".findings.xlsx") }.map {
            try String(contentsOfFile: office.folder.path("in/rejected/" + $0), encoding: .utf8)
        }
        for text in ["nothing", "faulty oklad.csv", "faulty oklad.txt", "faulty oklad.xlsx"] {
            #expect(texts.filter { $0 == text }.count == 1, "\(names)")
        }
        #expect(names.filter { $0.hasSuffix(".txt") }.count == 4 + 2, "\(names)")
        #expect(names.filter { $0.hasSuffix(".findings.xlsx") }.count == 4, "\(names)")
        #expect(try office.files(in: "in/waiting").isEmpty)
        #expect(try await round().isEmpty)
    }

    // MARK: Links and what else is no file

    @Test(arguments: ["waiting", "done", "rejected"])
    func aLinkInThePlaceOfOneOfOurFoldersLeadsNowhere(name: String) async throws {
        let elsewhere = office.folder.path("elsewhere")
        try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
        try office.write("mine", to: "elsewhere/bad.txt")
        try link("in/" + name, to: elsewhere)
        try office.write("faulty", to: "in/bad.csv")
        try office.file("in/good.csv", rows: 2..<4)
        let night = try await round()
        #expect(night["good.csv"]?.result == .done && night["bad.csv"]?.result == .rejected)
        #expect(night["\(name) (2)"]?.result == .left)
        #expect(try office.files(in: "elsewhere") == ["bad.txt"])
        #expect(try String(contentsOfFile: elsewhere + "/bad.txt", encoding: .utf8) == "mine")
        #expect(try office.files(in: "in/done") == ["good.csv", "good.xlsx"])
    }

    @Test func aLinkToTheLedgerInThePlaceOfALockChangesNothing() async throws {
        try office.file("in/a.csv", rows: 2..<4)
        _ = try await round()
        let ledger = office.folder.path("payouts.sqlite")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: ledger))
        try link("in/.inbox.runner", to: ledger)
        try office.file("in/b.csv", rows: 12..<14)
        let night = try await round()
        #expect(night["b.csv"]?.result == .done && night[".inbox.runner"]?.result == .left)
        let after = try Data(contentsOf: URL(fileURLWithPath: ledger))
        #expect(after.count >= bytes.count)
    }

    @Test func onlyRegularFilesAreTakenAndNoneIsOverlooked() async throws {
        try office.write("secret", to: "key")
        try link("in/link.csv", to: office.folder.path("key"))
        let isMade = unsafe mkfifo(office.folder.path("in/pipe.csv"), 0o644) == 0
        #expect(isMade)
        try office.write("x", to: "in/folder/inside.csv")
        try office.write("x", to: "in/.hidden.csv")
        try office.write("x", to: "in/growing.csv.part")
        try office.write("x", to: "in/.DS_Store")
        try office.file("in/good.csv", rows: 2..<4)
        let night = try await round()
        #expect(
            night.mapValues(\.result) == [
                "link.csv": .left, "pipe.csv": .left, "folder": .left, ".hidden.csv": .left,
                "growing.csv.part": .left, "good.csv": .done,
            ])
        #expect(try String(contentsOfFile: office.folder.path("key"), encoding: .utf8) == "secret")
    }

    // MARK: Files that are still written

    @Test func aFileThatSomebodyHasOpenForWritingIsNotTaken() async throws {
        try office.file("in/slow.csv", rows: 2..<4)
        try office.file("in/other.csv", rows: 12..<14)
        let writer = try FileHandle(forWritingTo: URL(fileURLWithPath: office.folder.path("in/slow.csv")))
        let night = try await round()
        #expect(night.mapValues(\.result) == ["slow.csv": .left, "other.csv": .done])
        guard case .notTaken(let left)? = night["slow.csv"]?.end, case .beingWritten = left.why else {
            throw Failure("\(night)")
        }
        try writer.close()
        #expect(try await round()["slow.csv"]?.result == .done)
    }

    /// The office's clock is behind that of the disk.
    @Test func aTimeStampAheadOfOursIsNotTrusted() async throws {
        try office.file("in/still.csv", rows: 2..<4)
        try office.file("in/growing.csv", rows: 12..<14)
        let path = office.folder.path("in/growing.csv")
        office.clock.whenSleeping { [office] in
            let text = (12..<15).map { "20208000900123456001,01183,\(Samples.card($0).digits),1230,100000" }
            try office.write("account,mfo,pan,exp,amount\n" + text.map { $0 + "\n" }.joined(), to: "in/growing.csv")
        }
        let night = try await round(settling: 10)
        #expect(night.mapValues(\.result) == ["still.csv": .done, "growing.csv": .left])
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(office.bank.paid.count == 2)
    }

    @Test func aFileWhoseTimeWasSetToTheFutureIsTaken() async throws {
        office.clock.advance(by: .seconds(500 * 86_400))
        let path = try office.file("in/a.csv", rows: 2..<4)
        let future = Date(timeIntervalSince1970: 4_000_000_000)
        try FileManager.default.setAttributes([.modificationDate: future], ofItemAtPath: path)
        #expect(try await round(settling: 10)["a.csv"]?.result == .done)
    }

    @Test func aFileThatChangesAfterItWasTakenIsFoundOut() async throws {
        try office.file("in/slow.csv", rows: 2..<4)
        let waiting = office.folder.path("in/waiting")
        let night = try await Inbox(
            office.context(), folder: InboxFolder(office.folder.path("in")), acceptsWarnings: false,
            settling: Self.noSettling, explain: { "\($0.reason)" }
        ) { step in
            guard step == .checked else { return }
            for name in try FileManager.default.contentsOfDirectory(atPath: waiting) where name.hasPrefix(".original-")
            {
                let rest = try FileHandle(forWritingTo: URL(fileURLWithPath: waiting + "/" + name))
                try rest.seekToEnd()
                try rest.write(
                    contentsOf: Data("\n20208000900123456001,01183,\(Samples.card(9).digits),1230,100000".utf8))
                try rest.close()
            }
        }.round()
        #expect(night.entries.map(\.result) == [.done, .rejected])
        guard case .rejected(.changedAfterwards) = night.entries[1].end else { throw Failure("\(night)") }
        #expect(office.bank.paid.count == 2)
        let later = try String(contentsOfFile: office.folder.path("in/rejected/slow.csv"), encoding: .utf8)
        #expect(later.split(separator: "\n").count == 4)
        let paid = try String(contentsOfFile: office.folder.path("in/done/slow.csv"), encoding: .utf8)
        #expect(paid.split(separator: "\n").count == 3)
    }

    @Test func aFileThatIsLeftForMoreThanAnHourIsForAPerson() async throws {
        try office.write("x", to: "in/growing.csv.part")
        office.clock.advance(by: .seconds(500 * 86_400))
        guard case .notTaken(let left)? = try await round()["growing.csv.part"]?.end else { throw Failure("not left") }
        #expect(left.isOverdue)
        try office.write("x", to: "in/young.part")
        guard case .notTaken(let young)? = try await round(office.contextOfToday())["young.part"]?.end else {
            throw Failure("not left")
        }
        #expect(!young.isOverdue)
    }

    // MARK: Who may do what

    @Test(arguments: [0o770, 0o777, 0o2770]) func aFolderWhereOthersMayRenameFilesIsRefusedAsInbox(mode: Int)
        async throws
    {
        try office.file("in/a.csv", rows: 2..<4)
        unsafe chmod(office.folder.path("in"), mode_t(mode))
        await #expect(throws: OperationError.self) { try await round() }
        #expect(office.bank.paid.isEmpty)
        unsafe chmod(office.folder.path("in"), mode_t(mode | 0o1000))
        #expect(try await round()["a.csv"]?.result == .done)
    }

    @Test(arguments: [(0o3770, 0o2750, 0o640), (0o700, 0o700, 0o600), (0o1777, 0o750, 0o640)])
    func theModeOfTheFolderSaysWhoMayReadTheResults(mode: Int, folders: Int, files: Int) async throws {
        unsafe chmod(office.folder.path("in"), mode_t(mode))
        try office.file("in/a.csv", rows: 2..<4)
        try office.write("faulty", to: "in/bad.csv")
        for name in ["a.csv", "bad.csv"] { unsafe chmod(office.folder.path("in/" + name), 0o666) }
        _ = try await round()
        for folder in ["waiting", "done", "rejected"] {
            #expect(try modeBits(of: "in/" + folder) == UInt32(folders), "\(folder)")
        }
        for file in ["done/a.csv", "done/a.xlsx", "rejected/bad.csv", "rejected/bad.txt", "rejected/bad.findings.xlsx"]
        {
            #expect(try modeBits(of: "in/" + file) == UInt32(files), "\(file)")
        }
    }

    // MARK: What the ledger knows

    @Test func aBatchIsContinuedWhereverItsFileIs() async throws {
        try office.refusedFile("in/a.csv")
        #expect(try await round()["a.csv"]?.result == .done)
        try FileManager.default.removeItem(atPath: office.folder.path("in/done/a.csv"))
        let careful = office.context(requiresApproval: true)
        let table = try RerunRows(careful).corrections(
            from: office.write("row,pan,exp\n2,\(Samples.card(900).digits),1130", to: "fix.csv"))
        await #expect(throws: OperationError.self) {
            try await RerunRows(careful).run(
                "a", correctedBy: table, consent: .given(acceptingWarnings: false), where: nil)
        }
        try ApproveBatch(office.context(of: "rustam")).run(
            "a", as: ControlTotals(rows: 1, sum: Tiyin(100_000)), knowing: 1)
        #expect(try await round(careful)["a.csv"]?.result == .goneOn)
        #expect(office.bank.paid.map(\.card) == [Samples.card(900)])
    }

    @Test func aBatchThatTheInboxDidNotStartIsLeftToThosePeople() async throws {
        let file = try office.file("a.csv", rows: 2..<4)
        _ = try ImportFile(office.context()).run(file)
        try office.file("in/done/a.csv", rows: 2..<4)
        #expect(try await round().isEmpty)
        #expect(office.bank.paid.isEmpty)
    }

    @Test func theSameFileAgainIsNotCalledPaidThoughDoneWasEmptied() async throws {
        try office.file("in/a.csv", rows: 2..<4)
        #expect(try await round()["a.csv"]?.result == .done)
        try FileManager.default.removeItem(atPath: office.folder.path("in/done/a.csv"))
        try office.file("in/a.csv", rows: 2..<4)
        let entry = try #require(try await round()["a.csv"])
        guard case .rejected(.importedAlready) = entry.end else { throw Failure("\(entry)") }
        #expect(office.bank.paid.count == 2)
    }

    /// A card's number in a name is masked in the ledger.
    @Test func aFileNamedAfterACardIsContinuedLikeAnyOther() async throws {
        let name = "\(Samples.card(7).digits).csv"
        try office.file("in/" + name, rows: 2..<5)
        let limited = office.context(limits: .init(day: Tiyin(100_000)))
        #expect(try await round(limited)[name]?.result == .waiting)
        #expect(try await round()[name]?.result == .done)
        #expect(office.bank.paid.count == 3)
    }

    private func bytesOfNames(in place: String) throws -> Set<[UInt8]> {
        guard let stream = unsafe opendir(office.folder.path(place)) else { throw Failure("no \(place)") }
        defer { unsafe closedir(stream) }
        var names: Set<[UInt8]> = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            if name.first != UInt8(ascii: ".") { names.insert(name) }
        }
        return names
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }
}
