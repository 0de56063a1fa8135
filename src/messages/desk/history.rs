//! Who did what when, in sentences.

use crate::domain::{Currency, Date, Money};
use crate::messages::desk::{facts, folio, rooms};
use crate::messages::{Locale, desk, format};
use crate::wire::history::{FieldChange, LogLine};

texts! {
    title: "History" | "操作记录";
    log_title: "Audit log" | "操作日志";
    log_lead: "Every change at this hotel, the newest first. Nothing here can be altered." | "本酒店的全部变更，最新在前，不可更改。";
    day: "Day" | "日期";
    person: "Person" | "操作人";
    anybody: "Anybody" | "所有人";
    guests: "Guests" | "客人";
    system: "The program itself" | "系统";
    code: "Reservation" | "预订编号";
    older: "Older entries" | "更早的记录";
    newest: "Back to the newest" | "回到最新";
    nothing_title: "Nothing is written here" | "没有记录";
    nothing_text: "Choose another day, another person or another reservation." | "请选择其他日期、操作人或预订。";
    column_when: "When" | "时间";
    column_what: "What" | "内容";
    column_who: "Who" | "操作人";
    code_unknown: "A code looks like K7QM-2XNP" | "预订编号形如 K7QM-2XNP";

    detail_arrival: "Arrival" | "入住";
    detail_departure: "Departure" | "离店";
    detail_room_type: "Room type" | "房型";
    detail_room: "Room" | "房号";
    detail_pinned: "Room kept as given" | "固定此房";
    detail_adults: "Adults" | "成人";
    detail_children: "Children" | "儿童";
    detail_total: "Total" | "总价";
    detail_name: "Name" | "姓名";
    detail_email: "E-mail" | "邮箱";
    detail_phone: "Phone" | "电话";
    detail_note: "Note" | "备注";
    nothing: "nothing" | "无";
    yes: "yes" | "是";
    no: "no" | "否";

    day_rule: "Days end by another rule from now on" | "日结规则已更改";
    was_asked: "Asked the desk" | "呼叫前台";
    by_guest: "the guest" | "客人";
    by_system: "by itself" | "系统";

    // Two of the staff with one reservation.
    conflict_title: "Somebody was faster" | "已有人先行修改";
    conflict_lead: "This reservation has changed since you opened it. Nothing was overwritten." | "您打开之后此预订已有变更，未覆盖任何内容。";
    conflict_now_impossible: "What you wanted to do is not possible any more." | "您要进行的操作已不再可行。";
    leave_it: "Leave it as it is" | "保持现状";

    // Guest and note.
    edit: "Edit guest and note" | "编辑客人与备注";
    save: "Save" | "保存";
    save_mine: "Save mine all the same" | "仍然保存我的修改";
    saved: "Saved." | "已保存。";
    errors: "This could not be saved" | "无法保存";
    note_hint: "For the desk; the guest sees it too." | "供前台使用，客人也会看到。";
    error_over: "This reservation cannot be changed any more." | "此预订已无法修改。";
    early_title: "This stay begins later" | "此住宿尚未开始";
    check_in_anyway: "Check in all the same" | "仍然办理入住";
    early_move: "Let the stay begin today" | "改为今天入住";
    nobodys_title: "Nobody's name is known yet" | "尚未填写客人姓名";
    nobodys_text: "Somebody may be filling in the form on the guest site at this moment. If you confirm it now and he sends his form, his name is added to this reservation and nothing is booked twice." | "客人可能正在网站上填写信息。现在确认后，若客人提交表单，其姓名会记入此预订，不会重复下单。";
    nobodys_name: "Enter the name first" | "先填写姓名";
    nobodys_yes: "Confirm without a name" | "不填姓名直接确认";
    detail_check_in_from: "Check-in from" | "入住时间";
    detail_check_out_until: "Check-out until" | "退房时间";
    detail_free_hours: "Free until so many hours before check-in" | "入住前多少小时可免费取消";
    detail_fee_nights: "Nights to pay after that" | "逾期取消收取的晚数";
    detail_no_show_nights: "Nights to pay by who does not come" | "未到店收取的晚数";
    terms_changed: "The house's terms have changed" | "酒店规则已更改";
    part: "What" | "内容";
    part_any: "Everything" | "全部";
    part_stays: "Stays" | "预订";
    part_folio: "Folios" | "账单";
    part_rooms: "Rooms" | "客房";
    part_house: "Day and settings" | "日结与设置";
    part_staff: "Signing in and out" | "登录与退出";
    part_unknown: "Please choose from the list" | "请从列表中选择";
    stay_is_over: "The nights of this stay have gone. Make a new reservation instead." | "此住宿的日期已过，请新建预订。";
}

phrases! {
    do_anyway(what: &str): "{what} all the same" | "仍然{what}";
    from_to(field: &str, before: &str, after: &str): "{field}: {before} → {after}" | "{field}：{before} → {after}";
    room_noted(room: &str, note: &str): "Room {room}, note: {note}" | "{room} 房备注：{note}";
    room_not_noted(room: &str): "Room {room}: its note was taken away" | "{room} 房：备注已删除";
    room_blocked(room: &str, block: &str): "Room {room} out of sale: {block}" | "{room} 房停用：{block}";
    room_unblocked(room: &str, block: &str): "Room {room} back on sale: {block}" | "{room} 房恢复可售：{block}";
    /// Of an old entry, which does not say which.
    room_blocks(room: &str): "Room {room}: its blocks have changed" | "{room} 房：停用安排已变更";
    day_closed(before: &str, now: &str): "{before} was closed; the house is on {now}" | "{before}已日结，酒店进入{now}";
    day_open(day: &str, count: &str): "{day} could not be closed by itself: {count} undecided" | "{day}无法自动日结：{count} 项待处理";
    early_text(date: &str, days: i32): "Arrival is on {date}, in {days} days. Until then the room is not this guest's in the books." | "入住日期为{date}，还有 {days} 天。在此之前，账面上该客房并不属于这位客人。";
    signed_in(from: &str): "Signed in, from {from}" | "登录（来自 {from}）";
    signed_out(from: &str): "Signed out, from {from}" | "退出登录（来自 {from}）";
    sign_in_failed(from: &str): "Somebody gave a wrong password for this account, from {from}" | "有人用错误密码尝试登录此账号（来自 {from}）";
}

