//! The list of hotels. A program with one hotel goes straight there and never shows this page.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use crate::components::{EmptyState, Erase, HorizonPicture, PageHeader};
use crate::messages::{format, guest};
use crate::wire::hotel::HotelSummary;

#[component]
pub fn HomePage(site: Site, hotels: Vec<HotelSummary>) -> impl IntoView {
    let locale = site.locale;
    let list = if hotels.is_empty() {
        view! { <EmptyState title=guest::no_hotels_title(locale)><p>{guest::no_hotels_text(locale)}</p></EmptyState> }
            .erased()
    } else {
        let hotels = hotels
            .into_iter()
            .map(|hotel| {
                let today = guest::today_at_hotel(locale, &format::date_long(locale, hotel.today));
                view! {
                    <li class="hotel">
                        <HorizonPicture />
                        <div class="hotel__body">
                            <h2>
                                <a href=format!("/hotels/{}", hotel.slug)>{hotel.name}</a>
                            </h2>
                            <p class="muted small">{today}</p>
                            <p class="hotel__go" aria-hidden="true">{guest::see_rooms(locale)}" →"</p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="hotels">{hotels}</ul> }.erased()
    };
    view! {
        <GuestFrame site>
            <PageHeader title=guest::hotels_title(locale) lead=guest::hotels_lead(locale).to_owned() />
            {list}
        </GuestFrame>
    }
}
