/// The answers that the fuzzer mutates: the document's samples, repaired if they are not JSON, its errors, and answers
/// of gateways and odd servers.
enum AnswerCorpus {
    /// Every answer to a payout is about an order with this id and amount.
    static let id = "100000000000001"
    static let amount = "100"

    static let payouts = [
        """
        {"amount":100,"currency":860,"agentTranId":"100000000000001","authorized":false,"promo":null,"success":true,\
        "statusCode":0,"statusMessage":"SUCCESS","sender":{"name":"{\\"account\\":\\"20208000900123456001\\"}","amount":100,\
        "commissionAmount":0,"commission":0.4,"currency":860,"data":{"ACCOUNT":"20208000900123456001","EXT_ID":"246143267"}},\
        "recipient":{"name":"x","amount":100,"commissionAmount":0,"commission":0.0,"currency":860,\
        "data":"{\\"EXT_ID\\":\\"1061113542\\"}"},"bmlId":173388802}
        """,
        #"{"success":true,"statusCode":"0","agentTranId":100000000000001,"amount":"100","currency":"860","bmId":"8"}"#,
        #"{"id":100000000000001,"result":{"langs":{"uz":"u","en":"e","ru":"r"},"status":400,"detail":"card_not_found","title":"t"}}"#,
        #"{"langs":{"uz":"u","en":"e","ru":"r"},"status":400,"detail":"card_not_active","title":"t"}"#,
        #"{"langs":{"ru":"r"},"status":500,"detail":"debit_error","title":"t"}"#,
        #"{"status":401,"detail":"bad_credentials","title":"t"}"#,
        #"{"status":404,"detail":"object_not_found","title":"t"}"#,
        #"{"status":400,"detail":"insufficient_funds_on_deposit"}"#,
        #"{"timestamp":"1970-01-01T00:00:00Z","status":500,"error":"Internal Server Error"}"#,
        #"{"status":429,"title":"Too Many Requests"}"#,
        #"{"result":{"success":true,"statusCode":0,"bmId":8}}"#,
        "<html><body><h1>502 Bad Gateway</h1></body></html>", "", "null", "[]", "{}", "0", "\"success\"",
    ]

    static let statuses =
        [
            "SUCCESS", "FAILED", "REVERSED", "PAYING", "NEW", "CANCELLED", "HOLD_SUCCESS", "GATEWAY_FAILED", "success",
            "SUCCESS ", "",
        ].map { status in
            #"{"id":173388802,"recipientShortName":"X","sessionId":"1","amount":100,"currency":860,"date":"1","success":true,"#
                + #""status":"\#(status)","data":{},"gatewayName":null,"sender":null,"receiver":null}"#
        } + payouts

    static let bills =
        [
            #"{"id":777,"recipientShortName":"X","sessionId":"1","amount":1000,"account":"30","currency":860,"extId":"E","#
                + #""responseText":"OK","success":true,"status":"SUCCESS","data":{"rate":"100"},"gatewayName":null}"#,
            #"{"id":"777","amount":"1000","success":"true","status":"SUCCESS"}"#,
            #"{"id":777,"amount":1000,"success":true,"status":"PAYING"}"#,
            #"{"id":777,"amount":1000,"success":false,"status":"FAILED"}"#,
            #"{"id":777,"result":{"status":400,"detail":"bill_not_found","title":"t"}}"#,
        ] + payouts

    static let logins =
        [
            #"{"statusCode":0,"statusMessage":"OK","result":{"access_token":"abc.def","token_type":"bearer","#
                + #""refresh_token":"r","expires_in":86398,"scope":"openid"}}"#,
            #"{"statusCode":"0","access_token":"abc","expires_in":"60"}"#,
            #"{"statusCode":0,"result":{"access_token":"abc\r\nX: y"}}"#,
        ] + payouts

    /// Pieces that the fuzzer puts into a body, byte for byte.
    static let pieces = [
        "true", "false", "null", "0", "1", "-1", "100", "100.0", "1e2", "0.1e3", "1E400", "99999999999999999999",
        "\"100\"",
        "{", "}", "[", "]", ",", ":", "\"", "\\", "-", ".0", "e2", " ", "\u{0}", "\u{FEFF}", "\\ud800", "\\u0000", "é",
        "٠",
    ]

    /// Whole fields. A body may get one of them twice.
    static let fields = [
        #""success":true"#, #""success":false"#, #""success":"true""#, #""statusCode":0"#, #""statusCode":1"#,
        #""statusCode":null"#, #""agentTranId":100000000000001"#, #""agentTranId":100000000000002"#, #""amount":100"#,
        #""amount":101"#, #""amount":"100""#, #""currency":860"#, #""currency":840"#, #""bmId":8"#, #""bmlId":9"#,
        #""bmId":0"#, #""id":8"#, #""id":777"#, #""amount":1000"#, #""status":"HOLD_SUCCESS""#,
        #""detail":"card_not_found""#, #""detail":"timeout""#, #""detail":"bad_credentials""#,
        #""detail":"not_found""#, #""status":"SUCCESS""#, #""status":"FAILED""#, #""status":400"#, #""status":500"#,
        #""result":{"success":true}"#, #""result":{"detail":"card_not_found","status":400}"#, #""result":null"#,
    ]

    static let httpStatuses = [200, 200, 200, 200, 201, 204, 302, 307, 400, 401, 403, 404, 429, 500, 502, 503, 504]
}
