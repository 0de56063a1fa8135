//! Changing a stay: the form, the difference, what may stand in the way.

use crate::domain::AmendmentError;
use crate::messages::Locale;
use crate::messages::guest::{self, booking};

texts! {
    title: "Change my stay" | "修改入住";
    lead: "You see what it costs before anything changes. Your nights stay yours until the new ones are." | "修改之前会先显示费用。在拿到新的日期之前，您原来的客房一直为您保留。";
    show_price: "Show the new price" | "查看新价格";
    other: "Change something else" | "重新选择";
    keep: "Keep it as it is" | "保持不变";
    check_title: "Please check the change" | "请核对修改";
    what: "What" | "项目";
    before: "Now" | "原来";
    after: "After the change" | "修改后";
    same_price: "The price stays the same." | "价格不变。";
    nothing_changed: "This is your stay as it is. Change a date, the room or the guests first." | "这就是您现在的入住信息。请先修改日期、房型或人数。";
    changed: "Your stay is changed. The total below is what you pay." | "您的入住已修改，应付总价见下方。";
    changed_elsewhere: "Your stay was changed. Show it as it is now." | "您的入住信息已有变动，点此查看最新内容。";
    price_changed: "The price has just changed. Nothing was changed: please look at the new total." | "价格刚刚有变动，尚未做任何修改。请查看新的总价。";
    version_changed: "Your reservation was changed in the meantime. Please look at it again." | "您的预订刚刚有变动，请重新核对。";
    sold_out_title: "Sold out on these nights" | "这些日期已满房";
    sold_out_kept: "Nothing was changed: your stay is as it was, and what you chose is still here." | "未做任何修改：您的预订保持原样，您的选择也保留在此。";
    no_room: "No single room is free for all of these nights, so we cannot offer them together. Try other dates or another room." | "没有一间客房在所有这些日期都空着。请试试其他日期或房型。";
    not_possible_title: "This stay cannot be changed here" | "无法在此修改";
    arrival_day: "From the day of arrival on, the desk changes your stay. Ask the desk, or come by." | "从入住当天起，请由前台为您修改。请联系前台。";
    is_over: "Only a confirmed reservation can be changed here. Ask the desk if something is wrong." | "只有已确认的预订才能在此修改。如有疑问，请联系前台。";
    arrival_is_past: "The guest is in house, so arrival cannot be changed" | "客人已入住，不能更改入住日期";
    departure_is_past: "Departure cannot be before today at the hotel" | "离店日期不能早于酒店当地的今天";
}

phrases! {
    confirm_with_total(total: &str): "Confirm the change · {total}" | "确认修改 · {total}";
    pay_more(amount: &str): "You pay {amount} more" | "需多付 {amount}";
    pay_less(amount: &str): "You pay {amount} less" | "可少付 {amount}";
}

/// What to do about a field that cannot be changed so.
pub const fn field_error(locale: Locale, error: AmendmentError) -> &'static str {
    match error {
        AmendmentError::State(_) => is_over(locale),
        AmendmentError::ArrivalDay => arrival_day(locale),
        AmendmentError::ArrivalIsPast => arrival_is_past(locale),
        AmendmentError::DepartureIsPast => departure_is_past(locale),
        AmendmentError::Stay(error) => guest::stay_error(locale, error),
        AmendmentError::Party(error) => guest::party_error(locale, error),
        AmendmentError::PartyTooLarge { .. } => booking::party_too_large(locale),
        AmendmentError::PriceChanged { .. } => price_changed(locale),
        AmendmentError::Money(_) => booking::dates_bad(locale),
    }
}
