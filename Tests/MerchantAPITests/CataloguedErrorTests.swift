import MerchantAPI
import Testing

@Suite struct CataloguedErrorTests {
    static let classes: [(CataloguedError.Meaning, String)] = [
        (
            .refusedRow,
            "card_not_found card_not_active card_not_valid bank_not_supported invalid_params p2p_request_not_valid limit_exceeded"
        ),
        (
            .refusedEveryone,
            """
            insufficient_funds insufficient_funds_on_deposit parse_error invalid_request invalid_rsa_message \
            service_not_found service_not_active username_not_found version_not_specified \
            version_not_specified_or_invalid version_too_old invalid_password object_not_found not_found object_locked \
            not_implemented
            """
        ),
        (.notProcessed, "bad_credentials"),
        (
            .unknown,
            """
            pc_error debit_error billing_error billing_error_will_reverse billing_error_reversed internal_error \
            unknown_error timeout
            """
        ),
        (
            .human,
            """
            billing_error_need_reverse bill_not_found bill_not_valid not_card_owner not_card_owner_sms_sent \
            phone_exists username_exists card_already_exists sms_info_is_off code_expired_sms_sent \
            code_expired_restart code_entry_limit_exceeded_restart activation_code_sent invalid_code_sms_sent \
            invalid_code_retry
            """
        ),
    ]

    @Test func everyCodeHasItsClass() {
        var seen = 0
        for (meaning, codes) in Self.classes {
            for code in codes.split(separator: " ") {
                #expect(CataloguedError(rawValue: String(code))?.meaning == meaning, "\(code)")
                seen += 1
            }
        }
        #expect(seen == 47 && CataloguedError.allCases.count == 47)
    }

    @Test func everyCodeHasItsStatus() {
        let counts = Dictionary(grouping: CataloguedError.allCases, by: \.httpStatus).mapValues(\.count)
        #expect(counts == [400: 32, 500: 9, 401: 3, 404: 2, 403: 1])
        let others = [
            "bad_credentials": 401, "invalid_password": 401, "activation_code_sent": 401, "object_not_found": 404,
            "not_found": 404, "object_locked": 403, "pc_error": 400, "debit_error": 500, "not_implemented": 500,
            "timeout": 500,
        ]
        for (code, status) in others { #expect(CataloguedError(rawValue: code)?.httpStatus == status) }
    }

    @Test func everyCodeSpeaksThreeLanguages() {
        for code in CataloguedError.allCases {
            #expect(!code.text.uz.isEmpty && !code.text.en.isEmpty)
            #expect(code.text.ru.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) })
        }
        #expect(Set(CataloguedError.allCases.map(\.text)).count == 47)
    }
}
