//! `/desk/{hotel}/reservations/{code}/change`: the form, what it would come to, and the change. Looking is a GET.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, site};
use super::{fields, refusal};
use crate::components::Tone;
use crate::domain::{Date, Money, Reservation, ReservationCode, RoomNumber};
use crate::islands::in_the_way::{InTheWay, Reason};
use crate::messages::desk::{self, change as texts};
use crate::messages::{Locale, format};
use crate::pages::desk::change::{DeskChangeForm, DeskChangePage, DeskChangeProps, DeskProposal};
use crate::pages::summary::StayFacts;
use crate::server::error::AppError;
use crate::server::service::assign::{Lodging, assign};
use crate::server::service::change::{self as changing, Preview};
use crate::server::service::swap::{Candidate, candidates};
use crate::server::service::{FieldError, FieldErrors, IfMatch, ServiceError, act, rooms};
use crate::server::state::{App, AppState};
use crate::server::store::{House, SplitOffer};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::guest::words;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::change::ChangeRequest;
use crate::wire::offer::NightPrice;

/// In the order in which the form shows them.
const FIELDS: [&str; 7] = ["arrival", "departure", "room_type", "room", "room_from", "adults", "children"];

/// The form as it was sent. All of it is text: what cannot be read is shown again, not lost.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    arrival: String,
    departure: String,
    room_type: String,
    adults: String,
    children: String,
    room: String,
    /// The first night in that room; blank for all.
    room_from: String,
    /// Ticked, when it is not empty.
    keep_price: String,
    /// The total that was shown, in minor units.
    shown_total: String,
    /// The version that was shown.
    version: Option<u32>,
    /// The form once more, as it was filled in.
    edit: Option<String>,
    /// `day` where it was sent from the day close.
    from_list: Option<String>,
    /// With whom to swap: of the other form on the page.
    with: String,
}

/// What is to be said of what was asked.
#[derive(Default)]
struct Told {
    errors: FieldErrors,
    notice: Option<(Tone, Reason)>,
    gone: Vec<Date>,
    /// How it could be had in another room from a night on.
    split: Option<SplitOffer>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    Query(sent): Query<Sent>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let reservation = act::reservation(&app, &staff.house, &code).await?;
    let counter = Counter { app: &app, staff: &staff, visitor: &visitor, reservation };
    if sent.departure.is_empty() {
        let sent = Sent { edit: None, ..Sent::of(&counter.reservation, &sent) };
        return counter.page(StatusCode::OK, &sent, Told::default(), None).await;
    }
    if sent.edit.is_some() {
        return counter.page(StatusCode::OK, &sent, Told::default(), None).await;
    }
    counter.look(StatusCode::OK, &sent, None).await
}

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let reservation = act::reservation(&app, &staff.house, &code).await?;
    let counter = Counter { app: &app, staff: &staff, visitor: &visitor, reservation };
    let locale = counter.locale();
    let currency = counter.reservation.total.currency;
    let (Ok(mut request), Some(minor)) = (sent.request(), sent.shown_total.parse().ok()) else {
        return counter.look(StatusCode::OK, &sent, None).await;
    };
    request.shown_total = Some(Money::new(minor, currency));
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    let warn = |text: &str| Some((Tone::Warn, text.into()));
    match changing::change(&app, &staff.house, &counter.reservation, &request, &seen, staff.actor()).await {
        Ok(changed) => {
            let desk = format!("/desk/{}", staff.house.hotel.slug);
            let there = match sent.from_list.as_deref() {
                Some("day") => format!("{desk}/day?done=changed&code={}", changed.code),
                _ => format!("{desk}/reservations/{}?done=changed", changed.code),
            };
            Ok(Redirect::to(&there).into_response())
        }
        Err(ServiceError::PriceChanged { .. }) => {
            counter.look(StatusCode::CONFLICT, &sent, warn(texts::price_changed(locale))).await
        }
        Err(ServiceError::VersionConflict { .. }) => {
            counter.look(StatusCode::PRECONDITION_FAILED, &sent, warn(desk::changed_meanwhile(locale))).await
        }
        // The refusal once more, with what could be had instead.
        Err(ServiceError::Room(_)) => counter.look(StatusCode::CONFLICT, &sent, None).await,
        Err(error) => counter.refused(&sent, error, None).await,
    }
}

