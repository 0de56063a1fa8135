//! Rooms and housekeeping: how rooms are, who is in them, what takes them out of sale.

use crate::domain::{Date, RoomNumber};
use crate::messages::{Locale, format};
use crate::wire::reservation::LaterRoomView;
use crate::wire::room::BlockView;

texts! {
    rooms: "Rooms" | "客房";
    due_in_title: "Guests are coming, room not ready" | "客人将到，客房未备好";
    leaving_title: "Leaving today" | "今日预离";
    none_such_title: "No room here" | "没有符合条件的客房";
    none_such_text: "Show all rooms, or another floor." | "请查看全部客房或其他楼层。";
    new_room: "A room was added to the house." | "酒店新增了客房。";
    show: "Show rooms" | "筛选客房";
    all_rooms: "All" | "全部";
    all_floors: "All floors" | "所有楼层";
    none_title: "No room has a number yet" | "尚未设置房号";
    none_text: "Stays are sold by type until the doors are numbered." | "设置房号之前，按房型销售。";

    dirty: "Dirty" | "脏房";
    clean: "Clean" | "净房";
    inspected: "Inspected" | "已查房";

    not_ready: "The room is not ready" | "客房未备好";
    none_clean: "No clean room of this type is free: it will be a dirty one" | "该房型没有干净的空房，将排入脏房";
    to_rooms: "Show the rooms" | "查看客房";
    due_in: "Due in" | "预抵";
    in_house: "Occupied" | "在住";
    leaves_today: "Leaves today" | "今日离店";
    ready: "Due in · ready" | "预抵 · 已备好";
    moves_out: "Moves today" | "今日换出";
    move_overdue: "Move overdue" | "逾期未换房";
    moves_in: "Moving in" | "今日换入";
    moves_in_ready: "Moving in · ready" | "今日换入 · 已备好";

    note: "Note" | "备注";
    note_label: "Note for whoever cleans or checks" | "给清洁或查房同事的备注";
    note_save: "Save note" | "保存备注";
    note_saved: "note saved" | "备注已保存";
    note_too_long: "Please write one line of at most 200 characters." | "请写一行，最多 200 字。";

    block: "Take out of sale" | "停用此房";
    block_now: "Take out of sale" | "停用";
    unblock: "Back on sale" | "恢复可售";
    kind: "Kind" | "类型";
    out_of_order: "Out of order" | "维修房";
    out_of_service: "Out of service" | "停用房";
    reason: "Reason" | "原因";
    first_night: "First night" | "首晚";
    end_day: "Back on the morning of" | "恢复日期";

    room: "Room" | "房号";
    not_assigned: "Not assigned" | "未排房";
    pinned: "Kept" | "固定";
    assign: "Give this room" | "排此房";
    assign_any: "Any room" | "自动排房";
    unassign: "Take the room back" | "取消排房";
    from_night: "From which night" | "从哪一晚起";
    all_nights: "All nights to come" | "以后的所有晚上";
    from_hint: "A later night splits the stay: until then it is where it is now." | "选择以后的某晚将分段入住：此前仍住原客房。";
    other_type_price: "For a room of another type the new price is shown first." | "换其他房型时，会先显示新价格。";
    split_within_type: "That room is of another type. A stay is split within its type; to change the type, change the stay." | "该客房属于其他房型。分段入住只能在同一房型内；更换房型请修改住宿。";
    not_its_night: "That is no night of this stay that is still to come." | "该日期不是此预订尚未入住的晚上。";
    no_room_before: "Give it a room for its first nights first." | "请先为前几晚排房。";
    is_split: "A stay in several rooms cannot be swapped. Put it into one room first." | "分段入住的预订不能互换，请先合并到一间客房。";
    no_move_due: "The guest is in the room where he should be." | "客人已在应住的客房。";

    taken: "The room is taken on some of these nights." | "该客房部分日期已被占用。";
    taken_by_block: "The room is out of sale already on some of these nights." | "该客房部分日期已停用。";
    promised: "Some sold stays would be left without a room." | "部分已售预订将无房可住。";
    not_found: "There is no such room." | "没有这间客房。";
    another_type: "That room is of another type." | "该客房属于其他房型。";
    none_free: "No room of this type is free for all the nights." | "没有整段时间都空闲的同类客房。";
    no_longer: "This reservation has no room to be given." | "此预订无法排房。";
    reason_needed: "Please give the reason in one line." | "请用一行文字填写原因。";
    from_today_on: "Please choose today or a later day." | "请选择今天或以后的日期。";
    later_day: "Please choose a day after the first night, at most 400 nights on." | "请选择首晚之后的日期，最多 400 晚。";
    kind_needed: "Please choose one." | "请选择一项。";
    leaves_today_no_night: "Leaves today: no night left to move." | "今日离店，没有剩余的晚上可换房。";
    no_number: "Please type a room number like 204." | "请输入房号，例如 204。";
}

