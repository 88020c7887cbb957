/// What is kept of one part of a workbook while it is parsed. It gets only the elements of the part's own namespace.
protocol XMLContent {
    /// - Returns: whether the contents of the element are wanted. Otherwise they are skipped, and `end` is not called for it.
    mutating func start(_ element: XMLElement) throws -> Bool
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
    mutating func end() throws
    /// The row and column that are being read, for errors.
    var place: (row: Int?, column: Int?) { get }
}

extension XMLContent {
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {}
    var place: (row: Int?, column: Int?) { (nil, nil) }
}

/// What a content throws to end the parsing.
enum XMLEnd: Error {
    /// The part breaks a rule. The error that people get names the part and the place.
    case damaged
    /// The root element has another namespace.
    case foreign
    /// No more of the part is wanted.
    case enough
}
