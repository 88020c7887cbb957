package import Payouts

extension Language {
    /// Finds the language of a locale: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides. It is
    /// English if that names another language.
    package init(localeOf environment: [String: String]) {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let language = named?.prefix { $0.isLetter }.lowercased()
        self = language.flatMap(Language.init) ?? .en
    }
}
