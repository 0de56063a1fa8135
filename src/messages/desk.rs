//! The front desk: signing in, the house in numbers, reservations and what can be done with them.
//! What the desk hears (alerts, voice) is in the file beside this one.

use crate::domain::Action;
use crate::messages::{Locale, format};

pub mod alerts;
pub mod change;
pub mod chart;
pub mod day;
pub mod facts;
pub mod folio;
pub mod free;
pub mod history;
pub mod keys;
pub mod new_stay;
pub mod rooms;
pub mod settings;
pub mod sheets;

texts! {
    // Sign in.
    sign_in_title: "Front desk" | "酒店前台";
    sign_in_lead: "Sign in with the account your manager made for you." | "请使用经理为您开通的账号登录。";
    email: "E-mail" | "邮箱";
    password: "Password" | "密码";
    sign_in: "Sign in" | "登录";
    sign_out: "Sign out" | "退出登录";
    /// One answer for a wrong address and a wrong password.
    sign_in_failed: "This e-mail and password do not belong together. Please try again." | "邮箱与密码不匹配，请重试。";
    sign_in_again: "Your session has ended. Please sign in again." | "登录已过期，请重新登录。";
    signed_out: "You are signed out." | "您已退出登录。";
    typed_is_kept: "What you have typed is still on this page." | "已填写的内容仍保留在此页。";

    // Every page.
    desk: "Desk" | "前台";
    board: "House" | "今日";
    reservations: "Reservations" | "预订";
    alerts: "Alerts" | "提醒";
    guest_site: "Guest site" | "宾客网站";
    role_manager: "Manager" | "经理";
    role_front_desk: "Front desk" | "前台";
    role_housekeeping: "Housekeeping" | "客房部";
    navigation: "Desk pages" | "前台页面";

    // House numbers.
    today: "Today" | "今天";
    arrivals: "Arrivals" | "预抵";
    arrivals_left: "still to come" | "待到店";
    departures: "Departures" | "预离";
    departures_left: "still to leave" | "待退房";
    in_house: "In house" | "在住";
    free_tonight: "Free tonight" | "今晚空房";
    held_now: "Held now" | "保留中";
    occupancy: "Occupancy" | "出租率";
    new_today: "Booked today" | "今日新订";

    // The live board.
    board_title: "Live board" | "实时动态";
    board_empty_title: "All quiet" | "暂无动态";
    board_empty_text: "New reservations and every change appear here the moment they are made." | "新预订和每一次变化都会即刻显示在这里。";
    arrivals_empty: "Nobody else arrives today." | "今天没有其他客人到店。";
    departures_empty: "Nobody else leaves today." | "今天没有其他客人退房。";
    in_house_empty: "The house is empty." | "目前没有在住客人。";
    holds: "Holds" | "保留中";
    holds_empty: "No rooms are held." | "当前没有保留的客房。";
    overdue: "Overdue" | "逾期";
    has_note: "Note" | "有留言";
    no_name: "No name yet" | "尚未填写姓名";
    /// What stands in the way when the day at the hotel has gone by while the page was open.
    new_day: "A new day has begun at the house." | "酒店已进入新的一天。";

    // The reservations list.
    filter: "Filter" | "筛选";
    filter_state: "State" | "状态";
    state_unknown: "Please choose a state from the list" | "请从列表中选择状态";
    filter_any: "Any state" | "全部状态";
    filter_from: "From" | "从";
    filter_to: "To" | "至";
    filter_is_empty: "The end must be after the beginning; its own night is not in the list" | "结束日期必须晚于开始日期，结束当晚不计入";
    filter_search: "Name, code, room or phone" | "姓名、编号、房号或电话";
    show: "Show" | "显示";
    clear: "Clear" | "清除";
    next_page: "Next" | "下一页";
    previous_page: "Previous" | "上一页";
    list_is_cut: "Only the first are shown. Narrow the filter to see the rest." | "仅显示前面的部分，请缩小筛选范围查看其余预订。";
    list_changed: "Something has changed that may belong in this list." | "列表内容可能有变化。";
    none_found_title: "No reservation matches" | "没有符合条件的预订";
    none_found_text: "Try fewer words or a wider range of dates." | "请减少关键字或放宽日期范围。";
    column_code: "Code" | "编号";
    column_guest: "Guest" | "客人";
    column_room: "Room" | "房型";
    column_stay: "Stay" | "入住日期";
    column_arrival: "Arrival" | "入住";
    column_departure: "Departure" | "离店";
    column_nights: "Nights" | "晚数";
    column_guests: "Guests" | "人数";
    column_total: "Total" | "总价";
    column_state: "State" | "状态";
    column_actions: "Actions" | "操作";

    // One reservation.
    guest: "Guest" | "客人";
    phone: "Phone" | "电话";
    note: "Note" | "备注";
    no_note: "No note" | "无留言";
    made_on: "Made on" | "预订时间";
    history: "History" | "记录";
    no_such_reservation: "No reservation of this hotel has this code. Search for the name, or look at the list." | "本酒店没有此编号的预订。请按姓名搜索，或查看预订列表。";
    to_house: "To the house page" | "返回今日页";
    back_to_list: "Back to reservations" | "返回预订列表";
    open: "Open" | "打开";

    contact: "Contact" | "联系方式";
    stay: "Stay" | "住宿";
    price: "Price" | "价格";
    source: "Imported from" | "导入来源";
    held_until: "Held until" | "保留至";
    what_next: "What next" | "下一步";
    nothing_to_do: "Nothing more can be done with this reservation." | "此预订已无可执行的操作。";

    // Actions.
    confirm: "Confirm" | "确认";
    cancel: "Cancel" | "取消";
    check_in: "Check in" | "办理入住";
    check_out: "Check out" | "办理退房";
    undo_check_in: "Undo check-in" | "撤销入住";
    undo_check_out: "Undo check-out" | "撤销退房";
    no_show: "No-show" | "标为未到";
    reinstate: "Reinstate" | "恢复预订";
    release: "Give back" | "释放";
    late_arrival: "Arrived after all" | "迟到入住";
    cancel_ask: "Cancel this reservation? The room goes back on sale at once." | "取消此预订？客房会立即重新开放。";
    no_show_ask: "Mark as no-show? The remaining nights go back on sale." | "标为未到店？剩余晚数会重新开放。";
    check_out_ask: "Check this guest out?" | "为这位客人办理退房？";
    yes_cancel: "Yes, cancel it" | "确定取消";
    yes_no_show: "Yes, no-show" | "确定未到";
    yes_check_out: "Yes, check out" | "确定退房";
    keep: "Keep as it is" | "保持不变";
    close: "Close" | "关闭";

    // Answers to actions.
    done_confirm: "Confirmed." | "已确认。";
    done_cancel: "Cancelled. The nights are free again." | "已取消，房晚已释放。";
    done_check_in: "Checked in." | "已办理入住。";
    done_check_out: "Checked out." | "已办理退房。";
    done_undo_check_in: "Check-in undone." | "已撤销入住。";
    done_undo_check_out: "Check-out undone." | "已撤销退房。";
    done_no_show: "Marked as no-show." | "已标为未到。";
    done_late_arrival: "Checked in after all." | "已补办入住。";
    done_release: "Given back. The nights are free again." | "已释放，房晚已可预订。";
    undo: "Undo" | "撤销";
    show_reservation: "Show the reservation" | "查看预订";
    done_reinstate: "Reinstated. The nights are taken again." | "已恢复，房晚已重新占用。";
    not_allowed: "That step is not possible from the present state. Someone may have been faster: here is how it stands now." | "当前状态无法执行此操作，可能已有同事处理。以下是最新状态。";
    changed_meanwhile: "A colleague has changed this reservation meanwhile. Nothing was overwritten: please look again." | "同事刚刚修改了此预订，未覆盖任何内容，请重新查看。";
    no_rooms_left: "The nights are no longer free, so this cannot be taken back." | "房晚已被占用，无法恢复。";
    not_yet_arrival: "The stay begins later. Check-in opens on the day of arrival." | "尚未到入住日期，入住当天方可办理。";
}

