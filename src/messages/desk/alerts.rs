//! What the desk hears: alert pop-ups, the spoken sentence of each kind, the switches for sound and voice, and the
//! list of what was missed. A spoken sentence never carries a guest's name: others stand at the desk.

use crate::messages::{Locale, format};

texts! {
    // The kinds, as pop-up titles and as switches.
    new_reservation: "New reservation" | "新预订";
    nudge: "A guest asks the desk" | "客人呼叫前台";
    cancellation: "Cancellation" | "预订取消";
    day_open: "The day could not be closed" | "无法自动日结";
    changed: "Changed" | "预订变更";
    checked_in: "Checked in" | "已入住";
    checked_out: "Checked out" | "已退房";
    no_show: "No-show" | "未到店";
    other: "News from the house" | "酒店消息";

    // The pop-up.
    region: "Alerts" | "提醒";
    dismiss: "Got it" | "知道了";
    dismiss_all: "Mark all as read" | "全部标为已读";
    open_reservation: "Open reservation" | "打开预订";
    no_message: "No message, the guest just rang." | "没有留言，客人只是提醒前台。";

    // The list of alerts.
    list_title: "Latest alerts" | "最近提醒";
    list_empty: "No alerts yet." | "暂无提醒。";
    unread: "new" | "未读";

    // Missed alerts.
    missed_title: "Missed alerts" | "错过的提醒";
    missed_empty: "You missed nothing." | "没有错过任何提醒。";
    missed_lead: "These came while this screen was not connected." | "以下提醒在本屏幕断线期间到达。";

    // Settings.
    settings_title: "What this desk hears" | "本机提醒设置";
    settings_lead: "Kept on this device only. Colleagues choose for themselves." | "仅保存在本设备上，同事可各自设置。";
    kinds: "Tell me about" | "提醒内容";
    sound: "Sound" | "提示音";
    sound_hint: "A short chime, different for each kind" | "简短铃声，每类各不相同";
    voice: "Voice" | "语音播报";
    voice_hint: "Speaks a sentence without the guest's name" | "播报时不会念出客人姓名";
    names: "Say the guest's name" | "播报客人姓名";
    names_hint: "Only where nobody else can listen" | "仅在旁人听不到时使用";
    volume: "Volume" | "音量";
    test: "Try it" | "试听";
    state_silent: "Silent" | "静音";
    state_sound: "Sound on" | "提示音已开";
    state_voice: "Voice on" | "语音已开";
    switch_on: "Switch on" | "开启";
    switch_off: "Switch off" | "关闭";
    on: "On" | "已开启";
    off: "Off" | "已关闭";
    rearm: "Your browser wants one click before it may make sound again." | "浏览器需要您点击一次后才能再次发声。";
    rearm_button: "Allow sound" | "允许发声";
    voice_test: "Voice is on. This is how alerts will sound." | "语音播报已开启，提醒听起来就是这样。";
    voice_missing: "This browser has no voice for your language. Pop-ups and sound still work." | "此浏览器没有相应语音，弹窗和提示音仍可使用。";
    voice_failed: "The browser did not speak. Please check its sound permission." | "浏览器未能播报，请检查声音权限。";
    other_tab_speaks: "Another tab on this device makes the sounds." | "本设备的另一个标签页正在发声。";
    needs_script: "Pop-ups, sound and voice need JavaScript. Without it, reload this page to see what is new." | "弹窗、提示音与语音需要 JavaScript；未启用时请刷新页面查看最新情况。";

    // The connection, as the desk is told of it.
    resumed: "Connected again. Nothing was lost." | "已重新连接，没有遗漏。";
    reset: "Connected again after a long break. The page shows everything afresh." | "中断较久后已重新连接，页面已全部更新。";
}

/// A pop-up's title by the alert's kind on the wire; a kind this build does not know is still news.
pub fn title(locale: Locale, kind: &str) -> &'static str {
    match kind {
        "new_reservation" => new_reservation(locale),
        "nudge" => nudge(locale),
        "day_open" => day_open(locale),
        "cancellation" => cancellation(locale),
        _ => other(locale),
    }
}

/// What keeps the day open: its text is the day and how many stays are undecided.
pub fn day_open_text(locale: Locale, text: &str) -> String {
    let (day, count) = text.split_once(' ').unwrap_or((text, ""));
    let day = day.parse().map_or_else(|_| day.to_owned(), |day| format::date_short(locale, day));
    match locale {
        Locale::En => format!("{day}: {count} undecided"),
        Locale::ZhCn => format!("{day}：{count} 项待处理"),
    }
}

/// The tab title with the number of unread alerts in front: "(3) House".
pub fn counted_title(count: u32, title: &str) -> String {
    if count == 0 { title.to_owned() } else { format!("({count}) {title}") }
}

/// "3 missed alerts", "错过 3 条提醒".
pub fn missed_count(locale: Locale, count: u32) -> String {
    match (locale, count) {
        (Locale::En, 1) => "1 missed alert".to_owned(),
        (Locale::En, _) => format!("{count} missed alerts"),
        (Locale::ZhCn, _) => format!("错过 {count} 条提醒"),
    }
}

/// "New booking: Double, 2 nights from Friday." `arrival` is a date in words.
pub fn say_new_reservation(locale: Locale, room: &str, nights: u32, arrival: &str) -> String {
    let nights = format::nights(locale, nights);
    match locale {
        Locale::En => format!("New booking. {room}, {nights} from {arrival}."),
        Locale::ZhCn => format!("新预订。{room}，{arrival}起，{nights}。"),
    }
}

phrases! {
    /// The reservation's code is spoken letter by letter: see `spelled`.
    say_nudge(spelled_code: &str): "A guest asks the desk. Reservation {spelled_code}." | "客人呼叫前台，预订编号 {spelled_code}。";
    say_cancellation(room: &str, arrival: &str): "Cancelled. {room}, from {arrival}." | "预订取消。{room}，{arrival}入住。";
    say_changed(spelled_code: &str): "Reservation {spelled_code} has changed." | "预订 {spelled_code} 有变更。";
    /// Only where the desk has asked for names.
    say_name(name: &str): "Guest {name}." | "客人：{name}。";
    say_several(count: u32): "{count} new alerts at the desk." | "前台有 {count} 条新提醒。";
    /// The line under a pop-up's title.
    stay_line(room: &str, stay: &str, guests: &str): "{room} · {stay} · {guests}" | "{room} · {stay} · {guests}";
}

/// "K7QM-2XNP" as "K 7 Q M, 2 X N P", so that a voice reads letters and not a word.
pub fn spelled(code: &str) -> String {
    let mut text = String::with_capacity(code.len() * 2);
    for letter in code.chars() {
        if letter == '-' {
            text.push(',');
        } else {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_spoken_letter_by_letter() {
        assert_eq!(spelled("K7QM-2XNP"), "K 7 Q M, 2 X N P");
    }

    #[test]
    fn the_tab_title_counts_only_what_is_there() {
        assert_eq!(counted_title(0, "House"), "House");
        assert_eq!(counted_title(3, "House"), "(3) House");
    }

    #[test]
    fn a_new_booking_is_spoken_without_a_name() {
        assert_eq!(
            say_new_reservation(Locale::En, "Double", 1, "Friday 5 June"),
            "New booking. Double, 1 night from Friday 5 June."
        );
        assert_eq!(say_new_reservation(Locale::ZhCn, "双人房", 2, "6月5日"), "新预订。双人房，6月5日起，2 晚。");
    }
}
