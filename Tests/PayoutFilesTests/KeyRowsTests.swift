import PayoutFiles
import Testing

@Suite struct KeyRowsTests {
    @Test func eachOfManyKeysKeepsItsFirstRow() {
        var keys = KeyRows()
        for row in 2..<20_000 { #expect(keys.firstRow(with: "CB-\(row)", now: row) == nil) }
        for row in 2..<20_000 where row % 7 == 0 {
            #expect(keys.firstRow(with: "CB-\(row)", now: row + 50_000) == row && keys.row(with: "CB-\(row)") == row)
        }
        #expect(keys.row(with: "CB-1") == nil)
    }
}
