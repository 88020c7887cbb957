import Foundation

/// A card that a program has masked: `860006******6311`.
enum CardMask {
    private static let signs: Set<Character> = ["*", "•", "●", "∙", "·", "x", "X", "х", "Х", "#", "＊", "…", "_", "."]

    static func isMasked(_ field: String) -> Bool {
        let signs = field.filter { !$0.isWhitespace && $0 != "-" }
        let head = signs.prefix(while: \.isNumber)
        let tail = signs.reversed().prefix(while: \.isNumber)
        let middle = signs.dropFirst(head.count).dropLast(tail.count)
        let isHidden = middle.count >= 4 || middle.contains("…") || middle == "..."
        return head.count <= 8 && (2...6).contains(tail.count) && head.count + tail.count >= 4 && isHidden
            && middle.allSatisfy(Self.signs.contains)
    }
}
