//! One room type in the list of rooms: its picture, what is free of it for the chosen nights, and what the stay costs.
//! All that can change is computed from the nights, so that the server's page and a live list show the same.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Erase, Price, RoomPicture};
use crate::domain::Money;
use crate::messages::{Locale, format, guest};
use crate::wire::availability::NightLeft;

/// A room type as the list shows it; the nights of the stay come beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRow {
    pub code: String,
    pub name: String,
    pub sleeps: u8,
    /// How many people want to sleep in it.
    pub party_size: u8,
    /// Where it is held for these nights and guests.
    pub hold_href: String,
    /// Each night of the stay, in order.
    pub nights: Vec<NightLeft>,
}

/// Rooms free for the whole stay: as many as on its fullest night.
pub fn left_for_stay(nights: &[NightLeft]) -> u16 {
    nights.iter().map(|night| night.left).min().unwrap_or(0)
}

/// The price of the whole stay, and of a night on average (rounded half up). `None` without nights.
pub fn stay_price(nights: &[NightLeft]) -> Option<(Money, Money)> {
    let currency = nights.first()?.price.currency;
    let total = Money::sum(currency, nights.iter().map(|night| night.price)).ok()?;
    let count = i64::try_from(nights.len()).ok()?;
    Some((total, Money::new((total.minor + count / 2) / count, currency)))
}

#[component]
pub fn RoomCard(locale: Locale, room: RoomRow, #[prop(into)] nights: Signal<Vec<NightLeft>>) -> impl IntoView {
    let RoomRow { code, name, sleeps, party_size, hold_href, .. } = room;
    let data_room = code.clone();
    let fits = party_size <= sleeps;
    let left = move || nights.with(|nights| left_for_stay(nights));
    let free = move || fits && left() > 0;
    let left_words = move || {
        if fits {
            guest::rooms_free(locale, u32::from(left()))
        } else {
            guest::too_small(locale, u32::from(sleeps), u32::from(party_size))
        }
    };
    let label = guest::choose_named(locale, &name);
    let offer = move || {
        let price = nights.with(|nights| stay_price(nights).map(|price| (price, nights.len())));
        match price {
            Some(((total, average), count)) if free() => {
                let count = u32::try_from(count).unwrap_or(u32::MAX);
                view! {
                    <p class="room__total">
                        <Price locale amount=total />
                        {guest::for_nights(locale, count)}
                    </p>
                    {(count > 1)
                        .then(|| {
                            let average = guest::average_price(locale, &format::money(locale, average));
                            view! { <p class="muted small">{average}</p> }
                        })}
                    // A form: what only follows links holds nothing.
                    <form method="post" action=hold_href.clone()>
                        <button class="button button--main" type="submit" aria-label=label.clone()>
                            {guest::choose_room(locale)}
                        </button>
                    </form>
                }
                .erased()
            }
            _ if fits => view! { <p class="muted">{guest::sold_out_for_dates(locale)}</p> }.erased(),
            _ => ().erased(),
        }
    };
    view! {
        <li class="room" data-room=data_room data-free=move || free().to_string()>
            <div class="room__picture">
                <RoomPicture locale code />
            </div>
            <div class="room__body">
                <h3>{name}</h3>
                <p class="room__facts">{guest::sleeps(locale, u32::from(sleeps))}</p>
                <p class="room__left">{left_words}</p>
            </div>
            <div class="room__offer">{offer}</div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    fn nights(left_and_price: &[(u16, i64)]) -> Vec<NightLeft> {
        let start = "2026-06-05".parse::<crate::domain::Date>().unwrap();
        (0..)
            .zip(left_and_price)
            .map(|(day, (left, minor))| NightLeft {
                date: start.add_days(day),
                left: *left,
                price: Money::new(*minor, Currency::Eur),
            })
            .collect()
    }

    #[test]
    fn a_stay_is_as_free_as_its_fullest_night() {
        assert_eq!(left_for_stay(&nights(&[(5, 1), (2, 1), (3, 1)])), 2);
        assert_eq!(left_for_stay(&nights(&[(5, 1), (0, 1)])), 0);
        assert_eq!(left_for_stay(&[]), 0);
    }

    #[test]
    fn the_total_is_the_sum_and_the_average_is_rounded() {
        let (total, average) = stay_price(&nights(&[(5, 100), (5, 100), (5, 101)])).unwrap();
        assert_eq!((total.minor, average.minor), (301, 100));
        let (total, average) = stay_price(&nights(&[(5, 100), (5, 101)])).unwrap();
        assert_eq!((total.minor, average.minor), (201, 101));
        assert_eq!(stay_price(&[]), None);
    }
}
