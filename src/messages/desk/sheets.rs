//! What is printed: the house lists and the registration card.

texts! {
    print: "Print" | "打印";
    lists: "Lists to print" | "打印清单";
    how_to_print: "Print with your browser, or with the button." | "请使用浏览器或按钮打印。";
    as_of: "As of" | "截至";

    arrivals: "Arrivals" | "预抵清单";
    departures: "Departures" | "预离清单";
    in_house: "In house" | "在住清单";
    tonight: "Tonight" | "今晚住客";
    not_here_yet: "not here yet" | "尚未到店";
    housekeeping: "Housekeeping" | "客房清洁单";
    nobody: "Nobody." | "无。";

    room: "Room" | "房号";
    room_type: "Type" | "房型";
    guest: "Guest" | "宾客";
    code: "Code" | "预订号";
    arrival: "Arrival" | "到店";
    departure: "Departure" | "离店";
    guests: "Guests" | "人数";
    remarks: "Remarks" | "备注";
    condition: "Condition" | "房态";
    who: "Guest today" | "今日情况";
    done: "Done" | "完成";
    not_ready: "room not ready" | "客房未备好";
    overdue: "overdue" | "逾期";
    vacant: "Vacant" | "空房";
    stays_on: "Stays" | "续住";
    leaves: "Leaves" | "离店";
    comes: "Comes" | "抵店";
    leaves_and_comes: "Leaves, next one comes" | "离店，后有抵店";

    card: "Registration card" | "住宿登记单";
    card_link: "Registration card" | "登记单";
    nights: "Nights" | "晚数";
    price: "Price" | "房价";
    total: "Total" | "合计";
    a_night: "a night" | "每晚";
    email: "E-mail" | "邮箱";
    phone: "Phone" | "电话";
    to_fill_in: "To be filled in by the guest" | "由宾客填写";
    address: "Home address" | "住址";
    nationality: "Nationality" | "国籍";
    birth: "Date of birth" | "出生日期";
    document: "Passport or identity card no." | "证件号码";
    confirms: "I confirm that what is written here is correct." | "本人确认以上内容属实。";
    signature: "Guest's signature" | "宾客签名";
    signed_on: "Date" | "日期";
    for_desk: "Desk" | "前台";
    check_out_until: "Check-out until" | "退房时间";
}
