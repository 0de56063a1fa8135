//! What is asked of the server when a bar was dropped or nights were marked, and what its answers mean. A stay is changed
//! as it was seen: where a colleague was faster, nothing is overwritten, and the bar goes back.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Headers, RequestInit, Response};

use super::live::{Chart, Mark, focus_cursor};
use super::moving::{Drop, Held, Wanted, dropped};
use super::plan::Line;
use crate::domain::{Date, Money, ReservationCode, RoomNumber, RoomTypeCode};
use crate::messages::desk::chart as texts;
use crate::messages::format;
use crate::wire::booking::{BookingAnswer, BookingRequest, GuestInput};
use crate::wire::chart::ChartStay;
use crate::wire::offer::OffersView;
use crate::wire::problem::Problem;
use crate::wire::reservation::ReservationView;

/// A dropped bar, before it is certain.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub held: Held,
    pub wanted: Wanted,
    /// As it was seen: what a colleague changes meanwhile is not overwritten.
    pub before: ChartStay,
    /// None until the server has answered.
    pub preview: Option<Preview>,
}

/// What a change would mean.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Preview {
    pub allowed: bool,
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    pub nights_gone: Vec<Date>,
    pub total_before: Money,
    pub total_after: Money,
    pub difference: Money,
}

/// What was done here last, with the way back.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub code: ReservationCode,
    pub who: String,
    pub words: &'static str,
    pub undo: Option<Undo>,
}

#[derive(Clone, Debug)]
pub(super) enum Undo {
    Change(Wanted),
    Unassign,
    Cancel,
}

#[derive(Serialize)]
struct Change<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    arrival: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    departure: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown_total: Option<Money>,
}

impl<'a> Change<'a> {
    fn of(wanted: &'a Wanted, shown_total: Option<Money>) -> Self {
        Self {
            arrival: wanted.arrival,
            departure: wanted.departure,
            room_type: wanted.room_type.as_ref().map(RoomTypeCode::as_str),
            room: wanted.room.as_ref().map(RoomNumber::as_str),
            shown_total,
        }
    }
}

/// Why an answer is not what was asked for.
pub(super) enum Refused {
    /// The server's reason: status and name.
    Problem(u16, String),
    Unreachable,
}

impl From<JsValue> for Refused {
    fn from(_: JsValue) -> Self {
        Self::Unreachable
    }
}

pub(super) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Refused> {
    fetch("GET", path, None, &[]).await
}

async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize, headers: &[(&str, &str)]) -> Result<T, Refused> {
    let body = serde_json::to_string(body).map_err(|_| Refused::Unreachable)?;
    fetch("POST", path, Some(&body), headers).await
}

/// `path` is below `/api/v1`.
async fn fetch<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<&str>,
    headers: &[(&str, &str)],
) -> Result<T, Refused> {
    let (request, fields) = (RequestInit::new(), Headers::new()?);
    request.set_method(method);
    if let Some(body) = body {
        fields.set("content-type", "application/json")?;
        request.set_body(&JsValue::from_str(body));
    }
    for (name, value) in headers {
        fields.set(name, value)?;
    }
    request.set_headers(&fields);
    let answer = JsFuture::from(window().fetch_with_str_and_init(&format!("/api/v1{path}"), &request)).await?;
    let answer: Response = answer.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    if answer.ok() {
        return serde_json::from_str(&text).map_err(|_| Refused::Unreachable);
    }
    let name = serde_json::from_str::<Problem>(&text).map(|problem| problem.kind).unwrap_or_default();
    Err(Refused::Problem(answer.status(), name.rsplit(':').next().unwrap_or_default().to_owned()))
}

impl Chart {
    fn reservation_path(self, code: ReservationCode) -> String {
        self.scene().reservation_path(code)
    }

    /// A bar was let go.
    pub fn drop_held(self, held: Held) {
        self.held.set(None);
        let plan = self.plan();
        let locale = self.scene().locale;
        match self.with_book(|book| dropped(&plan, book, &held)) {
            None | Some(Drop::No) => self.say(texts::put_back(locale)),
            Some(Drop::Nothing) => {
                self.park(held.code, false);
                self.say(texts::same_place(locale));
            }
            Some(Drop::Park) => {
                self.park(held.code, true);
                self.say(texts::in_parking(locale));
            }
            Some(Drop::Unassign) => self.unassign(held.code),
            Some(Drop::Change(wanted)) => {
                let Some(before) = self.with_book(|book| book.stays.get(&held.code).cloned()).flatten() else { return };
                self.say(texts::asking(locale));
                let question = Question { held: held.clone(), wanted: wanted.clone(), before, preview: None };
                self.question.set(Some(question));
                spawn_local(async move {
                    let path = format!("{}/change/preview", self.reservation_path(held.code));
                    match post::<Preview>(&path, &Change::of(&wanted, None), &[]).await {
                        Ok(preview) => self.question.update(|question| {
                            if let Some(question) = question.as_mut().filter(|question| question.held == held) {
                                question.preview = Some(preview);
                            }
                        }),
                        Err(refused) => self.refused(held.code, &refused),
                    }
                });
            }
        }
    }

