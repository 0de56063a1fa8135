//! The keys of the desk, as the page behind the question mark lists them.

texts! {
    search: "Search" | "搜索";
    search_hint: "Name, code, room, phone" | "姓名、编号、房号、电话";
    title: "Keys" | "快捷键";
    open: "Keys (press ?)" | "快捷键（按 ?）";
    go_search: "Search" | "搜索";
    go_new: "New reservation" | "新建预订";
    go_house: "House" | "今日";
    go_chart: "Room chart" | "房态图";
    next_line: "Next line of a list; the arrow keys too" | "列表下一行，也可用方向键";
    previous_line: "Previous line" | "上一行";
    check_in: "Check in the guest of this line" | "为该行客人办理入住";
    check_out: "Check out the guest of this line" | "为该行客人办理退房";
    assign: "Give this line a room" | "为该行分配客房";
    give_room: "Give a room" | "排房";
    help: "This list" | "显示此列表";
    are_on: "Single keys are on" | "启用单键快捷键";
    are_on_hint: "Switch them off where they get in the way of speech input; this browser remembers it." | "若与语音输入冲突可关闭，本浏览器会记住。";
}
