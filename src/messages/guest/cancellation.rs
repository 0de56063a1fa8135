//! What giving a stay up costs, in words: until when it is free by the hotel's clock, and what comes after.

use crate::messages::Locale;

texts! {
    free_to_the_last: "You can cancel free of charge until you check in." | "入住前可免费取消。";
    free_now: "Cancelling now is free of charge." | "现在取消不收取任何费用。";
    fee_changed: "While you were reading, the free time ended. Nothing was cancelled: please look at the fee." | "在您查看期间，免费取消时间已过。尚未取消，请查看费用。";
    fee: "Cancellation fee" | "取消费用";
    no_show_fee: "Fee for not coming" | "未到店费用";
    add_to_calendar: "Add to calendar" | "添加到日历";
}

phrases! {
    free_until(when: &str, zone: &str): "Free until {when}, hotel time ({zone})." | "酒店当地时间 {when} 前免费（{zone}）。";
    was_free_until(when: &str, zone: &str): "It was free until {when}, hotel time ({zone})." | "免费取消截止于酒店当地时间 {when}（{zone}）。";
    cancel_free_until(when: &str, zone: &str): "You can cancel free of charge until {when}, hotel time ({zone})." | "酒店当地时间 {when} 前可免费取消（{zone}）。";
    afterwards(fee: &str): "After that, cancelling costs {fee}." | "此后取消需支付 {fee}。";
    costs_now(fee: &str): "Cancelling now costs {fee}." | "现在取消需支付 {fee}。";
    no_show_costs(fee: &str): "Not coming costs {fee}." | "未到店需支付 {fee}。";
    yes_for(fee: &str): "Yes, cancel for {fee}" | "确定取消，支付 {fee}";
}

/// What is due, or that nothing is.
pub const fn fee_label(locale: Locale, is_no_show: bool) -> &'static str {
    if is_no_show { no_show_fee(locale) } else { fee(locale) }
}