    /// Yes to the question.
    pub fn confirm(self) {
        let Some(Question { held, wanted, before, preview }) = self.question.get_untracked() else { return };
        self.question.set(None);
        let undo = match (&wanted.room, &before.room) {
            (Some(_), None) if wanted.arrival.is_none() && wanted.departure.is_none() => Undo::Unassign,
            _ => Undo::Change(wanted.undo(&before)),
        };
        let total = preview.map(|preview| preview.total_after);
        self.change(held.code, before.version, wanted, total, Some(undo));
    }

    fn change(self, code: ReservationCode, version: u32, wanted: Wanted, total: Option<Money>, undo: Option<Undo>) {
        spawn_local(async move {
            let path = format!("{}/change", self.reservation_path(code));
            let seen = format!("\"{version}\"");
            match post::<ReservationView>(&path, &Change::of(&wanted, total), &[("if-match", &seen)]).await {
                Ok(view) => self.changed(&view, undo),
                Err(refused) => self.refused(code, &refused),
            }
        });
    }

    fn changed(self, view: &ReservationView, undo: Option<Undo>) {
        let locale = self.scene().locale;
        self.park(view.code, false);
        self.take_answer(view);
        let words = if undo.is_some() { texts::done(locale) } else { texts::undone(locale) };
        self.tell_done(view, words, undo);
    }

    fn tell_done(self, view: &ReservationView, words: &'static str, undo: Option<Undo>) {
        let who = view.guest.as_ref().map_or_else(|| view.code.to_string(), |guest| guest.name.clone());
        self.say(format!("{words} {who}"));
        self.done.set(Some(Done { code: view.code, who, words, undo }));
        focus_cursor();
    }

    fn unassign(self, code: ReservationCode) {
        let Some(stay) = self.with_book(|book| book.stays.get(&code).cloned()).flatten() else { return };
        let undo = stay.room.clone().map(|room| Undo::Change(Wanted { room: Some(room), ..Wanted::default() }));
        self.send(code, stay.version, "unassign", undo);
    }

    /// A step without a body.
    fn send(self, code: ReservationCode, version: u32, step: &'static str, undo: Option<Undo>) {
        spawn_local(async move {
            let path = format!("{}/{step}", self.reservation_path(code));
            let seen = format!("\"{version}\"");
            match fetch::<ReservationView>("POST", &path, None, &[("if-match", &seen)]).await {
                Ok(view) => self.changed(&view, undo),
                Err(refused) => self.refused(code, &refused),
            }
        });
    }

    pub fn take_back(self) {
        let Some(Done { code, undo: Some(undo), .. }) = self.done.get_untracked() else { return };
        let Some(stay) = self.with_book(|book| book.stays.get(&code).cloned()).flatten() else { return };
        self.done.set(None);
        match undo {
            Undo::Change(wanted) => self.change(code, stay.version, wanted, None, None),
            Undo::Unassign => self.send(code, stay.version, "unassign", None),
            Undo::Cancel => self.send(code, stay.version, "cancel", None),
        }
    }

    /// The bar goes back to where the server has it, and the reason is said.
    fn refused(self, code: ReservationCode, refused: &Refused) {
        let locale = self.scene().locale;
        self.question.set(None);
        self.revision.update(|revision| *revision += 1);
        let words = match refused {
            Refused::Unreachable => texts::no_answer(locale),
            Refused::Problem(412, _) => texts::conflict(locale),
            Refused::Problem(_, name) => reason_words(locale, name),
        };
        self.say(words);
        let who = self.with_book(|book| book.stays.get(&code).and_then(|stay| stay.name.clone())).flatten();
        self.done.set(Some(Done { code, who: who.unwrap_or_else(|| code.to_string()), words, undo: None }));
        spawn_local(async move {
            if let Ok(view) = get::<ReservationView>(&self.reservation_path(code)).await {
                self.take_answer(&view);
            }
        });
    }

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

/// A refusal by its name.
pub(super) fn reason_words(locale: crate::messages::Locale, name: &str) -> &'static str {
    match name {
        "sold-out" => texts::sold_out(locale),
        "room-taken" | "promise-broken" | "no-room-free" => texts::room_taken(locale),
        "version-conflict" => texts::conflict(locale),
        _ => texts::refused(locale),
    }
}

/// What a change costs, in a sentence.
pub(super) fn price_words(locale: crate::messages::Locale, preview: &Preview) -> String {
    if preview.difference.minor == 0 {
        return format!("{} {}", texts::price_same(locale), format::money(locale, preview.total_after));
    }
    let money = |amount| format::money(locale, amount);
    let sign = if preview.difference.minor > 0 { "+" } else { "" };
    let difference = format!("{sign}{}", money(preview.difference));
    texts::price_change(locale, &money(preview.total_before), &money(preview.total_after), &difference)
}
