//! What can still be sold tonight.

use crate::messages::{Locale, format};

texts! {
    title: "Free tonight" | "今晚空房";
    lead: "What can be sold for tonight, and the rooms that nobody has." | "今晚可售的房型，以及尚无人入住的客房。";
    sell: "Sell one" | "售出一间";
    none_left: "Sold out" | "已满房";
    nobody_left_yet: "not left yet" | "尚未退房";
    no_numbers: "No room of this type is without a guest." | "该房型没有空房。";
}

phrases! {
    sell_named(room: &str): "Sell room {room}" | "售出 {room} 房";
    a_night(price: &str): "{price} tonight" | "今晚 {price}";
}

/// "3 stays still need one of these rooms."
pub fn still_to_give(locale: Locale, count: u32) -> String {
    match (locale, count) {
        (Locale::En, 1) => "1 stay of tonight has no room yet and needs one of these.".to_owned(),
        (Locale::En, _) => format!("{count} stays of tonight have no room yet and need one of these."),
        (Locale::ZhCn, _) => format!("今晚还有 {}需从中排房。", format::counted(locale, count, ["", ""], "份预订")),
    }
}
