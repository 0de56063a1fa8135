//! One visitor at one hotel's booking form: what he is shown, and what is held for him.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::booking_form::{Free, Sent, free};
use super::held::{HOLDS_PER_BROWSER, Held, form_key, is_confirmed_for_nobody};
use super::visitor::Visitor;
use super::words;
use crate::components::Tone;
use crate::domain::{Actor, HoldId, Reservation, Status};
use crate::messages::guest::{self, booking, hold as texts};
use crate::messages::{Locale, format, problem};
use crate::pages::book::{BookPage, FormProps};
use crate::pages::hold_bar::Standing;
use crate::pages::lost_race::{LostProps, LostRacePage};
use crate::pages::summary::StayFacts;
use crate::server::error::AppError;
use crate::server::service::book::was_answered;
use crate::server::service::hold::place_hold;
use crate::server::service::{ServiceError, hotels};
use crate::server::state::App;
use crate::server::store::{House, StoreError};
use crate::server::web::query::query;
use crate::server::web::render::{Bundle, Document, page};
use crate::wire::offer::NightPrice;

/// Why the form is shown.
pub(super) enum Told {
    Nothing,
    Invalid(Vec<crate::components::FieldError>),
    PriceChanged,
    KeyUsed,
    Busy,
    Wait {
        seconds: u64,
    },
    /// This browser holds as many as it can.
    HeldEnough,
    /// Its address does.
    AddressFull {
        seconds: u64,
    },
    ExtensionsUsedUp,
    /// The desk has confirmed what was held, and nobody's name is in it yet: the form puts it there.
    ConfirmedByDesk,
    /// The desk has booked what was held, for somebody it has named. Sent once more, the form books another room.
    BookedByDesk {
        is_refusal: bool,
    },
}

impl Told {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Nothing | Self::ConfirmedByDesk | Self::BookedByDesk { is_refusal: false } => StatusCode::OK,
            Self::Invalid(_) | Self::KeyUsed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PriceChanged | Self::ExtensionsUsedUp | Self::BookedByDesk { is_refusal: true } => {
                StatusCode::CONFLICT
            }
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Wait { .. } | Self::HeldEnough | Self::AddressFull { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    fn notice(&self, locale: Locale) -> Option<(Tone, String)> {
        match self {
            Self::Nothing | Self::Invalid(_) => None,
            Self::PriceChanged => Some((Tone::Warn, booking::price_changed(locale).to_owned())),
            Self::HeldEnough => {
                let count = u32::try_from(HOLDS_PER_BROWSER).unwrap_or(u32::MAX);
                Some((Tone::Warn, texts::browser_full(locale, &format::rooms(locale, count))))
            }
            Self::AddressFull { .. } => Some((Tone::Warn, texts::address_full(locale).to_owned())),
            Self::ExtensionsUsedUp => Some((Tone::Warn, texts::used_up(locale).to_owned())),
            Self::ConfirmedByDesk => Some((Tone::Good, texts::confirmed_by_desk(locale).to_owned())),
            Self::BookedByDesk { .. } => Some((Tone::Warn, texts::booked_by_desk(locale).to_owned())),
            Self::KeyUsed => Some((Tone::Warn, booking::form_stale(locale).to_owned())),
            Self::Busy => Some((Tone::Bad, problem::busy_text(locale).to_owned())),
            Self::Wait { seconds } => Some((Tone::Bad, problem::too_many_text(locale, words::whole_seconds(*seconds)))),
        }
    }

    fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::Busy => Some(1),
            Self::Wait { seconds } | Self::AddressFull { seconds } => Some((*seconds).max(1)),
            _ => None,
        }
    }
}

/// One visitor at one hotel's booking form.
pub(super) struct Counter<'a> {
    pub app: &'a App,
    pub house: Arc<House>,
    pub held: Held,
    visitor: Visitor,
}

impl<'a> Counter<'a> {
    pub async fn open(app: &'a App, hotel: &str, visitor: Visitor, headers: &HeaderMap) -> Result<Self, AppError> {
        let house = hotels::house(app, hotel)?;
        Ok(Self { app, house, held: Held::of(app, headers).await?, visitor })
    }

    pub fn locale(&self) -> Locale {
        self.visitor.locale_at(&self.house.hotel)
    }

    /// Where the form is posted to.
    fn action(&self) -> String {
        format!("/hotels/{}/book", self.house.hotel.slug)
    }

