//! A hotel's page: its name over the water, the search, and the live list of rooms.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::held_stays::{HeldStay, HeldStays};
use super::search::{Search, SearchForm};
use crate::components::{EmptyState, Erase, HorizonPicture, RoomRow};
use crate::domain::{HotelSlug, Party, Stay};
use crate::islands::live_rooms::LiveRooms;
use crate::messages::{Locale, format, guest};
use crate::wire::hotel::HotelDetails;

/// What was found for dates and guests that make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub stay: Stay,
    pub party: Party,
    /// `EPOCH-SEQ`: where the live list goes on from here.
    pub as_of: String,
    pub rooms: Vec<RoomRow>,
}

/// `found` is missing while the search cannot be read.
#[component]
pub fn HotelPage(
    site: Site,
    hotel: HotelDetails,
    held: Vec<HeldStay>,
    form: SearchForm,
    found: Option<Found>,
) -> impl IntoView {
    let locale = site.locale;
    let here = site.here.clone();
    let action = format!("/hotels/{}", hotel.summary.slug);
    let release = format!("{action}/hold/release");
    let today = hotel.summary.today;
    let slug = hotel.summary.slug.clone();
    view! {
        <GuestFrame site main_class="">
            <div class="hero">
                <div class="hero__picture">
                    <HorizonPicture />
                </div>
                <div class="wrap hero__title">
                    <h1>{hotel.summary.name}</h1>
                    <p class="hero__facts">
                        <span>{guest::check_in_from(locale, &hotel.check_in_from)}</span>
                        <span>{guest::check_out_by(locale, &hotel.check_out_until)}</span>
                    </p>
                </div>
            </div>
            <div class="wrap hero__shore">
                <HeldStays locale action=release stays=held />
                <Search locale action form today />
                {found.map(|found| view! { <Rooms locale hotel=slug here found /> })}
            </div>
        </GuestFrame>
    }
}

#[component]
fn Rooms(locale: Locale, hotel: HotelSlug, here: String, found: Found) -> impl IntoView {
    let Found { stay, party, as_of, rooms } = found;
    if rooms.is_empty() {
        return view! { <EmptyState title=guest::no_rooms_title(locale)><p>{guest::no_rooms_text(locale)}</p></EmptyState> }
            .erased();
    }
    let dates = format::date_range(locale, stay);
    let nights = format::nights(locale, u32::from(stay.night_count()));
    let guests = format::guests(locale, u32::from(party.adults()), u32::from(party.children()));
    let lead = guest::rooms_for(locale, &dates, &nights, &guests);
    view! { <LiveRooms locale hotel as_of here lead rooms /> }.erased()
}
