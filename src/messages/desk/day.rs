//! The day close.

use crate::domain::Money;
use crate::messages::{Locale, format};

texts! {
    title: "Day close" | "日结";
    link: "Day close" | "日结";
    log_link: "Audit log" | "操作日志";
    undecided_arrivals: "Not arrived" | "尚未到店";
    undecided_departures: "Not left" | "尚未退房";
    unpaid: "Left with an open folio" | "离店未结账";
    unpaid_hint: "A warning only: it does not keep the day open." | "仅作提示，不影响日结。";
    all_decided: "Everything is decided." | "全部处理完毕。";
    wait: "Keep waiting" | "继续等待";
    stays: "Still here" | "仍在住";
    change_stay: "Change the stay" | "更改住宿";
    not_over: "The day is not over by the clock. It can be closed from midnight on." | "今天尚未结束，零点后可以日结。";
    by_clock: "The day ends by itself at midnight. Who has not come or not left stays in the lists as overdue." | "每天零点自动换日，未到店或未退房的客人会以逾期显示在列表中。";
    behind: "By the clock a new day has begun, but the house is still on the day before." | "日历已进入新的一天，但酒店仍处于前一天。";
    close_now: "Close the day" | "进行日结";
    closed: "The day is closed." | "日结完成。";
    refused_undecided: "Some stays are undecided. Decide each, or say that it stays as it is." | "仍有未处理的住宿，请逐一处理或勾选保持现状。";
    refused_another: "The day was closed meanwhile. Here is how it stands now." | "此日已被他人日结，以下是最新状态。";
    rule_title: "What ends the day" | "日结方式";
    rule_lead: "For managers" | "仅限经理";
    rule_clock: "Midnight, by itself" | "零点自动";
    rule_hand: "Somebody at the desk" | "由前台手动";
    rule: "The day ends" | "换日方式";
    rule_save: "Save" | "保存";
    rule_saved: "Saved." | "已保存。";
    same_price: "same price" | "价格不变";
    overdue_stays: "Overdue stays stay in the lists of the house." | "逾期住宿会保留在今日列表中。";
}

phrases! {
    /// The price is a difference with its sign, or says that there is none.
    arrives_on(day: &str, price: &str): "Comes on {day} · {price}" | "改为{day}到店 · {price}";
    stays_until(day: &str, price: &str): "Stays until {day} · {price}" | "续住至{day} · {price}";
    moved_on(name: &str, stay: &str): "{name}: {stay}." | "{name}：{stay}。";
    on(day: &str): "The house is on {day}" | "酒店当前为{day}";
    close(day: &str): "Close {day}" | "日结 {day}";
    rule_hour(hour: u8): "{hour}:00 the next morning, unless something is undecided" | "次日 {hour}:00 自动，有未处理事项时除外";
    open_balance(amount: &str): "{amount} open" | "未结 {amount}";
}

/// "+€119.00", "−€119.00", "same price".
pub fn price_difference(locale: Locale, difference: Money) -> String {
    let amount = format::money(locale, Money::new(difference.minor.abs(), difference.currency));
    match difference.minor {
        0 => same_price(locale).to_owned(),
        1.. => format!("+{amount}"),
        _ => format!("−{amount}"),
    }
}

/// "3 overdue".
pub fn overdue(locale: Locale, count: u32) -> String {
    match locale {
        Locale::En => format!("{count} overdue"),
        Locale::ZhCn => format::counted(locale, count, ["", ""], "项逾期"),
    }
}
