//! The life of a reservation: its states, and the only ways from one to the next.
//!
//! ```text
//!             place_hold            confirm                 check_in              check_out
//!  (nothing) ───────────▶ Held ───────────────▶ Confirmed ──────────▶ InHouse ───────────▶ CheckedOut
//!                          │ lapse / release       │ cancel  ▲ reinstate  │ undo    ▲ undo_check_out │
//!                          ▼                       ▼         │            ▼         └────────────────┘
//!                       Lapsed                 Cancelled ────┘         (Confirmed)
//!                                                  ▲
//!                                     no_show ─▶ NoShow ── late_arrival ─▶ InHouse
//! ```

use core::fmt;
use core::str::FromStr;

use crate::domain::Timestamp;

/// Where a reservation stands. A hold knows when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Held { until: Timestamp },
    Confirmed,
    InHouse,
    CheckedOut,
    Cancelled,
    NoShow,
    Lapsed,
}

/// A state's name, as clients see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    Held,
    Confirmed,
    InHouse,
    CheckedOut,
    Cancelled,
    NoShow,
    Lapsed,
}

/// What can be done to a reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Confirm,
    /// The guest or the desk gives a hold back.
    Release,
    /// The clock takes a hold back.
    Lapse,
    Cancel,
    CheckIn,
    UndoCheckIn,
    CheckOut,
    UndoCheckOut,
    NoShow,
    LateArrival,
    Reinstate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reservation that is {from} cannot {action}")]
pub struct TransitionNotAllowed {
    pub from: Status,
    pub action: Action,
}

/// Which counter of a night a reservation stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consumption {
    Held,
    Sold,
}

impl State {
    pub const fn status(self) -> Status {
        match self {
            Self::Held { .. } => Status::Held,
            Self::Confirmed => Status::Confirmed,
            Self::InHouse => Status::InHouse,
            Self::CheckedOut => Status::CheckedOut,
            Self::Cancelled => Status::Cancelled,
            Self::NoShow => Status::NoShow,
            Self::Lapsed => Status::Lapsed,
        }
    }

    /// The one answer to which states consume nights, and in which counter. A hold past its end still stands in the
    /// counter until it is tidied away; see [`State::at`].
    pub const fn consumes(self) -> Option<Consumption> {
        match self {
            Self::Held { .. } => Some(Consumption::Held),
            Self::Confirmed | Self::InHouse => Some(Consumption::Sold),
            Self::CheckedOut | Self::Cancelled | Self::NoShow | Self::Lapsed => None,
        }
    }

    /// The state as the clock judges it: a hold whose end has come is lapsed, whether or not it was tidied away.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        match self {
            Self::Held { until } if until <= now => Self::Lapsed,
            state => state,
        }
    }

    /// The state after `action`, judged at `now`.
    pub fn after(self, action: Action, now: Timestamp) -> Result<Self, TransitionNotAllowed> {
        let judged = if action == Action::Lapse { self } else { self.at(now) };
        match (judged, action) {
            (Self::Held { .. }, Action::Confirm)
            | (Self::InHouse, Action::UndoCheckIn)
            | (Self::Cancelled, Action::Reinstate) => Ok(Self::Confirmed),
            (Self::Held { .. }, Action::Release) => Ok(Self::Lapsed),
            (Self::Held { until }, Action::Lapse) if until <= now => Ok(Self::Lapsed),
            (Self::Confirmed, Action::Cancel) => Ok(Self::Cancelled),
            (Self::Confirmed, Action::NoShow) => Ok(Self::NoShow),
            (Self::Confirmed, Action::CheckIn)
            | (Self::NoShow, Action::LateArrival)
            | (Self::CheckedOut, Action::UndoCheckOut) => Ok(Self::InHouse),
            (Self::InHouse, Action::CheckOut) => Ok(Self::CheckedOut),
            (from, action) => Err(TransitionNotAllowed { from: from.status(), action }),
        }
    }

    /// The actions that [`State::after`] allows, for the desk to offer.
    pub fn allowed_actions(self, now: Timestamp) -> impl Iterator<Item = Action> {
        Action::ALL.into_iter().filter(move |action| self.after(*action, now).is_ok())
    }
}

