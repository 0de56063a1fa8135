//! The hotel's day: it ends when the hotel says so, some hours after midnight or with the clock, and is never ahead of
//! the calendar.

use core::fmt;
use core::str::FromStr;

use crate::domain::Date;

/// What ends the hotel's day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayRule {
    /// Midnight by the hotel's clock; nothing blocks it, and who has not come stays as overdue.
    #[default]
    ByClock,
    /// By itself at this hour of the next morning, unless something is undecided.
    AtHour(u8),
    /// Whoever is at the desk.
    ByHand,
}

/// Where a hotel's day stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HotelDay {
    pub rule: DayRule,
    /// The day as it was last set; none for a hotel that has never closed one.
    pub date: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a day ends by clock, by hand, or at an hour from 0 to 23")]
pub struct DayRuleError;

impl HotelDay {
    /// The business date, when the hotel's calendar says `clock`.
    pub fn business_date(self, clock: Date) -> Date {
        match self.rule {
            DayRule::ByClock => clock,
            DayRule::AtHour(_) | DayRule::ByHand => self.date.map_or(clock, |date| date.min(clock)),
        }
    }
}

impl fmt::Display for DayRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByClock => formatter.write_str("clock"),
            Self::AtHour(hour) => write!(formatter, "{hour}"),
            Self::ByHand => formatter.write_str("hand"),
        }
    }
}

impl FromStr for DayRule {
    type Err = DayRuleError;

    fn from_str(text: &str) -> Result<Self, DayRuleError> {
        match text {
            "clock" => Ok(Self::ByClock),
            "hand" => Ok(Self::ByHand),
            hour => hour.parse().ok().filter(|hour| *hour < 24).map(Self::AtHour).ok_or(DayRuleError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_can_be_behind_the_calendar_and_never_ahead() {
        let (eve, day) = (date("2026-12-24"), date("2026-12-25"));
        for rule in [DayRule::ByHand, DayRule::AtHour(4)] {
            assert_eq!(HotelDay { rule, date: Some(eve) }.business_date(day), eve);
            assert_eq!(HotelDay { rule, date: Some(day) }.business_date(eve), eve);
            assert_eq!(HotelDay { rule, date: None }.business_date(day), day);
        }
        assert_eq!(HotelDay { rule: DayRule::ByClock, date: Some(eve) }.business_date(day), day);
    }

    #[test]
    fn a_rule_is_read_as_it_is_written() {
        for rule in [DayRule::ByClock, DayRule::ByHand, DayRule::AtHour(0), DayRule::AtHour(23)] {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
        for bad in ["", "24", "-1", "noon"] {
            assert_eq!(bad.parse::<DayRule>(), Err(DayRuleError), "{bad}");
        }
    }
}
