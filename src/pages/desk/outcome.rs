//! What came of the last action: told once, with a way back where there is one.

use leptos::prelude::*;

use crate::components::{Erase, Notice, Tone};
use crate::domain::{Action, ReservationCode, RoomNumber};
use crate::islands::desk_row::DeskScene;
use crate::islands::desk_step::{address, done_words, told_of, undone_by};
use crate::messages::desk;

/// An action that was carried out, and how its reservation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub action: Action,
    pub code: ReservationCode,
    pub name: Option<String>,
    pub room: Option<RoomNumber>,
    pub version: u32,
}

/// `list` is the list of the house page that the action was taken from.
#[component]
pub fn OutcomeNotice(
    scene: DeskScene,
    outcome: Outcome,
    #[prop(optional_no_strip)] list: Option<String>,
) -> impl IntoView {
    let Outcome { action, code, name, room, version } = outcome;
    let locale = scene.locale;
    let path = scene.reservation_path(code);
    let who = told_of(locale, action, name.unwrap_or_else(|| code.to_string()), room.as_ref());
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
                    <strong>{done_words(locale, action)}</strong>" "
                    {if list.is_some() { view! { <a href=path>{who}</a> }.erased() } else { who.erased() }}
                </p>
                {undo}
            </div>
        </Notice>
    }
}
