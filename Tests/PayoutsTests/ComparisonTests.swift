import Foundation
import PaymentValues
import Payouts
import Testing

/// Tests the comparison of two months.
@Suite struct ComparisonTests {
    private func person(
        _ row: Int, _ name: String?, card: UInt8, _ amount: Int64 = 1000, key: String? = nil
    ) -> Person {
        Person(
            row: row, key: key, name: name, card: CardFingerprint([card]),
            maskedCard: "860012******\(1000 + Int(card))",
            amount: Tiyin(amount))
    }

    private func compare(_ people: [Person], with former: [Person]) throws -> Comparison {
        try Comparison(
            of: people, with: BatchReference("october"), at: Date(timeIntervalSince1970: 0), former: former)
    }

    @Test func theSamePeopleAreNoNews() throws {
        let people = (2..<50).map { person($0, "Person \($0)", card: UInt8($0)) }
        let comparison = try compare(people, with: people.reversed())
        #expect(comparison.asBefore == ControlTotals(rows: 48, sum: Tiyin(48_000)))
        #expect(comparison.newPeople.isEmpty && comparison.missing.isEmpty && comparison.changedCards.isEmpty)
        #expect(comparison.changedAmounts.isEmpty && comparison.sharedCards.isEmpty)
    }

    @Test func anotherCardOfAKnownNameIsSeenInAnySpelling() throws {
        let comparison = try compare(
            [person(2, "Қодиров Ўткир", card: 9)], with: [person(7, "Qodirov O‘tkir", card: 1)])
        #expect(comparison.changedCards.map(\.now.row) == [2])
        #expect(comparison.changedCards.map(\.before.row) == [7])
    }

    @Test func anIDOfAPersonCountsForMoreThanAName() throws {
        let others = (3..<6).map { person($0, "Person \($0)", card: UInt8($0 + 10), key: "\($0)") }
        let comparison = try compare(
            [person(2, "Karimova Lola", card: 9, key: "17")] + others,
            with: [person(2, "Tosheva Lola", card: 1, key: "17")] + others)
        #expect(comparison.changedCards.map(\.now.row) == [2])
        #expect(comparison.asBefore.rows == 3)
    }

    @Test func anIDOfALineNamesNobody() throws {
        let names = ["A", "B", "C", "D"].map { "Person \($0)" }
        let former = names.enumerated().map {
            person($0.offset + 2, $0.element, card: UInt8($0.offset), key: "\($0.offset)")
        }
        // The first one has left, so every line has another number.
        let now = former.dropFirst().map {
            person($0.row - 1, $0.name, card: UInt8($0.row - 2), key: "\($0.row - 3)")
        }
        let comparison = try compare(now, with: former)
        #expect(comparison.asBefore.rows == 3 && comparison.changedCards.isEmpty && comparison.newPeople.isEmpty)
        #expect(comparison.missing.map(\.name) == ["Person A"])
    }

    @Test func twoPeopleWithOneNameAreNotGuessed() throws {
        let former = [person(2, "Karimov A", card: 1), person(3, "Karimov A", card: 2)]
        let comparison = try compare([person(2, "Karimov A", card: 1), person(3, "Karimov A", card: 9)], with: former)
        #expect(comparison.asBefore.rows == 1)
        // One of them is left on each side, so it can only be this one.
        #expect(comparison.changedCards.map(\.now.row) == [3])
        let unclear = try compare([person(2, "Karimov A", card: 8), person(3, "Karimov A", card: 9)], with: former)
        #expect(unclear.changedCards.isEmpty && unclear.newPeople.isEmpty)
        #expect(unclear.undecided.map(\.row) == [2, 3] && unclear.missing.count == 2)
    }

    @Test func amountsJoinersAndLeaversAreTold() throws {
        let comparison = try compare(
            [person(2, "A", card: 1, 1500), person(3, "B", card: 2), person(4, "D", card: 4)],
            with: [person(2, "A", card: 1), person(3, "B", card: 2), person(4, "C", card: 3)])
        #expect(comparison.changedAmounts.map(\.now.row) == [2])
        #expect(comparison.changedAmounts.first?.before.amount == Tiyin(1000))
        #expect(comparison.newPeople.map(\.name) == ["D"] && comparison.missing.map(\.name) == ["C"])
        #expect(comparison.asBefore.rows == 1)
    }

