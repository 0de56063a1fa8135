//! The rooms, for housekeepers on a phone and for the desk. The page is its island; without a script it works by forms.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use super::sheet::ListLinks;
use crate::components::{Notice, PageHeader, Tone};
use crate::islands::room_board::block_form::NotDone;
use crate::islands::room_board::order::RoomFilter;
use crate::islands::room_board::{Refused, RoomBoard};
use crate::messages::desk::{self, rooms as words};
use crate::messages::format;
use crate::wire::room::RoomToday;

/// The rooms as they are now, and what of them is asked for.
#[derive(Clone, Debug)]
pub struct RoomsProps {
    pub rooms: Vec<RoomToday>,
    pub filter: RoomFilter,
    pub seconds_left_today: u32,
    /// Said first.
    pub told: Option<RoomTold>,
    pub refused: Option<Refused>,
}

/// What was just done, and the form that takes it back: its address and its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomTold {
    pub text: String,
    pub undo: Option<(String, Vec<(String, String)>)>,
}

#[component]
pub fn RoomsPage(site: DeskSite, props: RoomsProps) -> impl IntoView {
    let RoomsProps { rooms, filter, seconds_left_today, told, refused } = props;
    let (scene, as_of, is_desk) = (site.scene.clone(), site.as_of.clone(), site.sees_guests);
    let locale = scene.locale;
    let day = format::date_long(locale, scene.today);
    let title = words::rooms(locale);
    let back = filter.query();
    let told = told.map(|RoomTold { text, undo }| {
        let undo = undo.map(|(path, mut fields)| {
            fields.push(("back".to_owned(), back));
            let fields = fields
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view();
            view! {
                <form method="post" action=path>
                    {fields}
                    <button class="button button--small" type="submit">{desk::undo(locale)}</button>
                </form>
            }
        });
        view! {
            <Notice tone=Tone::Good announce=true>
                <div class="row row--apart">
                    <p>{text}</p>
                    {undo}
                </div>
            </Notice>
        }
    });
    let not_done = refused.clone().map(|refused| view! { <NotDone scene=scene.clone() refused /> });
    view! {
        <DeskFrame site tab=DeskTab::Rooms>
            <div class="row row--apart">
                <PageHeader title eyebrow=day />
                <ListLinks scene=scene.clone() sees_guests=is_desk />
            </div>
            <div class="told">{told}{not_done}</div>
            <RoomBoard scene as_of rooms filter is_desk refused seconds_left_today />
        </DeskFrame>
    }
}