phrases! {
    just_changed(by: &str): "This reservation has just been changed {by}." | "此预订刚刚有变更（{by}）。";
    until(time: &str): "until {time}" | "至 {time}";
    was_due(date: &str): "was due {date}" | "应于{date}";
    of_total(done: u32, total: u32): "{done} of {total}" | "{done} / {total}";
    count_more(count: u32): "and {count} more" | "另有 {count} 条";
    signed_in_as(name: &str): "Signed in as {name}" | "当前用户：{name}";
    business_date(date: &str): "Today at the house: {date}" | "酒店当天：{date}";
    percent(value: u32): "{value} %" | "{value}%";
}

/// "1 reservation", "20 reservations", "20 条预订".
pub fn reservations_count(locale: Locale, count: u32) -> String {
    format::counted(locale, count, ["reservation", "reservations"], "条预订")
}

/// An action as its button says it. A lapse is the clock's alone and has no button.
pub const fn action(locale: Locale, action: Action) -> &'static str {
    match action {
        Action::Confirm => confirm(locale),
        Action::Release | Action::Lapse => release(locale),
        Action::Cancel => cancel(locale),
        Action::CheckIn => check_in(locale),
        Action::UndoCheckIn => undo_check_in(locale),
        Action::CheckOut => check_out(locale),
        Action::UndoCheckOut => undo_check_out(locale),
        Action::NoShow => no_show(locale),
        Action::LateArrival => late_arrival(locale),
        Action::Reinstate => reinstate(locale),
    }
}
