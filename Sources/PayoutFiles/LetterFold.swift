import Foundation

/// Makes texts equal that differ only in similar signs: `Счёт` and `СЧЕТ`, `срок_действия` and `Срок действия`, `so‘m`
/// with any apostrophe, a Latin `C` in a Russian word, both forms of `й`, and Uzbek letters typed as similar Russian
/// ones.
enum LetterFold {
    /// The letters and digits of a text.
    static func key(of text: String) -> String {
        var key = ""
        for scalar in text.lowercased().unicodeScalars {
            if let like = likes[scalar] {
                key.unicodeScalars.append(like)
            } else if ("0"..."9").contains(scalar)
                || scalar.properties.isAlphabetic && !scalar.properties.isDiacritic
            {
                key.unicodeScalars.append(scalar)
            }
        }
        return key
    }

    /// The words of a text, each as its key.
    static func words(of text: String) -> [String] {
        text.precomposedStringWithCanonicalMapping.split { !$0.isLetter }.map { key(of: String($0)) }
    }

    /// Cyrillic letters, by the Latin or Russian ones that look like them.
    private static let likes: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "в": "b", "с": "c", "е": "e", "ё": "e", "н": "h", "к": "k", "м": "m", "о": "o", "р": "p", "т": "t",
        "х": "x", "у": "y", "і": "i", "ў": "y", "қ": "k", "ҳ": "x", "ғ": "г", "й": "и", "ı": "i",
    ]
}
