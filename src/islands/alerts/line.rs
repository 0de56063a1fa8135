//! An alert in words: as a pop-up shows it and as a voice says it.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, ReservationCode, RoomTypeCode, Timestamp};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::alerts;
use crate::messages::{Locale, format};

/// An alert with its place in the hotel's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertLine {
    pub seq: u64,
    /// `new_reservation`, `cancellation`, `nudge`
    pub kind: String,
    pub code: ReservationCode,
    pub text: String,
    pub at: Timestamp,
    /// The guest, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whoever looks at the screen made it himself: it needs no telling.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub is_own: bool,
}

/// What the text of a booking's alert names.
#[derive(Debug, PartialEq, Eq)]
struct StayInShort {
    room: RoomTypeCode,
    arrival: Date,
    departure: Date,
}

impl AlertLine {
    fn stay(&self) -> Option<StayInShort> {
        let mut parts = self.text.split(' ');
        let mut next = || parts.next();
        let (room, arrival, departure) = (next()?, next()?, next()?);
        if self.kind == "nudge" || next().is_some() {
            return None;
        }
        Some(StayInShort {
            room: room.parse().ok()?,
            arrival: arrival.parse().ok()?,
            departure: departure.parse().ok()?,
        })
    }

    pub fn title(&self, locale: Locale) -> &'static str {
        alerts::title(locale, &self.kind)
    }

    /// The line under the title: the stay of a booking, the words of a guest who asks.
    pub fn text(&self, scene: &DeskScene) -> String {
        match self.stay() {
            Some(stay) => format!("{} · {}", scene.room(&stay.room), scene.stay(stay.arrival, stay.departure)),
            None if self.kind == "day_open" => alerts::day_open_text(scene.locale, &self.text),
            None if self.text.is_empty() => alerts::no_message(scene.locale).to_owned(),
            None => self.text.clone(),
        }
    }

    /// Whether the text is a person's own words.
    pub fn is_quote(&self) -> bool {
        self.kind == "nudge" && !self.text.is_empty()
    }

    /// The spoken sentence. A guest's name is in it only where the desk has asked for that; what a guest has written is
    /// never read aloud.
    pub fn spoken(&self, scene: &DeskScene, with_name: bool) -> String {
        let locale = scene.locale;
        let code = alerts::spelled(&self.code.to_string());
        let mut sentence = match (self.kind.as_str(), self.stay()) {
            ("new_reservation", Some(stay)) => {
                let nights = u32::try_from(stay.arrival.days_until(stay.departure)).unwrap_or(0);
                let arrival = format::date_spoken(locale, stay.arrival);
                alerts::say_new_reservation(locale, &scene.room(&stay.room), nights, &arrival)
            }
            ("cancellation", Some(stay)) => {
                let arrival = format::date_spoken(locale, stay.arrival);
                alerts::say_cancellation(locale, &scene.room(&stay.room), &arrival)
            }
            ("nudge", _) => alerts::say_nudge(locale, &code),
            ("day_open", _) => format!("{}.", alerts::day_open(locale)),
            _ => alerts::say_changed(locale, &code),
        };
        if let Some(name) = self.name.as_deref().filter(|_| with_name) {
            sentence.push(' ');
            sentence.push_str(&alerts::say_name(locale, name));
        }
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(locale: Locale) -> DeskScene {
        DeskScene {
            locale,
            hotel: "harbour".parse().unwrap(),
            today: "2026-06-01".parse().unwrap(),
            utc_offset_minutes: 60,
            rooms: vec![("double".parse().unwrap(), "Double, sea view".to_owned())],
            here: String::new(),
        }
    }

    fn alert(kind: &str, text: &str) -> AlertLine {
        AlertLine {
            seq: 3,
            kind: kind.to_owned(),
            code: "K7QM-2XNP".parse().unwrap(),
            text: text.to_owned(),
            at: Timestamp::from_unix_ms(0),
            name: Some("Ana Silva".to_owned()),
            is_own: false,
        }
    }

    #[test]
    fn a_booking_is_spoken_without_the_guests_name() {
        let line = alert("new_reservation", "double 2026-06-05 2026-06-07");
        let spoken = line.spoken(&scene(Locale::En), false);
        assert_eq!(spoken, "New booking. Double, sea view, 2 nights from Friday 5 June.");
        assert!(line.spoken(&scene(Locale::En), true).ends_with("Ana Silva."));
        let spoken = line.spoken(&scene(Locale::ZhCn), false);
        assert!(!spoken.contains("Ana"), "{spoken}");
    }

    #[test]
    fn what_a_guest_writes_is_shown_and_never_spoken() {
        let line = alert("nudge", "Call me, Ana Silva, room for two");
        assert_eq!(line.text(&scene(Locale::En)), "Call me, Ana Silva, room for two");
        assert_eq!(line.spoken(&scene(Locale::En), false), "A guest asks the desk. Reservation K 7 Q M, 2 X N P.");
    }

    #[test]
    fn a_message_that_looks_like_a_stay_is_still_a_message() {
        let line = alert("nudge", "double 2026-06-05 2026-06-07");
        assert_eq!(line.text(&scene(Locale::En)), "double 2026-06-05 2026-06-07");
        assert!(line.is_quote());
    }
}
