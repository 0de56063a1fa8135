//! The rooms, for housekeepers on a phone and for the desk. The page is its island; without a script it works by forms.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use super::sheet::ListLinks;
use crate::components::{Notice, PageHeader, Tone};
use crate::islands::room_board::block_form::NotDone;
use crate::islands::room_board::order::RoomFilter;
use crate::islands::room_board::{Refused, RoomBoard};
use crate::messages::desk::rooms as words;
use crate::messages::format;
use crate::wire::room::RoomToday;

/// The rooms as they are now, and what of them is asked for.
#[derive(Clone, Debug)]
pub struct RoomsProps {
    pub rooms: Vec<RoomToday>,
    pub filter: RoomFilter,
    pub seconds_left_today: u32,
    /// Said first.
    pub told: Option<String>,
    pub refused: Option<Refused>,
}

#[component]
pub fn RoomsPage(site: DeskSite, props: RoomsProps) -> impl IntoView {
    let RoomsProps { rooms, filter, seconds_left_today, told, refused } = props;
    let (scene, as_of, is_desk) = (site.scene.clone(), site.as_of.clone(), site.sees_guests);
    let day = format::date_long(scene.locale, scene.today);
    let title = words::rooms(scene.locale);
    let told = told.map(|text| view! { <Notice tone=Tone::Good announce=true><p>{text}</p></Notice> });
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
