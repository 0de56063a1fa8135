//! The tape chart: its lines, its bars, what is spoken while a bar is moved.

use crate::domain::Status;
use crate::messages::Locale;
use crate::messages::guest::reservation;

texts! {
    title: "Room chart" | "房态图";
    short: "Chart" | "房态图";
    lead: "Rooms down, days across. A bar begins and ends at midday." | "纵向为客房，横向为日期，条块自中午至次日中午。";
    days: "Days" | "天数";
    from: "From" | "起始日期";
    show: "Show" | "显示";
    earlier: "Earlier" | "更早";
    later: "Later" | "更晚";
    today: "Today" | "今天";
    parking: "Parking" | "暂放区";
    parking_hint: "Put bars here while you shuffle; only this screen knows" | "调房时可暂放，仅本屏可见";
    unassigned: "No room yet" | "未排房";
    room_column: "Room" | "客房";
    overdue: "Overdue" | "逾期";
    pinned: "stays in this room" | "固定此房";
    has_note: "has a note" | "有留言";
    dirty: "dirty" | "脏房";
    legend: "What the bars mean" | "图例";
    no_rooms: "No room has a number yet." | "尚无客房设定房号。";
    list_title: "Rooms on this day" | "当日客房";
    empty: "free" | "空闲";
    leaves: "leaves" | "离店";
    day_before: "Day before" | "前一天";
    day_after: "Day after" | "后一天";

    // Moving by a form.
    form_title: "Move or change a stay" | "调房或更改入住";
    form_lead: "The same as dragging a bar: choose a stay, then a room or other dates." | "与拖动条块相同：选择预订，再选客房或日期。";
    stay: "Stay" | "预订";
    choose_stay: "Choose a stay" | "请选择预订";
    new_room: "Room" | "客房";
    same_room: "As it is" | "不变";
    room_from_hint: "Empty: all nights. A later night splits the stay: until then it is where it is now." | "留空：全部晚上。选择以后的某晚将分段入住：此前仍住原客房。";
    preview: "Show the price" | "查看价格";
    apply: "Change it" | "确认更改";
    keep_price: "Keep the agreed price" | "保持原价";
    done: "Changed." | "已更改。";

    // Moving by hand.
    help: "Arrow keys move from bar to bar and night to night. Enter picks a bar up, the arrows move it, Shift with the arrows changes its length, Enter drops it, Escape puts it back. Space opens it. On free nights hold Shift to mark several, then Enter and a name makes a reservation." | "方向键在条块与日期间移动。回车拿起条块，方向键移动，Shift 加方向键改变长度，回车放下，Esc 放回。空格打开预订。在空闲日期上按住 Shift 可选多晚，回车后输入姓名即可创建预订。";
    grid: "Rooms and days" | "客房与日期";
    picked_up: "Picked up." | "已拿起。";
    put_back: "Put back where it was." | "已放回原处。";
    in_parking: "In the parking line, on this screen only." | "已放入暂放区，仅本屏可见。";
    not_free: "Taken there" | "此处已占用";
    free: "Free there" | "此处空闲";
    other_type: "another room type" | "其他房型";
    cannot_move: "This stay cannot be moved." | "此预订无法移动。";
    arrival_is_past: "Who is in house cannot arrive on another day." | "在住客人不能更改入住日期。";
    same_place: "Nothing changed." | "未作更改。";
    asking: "Asking for the price…" | "正在查询价格…";
    drop_title: "Change this stay?" | "更改此预订？";
    from_all: "All nights to come" | "以后的所有晚上";
    makes_way: "Whoever is there and may be moved gets another room." | "在该客房且可调整的客人将换到其他客房。";
    swap: "Swap the two rooms" | "互换两间客房";
    swap_price: "Neither price changes." | "双方价格均不变。";
    swapped: "Swapped." | "已互换。";
    is_split: "A stay in several rooms cannot be swapped." | "分段入住的预订不能互换。";
    not_its_night: "That is no night of this stay that is still to come." | "该日期不是此预订尚未入住的晚上。";
    no_room_before: "Give it a room for its first nights first." | "请先为前几晚排房。";
    before: "Before" | "更改前";
    after: "After" | "更改后";
    price_same: "The price stays the same." | "价格不变。";
    confirm: "Change it" | "确认更改";
    cancel: "Put it back" | "放回原处";
    undo: "Undo" | "撤销";
    undone: "Undone." | "已撤销。";
    conflict: "A colleague has just changed this stay. Your move was put back; here is how it stands now." | "同事刚刚更改了此预订，您的移动已撤回，当前状态如图。";
    refused: "That is not possible." | "无法更改。";
    sold_out: "The nights are sold out." | "这些日期已满房。";
    room_taken: "The room is taken on some of these nights." | "该客房部分日期已被占用。";
    no_answer: "No answer from the server. Nothing was changed." | "服务器未响应，未作任何更改。";
    new_title: "New reservation" | "新建预订";
    guest_name: "Guest's name" | "客人姓名";
    make: "Make it" | "创建";
    more_fields: "More fields" | "更多信息";
    made: "Reserved." | "已预订。";
    close: "Close" | "关闭";
}

phrases! {
    free_on(left: i32, date: &str): "{left} free on {date}" | "{date} 余 {left} 间";
    changed_by(who: &str, by: &str): "{who}: changed by {by}" | "{who}：由 {by} 更改";
    cell(line: &str, night: &str): "{line}, night of {night}, free" | "{line}，{night} 晚，空闲";
    bar(who: &str, line: &str, stay: &str, state: &str): "{who}, {line}, {stay}, {state}" | "{who}，{line}，{stay}，{state}";
    moved_to(line: &str, stay: &str, state: &str): "{line}, {stay}. {state}." | "{line}，{stay}。{state}。";
    marked(line: &str, stay: &str): "{line}, {stay} marked" | "已选 {line}，{stay}";
    price_change(before: &str, after: &str, difference: &str): "{before} becomes {after} ({difference})" | "{before} 变为 {after}（{difference}）";
    nights_gone(nights: &str): "Gone: {nights}" | "已无房：{nights}";
    room(number: &str): "Room {number}" | "{number} 房";
    comes_from(number: &str): "comes from room {number}" | "由 {number} 房换入";
    goes_on(number: &str, date: &str): "moves to room {number} on {date}" | "{date} 换到 {number} 房";
    is_taken_by(number: &str, who: &str): "{who} is in {number} then." | "{number} 房届时由 {who} 入住。";
    split_from(number: &str, date: &str): "From {date} in room {number}" | "{date} 起住 {number} 房";
}

/// A bar's state in one word.
pub const fn state(locale: Locale, status: Status) -> &'static str {
    reservation::status(locale, status)
}
