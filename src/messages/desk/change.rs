//! The desk changes a stay: the form, the price first, what stands in the way.

texts! {
    title: "Change the stay" | "修改住宿";
    lead: "Stay longer, leave earlier, another room or other guests. The price is shown before anything changes." | "延住、提前离店、换房或修改人数。修改之前会先显示价格。";
    room: "Room number" | "房号";
    room_hint: "Empty: the program gives one, or keeps the one it has" | "留空：由系统安排，或保留现有客房";
    room_from: "In that room from" | "从哪一晚起住该房";
    room_from_hint: "Empty: all nights. A later night splits the stay." | "留空：全部晚上。选择以后的某晚将分段入住。";
    split_title: "In two rooms it would work" | "可分两间客房入住";
    keep_price: "Keep the agreed total" | "保持约定的总价";
    show_price: "Show the price" | "查看价格";
    other: "Choose again" | "重新选择";
    in_house_arrival: "The guest is in house, so the arrival stays as it is." | "客人已入住，入住日期不变。";
    done: "The stay is changed." | "住宿已修改。";
    rooms_free: "Rooms that are free for it" | "可安排的客房";
    rooms_none: "No numbered room is free for all of these nights." | "没有一间客房在所有这些日期都空着。";
    nothing_changed: "This is the stay as it is. Change something first." | "这就是现在的住宿信息，请先修改。";
    price_changed: "The price has just changed. Nothing was changed: please look at the new total." | "价格刚刚有变动，尚未做任何修改。请查看新的总价。";
    sold_out: "Sold out on these nights. Nothing was changed." | "以下日期已满房，未做任何修改。";
    not_possible: "Only a confirmed stay, or one in house, can be changed." | "只有已确认或在住的预订才能修改。";
    swap: "Swap rooms" | "互换客房";
    swap_lead: "This stay and another one get each other's rooms." | "此预订与另一预订互换客房。";
    swap_with: "The other stay's room, or its reservation code" | "另一预订的房号或预订编号";
    swap_needed: "Give the room of the other stay, such as 204, or its reservation code, such as K7QM-2XNP. There is none by that code here." | "请填写另一预订的房号（例如 204）或预订编号（例如 K7QM-2XNP）；本店没有此编号。";
    swap_itself: "That is this stay itself. Give the room or the code of the other one." | "这就是本预订，请填写另一预订的房号或编号。";
    fee: "Fee" | "费用";
    no_fee: "It costs the guest nothing." | "不向客人收取费用。";
}

phrases! {
    swap_nobody(room: &str): "Nobody else is to be in room {room} on these nights, so there is nobody to swap with. Give the stay that room instead." | "这些日期没有其他客人住 {room} 房，无需互换，请直接为此预订排该房。";
    swap_several(room: &str): "Room {room} is that of several stays on these nights. Give the reservation code of one:" | "这些日期有多位客人先后住 {room} 房，请填写其中一个预订编号：";
    split_lead(date: &str): "The stay keeps its room until {date}. From then on these are free; look at the price of one:" | "{date} 之前仍住原客房，之后以下客房空闲，可选择查看价格：";
    room_from_night(date: &str): ", from {date}" | "，{date} 起";
    costs_the_guest(fee: &str): "It costs the guest {fee}." | "将向客人收取 {fee}。";
    pays_more(amount: &str): "The guest pays {amount} more" | "客人需多付 {amount}";
    pays_less(amount: &str): "The guest pays {amount} less" | "客人少付 {amount}";
    confirm_with_total(total: &str): "Change it · {total}" | "确认修改 · {total}";
}
