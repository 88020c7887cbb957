import PaymentValues
import Testing

@testable import PayoutFiles

/// An amount that can be read in two ways is not guessed.
@Suite struct AmountTextTests {
    @Test(arguments: [
        ("1500", 150_000), ("1500.5", 150_050), ("1500,50", 150_050), ("1 234", 123_400), ("1\u{00A0}234,5", 123_450),
        ("12 345 678,90", 1_234_567_890), ("123,456,789.01", 12_345_678_901), ("1.234.567,5", 123_456_750),
        ("1,234,567", 123_456_700), ("0,5", 50), ("0.05", 5),
    ])
    func anAmountInSomIsReadInTheFormsThatPeopleWrite(text: String, tiyin: Int64) throws {
        #expect(try AmountText(text).som() == Tiyin(tiyin))
    }

    @Test(arguments: [("150000", 150_000), ("150 000", 150_000), ("1", 1)])
    func anAmountInTiyinIsAWholeNumber(text: String, tiyin: Int64) throws {
        #expect(try AmountText(text).tiyin() == Tiyin(tiyin))
    }

    @Test(arguments: [
        ("1.234", Problem.amountAmbiguous("1234")), ("123,456", .amountAmbiguous("123456")),
        ("0.500", .amountHasTooManyDecimals), ("1234.567", .amountHasTooManyDecimals),
        ("1 234,567", .amountHasTooManyDecimals), ("1 23", .amountNotANumber), ("1234 567", .amountNotANumber),
        ("1.234 567,5", .amountNotANumber), ("1..5", .amountNotANumber), ("5,", .amountNotANumber),
        (",5", .amountNotANumber), ("a.b", .amountNotANumber), ("1500.x5", .amountNotANumber),
        ("", .amountNotANumber), ("-5", .amountNotPositive), ("\u{2212}5", .amountNotPositive),
        ("- 1 234,5", .amountNotPositive), ("0", .amountNotPositive), ("0,00", .amountNotPositive),
        ("92233720368547758.08", .amountTooLarge),
    ])
    func anyOtherAmountInSomIsRefused(text: String, problem: Problem) {
        #expect(throws: problem) { try AmountText(text).som() }
    }

    @Test(arguments: [
        ("1500.5", Problem.amountNotWhole), ("-5", .amountNotPositive), ("-1 234", .amountNotPositive),
        ("0", .amountNotPositive), ("1.234", .amountAmbiguous("1234")),
    ])
    func anyOtherAmountInTiyinIsRefused(text: String, problem: Problem) {
        #expect(throws: problem) { try AmountText(text).tiyin() }
    }
}
