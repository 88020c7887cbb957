/// The members of a JSON object, in no order. The bank's objects have about a dozen members: a linear search is faster
/// than a hash table.
struct JSONMembers: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    struct Member: Hashable, Sendable {
        let name: String
        let value: JSONValue
    }

    private var members: [Member] = []

    init(dictionaryLiteral members: (String, JSONValue)...) {
        self.members.reserveCapacity(members.count)
        for (name, value) in members { insert(value, as: name) }
    }

    var count: Int { members.count }

    /// The members sorted by name, so that equal members give equal bytes.
    var all: [Member] {
        let isInOrder = zip(members, members.dropFirst()).allSatisfy { $0.name < $1.name }
        return isInOrder ? members : members.sorted { $0.name < $1.name }
    }

    subscript(name: String) -> JSONValue? {
        members.firstIndex { $0.name == name }.map { members[$0].value }
    }

    /// Adds a member. An existing member of the same name stays as it is.
    /// - Returns: whether the name was new.
    @discardableResult
    mutating func insert(_ value: JSONValue, as name: String) -> Bool {
        guard !members.contains(where: { $0.name == name }) else { return false }
        if members.isEmpty { members.reserveCapacity(8) }
        members.append(Member(name: name, value: value))
        return true
    }

    static func == (one: JSONMembers, other: JSONMembers) -> Bool {
        one.members.count == other.members.count && one.all == other.all
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(all)
    }
}