/// Whose room it is to have, by the code or by the room.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentSwap {
    with: String,
    version: Option<u32>,
}

/// Gives two stays each other's rooms.
pub(super) async fn swap(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<SentSwap>,
) -> Result<Response, AppError> {
    let reservation = act::reservation(&app, &staff.house, &code).await?;
    let counter = Counter { app: &app, staff: &staff, visitor: &visitor, reservation };
    let locale = counter.locale();
    let as_it_is = Sent { with: sent.with.clone(), ..Sent::of(&counter.reservation, &Sent::default()) };
    let warn = |reason: Reason| Told { notice: Some((Tone::Warn, reason)), ..Told::default() };
    let with = match counter.meant(&sent.with).await? {
        Ok(with) => with,
        Err(reason) => {
            return counter.page(StatusCode::UNPROCESSABLE_ENTITY, &as_it_is, warn(reason), None).await;
        }
    };
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    match assign(&app, &staff.house, &code, Lodging::SwapWith(with), &seen, staff.actor()).await {
        Ok(answer) => {
            let there =
                format!("/desk/{}/reservations/{}?done=changed", staff.house.hotel.slug, answer.reservation.code);
            Ok(Redirect::to(&there).into_response())
        }
        Err(ServiceError::ReservationNotFound) => {
            let told = warn(texts::swap_needed(locale).into());
            counter.page(StatusCode::NOT_FOUND, &as_it_is, told, None).await
        }
        Err(ServiceError::VersionConflict { .. }) => {
            let told = warn(desk::changed_meanwhile(locale).into());
            counter.page(StatusCode::PRECONDITION_FAILED, &as_it_is, told, None).await
        }
        Err(error) => counter.refused(&as_it_is, error, None).await,
    }
}

impl Sent {
    /// The stay as it is, with what an address asks for already: a room, a departure.
    fn of(reservation: &Reservation, asked: &Self) -> Self {
        let or = |asked: &str, is: String| if asked.is_empty() { is } else { asked.to_owned() };
        Self {
            arrival: or(&asked.arrival, reservation.stay.arrival().to_string()),
            departure: or(&asked.departure, reservation.stay.departure().to_string()),
            room_type: or(&asked.room_type, reservation.room_type.to_string()),
            adults: or(&asked.adults, reservation.party.adults().to_string()),
            children: or(&asked.children, reservation.party.children().to_string()),
            ..asked.clone()
        }
    }

    fn request(&self) -> Result<ChangeRequest, FieldErrors> {
        let mut errors = FieldErrors::default();
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        for (field, text) in [("arrival", &self.arrival), ("departure", &self.departure)] {
            if text.trim().is_empty() {
                errors.refuse(field, FieldError::Missing);
            }
        }
        let request = ChangeRequest {
            arrival: some(&self.arrival),
            departure: some(&self.departure),
            room_type: some(&self.room_type),
            adults: errors.number("adults", Some(&self.adults)),
            children: errors.number("children", Some(&self.children)),
            room: some(&self.room),
            room_from: some(&self.room_from).filter(|_| !self.room.trim().is_empty()),
            keep_price: !self.keep_price.is_empty(),
            shown_total: None,
        };
        errors.finish(Some(request))
    }
}

/// One member of staff who changes one stay.
struct Counter<'a> {
    app: &'a App,
    staff: &'a StaffSession,
    visitor: &'a Visitor,
    reservation: Reservation,
}

