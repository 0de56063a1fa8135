//! What came of the last action: told once, with a way back where there is one.

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::domain::{Action, ReservationCode, Status};
use crate::islands::desk_row::DeskScene;
use crate::messages::{Locale, desk};

/// An action that was carried out, and how its reservation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub action: Action,
    pub code: ReservationCode,
    pub name: Option<String>,
    pub version: u32,
}

/// Where an action leads. What is shown as its outcome must still be so.
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

const fn undone_by(action: Action) -> Option<Action> {
    match action {
        Action::CheckIn | Action::LateArrival => Some(Action::UndoCheckIn),
        Action::CheckOut => Some(Action::UndoCheckOut),
        Action::Cancel => Some(Action::Reinstate),
        _ => None,
    }
}

fn words(locale: Locale, action: Action) -> &'static str {
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

/// `list` is the list of the house page that the action was taken from.
#[component]
pub fn OutcomeNotice(
    scene: DeskScene,
    outcome: Outcome,
    #[prop(optional_no_strip)] list: Option<String>,
) -> impl IntoView {
    let Outcome { action, code, name, version } = outcome;
    let locale = scene.locale;
    let path = scene.reservation_path(code);
    let who = name.unwrap_or_else(|| code.to_string());
    let undo = undone_by(action).map(|undo| {
        view! {
            <form method="post" action=format!("{path}/{}", address(undo))>
                <input type="hidden" name="version" value=version.to_string() />
                {list.clone().map(|list| view! { <input type="hidden" name="from_list" value=list /> })}
                <button class="button button--small" type="submit">{desk::undo(locale)}</button>
            </form>
        }
    });
    view! {
        <Notice tone=Tone::Good announce=true>
            <div class="row row--apart">
                <p>
                    <strong>{words(locale, action)}</strong>" "
                    {if list.is_some() { view! { <a href=path>{who}</a> }.into_any() } else { who.into_any() }}
                </p>
                {undo}
            </div>
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_leads_back_to_where_the_action_began() {
        for (action, before) in [
            (Action::CheckIn, Status::Confirmed),
            (Action::CheckOut, Status::InHouse),
            (Action::Cancel, Status::Confirmed),
        ] {
            assert_eq!(undone_by(action).map(result), Some(before), "{action}");
        }
    }
}
