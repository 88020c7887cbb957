import Payouts

@testable import MerchantAPI

extension AnswerFuzzer {
    /// Method 7 represents all eight methods that answer with a bill.
    func judgeBill(_ seen: Seen, _ tally: inout Tally) throws(Violation) {
        let result: Result<BillAnswer, MerchantError.Cause>
        do {
            let answer = try BillPayment.read(seen.raw.object(), httpStatus: seen.httpStatus)
            try payment.verify(answer)
            result = .success(answer)
        } catch {
            result = .failure(error)
        }
        switch result {
        case .success:
            tally.billsPaid += 1
            guard seen.httpStatus == 200, seen.isTrue("success"), seen["status"] as? String == "SUCCESS",
                seen.whole("id") == 777, seen.whole("amount") == 1000,
                seen.isUnsaid("currency") || seen.whole("currency") == 860,
                seen.details.isEmpty, !seen.hasDoubledNames
            else { throw seen.violation("a bill is paid, though not every rule for it holds") }
        case .failure(let cause) where MerchantError(method: .payBill, cause: cause).mayHaveTakenEffect:
            tally.unknown += 1
        case .failure:
            tally.refused += 1
            if seen.showsSuccess { throw seen.violation("nothing was done, though the answer shows success") }
        }
    }
}
