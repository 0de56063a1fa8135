//! The steps a reservation goes through, as a list that shows how far it is.

use leptos::prelude::*;

use crate::domain::Status;
use crate::messages::Locale;
use crate::messages::guest::reservation;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Done,
    Current,
    Todo,
}

impl Step {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Todo => "todo",
        }
    }

    const fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Done => reservation::step_done(locale),
            Self::Current => reservation::step_current(locale),
            Self::Todo => reservation::step_todo(locale),
        }
    }
}

/// The words of each step and how many of them are behind. A reservation that ended early shows where it ended.
fn path(locale: Locale, status: Status, room_ready: bool) -> (Vec<&'static str>, usize) {
    let booked = reservation::step_booked(locale);
    match status {
        Status::Cancelled | Status::NoShow | Status::Lapsed => (vec![booked, reservation::status(locale, status)], 1),
        Status::Held | Status::Confirmed | Status::InHouse | Status::CheckedOut => {
            let steps = vec![
                booked,
                reservation::step_confirmed(locale),
                reservation::step_ready(locale),
                reservation::step_in_house(locale),
                reservation::step_checked_out(locale),
            ];
            let current = match status {
                Status::Held => 0,
                Status::InHouse => 3,
                Status::CheckedOut => 4,
                _ => 1 + usize::from(room_ready),
            };
            (steps, current)
        }
    }
}

/// `room_ready` is of a confirmed reservation: its guest may come.
#[component]
pub fn Progress(locale: Locale, status: Status, room_ready: bool) -> impl IntoView {
    let (steps, current) = path(locale, status, room_ready);
    let steps = steps
        .into_iter()
        .enumerate()
        .map(|(index, words)| {
            let step = match index.cmp(&current) {
                core::cmp::Ordering::Less => Step::Done,
                core::cmp::Ordering::Equal => Step::Current,
                core::cmp::Ordering::Greater => Step::Todo,
            };
            view! {
                <li class="steps__step" data-step=step.as_str() aria-current=(step == Step::Current).then_some("step")>
                    <span class="steps__words">{words}</span>
                    <span class="visually-hidden">{format!(" ({})", step.words(locale))}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="steps" data-status=status.as_str() aria-label=reservation::progress(locale)>
            {steps}
        </ol>
    }
}
