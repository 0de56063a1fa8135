//! "My reservation": its states and progress, cancelling, asking the desk, and finding it again.

use crate::domain::Status;
use crate::messages::{Locale, format};

texts! {
    title: "My reservation" | "我的预订";
    progress: "Progress of your reservation" | "预订进度";
    details: "Details" | "详情";
    changed_now: "Just changed" | "刚刚更新";

    // The states, as a badge says them.
    held: "Held" | "已保留";
    confirmed: "Confirmed" | "已确认";
    in_house: "In house" | "已入住";
    checked_out: "Checked out" | "已退房";
    cancelled: "Cancelled" | "已取消";
    no_show: "No-show" | "未到店";
    lapsed: "Lapsed" | "已失效";

    // The states, as the page says them in a sentence.
    held_text: "We are holding the room for you while you finish." | "我们正为您保留客房，请尽快完成预订。";
    confirmed_text: "All set. We look forward to your visit." | "一切就绪，期待您的光临。";
    ready_text: "Your room is ready. Come to the desk whenever you like." | "您的客房已备好，欢迎随时到前台办理入住。";
    in_house_text: "Welcome! You are checked in. Enjoy your stay." | "欢迎！您已办理入住，祝您住得愉快。";
    checked_out_text: "You have checked out. Thank you for staying with us." | "您已退房，感谢入住。";
    cancelled_text: "This reservation is cancelled." | "此预订已取消。";
    no_show_text: "We missed you on the day of arrival. If you are still coming, ask the desk." | "到店当天没有见到您。如果您仍要前来，请联系前台。";
    lapsed_text: "The time to finish this booking ran out, and the room was given free." | "未能在时限内完成预订，客房已释放。";

    // The steps of the progress.
    step_booked: "Booked" | "已预订";
    step_confirmed: "Confirmed" | "已确认";
    step_ready: "Room ready" | "客房备好";
    step_in_house: "Checked in" | "已入住";
    step_checked_out: "Checked out" | "已退房";
    step_done: "done" | "已完成";
    step_current: "now" | "当前";
    step_todo: "still to come" | "尚未开始";

    // Cancel.
    cancel: "Cancel reservation" | "取消预订";
    cancel_title: "Cancel this reservation?" | "确定取消这个预订吗？";
    cancel_lead: "The room goes back on sale at once, and someone else may take it." | "客房会立即重新开放预订，可能被他人订走。";
    cancel_yes: "Yes, cancel it" | "确定取消";
    cancel_no: "No, keep my room" | "不，保留预订";
    cancel_done: "Your reservation is cancelled. We hope to see you another time." | "预订已取消，期待下次相见。";
    cancel_not_possible_title: "This reservation cannot be cancelled any more" | "此预订已无法取消";
    cancel_not_possible: "It has already moved on. Ask the desk if something is wrong." | "预订状态已变化。如有疑问，请联系前台。";
    book_again: "Book another stay" | "再次预订";

    // Ask the desk.
    ask: "Ask the desk" | "联系前台";
    ask_lead: "A short message pops up at the front desk at once." | "简短留言会立刻出现在前台屏幕上。";
    ask_message: "Your message" | "留言";
    ask_hint: "Up to 280 characters. Leave it empty just to ring." | "最多 280 字。留空则仅提醒前台。";
    ask_send: "Send to the desk" | "发送给前台";
    ask_sent: "The desk has it. They will be in touch." | "前台已收到，会尽快与您联系。";
    ask_too_long: "Please shorten the message to 280 characters" | "留言请控制在 280 字以内";

    // Find.
    find_title: "Find my reservation" | "查找我的预订";
    find_lead: "Both stand on your confirmation. Capitals and the dash do not matter." | "两项信息都在确认页面上。大小写和短横线都不影响。";
    find_code: "Reservation code" | "预订编号";
    find_code_hint: "Eight characters, such as K7QM-2XNP" | "八个字符，例如 K7QM-2XNP";
    find_email: "E-mail used for booking" | "预订时填写的邮箱";
    find_submit: "Find it" | "查找";
    /// One answer for a wrong code, a wrong address and a code that never was: a stranger learns nothing.
    find_failed: "We found no reservation with this code and e-mail address. Please check both." | "没有找到与此编号和邮箱相符的预订，请核对后再试。";
    find_code_needed: "Please give the reservation code" | "请填写预订编号";
    find_email_needed: "Please give the e-mail address" | "请填写邮箱";
}

phrases! {
    at_hotel(hotel: &str): "at {hotel}" | "{hotel}";
}

/// The clear answer to asking again within a minute.
pub fn ask_too_often(locale: Locale, wait_seconds: u32) -> String {
    let wait = format::seconds(locale, wait_seconds.max(1));
    match locale {
        Locale::En => format!(
            "The desk already has your last message. You can send another in {wait}. What you wrote is still here."
        ),
        Locale::ZhCn => format!("前台已收到您的上一条留言。{wait}后可再次发送，您写的内容仍保留在此。"),
    }
}

/// A state in a word or two, for a badge.
pub const fn status(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Held => held(locale),
        Status::Confirmed => confirmed(locale),
        Status::InHouse => in_house(locale),
        Status::CheckedOut => checked_out(locale),
        Status::Cancelled => cancelled(locale),
        Status::NoShow => no_show(locale),
        Status::Lapsed => lapsed(locale),
    }
}

/// A state in a sentence, for its guest.
pub const fn status_text(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Held => held_text(locale),
        Status::Confirmed => confirmed_text(locale),
        Status::InHouse => in_house_text(locale),
        Status::CheckedOut => checked_out_text(locale),
        Status::Cancelled => cancelled_text(locale),
        Status::NoShow => no_show_text(locale),
        Status::Lapsed => lapsed_text(locale),
    }
}
