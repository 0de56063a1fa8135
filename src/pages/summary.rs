//! A stay in a card: what, when, for whom, for how much. The same card stands beside the form, on the confirmation and
//! on the reservation, so that the total shown first is the total shown last.

use leptos::prelude::*;

use crate::components::{Erase, Fact, Facts, Price, RoomPicture};
use crate::domain::{CivilTime, Date, Money, Party, Stay};
use crate::messages::guest::{booking, cancellation};
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
    pub terms: CancelTerms,
    /// What giving it up has cost, and whether by not coming.
    pub fee: Option<(Money, bool)>,
}

/// What giving a stay up costs, by the hotel's own clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelTerms {
    pub free_until: Date,
    pub free_until_time: CivilTime,
    /// Whose clock: an IANA zone.
    pub zone: String,
    /// After that.
    pub fee: Money,
    pub no_show_fee: Money,
}

impl CancelTerms {
    pub fn is_always_free(&self) -> bool {
        self.fee.minor == 0
    }

    /// The last free moment in words.
    pub fn when(&self, locale: Locale) -> String {
        format::date_time(locale, self.free_until, self.free_until_time.hour(), self.free_until_time.minute())
    }
}

#[component]
pub fn StaySummary(locale: Locale, facts: StayFacts) -> impl IntoView {
    let StayFacts { room_code, room_name, stay, party, check_in_from, check_out_until, nightly, total, fee, .. } =
        facts;
    let arrival = format::date_long(locale, stay.arrival());
    let departure = format::date_long(locale, stay.departure());
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
            <NightlyPrices locale nightly />
            <p class="summary__total">
                <span>{booking::total(locale)}</span>
                <strong>
                    <Price locale amount=total />
                </strong>
            </p>
            {fee
                .map(|(fee, is_no_show)| {
                    view! {
                        <p class="summary__total summary__fee">
                            <span>{cancellation::fee_label(locale, is_no_show)}</span>
                            <strong>
                                <Price locale amount=fee />
                            </strong>
                        </p>
                    }
                })}
            <p class="small muted">{guest::taxes_included(locale)}</p>
        </section>
    }
}

/// What each night costs, folded away.
#[component]
pub(super) fn NightlyPrices(locale: Locale, nightly: Vec<NightPrice>) -> impl IntoView {
    let lines = nightly
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
        <details class="nights">
            <summary>{booking::nightly_prices(locale)}</summary>
            <ul>{lines}</ul>
        </details>
    }
}

/// What a guest should know before booking and after.
#[component]
pub fn Policy(locale: Locale, #[prop(optional_no_strip)] terms: Option<CancelTerms>) -> impl IntoView {
    let cancelling = terms.map(|terms| {
        if terms.is_always_free() {
            return view! { <li>{cancellation::free_to_the_last(locale)}</li> }.erased();
        }
        let until = cancellation::cancel_free_until(locale, &terms.when(locale), &terms.zone);
        let fee = cancellation::afterwards(locale, &format::money(locale, terms.fee));
        let no_show = cancellation::no_show_costs(locale, &format::money(locale, terms.no_show_fee));
        view! {
            <li>{until}" "{fee}</li>
            <li>{no_show}</li>
        }
        .erased()
    });
    view! {
        <section class="stack" aria-labelledby="policy-title">
            <h2 id="policy-title">{booking::policy(locale)}</h2>
            <ul class="policy">
                <li>{booking::policy_pay(locale)}</li>
                {cancelling}
                <li>{booking::policy_zone(locale)}</li>
            </ul>
        </section>
    }
}
