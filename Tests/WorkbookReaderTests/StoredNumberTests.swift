import Testing

@testable import WorkbookReader

@Suite struct StoredNumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "-0"), ("7", "7"), ("1500000.5", "1500000.5"), ("1.1000000000000001", "1.1"),
        ("0.29999999999999999", "0.3"), ("0.30000000000000004", "0.3"), ("99999999999999.999", "100000000000000"),
        ("1.5E5", "150000"), ("1.5e-3", "0.0015"), ("1E+3", "1000"), ("000123", "123"), (".5", "0.5"), ("5.", "5"),
        ("-12.50", "-12.5"), ("123456789012345", "123456789012345"), ("8600069195406311", "8600069195406311"),
        ("8.6000691954063104E+15", "8600069195406310"), ("2.0208000900123401E+19", "20208000900123401000"),
    ])
    func aNumberIsWrittenAsAPersonReadsIt(stored: String, written: String) throws {
        #expect(Self.text(of: try #require(StoredNumber(Array(stored.utf8)))) == written)
    }

    @Test(arguments: ["", "-", ".", "1,5", "1 5", "NaN", "0x1", "1.2.3", "1E", "1E+", "1E1234", "١"])
    func textThatIsNotANumberIsRefused(text: String) {
        #expect(StoredNumber(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        ("999999999999999", false), ("1000000000000000", true), ("8600069195406310", true), ("1E15", true),
    ])
    func moreThanFifteenDigitsAreALongNumber(text: String, isLong: Bool) throws {
        #expect(try #require(StoredNumber(Array(text.utf8))).isLong == isLong)
    }

    @Test func aNumberGetsTheZerosThatItsFormatShows() throws {
        #expect(Self.text(of: try #require(StoredNumber(Array("1183".utf8))), width: 5) == "01183")
        #expect(Self.text(of: try #require(StoredNumber(Array("0".utf8))), width: 5) == "00000")
    }

    private static func text(of number: StoredNumber, width: Int = 1) -> String {
        var bytes: [UInt8] = []
        number.write(to: &bytes, width: width)
        return String(decoding: bytes, as: UTF8.self)
    }
}
