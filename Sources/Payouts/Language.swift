/// The languages of the program. Raw values are those of `--lang` and `PAYOUT_LANG`.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case ru
    case uz
    case en
}
