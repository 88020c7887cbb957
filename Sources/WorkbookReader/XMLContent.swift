/// Takes what is needed from one part of a workbook during parsing. It gets only elements of the part's own namespace.
protocol XMLContent {
    /// Takes the start of an element.
    /// - Returns: whether the contents of the element are wanted. Otherwise they are skipped, and `end` is not called
    ///   for it.
    mutating func start(_ element: XMLElement) throws -> Bool
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
    mutating func end() throws
    /// The current row and column, for errors.
    var place: (row: Int?, column: Int?) { get }
}

extension XMLContent {
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {}
    var place: (row: Int?, column: Int?) { (nil, nil) }
}

/// An error that ends the parsing.
enum XMLEnd: Error {
    /// The part breaks a rule. The message to people names the part and the position.
    case damaged
    /// The root element has another namespace.
    case foreign
    /// The rest of the part is not needed.
    case enough
}
