//! A reservation made at the desk: the form and why it may come back.

texts! {
    title: "New reservation" | "新建预订";
    short: "New" | "新建";
    lead: "A name is enough. Everything else can wait." | "只需姓名，其余可稍后补充。";
    who: "Guest" | "客人";
    when_and_what: "Stay" | "入住";
    note: "Note" | "备注";
    room_type: "Room type" | "房型";
    room: "Room" | "房号";
    room_hint: "Free for all the nights; it stays this one." | "所选日期全部空闲；选定后不再变动。";
    any_room: "Any room, given later" | "任意客房，稍后分配";
    look_again: "Show what is free" | "查看空房与价格";
    prices_hint: "After changing dates or guests, look again before you book." | "修改日期或人数后，请先重新查看再预订。";
    check_in_at_once: "Check in at once" | "立即办理入住";
    book: "Make the reservation" | "创建预订";

    room_taken: "This room is taken on some of the nights. Please choose another one" | "该客房在部分日期已被占用，请另选一间";
    room_of_another_type: "This room is of another type. Please choose one of the type, or the other type" | "该客房属于其他房型，请重新选择";
    room_promised: "Without this room some other guests could not be housed. Please choose another one" | "占用该客房将使其他客人无房可住，请另选一间";
    room_unknown: "The hotel does not have this room" | "酒店没有这间房";
    stay_too_long: "A reservation can be 60 nights at most. Make another one for the nights after" | "每个预订最多 60 晚，之后的日期请另建预订";
    no_room_free: "No room of this type is free for all the nights" | "该房型没有整段空闲的客房";
}

phrases! {
    type_sold_out(nights: &str): "Sold out on {nights}. Please choose another type or other dates" | "{nights} 已满房，请更换房型或日期";
    room_brings_its_type(room: &str): "Room {room} is of another type, which is chosen now with its price. Nothing is booked yet: send the form once more." | "{room} 房属于其他房型，现已选定该房型并显示其价格。尚未预订，请再次提交。";
    booked_not_checked_in(reason: &str): "Booked, but not checked in. {reason}" | "已预订，但未能办理入住。{reason}";
    left(left: u16): "{left} free" | "余 {left} 间";
    sleeps(sleeps: u8): "sleeps {sleeps}" | "可住 {sleeps} 人";
}
