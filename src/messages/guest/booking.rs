//! Booking a room: the form, what may be wrong with it, the lost race, the confirmation.

use crate::domain::GuestError;
use crate::messages::guest::reservation;
use crate::messages::{Locale, format};

texts! {
    // The form.
    title: "Book your stay" | "预订客房";
    your_stay: "Your stay" | "您的入住";
    your_details: "Your details" | "您的信息";
    details_lead: "Only your name is needed. With an e-mail address you can find your reservation again." | "只需填写姓名。留下邮箱，以后便可查找预订。";
    name: "Full name" | "姓名";
    name_hint: "As on your passport or identity card" | "与护照或身份证一致";
    email: "E-mail" | "邮箱";
    email_hint: "For finding your reservation again; never for advertising" | "仅用于查找预订，绝不用于广告";
    phone: "Phone" | "电话";
    phone_hint: "In case the desk has to reach you, with country code" | "方便前台联系您，请带国家区号";
    note: "Anything we should know?" | "有什么想告诉我们的？";
    note_hint: "Late arrival, a cot, a quiet room: the desk reads it before you come" | "晚到、婴儿床、安静的房间：前台会提前看到";
    optional: "optional" | "选填";
    confirm: "Confirm booking" | "确认预订";
    confirming: "One moment…" | "请稍候…";
    just_sold_out: "This room has just been sold out for your dates." | "您所选日期的该房型刚刚售罄。";
    sending: "Booking your room …" | "正在为您预订……";
    change_room: "Choose another room" | "换一种房型";
    nothing_to_pay_now: "Nothing to pay now. You pay at the hotel." | "现在无需付款，到店支付即可。";
    total_stays: "This is the whole price: what you see first is what you pay last." | "这就是全部价格：先看到多少，最后就付多少。";

    // The summary.
    room: "Room" | "房型";
    arrival: "Arrival" | "入住";
    departure: "Departure" | "离店";
    nights: "Nights" | "晚数";
    guests: "Guests" | "人数";
    total: "Total" | "总价";
    nightly_prices: "Night by night" | "每晚明细";

    // What may be wrong. Each says what to do.
    errors_title: "Please look at these again" | "请检查以下内容";
    name_needed: "Please give a name" | "请填写姓名";
    name_too_long: "Please shorten the name to 120 characters" | "姓名请控制在 120 个字符以内";
    text_bad: "This has characters that cannot be shown. Please type it again" | "包含无法显示的字符，请重新填写";
    email_bad: "This does not look like an e-mail address; it should be like ana@example.com" | "邮箱格式不正确，应类似 ana@example.com";
    phone_bad: "Please use 5 to 20 digits, with spaces and a + if you like, such as +351 21 000 0000" | "请填写 5 至 20 位数字，可用空格和 +，例如 +86 138 0000 0000";
    note_too_long: "Please shorten the note to 1,000 characters" | "备注请控制在 1000 个字符以内";
    room_unknown: "The hotel does not have this kind of room. Please choose one from the list" | "酒店没有这种房型，请从列表中选择";
    party_too_large: "This room is too small for that many guests. Please choose a larger one" | "这种房型住不下这么多人，请选择更大的房型";
    dates_bad: "Please choose the dates again" | "请重新选择日期";
    form_stale: "This form has already been used for another booking. Please check the details and confirm again" | "此表单已用于另一笔预订，请核对后重新确认";

    price_changed: "The price of this stay has just changed. Nothing was booked: please look at the new total and confirm again." | "这次入住的价格刚刚有变动，尚未产生预订。请查看新的总价后再确认。";
    check_again: "Check again" | "重新检查";

    // The lost race.
    gone_nights_title: "These nights are sold out" | "已满房的日期";
    lost_title: "Someone was a moment faster" | "有人快了一步";
    lost_nights_title: "These nights have just gone" | "刚刚被订走的晚数";
    lost_kept: "What you typed is kept. Nothing has been booked and nothing will be charged." | "您填写的内容都已保留。没有产生预订，也不会扣款。";
    lost_offers_title: "Still free for your dates" | "同样日期仍可预订";
    lost_take: "Take this room instead" | "改订这间";
    lost_none: "Nothing else is free on these dates. Other dates may work." | "这些日期已没有其他空房，可试试别的日期。";
    lost_other_dates: "Look at other dates" | "看看其他日期";

    // The confirmation.
    confirmed_title: "Your room is booked" | "预订成功";
    code: "Reservation code" | "预订编号";
    code_hint: "Keep this code. With your e-mail address it opens your reservation." | "请保存此编号，配合邮箱即可打开预订。";
    code_alone_hint: "Give this code at the desk. Without an e-mail address only the private link below opens your reservation." | "办理入住时出示此编号。您未填写邮箱，仅可通过下方的专属链接打开预订。";
    secret_link_title: "Your private link" | "您的专属链接";
    secret_link_text: "Whoever has this link can see, change and cancel your reservation. Save it, and share it with nobody but your travel companions." | "持有此链接者可查看、更改并取消预订。请妥善保存，仅与同行人分享。";
    open_reservation: "Open my reservation" | "打开我的预订";
    print: "Print" | "打印";
    what_next: "What happens next" | "接下来";
    next_follow: "Your reservation page shows live when something changes." | "预订页面会实时显示变化。";
    next_ask: "Questions before you come? Ask the desk from there." | "来之前有疑问？可在那里向前台提问。";

    // The policy.
    policy: "Good to know" | "预订须知";
    policy_pay: "You pay at the hotel, in the hotel's currency." | "到店支付，以酒店所在地货币结算。";
    policy_zone: "All times are local time at the hotel." | "所有时间均为酒店当地时间。";
}

phrases! {
    confirmed_lead(name: &str, hotel: &str): "Thank you, {name}. {hotel} is looking forward to your visit." | "谢谢您，{name}。{hotel}期待您的光临。";
    confirm_with_total(total: &str): "Confirm booking · {total}" | "确认预订 · {total}";
    lost_text(room: &str): "While you were typing, the last {room} for your dates was booked." | "在您填写的时候，所选日期的最后一间{room}被订走了。";
    gone_text(room: &str): "The last {room} for your dates has been booked." | "所选日期的{room}已全部订出。";
    arrival_from(date: &str, time: &str): "{date}, from {time}" | "{date}，{time} 起";
    departure_by(date: &str, time: &str): "{date}, by {time}" | "{date}，{time} 前";
}

/// "3 nights, leaving Monday 8 June 2026": how long and until when, so that no night is miscounted.
pub fn leaving(locale: Locale, nights: u32, departure: &str) -> String {
    let nights = format::nights(locale, nights);
    match locale {
        Locale::En => format!("{nights}, leaving {departure}"),
        Locale::ZhCn => format!("{nights}，{departure}离店"),
    }
}

/// What to do about a field that cannot be read.
pub const fn guest_error(locale: Locale, error: GuestError) -> &'static str {
    match error {
        GuestError::NameMissing => name_needed(locale),
        GuestError::NameTooLong => name_too_long(locale),
        GuestError::EmailFormat => email_bad(locale),
        GuestError::PhoneFormat => phone_bad(locale),
        GuestError::NoteTooLong => note_too_long(locale),
        GuestError::MessageTooLong => reservation::ask_too_long(locale),
        GuestError::ControlCharacters => text_bad(locale),
    }
}
