import Testing

@testable import WorkbookReader

@Suite struct EscapedTextTests {
    @Test(arguments: [
        ("a", "a"), ("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("_xD83D__xDE00_", "😀"),
        ("_x00zz_", "_x00zz_"),
        ("_x000D", "_x000D"), ("____x0041_", "___A"), ("_xD83D_", "\u{FFFD}"), ("", ""),
    ])
    func charactersThatXMLCannotHoldComeBack(stored: String, text: String) {
        var bytes = Array(stored.utf8)
        EscapedText.decode(&bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
}
