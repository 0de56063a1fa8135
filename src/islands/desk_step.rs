//! A step with a reservation, as the desk takes it: its address, its words, and the step that takes it back.

use crate::domain::{Action, RoomNumber, Status};
use crate::messages::{Locale, desk, desk::chart, format::isolated};

/// Where an action leads.
pub const fn result(action: Action) -> Status {
    match action {
        Action::Confirm | Action::UndoCheckIn | Action::Reinstate => Status::Confirmed,
        Action::Release | Action::Lapse => Status::Lapsed,
        Action::Cancel => Status::Cancelled,
        Action::CheckIn | Action::UndoCheckOut | Action::LateArrival => Status::InHouse,
        Action::CheckOut => Status::CheckedOut,
        Action::NoShow => Status::NoShow,
    }
}

/// The name of an action in the desk's addresses: to cancel a hold gives it back, to check in a no-show is a late
/// arrival.
pub const fn address(action: Action) -> &'static str {
    match action {
        Action::Release => Action::Cancel.as_str(),
        Action::LateArrival => Action::CheckIn.as_str(),
        action => action.as_str(),
    }
}

/// The step that leads back to where `action` began, where there is one.
pub const fn undone_by(action: Action) -> Option<Action> {
    match action {
        Action::CheckIn | Action::LateArrival => Some(Action::UndoCheckIn),
        Action::CheckOut => Some(Action::UndoCheckOut),
        Action::Cancel => Some(Action::Reinstate),
        _ => None,
    }
}

/// What is said when it is done.
pub const fn done_words(locale: Locale, action: Action) -> &'static str {
    match action {
        Action::Confirm => desk::done_confirm(locale),
        Action::Release | Action::Lapse => desk::done_release(locale),
        Action::Cancel => desk::done_cancel(locale),
        Action::CheckIn => desk::done_check_in(locale),
        Action::UndoCheckIn => desk::done_undo_check_in(locale),
        Action::CheckOut => desk::done_check_out(locale),
        Action::UndoCheckOut => desk::done_undo_check_out(locale),
        Action::NoShow => desk::done_no_show(locale),
        Action::LateArrival => desk::done_late_arrival(locale),
        Action::Reinstate => desk::done_reinstate(locale),
    }
}

/// Who has come is told with the room, whose key is wanted next.
pub fn told_of(locale: Locale, action: Action, who: String, room: Option<&RoomNumber>) -> String {
    let has_come = result(action) == Status::InHouse;
    match room.filter(|_| has_come) {
        Some(room) => format!("{} · {}", isolated(&who), chart::room(locale, room.as_str())),
        None => who,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_leads_back_to_where_the_step_began() {
        let begins = |action: Action| match action {
            Action::CheckOut => Status::InHouse,
            _ => Status::Confirmed,
        };
        for action in [Action::CheckIn, Action::CheckOut, Action::Cancel] {
            assert_eq!(undone_by(action).map(result), Some(begins(action)), "{action}");
        }
    }
}
