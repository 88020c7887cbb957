import Fixtures
import Foundation
import Testing

@testable import WebDesk

@Suite struct MultipartTests {
    private static let type = "multipart/form-data; boundary=----x1"

    private struct Field: Equatable {
        let name: String
        let fileName: String?
        var bytes: [UInt8] = []
    }

    private static func read(_ form: [UInt8], in pieces: [Int], type: String = type) throws -> [Field] {
        var reader = try MultipartReader(contentType: type)
        var fields: [Field] = []
        var rest = form[...]
        var sizes = pieces.makeIterator()
        while !rest.isEmpty {
            let piece = rest.prefix(sizes.next() ?? rest.count)
            rest = rest.dropFirst(piece.count)
            try reader.take(piece) { event in
                switch event {
                case .field(let name, let fileName): fields.append(Field(name: name, fileName: fileName))
                case .bytes(let bytes): fields[fields.count - 1].bytes += bytes
                case .fieldEnd: break
                }
            }
        }
        try reader.finish()
        return fields
    }

    private static func form(_ fields: [Field], boundary: String = "----x1") -> [UInt8] {
        var form: [UInt8] = []
        for field in fields {
            let fileName = field.fileName.map { "; filename=\"\($0)\"" } ?? ""
            form += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\(fileName)\r\n\r\n".utf8)
            form += field.bytes + Array("\r\n".utf8)
        }
        return form + Array("--\(boundary)--\r\n".utf8)
    }

    @Test func aFormParsesTheSameInAnyPieces() throws {
        let fields = [
            Field(name: "token", fileName: nil, bytes: Array("abc".utf8)),
            Field(name: "file", fileName: "зарплата.csv", bytes: Array("a,b\r\n--\r\n------x\r\n1,2\r\n".utf8)),
            Field(name: "empty", fileName: "", bytes: []),
        ]
        let form = Self.form(fields)
        for size in 1...form.count {
            let pieces = Array(repeating: size, count: form.count / size + 1)
            #expect(try Self.read(form, in: pieces) == fields, "pieces of \(size)")
        }
    }

    @Test(arguments: ["text/plain", "multipart/form-data", "multipart/form-data; boundary=", ""])
    func aRequestThatIsNotAFormIsRefusedAsSuch(type: String) {
        #expect(throws: MultipartReader.Malformed.notMultipart) { try MultipartReader(contentType: type) }
    }

    @Test func aTruncatedFormIsRefused() throws {
        let form = Self.form([Field(name: "file", fileName: "a.csv", bytes: Array("a,b\r\n1,2".utf8))])
        for length in 0..<(form.count - 4) {
            #expect(throws: MultipartReader.Malformed.truncated, "\(length) bytes") {
                try Self.read(Array(form.prefix(length)), in: [])
            }
        }
    }

    @Test(arguments: ["", "\r\n", "\r\n\r\n", " \n"])
    func aFormMayEndWithBlanks(blanks: String) throws {
        let form = Self.form([Field(name: "file", fileName: "a.csv", bytes: Array("a".utf8))])
        #expect(try Self.read(form.dropLast(2) + Array(blanks.utf8), in: []).count == 1)
    }

    @Test func dataAfterTheFormIsRefused() {
        let form = Self.form([Field(name: "file", fileName: "a.csv", bytes: Array("a".utf8))])
        for more in [form, Array("x".utf8), Array("\r\n\r\n1,2".utf8)] {
            for size in [1, 7, 1000] {
                let pieces = Array(repeating: size, count: (form + more).count / size + 1)
                #expect(throws: MultipartReader.Malformed.trailingData) { try Self.read(form + more, in: pieces) }
            }
        }
    }

    @Test func headersWithoutAnEndAreRefusedBeforeTheyFillTheMemory() {
        let form = Array("------x1\r\n".utf8) + Array(repeating: UInt8(ascii: "a"), count: 20_000)
        #expect(throws: MultipartReader.Malformed.badHeaders) { try Self.read(form, in: [100, 9_000]) }
    }

    @Test func randomFormsParseToTheirContent() throws {
        let seed = TestSetting.seed.number(else: 20_261_124)
        var random = SeededGenerator(seed: seed)
        // The letters of delimiters, so that texts often look like one.
        let letters = Array("\r\n-x1a".utf8)
        for round in 1...400 {
            let fields = (0..<Int.random(in: 1...4, using: &random)).map { number in
                Field(
                    name: "f\(number)", fileName: Bool.random(using: &random) ? "n.csv" : nil,
                    bytes: (0..<Int.random(in: 0...200, using: &random)).map { _ in
                        letters.randomElement(using: &random) ?? 0
                    })
            }.filter { !String(decoding: [13, 10] + $0.bytes + [13, 10], as: UTF8.self).contains("\r\n------x1") }
            let pieces = (0..<400).map { _ in Int.random(in: 1...40, using: &random) }
            #expect(try Self.read(Self.form(fields), in: pieces) == fields, "seed \(seed), round \(round)")
        }
    }

    @Test func randomBytesNeverCrashTheParser() {
        let seed = TestSetting.seed.number(else: 7)
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 1...400 {
            var form = Self.form([Field(name: "file", fileName: "a.csv", bytes: Array("a,b".utf8))])
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                form[Int.random(in: 0..<form.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                _ = try Self.read(form, in: (0..<300).map { _ in Int.random(in: 1...30, using: &random) })
            } catch is MultipartReader.Malformed {
                refused += 1
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
        #expect(refused > 0)
    }
}
