//! One step with a reservation, by a form. Done: back to where it was taken, with the way back offered. Refused: the
//! reservation as it is now, and why.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::refusal;
use super::reservation::{Shown, conflict, render};
use crate::domain::unslept::{Unslept, unslept};
use crate::domain::{Action, Money, Reservation, Status};
use crate::islands::house_book::HouseList;
use crate::messages::{Locale, desk as words, format};
use crate::pages::desk::question::{Answer, Question};
use crate::pages::desk::reservation::Told;
use crate::server::clock::today;
use crate::server::error::AppError;
use crate::server::service::act::{DeskAction, Unready, act, is_ahead, is_nobodys, reservation, unready};
use crate::server::service::cancel::Terms;
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
            let reason = match error {
                ServiceError::Room(refused) => refusal::reason(&app, &staff, locale, &refused).await?,
                error => refused(locale, error)?.into(),
            };
            let told = Some(Told::Refused(reason));
            render(&app, &staff, &visitor, &code, StatusCode::CONFLICT, Shown { told, folio: None }).await
        }
    }
}

/// What is asked before a step is taken.
pub(super) struct Asks<'a> {
    pub app: &'a App,
    pub staff: &'a StaffSession,
    pub locale: Locale,
    pub reservation: &'a Reservation,
    pub action: DeskAction,
    pub sent: &'a Sent,
}

/// A reason to think twice.
struct Doubt {
    title: &'static str,
    lead: String,
    yes: &'static str,
    /// Another way: its address and its words.
    other: Option<(String, String)>,
}

