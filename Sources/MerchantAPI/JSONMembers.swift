/// The members of a JSON object in the order of their names, so that the same members are the same bytes. An object of the
/// bank has a dozen of them: to search those costs less than a table of hashes.
struct JSONMembers: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    struct Member: Hashable, Sendable {
        let name: String
        var value: JSONValue
    }

    private(set) var all: [Member] = []

    init(dictionaryLiteral members: (String, JSONValue)...) {
        all.reserveCapacity(members.count)
        for (name, value) in members { insert(value, as: name) }
    }

    subscript(name: String) -> JSONValue? {
        let place = place(of: name)
        return place < all.count && all[place].name == name ? all[place].value : nil
    }

    /// - Returns: whether there was none of that name. If there was, it stays as it is.
    @discardableResult
    mutating func insert(_ value: JSONValue, as name: String) -> Bool {
        let place = place(of: name)
        if place < all.count, all[place].name == name { return false }
        all.insert(Member(name: name, value: value), at: place)
        return true
    }

    /// Of the first name that is not before this one.
    private func place(of name: String) -> Int {
        var places = 0..<all.count
        while !places.isEmpty {
            let middle = places.lowerBound + places.count / 2
            places = all[middle].name < name ? middle + 1..<places.upperBound : places.lowerBound..<middle
        }
        return places.lowerBound
    }
}
