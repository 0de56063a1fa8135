//! One step with a reservation, by a form. Done: back to where it was taken, with the way back offered. Refused: the
//! reservation as it is now, and why.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::reservation::{Shown, conflict, render};
use crate::domain::{Action, Money, Reservation, Status};
use crate::islands::house_book::HouseList;
use crate::messages::{Locale, desk as words, format};
use crate::pages::desk::question::{Answer, Question};
use crate::pages::desk::reservation::Told;
use crate::server::clock::today;
use crate::server::error::AppError;
use crate::server::service::act::{DeskAction, act, is_ahead, is_nobodys, reservation};
use crate::server::service::folio::{balance, folio_of};
use crate::server::service::{IfMatch, ServiceError};
use crate::server::state::{App, AppState};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::session::StaffSession;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The version that was on the screen.
    version: Option<u32>,
    /// The list of the house page that it was taken from.
    from_list: Option<String>,
    /// The question was asked, and answered with yes.
    anyway: Option<String>,
}

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code, action)): Path<(String, String, String)>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let action = DeskAction::from_path(&action).ok_or(AppError::NotFound)?;
    let locale = visitor.locale_at(&staff.house.hotel);
    let reservation = reservation(&app, &staff.house, &code).await?;
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    let is_current = sent.version.is_none_or(|version| version == reservation.version);
    let asks = Asks { app: &app, staff: &staff, locale, reservation: &reservation, action, sent: &sent };
    if is_current
        && sent.anyway.is_none()
        && let Some(question) = asks.caution().await?
    {
        return asks.ask(&visitor, StatusCode::CONFLICT, question).await;
    }
    match act(&app, &staff.house, &code, action, &seen, staff.actor()).await {
        Ok(reservation) => Ok(done(&staff, action, &reservation, sent.from_list.as_deref())),
        Err(ServiceError::VersionConflict { .. }) => {
            let question = asks.conflict().await?;
            asks.ask(&visitor, StatusCode::PRECONDITION_FAILED, question).await
        }
        Err(error) => {
            let Some((status, reason)) = refusal(locale, &error) else {
                return Err(error.into());
            };
            let told = Some(Told::Refused(reason));
            render(&app, &staff, &visitor, &code, status, Shown { told, folio: None }).await
        }
    }
}

/// What is asked before a step is taken.
struct Asks<'a> {
    app: &'a App,
    staff: &'a StaffSession,
    locale: Locale,
    reservation: &'a Reservation,
    action: DeskAction,
    sent: &'a Sent,
}

