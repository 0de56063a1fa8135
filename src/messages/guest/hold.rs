//! Nights that are held while the guest types: until when, how to keep them longer, and what to do when the time is over.

texts! {
    label: "Time to book" | "预订时限";
    hotel_time: "hotel time" | "酒店当地时间";
    time_left: "Time left" | "剩余时间";
    renew: "Renew the 15 minutes" | "重新计时 15 分钟";
    renewing: "One moment…" | "请稍候…";
    used_up: "It cannot be renewed again." | "不能再延长了。";
    soon_over: "Nearly over. Renew it if you need longer." | "时间快到了，需要更久请重新计时。";
    over_title: "The room is no longer held for you" | "房间保留已结束";
    over_text: "Others can book these nights again. Everything you typed is still here." | "其他人又可以预订这些晚数了。您填写的内容都还在。";
    again: "Hold them again" | "再次保留";
    free_title: "These nights are not held for you" | "这些晚数尚未为您保留";
    free_text: "You can book them right away, or have them held for 15 minutes while you fill in the form." | "您可以直接预订，也可以先保留 15 分钟再慢慢填写。";
    hold_now: "Hold them for 15 minutes" | "保留 15 分钟";
    give_back: "Give back and choose another room" | "释放并换一种房型";
    lead: "The room is held for you while you fill this in. The time left stands at the foot of the page; you can renew it." | "填写期间我们为您保留房间。剩余时间见页面底部，可随时重新计时。";

    address_full: "Too many rooms are held from your connection, so this one is not held. You can still book it right away." | "您所在的网络保留的房间过多，因此未能为您保留这一间，但您仍可直接预订。";

    confirmed_by_desk: "The front desk has confirmed this stay for you. Send the form, so that it is in your name: nothing is booked twice." | "前台已为您确认此次入住。请提交表单登记姓名，不会重复预订。";
    booked_by_desk: "The front desk has booked the room that was held for you, and nothing has been booked here. If that was for you, ask the desk for your reservation code. To book one more room, confirm again." | "前台已将为您保留的房间办理了预订，此处没有产生新的预订。如果是为您办理的，请向前台索取预订编号；若要再订一间，请再次确认。";

    // On the hotel's page.
    yours_title: "Held for you" | "为您保留的房间";
    go_on: "Go on booking" | "继续预订";
    release: "Give back" | "释放";
}

phrases! {
    held_until(until: &str): "Held for you until {until}" | "已为您保留至 {until}";
    until(until: &str): "until {until}" | "至 {until}";
    said_left(time: &str): "The room is held for {time} more. Press F2 to renew it." | "房间还将保留 {time}，按 F2 可重新计时。";
    said_renewed(until: &str): "Renewed: the room is held until {until}." | "已重新计时，房间保留至 {until}。";
    browser_full(count: &str): "You already hold {count}, which is as many as can be held at once. This one is not held, but you can book it right away. On the hotel's page you can give back what you do not need." | "您已同时保留了 {count}，达到上限，因此未保留这一间，但您仍可直接预订。可在酒店页面释放不需要的房间。";
    named(action: &str, room: &str): "{action}: {room}" | "{action}：{room}";
}