    @Test func aPersonWithTwoRowsKeepsEach() throws {
        let people = [person(2, "A", card: 1, 100), person(3, "A", card: 1, 900)]
        #expect(try compare(people, with: people.reversed()).asBefore.rows == 2)
        #expect(try compare(people, with: people).sharedCards.isEmpty)
    }

    @Test func oneCardForSeveralPeopleIsSeen() throws {
        let people = [person(2, "A", card: 1), person(3, "B", card: 1), person(4, "C", card: 2)]
        #expect(try compare(people, with: []).sharedCards.map(\.row) == [2, 3])
    }

    @Test func withoutNamesTheCardIsThePerson() throws {
        let comparison = try compare(
            [person(2, nil, card: 1, 5), person(3, nil, card: 2), person(4, "New Name", card: 3)],
            with: [person(2, nil, card: 1), person(3, "Somebody", card: 2), person(4, "Old Name", card: 3)])
        #expect(comparison.changedAmounts.map(\.now.row) == [2] && comparison.asBefore.rows == 1)
        #expect(comparison.newPeople.map(\.row) == [4] && comparison.missing.map(\.row) == [4])
    }

    @Test func aPersonBackAfterAPauseIsNotNew() throws {
        var comparison = try compare(
            [person(2, "A", card: 1), person(3, "B", card: 2), person(4, "C", card: 9), person(5, "D", card: 4)],
            with: [person(2, "A", card: 1)])
        #expect(comparison.newPeople.map(\.row) == [3, 4, 5])
        comparison.recognise(
            in: [person(2, "B", card: 2), person(3, "C", card: 3)], of: try BatchReference("september"))
        #expect(comparison.newPeople.map(\.row) == [5] && comparison.returned.map(\.now.row) == [3, 4])
        #expect(comparison.changedCards.map(\.now.row) == [4])
        #expect(comparison.changedCards.first?.batch.name == "september")
    }

    @Test func aCardThatTheSamePeopleSharedBeforeIsKnown() throws {
        let family = [person(2, "A", card: 1), person(3, "B", card: 1)]
        #expect(try compare(family, with: family).knownSharing == [family[0].card])
        #expect(try compare(family, with: [person(2, "A", card: 1), person(3, "C", card: 1)]).knownSharing.isEmpty)
    }

    @Test func aPersonMoreOftenThanBeforeIsTold() throws {
        let salaryAndCashback = [person(2, "A", card: 1, 100), person(3, "A", card: 1, 5)]
        #expect(try compare(salaryAndCashback, with: salaryAndCashback).repeated.isEmpty)
        #expect(try compare(salaryAndCashback, with: [person(2, "A", card: 1, 100)]).repeated.map(\.row) == [2, 3])
    }

    @Test(arguments: [
        ("payroll-2026-10", "payroll-2026-11"), ("Зарплата декабрь 2026", "Зарплата январь 2027"),
        ("oylik sentabr", "Oylik oktyabr"), ("10.2026", "11.2026"), ("May salary", "June salary"),
        ("Ведомость май", "Ведомость июнь"), ("maosh 2026_06", "maosh 2026_07"), ("фев 2026", "март 2026"),
        ("12-payroll-2026-10", "12-payroll-2026-11"), ("7 реестр 10.2026", "7 реестр 11.2026"),
    ])
    func theNameOfAPayrollSaysItsMonth(earlier: String, later: String) throws {
        let (earlier, later) = (try #require(PayrollMonth(in: earlier)), try #require(PayrollMonth(in: later)))
        #expect(later.follows(earlier) && !earlier.follows(later) && !later.follows(later))
    }

    @Test(arguments: ["payroll", "2026", "12-payroll", "reestr 15", "май июнь", "1326-2026-13"])
    func aNameWithoutOneMonthSaysNone(name: String) {
        #expect(PayrollMonth(in: name) == nil)
    }

    @Test func aPersonalNumberIsHidden() {
        #expect(PersonalNumber.masking("31705890150016") == "**********0016")
        for other in ["CB-00017", "31799890150016", "91705890150016", "3170589015001", ""] {
            #expect(PersonalNumber.masking(other) == other)
        }
    }
}