impl Counter<'_> {
    fn locale(&self) -> Locale {
        self.visitor.locale_at(&self.staff.house.hotel)
    }

    /// Who is meant by a code, or by the room that he has on these nights; or why nobody is.
    async fn meant(&self, with: &str) -> Result<Result<ReservationCode, Reason>, AppError> {
        let (locale, house) = (self.locale(), &self.staff.house);
        if let Ok(code) = with.parse::<ReservationCode>() {
            return Ok(if code == self.reservation.code { Err(texts::swap_itself(locale).into()) } else { Ok(code) });
        }
        let Ok(number) = with.parse::<RoomNumber>() else { return Ok(Err(texts::swap_needed(locale).into())) };
        match rooms::type_of(self.app, house, &number).await? {
            None => return Ok(Err(desk::rooms::not_found(locale).into())),
            Some(of) if of != self.reservation.room_type => return Ok(Err(desk::rooms::another_type(locale).into())),
            Some(_) if self.reservation.room.as_ref() == Some(&number) => {
                return Ok(Err(texts::swap_itself(locale).into()));
            }
            Some(_) => {}
        }
        let mut there = candidates(self.app, house, &self.reservation).await?;
        there.retain(|candidate| candidate.room == number);
        Ok(match there.as_slice() {
            [] => Err(texts::swap_nobody(locale, number.as_str()).into()),
            [one] => Ok(one.code),
            several => Err(Reason {
                words: texts::swap_several(locale, number.as_str()),
                stays: several.iter().map(|one| InTheWay { code: one.code, name: one.name.clone() }).collect(),
            }),
        })
    }

    /// What it would come to, or why not.
    async fn look(self, status: StatusCode, sent: &Sent, notice: Option<(Tone, Reason)>) -> Result<Response, AppError> {
        let request = match sent.request() {
            Ok(request) => request,
            Err(errors) => return self.refused(sent, ServiceError::Invalid(errors), None).await,
        };
        let house = &self.staff.house;
        let by = self.staff.actor();
        let found = changing::preview(self.app, house, &self.reservation, &request, &IfMatch::Any, by).await;
        let mut preview = match found {
            Ok(preview) => preview,
            Err(error) => return self.refused(sent, error, None).await,
        };
        if let Some(refusal) = preview.refusal.take() {
            let split = preview.split.take();
            return self.refused(sent, refusal, split).await;
        }
        let is_split = request.room_from.is_some() || !self.reservation.later_rooms.is_empty();
        let has_room = request.room == self.reservation.room.as_ref().map(ToString::to_string);
        let is_same_room = request.room.is_none() || (has_room && !is_split);
        if preview.is_unchanged(&self.reservation) && is_same_room {
            let told = notice.or_else(|| Some((Tone::Info, texts::nothing_changed(self.locale()).into())));
            return self.page(status, sent, Told { notice: told, ..Told::default() }, None).await;
        }
        let proposal = DeskProposal {
            after: after(house, &preview),
            difference: preview.difference(),
            rooms_free: preview.rooms_free,
        };
        self.page(status, sent, Told { notice, ..Told::default() }, Some(proposal)).await
    }

    /// The form once more, and why. What the desk cannot mend is an error of its own.
    async fn refused(self, sent: &Sent, error: ServiceError, split: Option<SplitOffer>) -> Result<Response, AppError> {
        let (status, told) = match error {
            ServiceError::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, Told { errors, ..Told::default() }),
            ServiceError::SoldOut(sold_out) => {
                (StatusCode::CONFLICT, Told { gone: sold_out.nights, ..Told::default() })
            }
            ServiceError::NotChangeable(_) => (StatusCode::CONFLICT, Told::default()),
            ServiceError::Room(refused) => {
                let reason = refusal::reason(self.app, self.staff, self.locale(), &refused).await?;
                let notice = Some((Tone::Warn, reason));
                (StatusCode::CONFLICT, Told { notice, split, ..Told::default() })
            }
            error => return Err(error.into()),
        };
        self.page(status, sent, told, None).await
    }

    async fn page(
        self,
        status: StatusCode,
        sent: &Sent,
        told: Told,
        proposal: Option<DeskProposal>,
    ) -> Result<Response, AppError> {
        let house = &self.staff.house;
        let reservation = self.app.view(house, &self.reservation);
        let here = format!("/desk/{}/reservations/{}/change", house.hotel.slug, reservation.code);
        let (site, _) = site(self.app, self.staff, self.visitor, here).await?;
        let locale = site.scene.locale;
        let form = DeskChangeForm {
            arrival: sent.arrival.clone(),
            departure: sent.departure.clone(),
            room_type: sent.room_type.clone(),
            adults: sent.adults.clone(),
            children: sent.children.clone(),
            room: sent.room.clone(),
            room_from: sent.room_from.clone(),
            keep_price: !sent.keep_price.is_empty(),
            swap_with: sent.with.clone(),
            errors: fields::at_fields(locale, &told.errors, &FIELDS),
        };
        let choices = house.room_types.iter().map(|kind| (kind.code.to_string(), kind.name.clone())).collect();
        let before = facts_of(house, &self.reservation);
        let title = format!("{} · {}", reservation.code, texts::title(locale));
        let document = document(&site, status, &title);
        let Told { notice, gone, split, .. } = told;
        let split = split.map(|SplitOffer { from, rooms }| (from, rooms));
        let swaps = candidates(self.app, house, &self.reservation).await?;
        let swaps = swaps.iter().map(|candidate| swap_choice(locale, candidate, &swaps)).collect();
        let props = DeskChangeProps { reservation, before, form, choices, notice, gone, split, swaps, proposal };
        Ok(page(status, document, move || view! { <DeskChangePage site props /> }))
    }
}

