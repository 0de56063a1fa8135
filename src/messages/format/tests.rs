//! Dates, stays and money as a person reads them, in both languages.

use super::*;

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn stay(arrival: &str, departure: &str) -> Stay {
    Stay::new(date(arrival), date(departure)).expect("a stay")
}

fn amount(minor: i64, currency: Currency) -> Money {
    Money { minor, currency }
}

#[test]
fn a_date_is_said_with_its_weekday() {
    assert_eq!(date_long(Locale::En, date("2026-06-05")), "Friday 5 June 2026");
    assert_eq!(date_long(Locale::ZhCn, date("2026-06-05")), "2026年6月5日 星期五");
    assert_eq!(date_short(Locale::En, date("2026-02-01")), "Sun 1 Feb");
    assert_eq!(date_short(Locale::ZhCn, date("2026-02-01")), "2月1日 周日");
}

#[test]
fn a_stay_says_month_and_year_once_where_it_can() {
    let cases = [
        ("2026-06-05", "2026-06-08", "Fri 5 – Mon 8 June 2026", "2026年6月5日（周五）至6月8日（周一）"),
        ("2026-05-29", "2026-06-01", "Fri 29 May – Mon 1 June 2026", "2026年5月29日（周五）至6月1日（周一）"),
        (
            "2026-12-30",
            "2027-01-01",
            "Wed 30 Dec 2026 – Fri 1 Jan 2027",
            "2026年12月30日（周三）至2027年1月1日（周五）",
        ),
    ];
    for (arrival, departure, english, chinese) in cases {
        assert_eq!(date_range(Locale::En, stay(arrival, departure)), english);
        assert_eq!(date_range(Locale::ZhCn, stay(arrival, departure)), chinese);
    }
}

#[test]
fn a_moment_is_a_date_and_a_time_of_day() {
    assert_eq!(date_time(Locale::En, date("2026-06-05"), 18, 0), "Friday 5 June 2026, 18:00");
    assert_eq!(date_time(Locale::ZhCn, date("2026-06-05"), 9, 5), "2026年6月5日 星期五 09:05");
}

#[test]
fn counts_agree_with_their_words() {
    assert_eq!(nights(Locale::En, 1), "1 night");
    assert_eq!(nights(Locale::En, 2), "2 nights");
    assert_eq!(nights(Locale::ZhCn, 1), "1 晚");
    assert_eq!(guests(Locale::En, 1, 0), "1 adult");
    assert_eq!(guests(Locale::En, 2, 1), "2 adults, 1 child");
    assert_eq!(guests(Locale::En, 2, 3), "2 adults, 3 children");
    assert_eq!(guests(Locale::ZhCn, 2, 1), "2 位成人、1 名儿童");
    assert_eq!(seconds(Locale::En, 1), "1 second");
    assert_eq!(rooms(Locale::ZhCn, 24), "24 间客房");
}

#[test]
fn money_carries_its_sign_digits_and_groups() {
    let cases = [
        (11_900, Currency::Eur, "€119.00", "€119.00"),
        (39_800, Currency::Cny, "CN¥398.00", "¥398.00"),
        (123_456_789, Currency::Gbp, "£1,234,567.89", "£1,234,567.89"),
        (100_000, Currency::Usd, "$1,000.00", "US$1,000.00"),
        (12_000, Currency::Jpy, "¥12,000", "JP¥12,000"),
        (5, Currency::Eur, "€0.05", "€0.05"),
        (0, Currency::Eur, "€0.00", "€0.00"),
        (-150, Currency::Eur, "−€1.50", "−€1.50"),
    ];
    for (minor, currency, english, chinese) in cases {
        assert_eq!(money(Locale::En, amount(minor, currency)), english);
        assert_eq!(money(Locale::ZhCn, amount(minor, currency)), chinese);
    }
}

#[test]
fn a_span_in_a_list_says_the_month_once() {
    let (from, to) = (date("2026-06-05"), date("2026-06-08"));
    assert_eq!(date_span(Locale::En, from, to), "5 – 8 June");
    assert_eq!(date_span(Locale::En, date("2026-06-30"), date("2026-07-02")), "30 June – 2 July");
    assert_eq!(date_span(Locale::ZhCn, from, to), "6月5日–8日");
    assert_eq!(date_span(Locale::ZhCn, date("2026-12-31"), date("2027-01-02")), "12月31日–1月2日");
}

#[test]
fn a_moment_is_told_by_the_hotels_clock() {
    let at: Timestamp = "2026-06-05T22:30:00Z".parse().unwrap();
    assert_eq!(moment(Locale::En, at, 60, date("2026-06-05")), "23:30");
    assert_eq!(moment(Locale::En, at, 480, date("2026-06-05")), "Sat 6 June 06:30");
    assert_eq!(moment(Locale::ZhCn, at, 480, date("2026-06-06")), "06:30");
}

#[test]
fn a_name_from_right_to_left_stays_by_itself() {
    assert_eq!(isolated("Nora Chart"), "Nora Chart");
    assert_eq!(isolated("李明"), "李明");
    assert_eq!(isolated("محمد علي"), "\u{2068}محمد علي\u{2069}");
    assert_eq!(isolated("Dr. נועה"), "\u{2068}Dr. נועה\u{2069}");
}
