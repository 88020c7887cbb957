/// A code page for Cyrillic, in which each byte is one character.
package struct CodePage {
    let encoding: FileEncoding
    /// The signs of the bytes from 0x80 on. U+FFFD marks a byte without a sign.
    package let signs: [Unicode.Scalar]
    private let bytes: [[UInt8]]

    private init(_ encoding: FileEncoding, _ signs: String) {
        self.encoding = encoding
        self.signs = Array(signs.unicodeScalars)
        bytes = self.signs.map { Array($0.utf8) }
    }

    package func utf8(_ text: [UInt8]) -> [UInt8] {
        var unicode: [UInt8] = []
        unicode.reserveCapacity(text.count)
        for byte in text {
            if byte < 0x80 {
                unicode.append(byte)
            } else {
                unicode.append(contentsOf: bytes[Int(byte) - 0x80])
            }
        }
        return unicode
    }

    package static subscript(_ encoding: FileEncoding) -> CodePage? { all.first { $0.encoding == encoding } }

    /// The likeliest first.
    static let all = [
        CodePage(
            .windows1251,
            "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙК"
                + "ЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"),
        CodePage(
            .cp866,
            "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█"
                + "▄▌▐▀рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u{A0}"),
        CodePage(
            .koi8R,
            "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{A0}⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©юабцдефгхийклмнопярстуж"
                + "вьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"),
        CodePage(
            .macCyrillic,
            "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ†°Ґ£§•¶І®©™Ђђ≠Ѓѓ∞±≤≥іµґЈЄєЇїЉљЊњјЅ¬√ƒ≈∆«»…\u{A0}ЋћЌќѕ–—“”‘’÷"
                + "„ЎўЏџ№Ёёяабвгдежзийклмнопрстуфхцчшщъыьэю€"),
    ]
}