impl Status {
    pub const ALL: [Self; 7] =
        [Self::Held, Self::Confirmed, Self::InHouse, Self::CheckedOut, Self::Cancelled, Self::NoShow, Self::Lapsed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Confirmed => "confirmed",
            Self::InHouse => "in_house",
            Self::CheckedOut => "checked_out",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
            Self::Lapsed => "lapsed",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a state or action of a reservation")]
pub struct NameError;

impl FromStr for Status {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(NameError)
    }
}

impl Action {
    pub const ALL: [Self; 11] = [
        Self::Confirm,
        Self::Release,
        Self::Lapse,
        Self::Cancel,
        Self::CheckIn,
        Self::UndoCheckIn,
        Self::CheckOut,
        Self::UndoCheckOut,
        Self::NoShow,
        Self::LateArrival,
        Self::Reinstate,
    ];

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Release => "release",
            Self::Lapse => "lapse",
            Self::Cancel => "cancel",
            Self::CheckIn => "check-in",
            Self::UndoCheckIn => "undo-check-in",
            Self::CheckOut => "check-out",
            Self::UndoCheckOut => "undo-check-out",
            Self::NoShow => "no-show",
            Self::LateArrival => "late-arrival",
            Self::Reinstate => "reinstate",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Action {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or(NameError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_000_000);
    const LATER: Timestamp = Timestamp::from_unix_ms(2_000_000);

    /// The picture in product.md, written out a second time as plain pairs.
    const PICTURE: [(Status, Action, Status); 11] = [
        (Status::Held, Action::Confirm, Status::Confirmed),
        (Status::Held, Action::Release, Status::Lapsed),
        (Status::Held, Action::Lapse, Status::Lapsed),
        (Status::Confirmed, Action::Cancel, Status::Cancelled),
        (Status::Confirmed, Action::CheckIn, Status::InHouse),
        (Status::Confirmed, Action::NoShow, Status::NoShow),
        (Status::InHouse, Action::UndoCheckIn, Status::Confirmed),
        (Status::InHouse, Action::CheckOut, Status::CheckedOut),
        (Status::CheckedOut, Action::UndoCheckOut, Status::InHouse),
        (Status::Cancelled, Action::Reinstate, Status::Confirmed),
        (Status::NoShow, Action::LateArrival, Status::InHouse),
    ];

    fn state(status: Status, until: Timestamp) -> State {
        match status {
            Status::Held => State::Held { until },
            Status::Confirmed => State::Confirmed,
            Status::InHouse => State::InHouse,
            Status::CheckedOut => State::CheckedOut,
            Status::Cancelled => State::Cancelled,
            Status::NoShow => State::NoShow,
            Status::Lapsed => State::Lapsed,
        }
    }

    #[test]
    fn every_arrow_of_the_picture_exists_and_no_other() {
        for from in Status::ALL {
            for action in Action::ALL {
                // Only the clock lapses a hold, so that arrow is looked at when the hold is over.
                let until = if action == Action::Lapse { NOW } else { LATER };
                let drawn =
                    PICTURE.iter().find(|(start, name, _)| (*start, *name) == (from, action)).map(|(_, _, end)| *end);
                let found = state(from, until).after(action, NOW).map(State::status);
                assert_eq!(found, drawn.ok_or(TransitionNotAllowed { from, action }), "{from} {action}");
            }
        }
    }

    #[test]
    fn a_hold_that_is_over_can_only_lapse() {
        let over = State::Held { until: NOW };
        assert_eq!(over.at(NOW), State::Lapsed);
        assert_eq!(over.allowed_actions(NOW).collect::<Vec<_>>(), [Action::Lapse]);
        let running = State::Held { until: LATER };
        assert!(running.after(Action::Lapse, NOW).is_err());
    }

    #[test]
    fn held_confirmed_and_in_house_consume_nights_and_no_other_state_does() {
        let consuming: Vec<Status> =
            Status::ALL.into_iter().filter(|status| state(*status, LATER).consumes().is_some()).collect();
        assert_eq!(consuming, [Status::Held, Status::Confirmed, Status::InHouse]);
        assert_eq!(State::Held { until: NOW }.at(NOW).consumes(), None);
    }

    #[test]
    fn names_are_read_back() {
        assert!(Status::ALL.into_iter().all(|status| status.as_str().parse() == Ok(status)));
        assert!(Action::ALL.into_iter().all(|action| action.as_str().parse() == Ok(action)));
    }

    proptest! {
        #[test]
        fn no_walk_leaves_the_picture(steps in prop::collection::vec((0_usize..11, 0_i64..1000), 0..60)) {
            let mut state = State::Held { until: NOW.plus_seconds(500) };
            let mut now = NOW;
            for (action, seconds) in steps {
                now = now.plus_seconds(seconds);
                let action = Action::ALL[action];
                if let Ok(next) = state.after(action, now) {
                    let from = state.status();
                    prop_assert!(PICTURE.contains(&(from, action, next.status())));
                    state = next;
                }
            }
        }
    }
}