/// What to type for a stay to swap with, and who it is. Its room will do where nobody else has it on these nights.
fn swap_choice(locale: Locale, candidate: &Candidate, all: &[Candidate]) -> (String, String) {
    let Candidate { code, name, room, stay } = candidate;
    let is_alone = all.iter().filter(|other| other.room == *room).count() == 1;
    let who = name.clone().unwrap_or_else(|| code.to_string());
    let nights = format::date_span(locale, stay.arrival(), stay.departure());
    let words = format!("{} · {who} · {nights}", desk::chart::room(locale, room.as_str()));
    (if is_alone { room.to_string() } else { code.to_string() }, words)
}

fn facts_of(house: &House, reservation: &Reservation) -> StayFacts {
    let kind = house.room_type(&reservation.room_type);
    StayFacts {
        room_code: reservation.room_type.to_string(),
        room_name: kind.map_or_else(|| reservation.room_type.to_string(), |kind| kind.name.clone()),
        stay: reservation.stay,
        party: reservation.party,
        check_in_from: house.hotel.check_in_from.to_string(),
        check_out_until: house.hotel.check_out_until.to_string(),
        nightly: nights(&reservation.nightly),
        total: reservation.total,
        terms: words::terms(&house.hotel, reservation.stay, &reservation.nightly),
        fee: None,
    }
}

fn after(house: &House, preview: &Preview) -> StayFacts {
    let kind = house.room_type(&preview.room_type);
    StayFacts {
        room_code: preview.room_type.to_string(),
        room_name: kind.map_or_else(|| preview.room_type.to_string(), |kind| kind.name.clone()),
        stay: preview.stay,
        party: preview.party,
        check_in_from: house.hotel.check_in_from.to_string(),
        check_out_until: house.hotel.check_out_until.to_string(),
        nightly: nights(&preview.nightly),
        total: preview.total_after,
        terms: words::terms(&house.hotel, preview.stay, &preview.nightly),
        fee: None,
    }
}

fn nights(nightly: &[(Date, Money)]) -> Vec<NightPrice> {
    nightly.iter().map(|(date, price)| NightPrice { date: *date, price: *price }).collect()
}
