//! Dates, stays, numbers and money in words. Only writing: what a night costs or when a stay ends is the domain's.

use std::borrow::Cow;

use crate::domain::{Currency, Date, Money, Stay, Timestamp, Weekday};
use crate::messages::Locale;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Months whose name is already short keep it whole, as English readers expect of "June" and "July".
const MONTHS_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

fn month(names: &[&'static str; 12], date: Date) -> &'static str {
    names[usize::from(date.month()).saturating_sub(1).min(11)]
}

/// A name as a part of a line: one that is written from right to left would turn the code or the number beside it round.
pub fn isolated(name: &str) -> Cow<'_, str> {
    let runs_left = |character: char| {
        matches!(
            character,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}'
                | '\u{1e800}'..='\u{1efff}'
        )
    };
    // First strong isolate, and its end.
    if name.contains(runs_left) { format!("\u{2068}{name}\u{2069}").into() } else { name.into() }
}

/// "Friday", "星期五".
pub const fn weekday(locale: Locale, day: Weekday) -> &'static str {
    match (locale, day) {
        (Locale::En, Weekday::Monday) => "Monday",
        (Locale::En, Weekday::Tuesday) => "Tuesday",
        (Locale::En, Weekday::Wednesday) => "Wednesday",
        (Locale::En, Weekday::Thursday) => "Thursday",
        (Locale::En, Weekday::Friday) => "Friday",
        (Locale::En, Weekday::Saturday) => "Saturday",
        (Locale::En, Weekday::Sunday) => "Sunday",
        (Locale::ZhCn, Weekday::Monday) => "星期一",
        (Locale::ZhCn, Weekday::Tuesday) => "星期二",
        (Locale::ZhCn, Weekday::Wednesday) => "星期三",
        (Locale::ZhCn, Weekday::Thursday) => "星期四",
        (Locale::ZhCn, Weekday::Friday) => "星期五",
        (Locale::ZhCn, Weekday::Saturday) => "星期六",
        (Locale::ZhCn, Weekday::Sunday) => "星期日",
    }
}

/// "Fri", "周五".
pub const fn weekday_short(locale: Locale, day: Weekday) -> &'static str {
    match (locale, day) {
        (Locale::En, Weekday::Monday) => "Mon",
        (Locale::En, Weekday::Tuesday) => "Tue",
        (Locale::En, Weekday::Wednesday) => "Wed",
        (Locale::En, Weekday::Thursday) => "Thu",
        (Locale::En, Weekday::Friday) => "Fri",
        (Locale::En, Weekday::Saturday) => "Sat",
        (Locale::En, Weekday::Sunday) => "Sun",
        (Locale::ZhCn, Weekday::Monday) => "周一",
        (Locale::ZhCn, Weekday::Tuesday) => "周二",
        (Locale::ZhCn, Weekday::Wednesday) => "周三",
        (Locale::ZhCn, Weekday::Thursday) => "周四",
        (Locale::ZhCn, Weekday::Friday) => "周五",
        (Locale::ZhCn, Weekday::Saturday) => "周六",
        (Locale::ZhCn, Weekday::Sunday) => "周日",
    }
}

/// "Friday 5 June 2026", "2026年6月5日 星期五".
pub fn date_long(locale: Locale, date: Date) -> String {
    let (year, day, weekday) = (date.year(), date.day(), weekday(locale, date.weekday()));
    match locale {
        Locale::En => format!("{weekday} {day} {} {year}", month(&MONTHS, date)),
        Locale::ZhCn => format!("{year}年{}月{day}日 {weekday}", date.month()),
    }
}

/// "Fri 5 June", "6月5日 周五": for lists, where the year is plain from the place.
pub fn date_short(locale: Locale, date: Date) -> String {
    let (day, weekday) = (date.day(), weekday_short(locale, date.weekday()));
    match locale {
        Locale::En => format!("{weekday} {day} {}", month(&MONTHS_SHORT, date)),
        Locale::ZhCn => format!("{}月{day}日 {weekday}", date.month()),
    }
}

/// A stay from its arrival to its departure: "Fri 5 – Mon 8 June 2026", "2026年6月5日（周五）至6月8日（周一）".
/// Month and year are said once where both days share them.
pub fn date_range(locale: Locale, stay: Stay) -> String {
    let (from, to) = (stay.arrival(), stay.departure());
    let same_year = from.year() == to.year();
    let (from_weekday, to_weekday) = (weekday_short(locale, from.weekday()), weekday_short(locale, to.weekday()));
    match locale {
        Locale::En => {
            let mut text = format!("{from_weekday} {}", from.day());
            if !same_year || from.month() != to.month() {
                text = format!("{text} {}", month(&MONTHS_SHORT, from));
            }
            if !same_year {
                text = format!("{text} {}", from.year());
            }
            format!("{text} – {to_weekday} {} {} {}", to.day(), month(&MONTHS_SHORT, to), to.year())
        }
        Locale::ZhCn => {
            let year = if same_year { String::new() } else { format!("{}年", to.year()) };
            format!(
                "{}年{}月{}日（{from_weekday}）至{year}{}月{}日（{to_weekday}）",
                from.year(),
                from.month(),
                from.day(),
                to.month(),
                to.day()
            )
        }
    }
}

/// A day as one says it, without the year: "Friday 5 June", "6月5日星期五".
pub fn date_spoken(locale: Locale, date: Date) -> String {
    let (day, weekday) = (date.day(), weekday(locale, date.weekday()));
    match locale {
        Locale::En => format!("{weekday} {day} {}", month(&MONTHS, date)),
        Locale::ZhCn => format!("{}月{day}日{weekday}", date.month()),
    }
}

