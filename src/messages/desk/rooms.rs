//! Rooms and housekeeping: how rooms are, who is in them, what takes them out of sale.

use crate::messages::Locale;

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

    due_in: "Due in" | "预抵";
    in_house: "Occupied" | "在住";
    leaves_today: "Leaves today" | "今日离店";
    ready: "Due in · ready" | "预抵 · 已备好";

    note: "Note" | "备注";
    note_label: "Note for whoever cleans or checks" | "给清洁或查房同事的备注";
    note_save: "Save note" | "保存备注";
    note_saved: "note saved" | "备注已保存";
    note_too_long: "Please write one line of at most 200 characters." | "请写一行，最多 200 字。";
    until: "until" | "至";

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

    taken: "The room is taken on some of these nights." | "该房间部分日期已被占用。";
    taken_by_block: "The room is out of sale already on some of these nights." | "该房间部分日期已停用。";
    promised: "Some sold stays would be left without a room." | "部分已售预订将无房可住。";
    not_found: "There is no such room." | "没有这间房。";
    another_type: "That room is of another type." | "该房间属于其他房型。";
    none_free: "No room of this type is free for all the nights." | "没有整段时间都空闲的同类房间。";
    no_longer: "This reservation has no room to be given." | "此预订无法排房。";
    reason_needed: "Please give the reason in one line." | "请用一行文字填写原因。";
    from_today_on: "Please choose today or a later day." | "请选择今天或以后的日期。";
    later_day: "Please choose a day after the first night, at most 400 nights on." | "请选择首晚之后的日期，最多 400 晚。";
    kind_needed: "Please choose one." | "请选择一项。";
    in_the_way: "In the way:" | "冲突的预订：";
    no_number: "Please type a room number like 204." | "请输入房号，例如 204。";
}

phrases! {
    floor(number: &str): "Floor {number}" | "{number} 楼";
    now_in(number: &str): "Now in room {number}." | "已排入 {number} 房。";
    condition_of(number: &str): "Condition of room {number}" | "{number} 房的状态";
    now_so(number: &str, what: &str): "Room {number}: {what}" | "{number} 房：{what}";
    not_noted(number: &str): "The note on room {number} was not saved." | "{number} 房的备注未保存。";
    not_blocked(number: &str): "Room {number} stays on sale." | "{number} 房仍可售。";
    with_codes(what: &str, codes: &str): "{what} {codes}" | "{what}{codes}";
    moved_too(what: &str): "To make room, these were moved: {what}." | "为腾出房间，已调整：{what}。";
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