    /// Where nights are held, held longer and given back.
    fn hold_action(&self) -> String {
        format!("/hotels/{}/hold", self.house.hotel.slug)
    }

    /// The form's address, with its key in it.
    pub fn address(&self, sent: &Sent, key: &str) -> String {
        let mut pairs = vec![("room_type", sent.room_type())];
        pairs.extend(sent.search());
        pairs.push(("key", key));
        format!("{}{}", self.action(), query(&pairs))
    }

    /// Where another room, or other dates, are chosen.
    pub fn rooms_address(&self, sent: &Sent) -> String {
        format!("/hotels/{}{}", self.house.hotel.slug, query(&sent.search()))
    }

    /// A key that was used is put away for a new one.
    fn key(&self, sent: &Sent, told: &Told) -> String {
        let kept = sent.key().filter(|_| !matches!(told, Told::KeyUsed | Told::BookedByDesk { .. }));
        kept.map_or_else(|| self.app.random.token(), ToOwned::to_owned)
    }

    /// The hold of this form, whether or not it still runs.
    pub fn hold_of(&self, sent: &Sent, facts: &StayFacts) -> Option<&(HoldId, Reservation)> {
        self.held.of_form(self.house.hotel.id, sent.key()?, facts)
    }

    /// The hold that the form books: its own, or, where that is over or was never there, the one that this browser has of
    /// the same stay at the same price by another tab.
    pub fn hold_to_book(&self, sent: &Sent, facts: &StayFacts) -> Option<HoldId> {
        let shown = sent.shown_total(&self.house);
        let own = self.hold_of(sent, facts);
        let is_over = own.is_none_or(|(_, held)| self.held.is_over(held));
        let other = || self.held.running_for(self.house.hotel.id, facts).filter(|(_, held)| Some(held.total) == shown);
        let found = if is_over { other().or(own) } else { own };
        found.map(|(hold, _)| hold.clone())
    }

    /// What the desk has made of the form's hold, where it was not booked by the form itself.
    pub async fn taken_by_desk(&self, sent: &Sent, facts: &StayFacts) -> Result<Option<Told>, AppError> {
        let (Some((_, held)), Some(key)) = (self.hold_of(sent, facts), sent.key()) else { return Ok(None) };
        if is_confirmed_for_nobody(held) {
            return Ok(Some(Told::ConfirmedByDesk));
        }
        let is_booked = matches!(held.state().status(), Status::Confirmed | Status::InHouse);
        let is_desks = is_booked && !was_answered(self.app, &self.house, key).await?;
        Ok(is_desks.then_some(Told::BookedByDesk { is_refusal: false }))
    }

    /// Whether the form's nights are taken by its own hold.
    pub fn is_held(&self, sent: &Sent, facts: &StayFacts) -> bool {
        self.hold_of(sent, facts).is_some_and(|(_, held)| self.held.until(held).is_some())
    }

    /// The stay in the words of the house; while it is held, at the price at which it is held.
    pub fn facts(&self, sent: &Sent) -> Option<StayFacts> {
        let mut facts = sent.facts(self.app, &self.house)?;
        if let Some((_, held)) = self.hold_of(sent, &facts).filter(|(_, held)| self.held.keeps(held)) {
            facts.nightly =
                held.nightly.iter().map(|(date, price)| NightPrice { date: *date, price: *price }).collect();
            facts.total = held.total;
        }
        Some(facts)
    }

    /// Chooses the stay: holds its nights and shows the form. Who has typed already sees it at once, with everything
    /// typed; who has not is led to its address.
    pub async fn choose(mut self, mut sent: Sent, address: IpAddr, keep: bool) -> Result<Response, AppError> {
        let keep = keep || sent.is_typed();
        let Some(facts) = sent.facts(self.app, &self.house) else {
            // Dates and guests are mended where they are chosen.
            let rooms = self.rooms_address(&sent);
            return Ok(if keep { self.form(&sent, Told::Nothing) } else { Redirect::to(&rooms).into_response() });
        };
        if let Some(told) = self.taken_by_desk(&sent, &facts).await? {
            return Ok(self.form(&sent, told));
        }
        let hold = match self.held.running_for(self.house.hotel.id, &facts) {
            Some((hold, _)) => hold.clone(),
            None if self.held.running().count() >= HOLDS_PER_BROWSER => return Ok(self.form(&sent, Told::HeldEnough)),
            None => match place_hold(self.app, &self.house, &sent.hold_request(), Actor::Guest, address).await {
                Ok(placed) => HoldId(placed.hold),
                Err(ServiceError::SoldOut(sold_out)) => return self.just_gone(&sent, facts, sold_out.nights, !keep),
                Err(ServiceError::TooMany(full)) => {
                    return Ok(self.form(&sent, Told::AddressFull { seconds: full.retry_after_seconds }));
                }
                Err(ServiceError::Store(StoreError::Busy)) => return Ok(self.form(&sent, Told::Busy)),
                Err(error) => return Err(error.into()),
            },
        };
        let key = form_key(&hold);
        self.held.take_in(self.app, hold).await?;
        sent.set_key(key.clone());
        let cookie = self.held.cookie(self.app);
        let mut response = if keep {
            self.form(&sent, Told::Nothing)
        } else {
            Redirect::to(&self.address(&sent, &key)).into_response()
        };
        if let Some(cookie) = cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }

