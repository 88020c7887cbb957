import Foundation
import Reports

/// One page of many.
struct Paging {
    static let size = 50

    let number: Int
    let count: Int

    /// Finds the page to show.
    /// - Parameters:
    ///   - asked: the page number in the address. An invalid number means the first page.
    ///   - total: the number of items.
    ///   - isCounted: whether a number that is too large means the last page. Otherwise that page is empty, so that it
    ///     does not reveal the number of pages.
    init(_ asked: String?, total: Int, isCounted: Bool = true) {
        count = max((total + Self.size - 1) / Self.size, 1)
        let asked = max(asked.flatMap { Int($0) } ?? 1, 1)
        number = min(asked, isCounted ? count : Self.last)
    }

    /// Keeps ``offset`` within the range of `Int`.
    private static let last = 1_000_000

    var offset: Int { (number - 1) * Self.size }

    struct Links {
        let text: String
        let previousPage, nextPage: String?
    }

    /// Returns the links to the neighbouring pages, or `nil` if there is only one page.
    ///
    /// - Parameter isCounted: whether the text states the number of pages.
    func links(_ path: String, query: [String: String], in w: Wording, isCounted: Bool = true) -> Links? {
        guard count > 1 else { return nil }
        func link(_ number: Int) -> String {
            path + Desk.query(query.merging(["page": "\(number)"]) { _, new in new })
        }
        return Links(
            text: isCounted
                ? w("pageOf", ["number": Figures.number(number), "count": Figures.number(count)])
                : Figures.number(number),
            previousPage: number > 1 ? link(number - 1) : nil, nextPage: number < count ? link(number + 1) : nil)
    }
}
