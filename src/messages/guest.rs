//! The guest's site: what stands on every page, the list of hotels, the search and the live room list.
//! The steps after choosing a room are in the files beside this one.

use crate::domain::{PartyError, StayError};
use crate::messages::{Locale, format};

pub mod booking;
pub mod cancellation;
pub mod change;
pub mod hold;
pub mod reservation;

texts! {
    // Every page.
    skip_to_content: "Skip to content" | "跳到正文";
    language: "Language" | "语言";
    my_reservation: "My reservation" | "我的预订";
    find_reservation: "Find my reservation" | "查找我的预订";
    all_hotels: "All hotels" | "全部酒店";
    for_staff: "For staff" | "员工入口";
    help_line: "Need help? Open your reservation and ask the desk." | "需要帮助？打开您的预订，向前台提问即可。";
    accessibility_line: "Works without JavaScript and by keyboard alone." | "无需 JavaScript、仅用键盘也能使用。";
    back: "Back" | "返回";

    // Home.
    hotels_title: "Our hotels" | "我们的酒店";
    hotels_lead: "Small houses with real people at the desk. Pick one and see tonight's rooms, live." | "小而用心的酒店，前台总有人在。选一家，看看今晚的实时房态。";
    see_rooms: "See rooms" | "查看客房";
    no_hotels_title: "No hotel here yet" | "这里还没有酒店";
    no_hotels_text: "Once a hotel is set up, its rooms appear here." | "酒店开通后，客房将显示在这里。";
    local_time_note: "Dates are the hotel's own" | "日期以酒店当地为准";

    // Search.
    search_title: "When are you coming?" | "您打算何时入住？";
    arrival: "Arrival" | "入住日期";
    departure: "Departure" | "离店日期";
    adults: "Adults" | "成人";
    children: "Children" | "儿童";
    search: "Search" | "查询";
    search_again: "Change dates" | "修改日期";
    date_needed: "Please give a date, such as 2026-06-05" | "请填写日期，例如 2026-06-05";
    arrival_past: "Arrival cannot be before today at the hotel" | "入住日期不能早于酒店当地的今天";
    departure_before_arrival: "Departure must be after arrival" | "离店日期必须晚于入住日期";
    stay_too_long: "A stay can be 60 nights at most. For longer, please write to the hotel" | "每次最多预订 60 晚，更长的入住请联系酒店";
    arrival_too_far: "Arrival can be five years ahead at most" | "入住日期最多可提前五年";
    adults_needed: "At least one adult, at most 20" | "至少 1 位成人，最多 20 位";
    children_range: "From 0 to 20 children" | "儿童人数为 0 至 20";

    // The live room list.
    rooms_title: "Rooms" | "客房";
    live_rooms_label: "Rooms and what is free for your dates" | "客房及所选日期的房态";
    total_price: "Total" | "总价";
    taxes_included: "Taxes and fees included" | "含税费";
    choose_room: "Choose this room" | "选这间";
    sold_out: "Sold out" | "已满房";
    sold_out_for_dates: "Sold out for these nights" | "所选日期已满房";
    no_rooms_title: "No rooms to sell yet" | "暂无可售房型";
    no_rooms_text: "Once the hotel adds its rooms, they appear here." | "酒店添加房型后将显示在这里。";
    nothing_free_title: "Nothing is free on these nights" | "所选日期没有空房";
    nothing_free_text: "Try other dates, or fewer nights. This list updates by itself when a room comes free." | "请试试其他日期或减少晚数。一旦有房，列表会自动更新。";
    also_free: "Free nearby" | "临近可订日期";
    price_per_night: "Price for each night" | "每晚价格";

    // The live badge.
    live: "Live" | "实时";
    live_long: "Live: what you see is true this moment" | "实时：您看到的就是当前房态";
    reconnecting: "Reconnecting…" | "正在重新连接…";
    stale: "Not up to date" | "可能已过期";
    still: "As the page was opened" | "页面打开时的状态";
    refresh: "Refresh" | "刷新";
}

phrases! {
    check_in_from(time: &str): "Check-in from {time}" | "{time} 起入住";
    check_out_by(time: &str): "Check-out by {time}" | "{time} 前退房";
    from_price(price: &str): "from {price} a night" | "每晚 {price} 起";
    average_price(price: &str): "{price} a night on average" | "平均每晚 {price}";
    today_at_hotel(date: &str): "Today at the hotel: {date}" | "酒店当地今天：{date}";
    rooms_for(stay: &str, nights: &str, guests: &str): "{stay} · {nights} · {guests}" | "{stay} · {nights} · {guests}";
    /// The accessible name of a choose button, so that four of them differ.
    choose_named(room: &str): "Choose this room: {room}" | "选这间：{room}";
}

/// "Sleeps 2", "可住 2 人".
pub fn sleeps(locale: Locale, guests: u32) -> String {
    match locale {
        Locale::En => format!("Sleeps {guests}"),
        Locale::ZhCn => format!("可住 {guests} 人"),
    }
}

/// A room type that is too small for the party: "Too small for 3 guests (sleeps 2)".
pub fn too_small(locale: Locale, sleeps: u32, guests: u32) -> String {
    match locale {
        Locale::En => format!("Sleeps {sleeps}, too small for {guests} guests"),
        Locale::ZhCn => format!("可住 {sleeps} 人，住不下 {guests} 人"),
    }
}

/// How many rooms are free, as true as the public stream tells it: five stands for five or more.
pub fn rooms_free(locale: Locale, left: u32) -> String {
    match (locale, left) {
        (_, 0) => sold_out(locale).to_owned(),
        (Locale::En, 1) => "1 room free".to_owned(),
        (Locale::En, 2..5) => format!("{left} rooms free"),
        (Locale::En, _) => "5 or more rooms free".to_owned(),
        (Locale::ZhCn, 1..5) => format!("余 {left} 间"),
        (Locale::ZhCn, _) => "余 5 间以上".to_owned(),
    }
}

/// What stands beside a total: "for 3 nights", "3 晚总价".
pub fn for_nights(locale: Locale, nights: u32) -> String {
    let nights = format::nights(locale, nights);
    match locale {
        Locale::En => format!("for {nights}"),
        Locale::ZhCn => format!("{nights}总价"),
    }
}

/// What the live region says after a burst of changes: "3 room types changed".
pub fn rooms_changed(locale: Locale, count: u32) -> String {
    match (locale, count) {
        (Locale::En, 1) => "One room type changed".to_owned(),
        (Locale::En, _) => format!("{count} room types changed"),
        (Locale::ZhCn, _) => format!("{count} 种房型的房态有变化"),
    }
}

/// What to do about dates that make no stay.
pub const fn stay_error(locale: Locale, error: StayError) -> &'static str {
    match error {
        StayError::DepartureNotAfterArrival => departure_before_arrival(locale),
        StayError::TooLong => stay_too_long(locale),
        StayError::ArrivalInThePast => arrival_past(locale),
        StayError::TooFarAhead => arrival_too_far(locale),
    }
}

/// What to do about a party that cannot be.
pub const fn party_error(locale: Locale, error: PartyError) -> &'static str {
    match error {
        PartyError::Adults => adults_needed(locale),
        PartyError::Children => children_range(locale),
    }
}
