/// The parts that another part refers to, by their ids.
struct Relationships {
    private let targets: [Target]

    struct Target {
        let id: String
        /// The last word of the part's type, such as `worksheet` or `sharedStrings`.
        let kind: String
        /// The part's name in the archive.
        let name: String
    }

    /// Reads the relationships of a part.
    /// - Parameter part: the part that refers to others, or an empty text for the archive itself.
    init(of part: String, in archive: Archive, limits: WorkbookLimits) throws {
        let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
        let file = part.dropFirst(folder.count)
        let name = "\(folder)_rels/\(file).rels"
        guard let entry = archive[name] else {
            targets = []
            return
        }
        var list = RelationshipList(folder: folder, maximum: limits.entries)
        try XMLPart(entry: entry, archive: archive, namespaces: Namespace.relationships, limits: limits)
            .parse(into: &list)
        targets = list.targets
    }

    subscript(id: String) -> Target? { targets.first { $0.id == id } }

    func first(_ kind: String) -> Target? { targets.first { $0.kind == kind } }
}

private struct RelationshipList: XMLContent {
    let folder: String
    let maximum: Int
    private(set) var targets: [Relationships.Target] = []

    init(folder: String, maximum: Int) {
        self.folder = folder
        self.maximum = maximum
    }

    mutating func start(_ element: XMLElement) throws -> Bool {
        guard element.isNamed("Relationship") else { return true }
        guard let id = element.attribute("Id"), let type = element.attribute("Type"),
            let target = element.attribute("Target"), targets.count < maximum
        else { throw XMLEnd.damaged }
        // Links to web pages and other files are never followed.
        guard element.attribute("TargetMode") != "External" else { return false }
        let kind = type.split(separator: "/").last.map(String.init) ?? ""
        targets.append(Relationships.Target(id: id, kind: kind, name: try resolved(target)))
        return false
    }

    mutating func end() {}

    /// Returns the name of a target inside the archive.
    /// - Throws: ``WorkbookError`` for a name that leads out of the archive.
    private func resolved(_ target: String) throws(WorkbookError) -> String {
        var names = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for name in target.split(separator: "/") where name != "." {
            if name != ".." {
                names.append(name)
            } else if names.popLast() == nil {
                throw .unsafe(.pathEscape(String(target.prefix(60))))
            }
        }
        return names.joined(separator: "/")
    }
}