phrases! {
    until_day(date: &str): "until {date}" | "至 {date}";
    should_have_left(date: &str): "Should have left on {date}: no night left to move. Change the departure first." | "应于{date}离店，没有剩余的晚上可换房，请先修改离店日期。";
    price_stays(total: &str): "Price stays: {total}" | "价格不变：{total}";
    join(number: &str): "All nights in {number}" | "全部住 {number}";
    has_moved(number: &str): "The guest has moved to {number}" | "客人已换到 {number}";
    until_then(rooms: &str, date: &str, next: &str): "{rooms} until {date}, then {next}" | "{rooms} 至 {date}，之后 {next}";
    could_split(date: &str, rooms: &str): "It could go on in another room from {date}: {rooms}." | "可从 {date} 起换到其他客房：{rooms}。";
    floor(number: &str): "Floor {number}" | "{number} 楼";
    now_in(number: &str): "Now in room {number}." | "已排入 {number} 房。";
    condition_of(number: &str): "Condition of room {number}" | "{number} 房的状态";
    now_so(number: &str, what: &str): "Room {number}: {what}" | "{number} 房：{what}";
    not_noted(number: &str): "The note on room {number} was not saved." | "{number} 房的备注未保存。";
    out_of_sale(number: &str, nights: &str): "Room {number} is out of sale: {nights}." | "{number} 房已停用：{nights}。";
    back_on_sale(number: &str): "Room {number} is back on sale." | "{number} 房已恢复可售。";
    not_blocked(number: &str): "Room {number} was not taken out of sale." | "{number} 房未能停用。";
    sentence(words: &str): "{words}." | "{words}。";
    and_also(what: &str, more: &str): "{what} {more}" | "{what}{more}";
    block_line(kind: &str, nights: &str, reason: &str): "{kind}, {nights}: {reason}" | "{kind}，{nights}：{reason}";
    moved_too(what: &str): "To make room, these were moved: {what}." | "为腾出客房，已调整：{what}。";
}

/// The word for a condition, as the wire names it.
pub fn condition(locale: Locale, condition: &str) -> &'static str {
    match condition {
        "inspected" => inspected(locale),
        "clean" => clean(locale),
        _ => dirty(locale),
    }
}

/// The words for a kind of block, as the wire names it.
pub fn block_kind(locale: Locale, kind: &str) -> &'static str {
    if kind == "out_of_order" { out_of_order(locale) } else { out_of_service(locale) }
}

/// "Out of order, 5 – 8 June: Water damage"
pub fn block_told(locale: Locale, block: &BlockView) -> String {
    let nights = format::date_span(locale, block.from, block.to);
    block_line(locale, block_kind(locale, &block.kind), &nights, &block.reason)
}

/// "101 until Thu 3 Dec, then 204"; the room alone where it is the only one.
pub fn one_after_another(locale: Locale, first: &RoomNumber, later: &[LaterRoomView]) -> String {
    let later = later.iter().map(|later| (later.from, later.room.as_str()));
    later.fold(first.to_string(), |rooms, (from, next)| {
        until_then(locale, &rooms, &format::date_short(locale, from), next)
    })
}

/// The same of what the history keeps: `101, 204 from 2026-12-03`.
pub fn as_logged(locale: Locale, text: &str) -> String {
    let mut parts = text.split(", ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |rooms, part| match part.split_once(" from ") {
        Some((next, from)) => {
            let from = from.parse::<Date>().map_or_else(|_| from.to_owned(), |date| format::date_short(locale, date));
            until_then(locale, &rooms, &from, next)
        }
        None => format!("{rooms}, {part}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_told_one_after_another() {
        let later = |from: &str, room: &str| LaterRoomView { from: from.parse().unwrap(), room: room.parse().unwrap() };
        let first: RoomNumber = "101".parse().unwrap();
        let two = [later("2026-12-03", "204"), later("2026-12-05", "305")];
        for locale in [Locale::En, Locale::ZhCn] {
            assert_eq!(one_after_another(locale, &first, &[]), "101");
            let told = one_after_another(locale, &first, &two);
            assert_eq!(as_logged(locale, "101, 204 from 2026-12-03, 305 from 2026-12-05"), told);
            assert!(told.starts_with("101 ") && told.ends_with(" 305"), "{told}");
        }
    }
}
