import Testing

@testable import WorkbookReader

@Suite struct CellStylesTests {
    @Test(arguments: [
        "dd.mm.yyyy", "[$-419]mmmm yyyy;@", "mm/yy", "[h]:mm", "d-mmm", "yyyy\\-mm\\-dd", "[Red]mm.yy", "\"до\" mm.yy",
    ])
    func aFormatOfADateIsOne(code: String) {
        #expect(CellStyles.Format(code: code) == .date)
    }

    @Test(arguments: [
        "General", "0", "0.00", "#,##0.00\" сум\"", "@", "[Red]0", "0\\d", "\"mdy\"0", "0;[Red]\"d\"0", "#,##0_d",
        "0.00E+00",
    ])
    func aFormatOfANumberIsNone(code: String) {
        #expect(CellStyles.Format(code: code) == .plain)
    }

    @Test func zerosInFrontAreCounted() {
        #expect(CellStyles.Format(code: "00000") == .zeros(5))
        #expect(CellStyles.Format(builtIn: 14) == .date && CellStyles.Format(builtIn: 49) == .plain)
    }
}
