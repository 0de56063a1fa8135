//! What happened, in a word or two, for the live board; and who did it.

use crate::messages::Locale;

texts! {
    placed: "Held" | "已保留";
    extended: "Held longer" | "已延长保留";
    confirmed: "Booked" | "新预订";
    released: "Hold given back" | "保留已释放";
    lapsed: "Hold lapsed" | "保留已失效";
    changed: "Changed" | "已变更";
    cancelled: "Cancelled" | "已取消";
    checked_in: "Checked in" | "已入住";
    check_in_undone: "Check-in undone" | "已撤销入住";
    checked_out: "Checked out" | "已退房";
    check_out_undone: "Check-out undone" | "已撤销退房";
    no_show: "No-show" | "未到店";
    late_arrival: "Arrived after all" | "迟到入住";
    reinstated: "Reinstated" | "已恢复";
    imported: "Imported" | "已导入";
    room_ready: "Room ready" | "客房已备好";
    room_not_ready: "Room not ready after all" | "客房尚未备好";
    nudge: "Asks the desk" | "呼叫前台";
    folio: "Posted to the folio" | "账单入账";

    what_dates: "dates" | "日期";
    what_room_type: "room type" | "房型";
    what_room: "room" | "客房";
    what_guests: "number of guests" | "人数";
    what_guest: "guest" | "客人信息";
    what_note: "note" | "备注";
    what_price: "price" | "价格";

    by_guest: "by the guest" | "客人操作";
    by_system: "by itself" | "系统操作";
}

phrases! {
    by_staff(email: &str): "by {email}" | "{email} 操作";
}

/// The words for a type of the desk's stream; a type that came later than this page is a change.
pub fn fact(locale: Locale, kind: &str) -> &'static str {
    let words = match kind {
        "placed" => placed,
        "extended" => extended,
        "confirmed" => confirmed,
        "released" => released,
        "lapsed" => lapsed,
        "cancelled" => cancelled,
        "checked_in" => checked_in,
        "check_in_undone" => check_in_undone,
        "checked_out" => checked_out,
        "check_out_undone" => check_out_undone,
        "no_show" => no_show,
        "late_arrival" => late_arrival,
        "reinstated" => reinstated,
        "imported" => imported,
        "room_ready" => room_ready,
        "room_not_ready" => room_not_ready,
        "nudge" => nudge,
        "folio" => folio,
        _ => changed,
    };
    words(locale)
}

/// The same, and of a change what is different: `changed` are the fields that the fact names.
pub fn told(locale: Locale, kind: &str, changed: &[String]) -> String {
    let what = what(locale, changed);
    match locale {
        _ if kind != "changed" || what.is_empty() => fact(locale, kind).to_owned(),
        Locale::En => format!("{}: {}", fact(locale, kind), what.join(", ")),
        Locale::ZhCn => format!("{}：{}", fact(locale, kind), what.join("、")),
    }
}

/// In the order in which it matters to the desk, each once. The price follows from the rest, where there is any.
fn what(locale: Locale, changed: &[String]) -> Vec<&'static str> {
    let has = |fields: &[&str]| changed.iter().any(|field| fields.contains(&field.as_str()));
    let groups = [
        (what_dates(locale), has(&["arrival", "departure"])),
        (what_room_type(locale), has(&["room_type"])),
        (what_room(locale), has(&["room", "pinned"])),
        (what_guests(locale), has(&["adults", "children"])),
        (what_guest(locale), has(&["name", "email", "phone"])),
        (what_note(locale), has(&["note"])),
    ];
    let mut words: Vec<&'static str> = groups.into_iter().filter(|(_, has)| *has).map(|(words, _)| words).collect();
    if words.is_empty() && has(&["total"]) {
        words.push(what_price(locale));
    }
    words
}

/// Who did it, as the log names them: `guest`, `system`, or a colleague's e-mail.
pub fn by(locale: Locale, actor: &str) -> String {
    match actor {
        "guest" => by_guest(locale).to_owned(),
        "system" => by_system(locale).to_owned(),
        email => by_staff(locale, email),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ReservationFact;

    #[test]
    fn a_change_says_what_is_different_and_an_older_one_that_it_is() {
        let of = |changed: &[&str]| {
            let changed: Vec<String> = changed.iter().map(ToString::to_string).collect();
            Locale::ALL.map(|locale| told(locale, "changed", &changed))
        };
        assert_eq!(of(&["departure", "room", "pinned", "total"]), ["Changed: dates, room", "已变更：日期、客房"]);
        assert_eq!(of(&["adults", "name"]), ["Changed: number of guests, guest", "已变更：人数、客人信息"]);
        assert_eq!(of(&["total"]), ["Changed: price", "已变更：价格"]);
        assert_eq!(of(&[]), ["Changed", "已变更"]);
    }

    #[test]
    fn every_fact_of_the_log_has_words_of_its_own() {
        for locale in Locale::ALL {
            for kind in ReservationFact::ALL.into_iter().filter(|kind| *kind != ReservationFact::Changed) {
                assert_ne!(fact(locale, kind.as_str()), changed(locale), "{}", kind.as_str());
            }
        }
    }
}