/// A stay in as few words as a list has room for: "5 – 8 June", "30 June – 2 July", "6月5日–8日".
pub fn date_span(locale: Locale, from: Date, to: Date) -> String {
    let same_month = from.year() == to.year() && from.month() == to.month();
    match locale {
        Locale::En => {
            let first = if same_month { String::new() } else { format!(" {}", month(&MONTHS_SHORT, from)) };
            format!("{}{first} – {} {}", from.day(), to.day(), month(&MONTHS_SHORT, to))
        }
        Locale::ZhCn => {
            let last = if same_month { String::new() } else { format!("{}月", to.month()) };
            format!("{}月{}日–{last}{}日", from.month(), from.day(), to.day())
        }
    }
}

/// When something happened, by the hotel's clock: the time alone for the day itself, with the date before it otherwise.
pub fn moment(locale: Locale, at: Timestamp, utc_offset_minutes: i32, today: Date) -> String {
    let (day, hour, minute) = by_clock(at, utc_offset_minutes);
    let time = time(hour, minute);
    if day == today { time } else { format!("{} {time}", date_short(locale, day)) }
}

/// The same with day and year, for what may be long ago.
pub fn moment_in_full(locale: Locale, at: Timestamp, utc_offset_minutes: i32) -> String {
    let (day, hour, minute) = by_clock(at, utc_offset_minutes);
    date_time(locale, day, hour, minute)
}

/// The date, hour and minute on a clock that is so far before UTC.
fn by_clock(at: Timestamp, utc_offset_minutes: i32) -> (Date, u8, u8) {
    let minutes = at.unix_ms().div_euclid(60_000) + i64::from(utc_offset_minutes);
    let of_day = minutes.rem_euclid(24 * 60);
    let day = i32::try_from(minutes.div_euclid(24 * 60)).ok().and_then(|day| Date::from_day_number(day).ok());
    let byte = |number: i64| u8::try_from(number).unwrap_or(0);
    (day.unwrap_or(Date::MIN), byte(of_day / 60), byte(of_day % 60))
}

/// "15:00" in both languages: hotels here and there write the day in 24 hours.
pub fn time(hour: u8, minute: u8) -> String {
    format!("{hour:02}:{minute:02}")
}

/// A civil date with a time of day at the hotel: "Friday 5 June 2026, 15:00".
pub fn date_time(locale: Locale, date: Date, hour: u8, minute: u8) -> String {
    let (date, time) = (date_long(locale, date), time(hour, minute));
    match locale {
        Locale::En => format!("{date}, {time}"),
        Locale::ZhCn => format!("{date} {time}"),
    }
}

/// "1 night", "3 nights", "3 晚".
pub fn nights(locale: Locale, count: u32) -> String {
    counted(locale, count, ["night", "nights"], "晚")
}

/// "2 adults", "2 adults, 1 child", "2 位成人、1 名儿童".
pub fn guests(locale: Locale, adults: u32, children: u32) -> String {
    let adults = counted(locale, adults, ["adult", "adults"], "位成人");
    if children == 0 {
        return adults;
    }
    let children = counted(locale, children, ["child", "children"], "名儿童");
    match locale {
        Locale::En => format!("{adults}, {children}"),
        Locale::ZhCn => format!("{adults}、{children}"),
    }
}

/// "1 room", "20 rooms", "20 间客房".
pub fn rooms(locale: Locale, count: u32) -> String {
    counted(locale, count, ["room", "rooms"], "间客房")
}

/// "1 second", "40 seconds", "40 秒".
pub fn seconds(locale: Locale, count: u32) -> String {
    counted(locale, count, ["second", "seconds"], "秒")
}

/// "1 minute", "15 minutes", "15 分钟".
pub fn minutes(locale: Locale, count: u32) -> String {
    counted(locale, count, ["minute", "minutes"], "分钟")
}

/// A count with its word. English has two forms; Chinese has a measure word, set off by a space.
pub(crate) fn counted(locale: Locale, count: u32, english: [&str; 2], chinese: &str) -> String {
    match locale {
        Locale::En => format!("{count} {}", english[usize::from(count != 1)]),
        Locale::ZhCn => format!("{count} {chinese}"),
    }
}

/// An amount with its sign and grouped thousands: "€1,190.00". The yuan is "¥" in Chinese and "CN¥" in English,
/// since the yen has the same sign; the yen stands back the same way in Chinese.
pub fn money(locale: Locale, amount: Money) -> String {
    let sign = match (amount.currency, locale) {
        (Currency::Eur, _) => "€",
        (Currency::Gbp, _) => "£",
        (Currency::Usd, Locale::En) => "$",
        (Currency::Usd, Locale::ZhCn) => "US$",
        (Currency::Cny, Locale::ZhCn) | (Currency::Jpy, Locale::En) => "¥",
        (Currency::Cny, Locale::En) => "CN¥",
        (Currency::Jpy, Locale::ZhCn) => "JP¥",
    };
    let minus = if amount.minor < 0 { "−" } else { "" };
    let digits = u32::from(amount.currency.minor_digits());
    let unit = 10_u64.pow(digits);
    let (whole, minor) = (amount.minor.unsigned_abs() / unit, amount.minor.unsigned_abs() % unit);
    let whole = grouped(whole);
    if digits == 0 {
        format!("{minus}{sign}{whole}")
    } else {
        format!("{minus}{sign}{whole}.{minor:0width$}", width = digits as usize)
    }
}

/// "14938" as "14,938".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests;
