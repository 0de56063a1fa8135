//! `/desk/{hotel}/reservations/{code}`: one reservation and what can be done with it now.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, outcome, people, site};
use crate::domain::{Action, Condition, Date, Reservation, RoomNumber, State as Standing, Timestamp};
use crate::messages::Locale;
use crate::messages::desk::{self, self as words};
use crate::pages::desk::folio::FolioForm;
use crate::pages::desk::question::{Answer, Question};
use crate::pages::desk::reservation::{Books, DeskReservationPage, Told};
use crate::server::clock::today;
use crate::server::error::AppError;
use crate::server::service::cancel::Terms;
use crate::server::service::folio as folios;
use crate::server::service::history::history;
use crate::server::service::rooms;
use crate::server::state::{App, AppState};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::folio::FolioView;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
    /// Who was moved to make room.
    moved: Option<String>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let moved = asked.moved.filter(|moved| super::stay_room::is_moves(moved)).map(Told::Moved);
    let locale = visitor.locale_at(&staff.house.hotel);
    let told = match asked.done.as_deref() {
        Some("folio") => Some(Told::Saved(words::folio::done(locale).to_owned())),
        Some("details") => Some(Told::Saved(words::history::saved(locale).to_owned())),
        Some("changed") => Some(Told::Changed),
        done => outcome(&app, &staff, done, Some(&code)).await?.map(Told::Done),
    };
    render(&app, &staff, &visitor, &code, StatusCode::OK, Shown { told: told.or(moved), folio: None }).await
}

/// What a page shows beside the reservation as it is.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// What is to be said first.
    pub told: Option<Told>,
    /// A form of the folio that came back.
    pub folio: Option<FolioForm>,
}

/// The page as it is now.
pub(super) async fn render(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    code: &str,
    status: StatusCode,
    shown: Shown,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (mut site, _) = site(app, staff, visitor, String::new()).await?;
    let (reservation, folio) = folios::folio(app, &staff.house, code).await?;
    site.scene.here = site.scene.reservation_path(reservation.code);
    let locale = site.scene.locale;
    let rooms_free = rooms::free_for(app, &staff.house, &reservation).await?;
    let rooms_free = rooms_free.into_iter().filter(|(number, _)| reservation.room.as_ref() != Some(number));
    let in_words = |(number, condition): (RoomNumber, Condition)| {
        (number.to_string(), desk::rooms::condition(locale, condition.as_str()).to_owned())
    };
    let rooms_free: Vec<_> = rooms_free.map(in_words).collect();
    let steps = steps(&reservation, site.scene.today, today(app.now(), &hotel.time_zone), app.now());
    let fresh = || FolioForm { key: app.random.text::<16>(), ..FolioForm::default() };
    let books = Books {
        folio: FolioView::new(reservation.code, &folio).map_err(|error| folios::broken(&error))?,
        form: shown.folio.unwrap_or_else(fresh),
        log: history(app, &staff.house, code).await?,
        people: people(app, staff).await?,
    };
    let terms = Terms::of(hotel, reservation.stay, &reservation.nightly);
    let fees = (terms.fee_at(app.now()), terms.no_show_fee);
    let view = app.view(&staff.house, &reservation);
    let told = shown.told;
    // A question is no error, and what could not be done is told on the page.
    let title = format!("{} · {}", reservation.code, desk::reservations(locale));
    let document = document(&site, StatusCode::OK, &title);
    Ok(page(
        status,
        document,
        move || view! { <DeskReservationPage site reservation=view steps told rooms_free books fees /> },
    ))
}

/// Somebody changed the reservation after `seen`: what, and the way to go on all the same.
pub(super) async fn conflict(
    app: &App,
    staff: &StaffSession,
    locale: Locale,
    reservation: &Reservation,
    seen: u32,
    answer: Option<Answer>,
) -> Result<Question, AppError> {
    let mut changes = history(app, &staff.house, &reservation.code.to_string()).await?.entries;
    changes.retain(|line| line.version.is_some_and(|version| version > seen));
    Ok(Question {
        title: words::history::conflict_title(locale).to_owned(),
        lead: words::history::conflict_lead(locale).to_owned(),
        changes,
        people: people(app, staff).await?,
        answer,
        other: None,
        back: format!("/desk/{}/reservations/{}", staff.house.hotel.slug, reservation.code),
    })
}

/// What the state allows and the day makes sense of, the likely step first.
pub(super) fn steps(reservation: &Reservation, today: Date, calendar: Date, now: Timestamp) -> Vec<Action> {
    let stay = reservation.stay;
    let state: Standing = reservation.state();
    let makes_sense = |action: &Action| match action {
        Action::Lapse => false,
        // Who comes before the day close comes on the day by the calendar.
        Action::CheckIn => stay.arrival() <= calendar,
        Action::NoShow => stay.arrival() <= today,
        // Nights that have gone cannot be taken again.
        Action::Reinstate | Action::LateArrival => stay.departure() > today,
        _ => true,
    };
    let mut steps: Vec<Action> = state.allowed_actions(now).filter(makes_sense).collect();
    steps.sort_by_key(|action| match action {
        Action::CheckIn | Action::CheckOut | Action::Confirm | Action::LateArrival | Action::Reinstate => 0,
        Action::UndoCheckIn | Action::UndoCheckOut | Action::Release | Action::Lapse => 1,
        Action::NoShow => 2,
        Action::Cancel => 3,
    });
    steps
}
