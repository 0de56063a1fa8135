//! A reservation from marked nights and a name.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::api::{Refused, get, post};
use super::ask::{Undo, reason_words};
use super::live::{Chart, Mark};
use super::plan::Line;
use crate::domain::{Date, Money};
use crate::messages::desk::chart as texts;
use crate::wire::booking::{BookingAnswer, BookingRequest, GuestInput};
use crate::wire::offer::OffersView;
use crate::wire::reservation::ReservationView;

impl Chart {
    /// The price of marked nights, for one guest; none where they cannot be sold.
    pub async fn price_of(self, mark: Mark) -> Option<Money> {
        let (code, arrival, departure) = self.wanted_by(mark)?;
        let hotel = self.scene().hotel.clone();
        let path = format!("/hotels/{hotel}/offers?arrival={arrival}&departure={departure}&adults=1");
        let offers: OffersView = get(&path).await.ok()?;
        offers.offers.into_iter().find(|offer| offer.room_type.as_str() == code).map(|offer| offer.total)
    }

    /// Room type, arrival and departure of marked nights.
    fn wanted_by(self, mark: Mark) -> Option<(String, Date, Date)> {
        let kind = self.plan().lines.get(mark.line)?.kind()?;
        let (first, end) = mark.span().days();
        self.with_book(|book| (book.types[kind].code.to_string(), book.day(first), book.day(end)))
    }

    /// The form with more fields, with what was marked filled in.
    pub fn address_of(self, mark: Mark) -> String {
        let room = self.room_of(mark).unwrap_or_default();
        let (code, arrival, departure) =
            self.wanted_by(mark).map_or_else(Default::default, |(code, arrival, departure)| {
                (code, arrival.to_string(), departure.to_string())
            });
        let hotel = self.scene().hotel.clone();
        format!("/desk/{hotel}/new?arrival={arrival}&departure={departure}&room_type={code}&room={room}")
    }

    fn room_of(self, mark: Mark) -> Option<String> {
        let Some(Line::Room { kind, room }) = self.plan().lines.get(mark.line).copied() else { return None };
        self.with_book(|book| book.types[kind].rooms[room].number.to_string())
    }

    /// A reservation from marked nights and a name.
    pub fn make(self, mark: Mark, name: String) {
        let Some((room_type, arrival, departure)) = self.wanted_by(mark) else { return };
        let request = BookingRequest {
            room_type: Some(room_type),
            arrival: Some(arrival.to_string()),
            departure: Some(departure.to_string()),
            adults: Some(1),
            room: self.room_of(mark),
            guest: GuestInput { name, ..GuestInput::default() },
            ..BookingRequest::default()
        };
        self.making.set(None);
        self.mark.set(None);
        let locale = self.scene().locale;
        spawn_local(async move {
            let path = format!("/desk/{}/reservations", self.scene().hotel);
            let key = format!("chart-{}-{}", js_sys::Date::now(), js_sys::Math::random());
            match post::<BookingAnswer>(&path, &request, &[("idempotency-key", &key)]).await {
                Ok(answer) => {
                    let Ok(view) = get::<ReservationView>(&self.reservation_path(answer.code)).await else { return };
                    self.take_answer(&view);
                    self.tell_done(&view, texts::made(locale), Some(Undo::Cancel));
                }
                Err(Refused::Unreachable) => self.say(texts::no_answer(locale)),
                Err(Refused::Problem(_, name)) => {
                    let words = reason_words(locale, &name);
                    self.say(words);
                    self.making.set(Some(mark));
                }
            }
        });
    }
}
