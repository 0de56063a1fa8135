//! What every desk page is given: the house's words, who is signed in, the latest alerts.

use axum::http::StatusCode;

use crate::domain::{Action, DayRule, Hotel};
use crate::islands::alerts::line::AlertLine;
use crate::islands::desk_row::DeskScene;
use crate::islands::desk_step::result;
use crate::messages::{Locale, desk, problem};
use crate::pages::desk::frame::DeskSite;
use crate::pages::desk::history::People;
use crate::pages::desk::outcome::Outcome;
use crate::server::clock::{seconds_left_today, utc_offset_minutes};
use crate::server::error::AppError;
use crate::server::service::act;
use crate::server::service::recent::{Recent, recent};
use crate::server::state::App;
use crate::server::store::{LogEntry, Role};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::{Bundle, Document};
use crate::server::web::session::StaffSession;
use crate::wire::desk::AlertEvent;
use crate::wire::reservation::ReservationView;

/// The frame of a page at `here`, and the facts that led up to it. Made before the page's own data is read.
pub(super) async fn site(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    here: String,
) -> Result<(DeskSite, Vec<LogEntry>), AppError> {
    let hotel = &staff.house.hotel;
    let now = app.now();
    let locale = visitor.locale_at(hotel);
    let Recent { as_of, facts } = recent(app, &staff.house).await?;
    let site = DeskSite {
        scene: DeskScene {
            locale,
            hotel: hotel.slug.clone(),
            today: app.business_date(hotel),
            utc_offset_minutes: utc_offset_minutes(now, &hotel.time_zone),
            rooms: staff.house.room_types.iter().map(|room| (room.code.clone(), room.name.clone())).collect(),
            here,
        },
        hotel_name: hotel.name.clone(),
        staff_name: staff.staff.name.clone(),
        me: staff.staff.email.clone(),
        role: role(locale, staff.staff.role),
        sees_guests: staff.staff.role != Role::Housekeeping,
        as_of,
        alerts: alerts(&facts, &staff.staff.email),
    };
    Ok((site, facts))
}

const A_WEEK_SECONDS: u32 = 7 * 86_400;

/// How long the lists of a page are of today. The clock's midnight ends the day only where the clock rules it; elsewhere
/// a close is told.
pub(super) fn seconds_left(app: &App, hotel: &Hotel) -> u32 {
    match hotel.day.rule {
        DayRule::ByClock => seconds_left_today(app.now(), &hotel.time_zone),
        DayRule::AtHour(_) | DayRule::ByHand => A_WEEK_SECONDS,
    }
}

/// What stands around a desk page; the title of one that was refused says so first.
pub(super) fn document(site: &DeskSite, status: StatusCode, title: &str) -> Document {
    let locale = site.scene.locale;
    let prefix = if status == StatusCode::OK { "" } else { problem::title_prefix(locale) };
    let title = format!("{prefix}{title} · {}", site.hotel_name);
    Document::new(locale.html_lang(), title).bundle(Bundle::Desk).private()
}

/// E-mail and name of everybody who works here.
pub(super) async fn people(app: &App, staff: &StaffSession) -> Result<People, AppError> {
    let staff = app.store.staff(staff.house.hotel.id).await?;
    Ok(staff.into_iter().map(|one| (one.email, one.name)).collect())
}

const fn role(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Manager => desk::role_manager(locale),
        Role::FrontDesk => desk::role_front_desk(locale),
        Role::Housekeeping => desk::role_housekeeping(locale),
    }
}

/// The reservation of a fact; none for an alert.
pub(super) fn reservation_of(fact: &LogEntry) -> Option<ReservationView> {
    (fact.event == "reservation").then(|| serde_json::from_str(&fact.body).ok()).flatten()
}

fn alerts(facts: &[LogEntry], me: &str) -> Vec<AlertLine> {
    let alert = |fact: &LogEntry| {
        let alert: AlertEvent = serde_json::from_str(&fact.body).ok()?;
        // The reservation itself has changed just before.
        let reservation = facts.iter().rev().filter(|known| known.code == fact.code).find_map(reservation_of);
        let name = reservation.and_then(|reservation| reservation.guest).map(|guest| guest.name);
        let AlertEvent { kind, code, text, .. } = alert;
        Some(AlertLine { seq: fact.seq, kind, code, text, at: fact.at, name, is_own: fact.by == me })
    };
    facts.iter().filter(|fact| fact.event == "alert").filter_map(alert).collect()
}

/// What came of an action that an address names, as long as it is still so.
pub(super) async fn outcome(
    app: &App,
    staff: &StaffSession,
    done: Option<&str>,
    code: Option<&str>,
) -> Result<Option<Outcome>, AppError> {
    let (Some(action), Some(code)) = (done.and_then(|done| done.parse::<Action>().ok()), code) else {
        return Ok(None);
    };
    let Ok(reservation) = act::reservation(app, &staff.house, code).await else { return Ok(None) };
    let is_so = reservation.state().status() == result(action);
    Ok(is_so.then(|| Outcome {
        action,
        code: reservation.code,
        name: reservation.guest.map(|guest| guest.name.to_string()),
        room: reservation.room,
        version: reservation.version,
    }))
}