impl Asks<'_> {
    pub async fn ask(&self, visitor: &Visitor, status: StatusCode, question: Question) -> Result<Response, AppError> {
        let (code, told) = (self.reservation.code.to_string(), Some(Told::Asked(question)));
        render(self.app, self.staff, visitor, &code, status, Shown { told, folio: None }).await
    }

    /// Leaving before the booked day or with an open folio, coming before the day or into a room that is dirty, a
    /// booking that is nobody's, and from a list, where one click would do it, not coming at all.
    pub async fn caution(&self) -> Result<Option<Question>, AppError> {
        let action = self.action.on(self.reservation);
        if self.reservation.state().after(action, self.app.now()).is_err() {
            return Ok(None);
        }
        let doubts = match action {
            Action::CheckOut => self.leaving().await?,
            Action::CheckIn | Action::LateArrival => self.coming().await?,
            Action::Confirm => self.nobodys(),
            // On its own page the form has asked already.
            Action::NoShow if self.sent.from_list.is_some() => vec![self.not_coming()],
            _ => Vec::new(),
        };
        // The first is the weightiest; the others are told with it.
        let leads: Vec<String> = doubts.iter().map(|doubt| doubt.lead.clone()).collect();
        Ok(doubts.into_iter().next().map(|doubt| Question {
            title: doubt.title.to_owned(),
            lead: leads.join(" "),
            changes: Vec::new(),
            people: Vec::new(),
            answer: Some(self.answer(doubt.yes.to_owned(), true)),
            other: doubt.other,
            back: self.path(),
        }))
    }

    async fn leaving(&self) -> Result<Vec<Doubt>, AppError> {
        let Self { app, staff, locale, reservation, .. } = *self;
        let yes = words::folio::check_out_anyway(locale);
        let early =
            unslept(reservation, app.business_date(&staff.house.hotel)).map(|Unslept { nights, amount, departure }| {
                let (arrival, room_type, party) =
                    (reservation.stay.arrival(), &reservation.room_type, reservation.party);
                let there = format!(
                    "{}/change?arrival={arrival}&departure={departure}&room_type={room_type}&adults={}&children={}",
                    self.path(),
                    party.adults(),
                    party.children(),
                );
                Doubt {
                    title: words::folio::ask_early(locale),
                    lead: words::folio::unslept(locale, nights.into(), &format::money(locale, amount)),
                    yes,
                    other: Some((there, words::folio::change_departure(locale).to_owned())),
                }
            });
        let open = balance(&folio_of(app, reservation).await?)?;
        let amount = format::money(locale, Money::new(open.minor.abs(), open.currency));
        let lead = match open.minor {
            0 => None,
            1.. => Some(words::folio::ask_open(locale, &amount)),
            _ => Some(words::folio::ask_back(locale, &amount)),
        };
        let open = lead.map(|lead| Doubt { title: words::folio::ask_check_out(locale), lead, yes, other: None });
        Ok(early.into_iter().chain(open).collect())
    }

    async fn coming(&self) -> Result<Vec<Doubt>, AppError> {
        let Self { app, staff, locale, reservation, .. } = *self;
        let early = is_ahead(app, &staff.house, reservation).map(|arrival| {
            let calendar = today(app.now(), &staff.house.hotel.time_zone);
            let days = calendar.days_until(arrival);
            let there = format!("{}/change?arrival={calendar}", self.path());
            Doubt {
                title: words::history::early_title(locale),
                lead: words::history::early_text(locale, &format::date_short(locale, arrival), days),
                yes: words::history::check_in_anyway(locale),
                other: Some((there, words::history::early_move(locale).to_owned())),
            }
        });
        let dirty = unready(app, &staff.house, reservation).await?.map(|unready| {
            let condition = words::rooms::dirty(locale);
            let rooms = format!("/desk/{}/rooms", staff.house.hotel.slug);
            let (lead, there) = match unready {
                Unready::Dirty(number) => {
                    (words::rooms::now_so(locale, number.as_str(), condition), format!("{rooms}#room-{number}"))
                }
                Unready::NoneClean => (words::rooms::none_clean(locale).to_owned(), rooms),
            };
            Doubt {
                title: words::rooms::not_ready(locale),
                lead: words::rooms::sentence(locale, &lead),
                yes: words::history::check_in_anyway(locale),
                other: Some((there, words::rooms::to_rooms(locale).to_owned())),
            }
        });
        Ok(early.into_iter().chain(dirty).collect())
    }

    fn not_coming(&self) -> Doubt {
        let Self { staff, locale, reservation, .. } = *self;
        let fee = Terms::of(&staff.house.hotel, reservation.stay, &reservation.nightly).no_show_fee;
        let cost = match fee.minor {
            0 => words::change::no_fee(locale).to_owned(),
            _ => words::change::costs_the_guest(locale, &format::money(locale, fee)),
        };
        Doubt {
            title: words::action(locale, Action::NoShow),
            lead: format!("{} {cost}", words::no_show_ask(locale)),
            yes: words::yes_no_show(locale),
            other: None,
        }
    }

    fn nobodys(&self) -> Vec<Doubt> {
        let Self { app, locale, reservation, .. } = *self;
        let doubt = is_nobodys(app, reservation).then(|| Doubt {
            title: words::history::nobodys_title(locale),
            lead: words::history::nobodys_text(locale).to_owned(),
            yes: words::history::nobodys_yes(locale),
            other: Some((format!("{}/details", self.path()), words::history::nobodys_name(locale).to_owned())),
        });
        doubt.into_iter().collect()
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

/// What the desk can do something about; all else is an error page.
fn refused(locale: Locale, error: ServiceError) -> Result<String, AppError> {
    Ok(match error {
        ServiceError::TransitionNotAllowed(_) => words::not_allowed(locale).to_owned(),
        ServiceError::StayIsOver { .. } => words::history::stay_is_over(locale).to_owned(),
        ServiceError::SoldOut(sold_out) => {
            let nights: Vec<String> = sold_out.nights.iter().map(|night| format::date_short(locale, *night)).collect();
            format!("{} {}", words::no_rooms_left(locale), nights.join(", "))
        }
        error => return Err(error.into()),
    })
}
