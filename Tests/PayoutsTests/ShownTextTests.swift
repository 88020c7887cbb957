import Payouts
import Testing

/// Tests how text from outside is made safe for a terminal, a mail, a page or a program.
@Suite struct ShownTextTests {
    private static let steering = [
        "\u{0}", "\u{7}", "\u{8}", "\u{B}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{61C}", "\u{200E}",
        "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}",
    ]

    @Test(arguments: steering) func nothingSteersATerminalOrPage(character: String) throws {
        let text = "a\(character)b"
        let code = try #require(character.unicodeScalars.first).code
        #expect(text.onOneLine == "a<\(code)>b" && text.steeringNothing == "a<\(code)>b")
        #expect(text.htmlSteeringNothing == "a&lt;\(code)&gt;b")
        #expect(text.jsonSteeringNothing == "a\\u\(code.dropFirst(2))b")
        #expect(text.showingAll == "a<\(code)>b")
    }

    @Test func linesAndTabsStayWhereTheyAreMeant() {
        #expect("a\n\tb".steeringNothing == "a\n\tb" && "a\n\tb".htmlSteeringNothing == "a\n\tb")
        #expect("a\n\tb\r".onOneLine == "a<U+000A><U+0009>b<U+000D>")
    }

    @Test func ordinaryTextStaysAsItIs() {
        for text in ["", "Зарплата №5 ўқғҳ oʻzbek", "12 216 417,75 so‘m", "😀 “a” → b"] {
            #expect(text.onOneLine == text && text.htmlSteeringNothing == text && text.jsonSteeringNothing == text)
        }
    }

    @Test func theBanksWordsAreOneLine() {
        let reason = Reason(ReasonCode(rawValue: "x"), bankText: "\u{1B}]0;pwned\u{7}\n--rows 2-99")
        #expect(reason.bankText == "<U+001B>]0;pwned<U+0007><U+000A>--rows 2-99")
    }
}
