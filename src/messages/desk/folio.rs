//! The folio: charges, payments, what is still to be paid.

use crate::messages::{Locale, format};

texts! {
    title: "Folio" | "账单";
    column_day: "Day" | "日期";
    column_what: "For" | "项目";
    column_amount: "Amount" | "金额";
    balance: "To be paid" | "待付";
    balance_back: "To be paid back" | "应退";
    settled: "Settled" | "已结清";
    room: "Room" | "房费";
    fee: "Cancellation or no-show fee" | "取消或未到费用";
    payment: "Payment" | "付款";
    taken_back: "Taken back" | "冲销";
    cash: "cash" | "现金";
    card: "card" | "银行卡";
    transfer: "transfer" | "转账";
    other: "other" | "其他";
    method: "Paid by" | "付款方式";
    amount: "Amount" | "金额";
    for_what: "What for" | "项目说明";
    remark: "Remark" | "备注";
    optional: "optional" | "选填";
    post_charge: "Add a charge" | "记入消费";
    post_payment: "Take a payment" | "收款";
    charge_button: "Add the charge" | "记入";
    payment_button: "Take the payment" | "确认收款";
    take_back: "Take back" | "冲销";
    done: "The folio is up to date." | "账单已更新。";
    errors: "This could not be posted" | "无法入账";

    error_amount: "Write an amount like 12.50 or 12,50, without thousands signs" | "请填写金额，例如 12.50，不要使用千位分隔符";
    error_too_precise: "The amount has too many decimals" | "金额的小数位数过多";
    error_positive: "The amount must be more than nothing" | "金额必须大于零";
    error_too_large: "The amount is too large" | "金额过大";
    error_text: "Say what the charge is for" | "请填写项目说明";
    error_text_long: "At most 120 characters on one line" | "请控制在一行 120 个字符以内";
    error_reversed: "This entry has been taken back already." | "此项已被冲销。";
    error_currency: "The folio is kept in another currency." | "账单使用其他币种。";
    error_state: "Nothing can be posted to this reservation." | "此预订无法入账。";

    ask_overpaid: "That is more than is to be paid" | "金额超过待付款项";
    take_anyway: "Take it all the same" | "仍然收款";
    ask_check_out: "The folio is not settled" | "账单尚未结清";
    ask_early: "The guest leaves early" | "客人提前离店";
    change_departure: "Change the departure first" | "先修改离店日期";
    check_out_anyway: "Check out all the same" | "仍然退房";
    leave: "Not now" | "暂不办理";
}

phrases! {
    ask_open(amount: &str): "{amount} are still to be paid." | "尚有 {amount} 未付。";
    overpaid(amount: &str): "{amount} would have to be paid back to the guest." | "将有 {amount} 需退还客人。";
    ask_back(amount: &str): "{amount} are to be paid back to the guest." | "应退还客人 {amount}。";
}

/// "3 nights not slept, €360.00 stay charged."
pub fn unslept(locale: Locale, count: u32, amount: &str) -> String {
    let nights = format::nights(locale, count);
    match (locale, count) {
        (Locale::En, 1) => format!("{nights} not slept, {amount} stays charged."),
        (Locale::En, _) => format!("{nights} not slept, {amount} stay charged."),
        (Locale::ZhCn, _) => format!("有 {nights}未入住，仍将收取 {amount}。"),
    }
}

/// How a payment was made, by its name on the wire.
pub fn method_name(locale: Locale, method: &str) -> &'static str {
    match method {
        "cash" => cash(locale),
        "card" => card(locale),
        "transfer" => transfer(locale),
        _ => other(locale),
    }
}

/// "Room, 3 nights".
pub fn nights(locale: Locale, count: u32) -> String {
    let nights = format::nights(locale, count);
    match locale {
        Locale::En => format!("{}, {nights}", room(locale)),
        Locale::ZhCn => format!("{}（{nights}）", room(locale)),
    }
}

/// "Minibar", "Payment · cash · by his company": what an entry is for. A counter-entry says that first.
pub fn entry(locale: Locale, method: Option<&str>, text: &str, is_reversal: bool) -> String {
    let mut parts = Vec::new();
    if is_reversal {
        parts.push(taken_back(locale).to_owned());
    }
    if let Some(method) = method {
        parts.push(payment(locale).to_owned());
        parts.push(method_name(locale, method).to_owned());
    }
    if !text.is_empty() {
        parts.push(text.to_owned());
    }
    parts.join(" · ")
}