    /// The nights went a blink ago: the board may not know it yet, the store does.
    pub fn just_gone(
        self,
        sent: &Sent,
        facts: StayFacts,
        gone: Vec<crate::domain::Date>,
        before_typing: bool,
    ) -> Result<Response, AppError> {
        let mut free = free(self.app, &self.house, &facts)?;
        free.gone = gone;
        free.alternatives.retain(|room| room.code != facts.room_code);
        Ok(self.lost(sent, facts, free, before_typing))
    }

    fn standing(&self, sent: &Sent, facts: &StayFacts) -> Standing {
        match self.hold_of(sent, facts) {
            Some((_, held)) if self.held.until(held).is_some() => {
                Standing::Held(self.held.clock(&self.house, self.locale(), held))
            }
            Some((_, held)) if is_confirmed_for_nobody(held) => Standing::Booked,
            Some((_, held)) if held.guest.is_none() => Standing::Over,
            _ => Standing::Free,
        }
    }

    pub fn form(self, sent: &Sent, mut told: Told) -> Response {
        let locale = self.locale();
        let facts = self.facts(sent);
        let standing = facts.as_ref().map_or(Standing::Free, |facts| self.standing(sent, facts));
        if facts.is_none() && matches!(told, Told::Nothing) {
            told = Told::Invalid(sent.stay_errors(self.app, &self.house, locale));
        }
        let key = self.key(sent, &told);
        let mut form = sent.form(key.clone());
        let place = &self.house.hotel.name;
        let title = words::tab_title(booking::title(locale), place);
        let title = if told.status() == StatusCode::OK { title } else { words::refused_title(locale, &title) };
        let notice = told.notice(locale);
        let (status, retry_after_seconds) = (told.status(), told.retry_after_seconds());
        if let Told::Invalid(errors) = told {
            form.errors = errors;
        }
        let props = FormProps {
            action: self.action(),
            hold: self.hold_action(),
            standing,
            rooms: self.rooms_address(sent),
            choices: self.house.room_types.iter().map(|kind| (kind.code.to_string(), kind.name.clone())).collect(),
            as_of: self.app.nights(self.house.hotel.id).map(|board| board.look(|look| board.as_of(look))),
            hotel: self.house.hotel.slug.clone(),
            notice,
            form,
            facts,
        };
        let here = self.address(sent, &key);
        let site = self.visitor.at(here).site_of(&self.house.hotel);
        let document = Document::new(locale.html_lang(), title).bundle(Bundle::Guest);
        let mut response = page(status, document, move || view! { <BookPage site props /> });
        if let Some(seconds) = retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// The room is gone: before the form was opened, or while it was filled.
    pub fn lost(self, sent: &Sent, facts: StayFacts, free: Free, before_typing: bool) -> Response {
        let locale = self.locale();
        let (status, title) = if before_typing {
            (StatusCode::OK, guest::sold_out_for_dates(locale))
        } else {
            (StatusCode::CONFLICT, booking::lost_title(locale))
        };
        let key = self.key(sent, &Told::Nothing);
        let props = LostProps {
            action: self.action(),
            rooms: self.rooms_address(sent),
            form: sent.form(key.clone()),
            room_name: facts.room_name,
            gone: free.gone,
            alternatives: free.alternatives,
            before_typing,
        };
        let document = Document::new(locale.html_lang(), words::tab_title(title, &self.house.hotel.name));
        let here = self.address(sent, &key);
        let site = self.visitor.at(here).site_of(&self.house.hotel);
        page(status, document, move || view! { <LostRacePage site props /> })
    }
}
