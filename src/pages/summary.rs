//! A stay in a card: what, when, for whom, for how much. The same card stands beside the form, on the confirmation and
//! on the reservation, so that the total shown first is the total shown last.

use leptos::prelude::*;

use crate::components::{Fact, Facts, Price, RoomPicture};
use crate::domain::{Money, Party, Stay};
use crate::messages::guest::booking;
use crate::messages::{Locale, format, guest};
use crate::wire::offer::NightPrice;

/// What is booked, in the words of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StayFacts {
    pub room_code: String,
    pub room_name: String,
    pub stay: Stay,
    pub party: Party,
    /// `HH:MM` at the hotel.
    pub check_in_from: String,
    pub check_out_until: String,
    pub nightly: Vec<NightPrice>,
    pub total: Money,
}

#[component]
pub fn StaySummary(locale: Locale, facts: StayFacts) -> impl IntoView {
    let StayFacts { room_code, room_name, stay, party, check_in_from, check_out_until, nightly, total } = facts;
    let arrival = format::date_long(locale, stay.arrival());
    let departure = format::date_long(locale, stay.departure());
    let nightly = nightly
        .into_iter()
        .map(|night| {
            view! {
                <li>
                    <span>{format::date_short(locale, night.date)}</span>
                    <Price locale amount=night.price />
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card summary" aria-labelledby="summary-title">
            <h2 id="summary-title">{booking::your_stay(locale)}</h2>
            <RoomPicture locale code=room_code />
            <Facts>
                <Fact label=booking::room(locale)>{room_name}</Fact>
                <Fact label=booking::arrival(locale)>{booking::arrival_from(locale, &arrival, &check_in_from)}</Fact>
                <Fact label=booking::departure(locale)>{booking::departure_by(locale, &departure, &check_out_until)}</Fact>
                <Fact label=booking::nights(locale)>{format::nights(locale, u32::from(stay.night_count()))}</Fact>
                <Fact label=booking::guests(locale)>
                    {format::guests(locale, u32::from(party.adults()), u32::from(party.children()))}
                </Fact>
            </Facts>
            <details class="nights">
                <summary>{booking::nightly_prices(locale)}</summary>
                <ul>{nightly}</ul>
            </details>
            <p class="summary__total">
                <span>{booking::total(locale)}</span>
                <strong>
                    <Price locale amount=total />
                </strong>
            </p>
            <p class="small muted">{guest::taxes_included(locale)}</p>
        </section>
    }
}

/// What a guest should know before booking and after.
#[component]
pub fn Policy(locale: Locale) -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby="policy-title">
            <h2 id="policy-title">{booking::policy(locale)}</h2>
            <ul class="policy">
                <li>{booking::policy_pay(locale)}</li>
                <li>{booking::policy_cancel(locale)}</li>
                <li>{booking::policy_zone(locale)}</li>
            </ul>
        </section>
    }
}
