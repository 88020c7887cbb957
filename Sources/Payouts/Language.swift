/// The languages in which the program speaks to people. Raw values are those of `--lang` and `PAYOUT_LANG`.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case ru
    case uz
    case en
}