impl Asks<'_> {
    async fn ask(&self, visitor: &Visitor, status: StatusCode, question: Question) -> Result<Response, AppError> {
        let (code, told) = (self.reservation.code.to_string(), Some(Told::Asked(question)));
        render(self.app, self.staff, visitor, &code, status, Shown { told, folio: None }).await
    }

    /// Leaving with an open folio, coming before the day, and a booking that is nobody's.
    async fn caution(&self) -> Result<Option<Question>, AppError> {
        let Self { app, staff, locale, reservation, .. } = *self;
        let action = self.action.on(reservation);
        let mut other = None;
        let (title, lead, yes) = match action {
            _ if reservation.state().after(action, app.now()).is_err() => return Ok(None),
            Action::CheckOut => {
                let open = balance(&folio_of(app, reservation).await?)?;
                let amount = format::money(locale, Money::new(open.minor.abs(), open.currency));
                let lead = match open.minor {
                    0 => return Ok(None),
                    1.. => words::folio::ask_open(locale, &amount),
                    _ => words::folio::ask_back(locale, &amount),
                };
                (words::folio::ask_check_out(locale), lead, words::folio::check_out_anyway(locale))
            }
            Action::CheckIn => {
                let Some(arrival) = is_ahead(app, &staff.house, reservation) else { return Ok(None) };
                let calendar = today(app.now(), &staff.house.hotel.time_zone);
                let days = calendar.days_until(arrival);
                let lead = words::history::early_text(locale, &format::date_short(locale, arrival), days);
                let there = format!("{}/change?arrival={calendar}", self.path());
                other = Some((there, words::history::early_move(locale).to_owned()));
                (words::history::early_title(locale), lead, words::history::early_yes(locale))
            }
            Action::Confirm if is_nobodys(app, reservation) => {
                let there = format!("{}/details", self.path());
                other = Some((there, words::history::nobodys_name(locale).to_owned()));
                let lead = words::history::nobodys_text(locale).to_owned();
                (words::history::nobodys_title(locale), lead, words::history::nobodys_yes(locale))
            }
            _ => return Ok(None),
        };
        Ok(Some(Question {
            title: title.to_owned(),
            lead,
            changes: Vec::new(),
            people: Vec::new(),
            answer: Some(self.answer(yes.to_owned(), true)),
            other,
            back: self.path(),
        }))
    }

    /// What a colleague did since the form was made; offered again where it is still possible.
    async fn conflict(&self) -> Result<Question, AppError> {
        let action = self.action.on(self.reservation);
        let is_possible = self.reservation.state().after(action, self.app.now()).is_ok();
        let yes = || words::history::do_anyway(self.locale, words::action(self.locale, action));
        let answer = is_possible.then(|| self.answer(yes(), false));
        let seen = self.sent.version.unwrap_or(0);
        let mut question = conflict(self.app, self.staff, self.locale, self.reservation, seen, answer).await?;
        if !is_possible {
            question.lead = format!("{} {}", question.lead, words::history::conflict_now_impossible(self.locale));
        }
        Ok(question)
    }

    fn path(&self) -> String {
        format!("/desk/{}/reservations/{}", self.staff.house.hotel.slug, self.reservation.code)
    }

    /// The same form once more, for the reservation as it is now.
    fn answer(&self, yes: String, anyway: bool) -> Answer {
        let mut fields = vec![("version".to_owned(), self.reservation.version.to_string())];
        if let Some(list) = &self.sent.from_list {
            fields.push(("from_list".to_owned(), list.clone()));
        }
        if anyway {
            fields.push(("anyway".to_owned(), "yes".to_owned()));
        }
        Answer { yes, path: format!("{}/{}", self.path(), self.action.as_str()), fields }
    }
}

fn done(staff: &StaffSession, action: DeskAction, reservation: &Reservation, from_list: Option<&str>) -> Response {
    let (hotel, code) = (&staff.house.hotel.slug, reservation.code);
    let action = match (action, reservation.state().status()) {
        (DeskAction::Cancel, Status::Lapsed) => Action::Release.as_str(),
        _ => action.as_str(),
    };
    let list = HouseList::ALL.into_iter().find(|list| from_list == Some(list.as_str()));
    let there = match list {
        Some(list) => format!("/desk/{hotel}?done={action}&code={code}&list={}", list.as_str()),
        None if from_list == Some("day") => format!("/desk/{hotel}/day?done={action}&code={code}"),
        None => format!("/desk/{hotel}/reservations/{code}?done={action}"),
    };
    Redirect::to(&there).into_response()
}

/// Refusals that the desk can do something about.
fn refusal(locale: Locale, error: &ServiceError) -> Option<(StatusCode, String)> {
    match error {
        ServiceError::TransitionNotAllowed(_) => Some((StatusCode::CONFLICT, words::not_allowed(locale).to_owned())),
        ServiceError::StayIsOver { .. } => {
            Some((StatusCode::CONFLICT, words::history::stay_is_over(locale).to_owned()))
        }
        ServiceError::SoldOut(sold_out) => {
            let nights: Vec<String> = sold_out.nights.iter().map(|night| format::date_short(locale, *night)).collect();
            Some((StatusCode::CONFLICT, format!("{} {}", words::no_rooms_left(locale), nights.join(", "))))
        }
        ServiceError::Room(refusal) => Some(super::stay_room::refusal_words(locale, refusal)),
        _ => None,
    }
}
