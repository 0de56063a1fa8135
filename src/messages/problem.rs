//! Pages that say something went wrong: what happened, in plain words, and what helps.

use crate::messages::{Locale, format};

texts! {
    not_found_title: "This page is not here" | "没有找到这个页面";
    not_found_text: "The address may be mistyped, or the page has moved. Nothing of yours is lost." | "地址可能有误，或页面已移动。您的信息并没有丢失。";
    hotel_not_found: "We know no hotel by that name." | "我们没有这个名字的酒店。";
    reservation_not_found_title: "We cannot open this reservation" | "无法打开此预订";
    reservation_not_found_text: "Use the link from your confirmation, or find it by its code and your e-mail address." | "请使用确认页面上的链接，或用预订编号和邮箱查找。";
    method_title: "This page cannot be used that way" | "不支持这种访问方式";
    method_text: "Please go back and use the form on the page." | "请返回上一页，使用页面上的表单。";
    forbidden_title: "This did not come from our page" | "请求来源无法确认";
    forbidden_text: "For your safety we refused a form that another site seems to have sent. Open the page again and try once more." | "为了您的安全，我们拒绝了疑似由其他网站发来的表单。请重新打开页面再试。";
    staff_only_title: "Your account cannot open this" | "您的账号无权查看";
    staff_only_text: "Ask a manager to give you access, or sign in with the account of that hotel." | "请联系经理开通权限，或使用该酒店的账号登录。";
    too_large_title: "That was too much text" | "提交的内容太长";
    too_large_text: "Please shorten what you wrote and send it again." | "请缩短内容后重新提交。";
    too_many_title: "A little too fast" | "操作过于频繁";
    broken_title: "Something broke on our side" | "我们这边出了点问题";
    broken_text: "It is our fault, not yours. Please try again. If you were booking, nothing has been booked twice." | "这是我们的问题，与您无关。请再试一次；如果您正在预订，不会重复下单。";
    busy_title: "We are very busy right now" | "现在访问的人很多";
    busy_text: "Please try again in a moment. What you had booked is safe." | "请稍候再试。您已完成的预订不受影响。";
    bad_request_title: "We could not read that" | "无法识别这个请求";
    bad_request_text: "Please go back and try once more." | "请返回上一页再试一次。";
    error_id: "Error number, if you write to us" | "错误编号（联系我们时请提供）";
    try_again: "Try again" | "再试一次";
    go_home: "Go to the start page" | "返回首页";
    go_find: "Find my reservation" | "查找我的预订";
    /// Stands before the page title while a form has errors, so that a screen reader says it first.
    title_prefix: "Error: " | "错误：";
}

/// How long to wait after a 429, in whole seconds.
pub fn too_many_text(locale: Locale, wait_seconds: u32) -> String {
    let wait = wait(locale, wait_seconds);
    match locale {
        Locale::En => format!("Too many tries from your connection. Please wait {wait} and try again."),
        Locale::ZhCn => format!("来自您网络的请求过多，请等待 {wait}后再试。"),
    }
}

/// The uniform answer while signing in, or searching, rests.
pub fn too_many_tries(locale: Locale, wait_seconds: u32) -> String {
    let wait = wait(locale, wait_seconds);
    match locale {
        Locale::En => format!("Too many tries. Please wait {wait} and try again."),
        Locale::ZhCn => format!("尝试次数过多，请等待 {wait}后再试。"),
    }
}

/// Seconds while they can be counted along, then minutes.
fn wait(locale: Locale, seconds: u32) -> String {
    if seconds > 90 { format::minutes(locale, seconds.div_ceil(60)) } else { format::seconds(locale, seconds.max(1)) }
}