/// The parts of the log that can be asked for by themselves, as addresses name them.
pub fn parts(locale: Locale) -> [(&'static str, &'static str); 6] {
    [
        ("", part_any(locale)),
        ("stays", part_stays(locale)),
        ("folio", part_folio(locale)),
        ("rooms", part_rooms(locale)),
        ("house", part_house(locale)),
        ("staff", part_staff(locale)),
    ]
}

/// What happened, in a sentence.
pub fn sentence(locale: Locale, line: &LogLine) -> String {
    let mut words = line.text.split(' ');
    let mut day = || words.next().map_or(String::new(), |word| spoken_day(locale, word));
    match (line.event.as_str(), line.kind.as_str()) {
        ("reservation", "folio") => line.entry.as_ref().map_or_else(String::new, |entry| {
            let words = folio::entry(locale, entry.method.as_deref(), &entry.text, entry.reverses.is_some());
            format!("{words}: {}", format::money(locale, entry.amount))
        }),
        ("reservation", "changed") => desk::facts::changed(locale).to_owned(),
        ("room", kind) => of_room(locale, line, kind),
        ("day", "closed") => {
            let before = day();
            day_closed(locale, &before, &day())
        }
        ("day", _) => day_rule(locale).to_owned(),
        ("hotel", _) => terms_changed(locale).to_owned(),
        ("staff", "signed_in") => signed_in(locale, &line.text),
        ("staff", "signed_out") => signed_out(locale, &line.text),
        ("staff", _) => sign_in_failed(locale, &line.text),
        ("alert", "day_open") => {
            let of = day();
            day_open(locale, &of, line.text.rsplit(' ').next().unwrap_or_default())
        }
        ("alert", "nudge") if line.text.is_empty() => was_asked(locale).to_owned(),
        ("alert", "nudge") => format!("{}: {}", was_asked(locale), line.text),
        (_, kind) => facts::fact(locale, kind).to_owned(),
    }
}

fn of_room(locale: Locale, line: &LogLine, kind: &str) -> String {
    let room = line.room.as_deref().unwrap_or_default();
    match (kind, &line.block) {
        ("condition", _) => rooms::now_so(locale, room, rooms::condition(locale, &line.text)),
        ("block", Some(block)) if block.id == line.seq => room_blocked(locale, room, &rooms::block_told(locale, block)),
        ("block", Some(block)) => room_unblocked(locale, room, &rooms::block_told(locale, block)),
        ("block", None) => room_blocks(locale, room),
        _ if line.text.is_empty() => room_not_noted(locale, room),
        _ => room_noted(locale, room, &line.text),
    }
}

fn spoken_day(locale: Locale, text: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), |date| format::date_short(locale, date))
}

/// "Departure: Fri 5 June → Sun 7 June". `room_type` names a type by its code.
pub fn change(locale: Locale, change: &FieldChange, room_type: impl Fn(&str) -> String) -> String {
    let FieldChange { field, before, after } = change;
    let value = |text: &str| match field.as_str() {
        _ if text.is_empty() => nothing(locale).to_owned(),
        "arrival" | "departure" => spoken_day(locale, text),
        "room_type" => room_type(text),
        "room" => rooms::as_logged(locale, text),
        "total" => money(text).map_or_else(|| text.to_owned(), |amount| format::money(locale, amount)),
        "pinned" => (if text == "true" { yes(locale) } else { no(locale) }).to_owned(),
        _ => text.to_owned(),
    };
    let name = match field.as_str() {
        "arrival" => detail_arrival(locale),
        "departure" => detail_departure(locale),
        "room_type" => detail_room_type(locale),
        "room" => detail_room(locale),
        "pinned" => detail_pinned(locale),
        "adults" => detail_adults(locale),
        "children" => detail_children(locale),
        "total" => detail_total(locale),
        "name" => detail_name(locale),
        "email" => detail_email(locale),
        "phone" => detail_phone(locale),
        "check_in_from" => detail_check_in_from(locale),
        "check_out_until" => detail_check_out_until(locale),
        "free_hours" => detail_free_hours(locale),
        "fee_nights" => detail_fee_nights(locale),
        "no_show_nights" => detail_no_show_nights(locale),
        _ => detail_note(locale),
    };
    from_to(locale, name, &value(before), &value(after))
}

fn money(text: &str) -> Option<Money> {
    let (minor, currency) = text.split_once(' ')?;
    Some(Money::new(minor.parse().ok()?, currency.parse::<Currency>().ok()?))
}

/// Who did it: the guest, the program, or a colleague by name where `name` knows the e-mail.
pub fn who(locale: Locale, by: &str, name: impl Fn(&str) -> Option<String>) -> String {
    match by {
        "guest" => by_guest(locale).to_owned(),
        "system" => by_system(locale).to_owned(),
        email => name(email).unwrap_or_else(|| email.to_owned()),
    }
}
