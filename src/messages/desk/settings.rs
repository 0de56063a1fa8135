//! What a manager decides about every stay.

texts! {
    title: "House settings" | "酒店设置";
    lead: "What holds for every stay. It holds from the moment it is saved, also for stays that were booked before." | "适用于所有住宿。保存后立即生效，之前的预订同样适用。";
    times: "Times" | "时间";
    check_in_from: "Check-in from" | "入住时间";
    check_out_until: "Check-out until" | "退房时间";
    local_time: "By the hotel's clock" | "酒店当地时间";
    cancelling: "Cancelling" | "取消";
    free_hours: "Free until so many hours before check-in" | "入住前多少小时可免费取消";
    free_hours_hint: "0 is until check-in, 24 a day before, at most 720" | "0 表示直到入住时，24 表示提前一天，最多 720";
    fee_nights: "After that, so many nights are to be paid" | "逾期取消收取的晚数";
    fee_nights_hint: "0 is free to the last; never more than the stay" | "0 表示始终免费；不超过实际晚数";
    no_show_nights: "Who does not come pays so many nights" | "未到店收取的晚数";
    save: "Save" | "保存";
    saved: "Saved." | "已保存。";
    save_mine: "Save mine all the same" | "仍然保存我的修改";
    time_needed: "Please give a time, such as 15:00" | "请填写时间，例如 15:00";
    errors: "This could not be saved" | "无法保存";
    conflict_title: "Somebody was faster" | "已有人先行修改";
    conflict_lead: "These settings have changed since you opened them, and nothing was overwritten. What is different from yours:" | "您打开之后设置已有变更，未覆盖任何内容。与您填写的不同之处：";
    day_rule: "What ends the day is set on the page of the day close." | "换日方式在日结页面设置。";
}

phrases! {
    number_needed(most: u16): "Please give a whole number from 0 to {most}" | "请填写 0 至 {most} 的整数";
}
