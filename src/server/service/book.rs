//! Booking: nights sold to a guest, on disk before the answer, once for each idempotency key.

mod outcome;

use crate::domain::{
    Actor, Date, Email, Guest, GuestName, HoldId, Money, Note, Phone, Reservation, RoomNumber, State, Timestamp,
};
use crate::server::service::draft::{Asked, Wanted, first_day, wanted};
use crate::server::service::hold::{MOST_CODES_DRAWN, unexpected};
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::command::{Booking, BookingOf, Change};
use crate::server::store::{Command, CommandError, House, Idempotency, Reply};
use crate::server::token::sha256;
use crate::wire::booking::{BookingAnswer, BookingRequest};

pub use outcome::{BookingCounts, BookingOutcome};

/// What somebody wants booked.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    pub request: &'a BookingRequest,
    /// Makes a retry safe: one key, one booking, one answer.
    pub idempotency_key: Option<&'a str>,
    /// The total the guest was shown; with another one nothing is booked.
    pub shown_total: Option<Money>,
    /// A hold of the very stay that is asked for: its nights at its price while it runs, and any that are free once it
    /// is over.
    pub hold: Option<HoldId>,
    pub actor: Actor,
}

#[derive(Clone, Debug)]
pub struct Booked {
    pub reservation: Reservation,
    /// Opens the reservation for the guest.
    pub manage_token: String,
    /// Whether this is the first answer to this key once more.
    pub replayed: bool,
}

/// What is booked, once it has been checked.
enum What {
    Hold(HoldId),
    Stay(Wanted),
    /// The nights of a hold while it runs, the same nights anew once it is over.
    HeldStay(HoldId, Wanted),
    /// What the desk has confirmed out of a hold without saying whose it is.
    ConfirmedStay(HoldId),
}

/// A request that was found good.
struct Prepared {
    guest: Guest,
    note: Note,
    room: Option<RoomNumber>,
    what: What,
}

pub async fn book(app: &App, house: &House, order: Order<'_>) -> Result<Booked, ServiceError> {
    let result = book_or_refuse(app, house, order).await;
    app.bookings.count(&result);
    result
}

async fn book_or_refuse(app: &App, house: &House, order: Order<'_>) -> Result<Booked, ServiceError> {
    let now = app.now();
    let idempotency =
        order.idempotency_key.map(|key| Idempotency { key: key.to_owned(), request_hash: request_hash(order.request) });
    let Prepared { guest, note, room, mut what } = match prepare(app, house, &order, now).await {
        Ok(prepared) => prepared,
        // What cannot be booked any more may have been booked by the same request before.
        Err(refusal) => return recall(app, house, &order, idempotency, refusal).await,
    };
    for _ in 0..MOST_CODES_DRAWN {
        let booking = Booking {
            what: match &what {
                What::Hold(hold) | What::HeldStay(hold, _) => BookingOf::Hold(hold.clone()),
                What::ConfirmedStay(hold) => BookingOf::Claim(hold.clone()),
                What::Stay(wanted) => BookingOf::Draft(wanted.draft(house, app.random.reservation_code(), None)),
            },
            guest: guest.clone(),
            note: note.clone(),
            room: room.clone(),
            manage_token: app.random.token(),
            idempotency: idempotency.clone(),
        };
        match carry_out(app, house, &order, now, Change::Book(Box::new(booking))).await {
            Err(CommandError::CodeTaken) => {}
            // It ran when it was looked at; between two blinks it has ended, or the desk has confirmed it.
            Err(error @ (CommandError::TransitionNotAllowed(_) | CommandError::HoldNotFound)) => {
                what = match what {
                    What::HeldStay(hold, wanted) => held_or_anew(app, house, &hold, wanted, app.now()).await?,
                    What::Hold(hold) if is_nobodys(app, house, &hold).await? => What::ConfirmedStay(hold),
                    _ => return Err(error.into()),
                };
                check_price(app, house, &what, order.shown_total).await?;
            }
            Err(error) => return Err(error.into()),
            Ok(reply) => return booked(reply).ok_or_else(unexpected),
        }
    }
    Err(CommandError::CodeTaken.into())
}

async fn prepare(app: &App, house: &House, order: &Order<'_>, now: Timestamp) -> Result<Prepared, ServiceError> {
    let mut errors = FieldErrors::default();
    let guest = guest(&mut errors, order.request);
    let note = errors.take("note", order.request.note.as_deref().unwrap_or_default().parse::<Note>());
    let room = errors.allow::<RoomNumber>("room", order.request.room.as_deref());
    if room.is_some() && order.actor == Actor::Guest {
        errors.refuse("room", FieldError::Unknown);
    }
    let what = what(house, order.request, first_day(house, &order.actor, now), &mut errors);
    let what = match (&order.hold, what) {
        (Some(hold), Some(What::Stay(wanted))) if errors.is_empty() => {
            Some(held_or_anew(app, house, hold, wanted, now).await?)
        }
        (_, what) => what,
    };
    let (guest, (note, what)) = errors.finish(guest.zip(note.zip(what)))?;
    check_price(app, house, &what, order.shown_total).await?;
    Ok(Prepared { guest, note, room, what })
}

/// A hold that runs, what the desk has made of it, or its nights anew.
async fn held_or_anew(
    app: &App,
    house: &House,
    hold: &HoldId,
    wanted: Wanted,
    now: Timestamp,
) -> Result<What, ServiceError> {
    let found = app.store.reservation_by_hold(hold.0.clone()).await?;
    let found = found.filter(|found| found.hotel == house.hotel.id && wanted.is_of(found));
    Ok(match found.map(|found| (found.state().at(now), found.guest.is_some())) {
        Some((State::Held { .. }, _)) => What::HeldStay(hold.clone(), wanted),
        Some((State::Confirmed | State::InHouse, false)) => What::ConfirmedStay(hold.clone()),
        // It is booked: by this very form before, or by the desk for somebody it has named.
        Some((State::Confirmed | State::InHouse, true)) => return Err(ServiceError::BookedByDesk),
        _ => What::Stay(wanted),
    })
}

/// Whether the desk has confirmed this hold without saying whose it is.
async fn is_nobodys(app: &App, house: &House, hold: &HoldId) -> Result<bool, ServiceError> {
    let found = app.store.reservation_by_hold(hold.0.clone()).await?.filter(|found| found.hotel == house.hotel.id);
    Ok(found.is_some_and(|found| {
        found.guest.is_none() && matches!(found.state().at(app.now()), State::Confirmed | State::InHouse)
    }))
}

/// The first answer to the key, where there is one; the refusal otherwise.
async fn recall(
    app: &App,
    house: &House,
    order: &Order<'_>,
    idempotency: Option<Idempotency>,
    refusal: ServiceError,
) -> Result<Booked, ServiceError> {
    let Some(idempotency) = idempotency else { return Err(refusal) };
    let reply = carry_out(app, house, order, app.now(), Change::Recall(idempotency)).await?;
    booked(reply).ok_or(refusal)
}

/// Whether a form with this key has been answered.
pub async fn was_answered(app: &App, house: &House, key: &str) -> Result<bool, ServiceError> {
    let change = Change::Recall(Idempotency { key: key.to_owned(), request_hash: [0; 32] });
    let command = Command { at: app.now(), actor: Actor::Guest, change };
    match app.store.execute(house.hotel.id, command).await {
        Ok(Reply::NothingRecalled) => Ok(false),
        Ok(_) | Err(CommandError::IdempotencyKeyReused) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

async fn carry_out(
    app: &App,
    house: &House,
    order: &Order<'_>,
    at: Timestamp,
    change: Change,
) -> Result<Reply, CommandError> {
    app.store.execute(house.hotel.id, Command { at, actor: order.actor.clone(), change }).await
}

fn booked(reply: Reply) -> Option<Booked> {
    match reply {
        Reply::Booked { reservation, manage_token, replayed } => Some(Booked { reservation, manage_token, replayed }),
        _ => None,
    }
}

/// The answer a client gets.
pub fn answer(app: &App, booked: &Booked) -> BookingAnswer {
    let Booked { reservation, manage_token, .. } = booked;
    BookingAnswer {
        code: reservation.code,
        status: reservation.state().status(),
        arrival: reservation.stay.arrival(),
        departure: reservation.stay.departure(),
        room_type: reservation.room_type.clone(),
        total: reservation.total,
        manage_url: app.manage_url(reservation.code, manage_token),
        manage_token: manage_token.clone(),
    }
}

fn guest(errors: &mut FieldErrors, request: &BookingRequest) -> Option<Guest> {
    let input = &request.guest;
    let name = errors.take("guest.name", input.name.parse::<GuestName>());
    let email = errors.allow::<Email>("guest.email", input.email.as_deref());
    let phone = errors.allow::<Phone>("guest.phone", input.phone.as_deref());
    Some(Guest { name: name?, email, phone })
}

fn what(house: &House, request: &BookingRequest, today: Date, errors: &mut FieldErrors) -> Option<What> {
    let asked = Asked {
        room_type: request.room_type.as_deref(),
        rate_plan: request.rate_plan.as_deref(),
        arrival: request.arrival.as_deref(),
        departure: request.departure.as_deref(),
        adults: request.adults,
        children: request.children,
    };
    let Some(hold) = &request.hold else { return wanted(house, asked, today, errors).map(What::Stay) };
    let names_a_stay = asked.room_type.is_some() || asked.arrival.is_some() || asked.departure.is_some();
    if names_a_stay || asked.rate_plan.is_some() || asked.adults.is_some() || asked.children.is_some() {
        errors.refuse("hold", FieldError::HoldOrStay);
    }
    if hold.trim().is_empty() {
        errors.refuse("hold", FieldError::Missing);
    }
    Some(What::Hold(HoldId(hold.clone())))
}

/// A price that was shown is the price that is paid, or nothing is booked.
async fn check_price(app: &App, house: &House, what: &What, shown: Option<Money>) -> Result<(), ServiceError> {
    if shown.is_none() {
        return Ok(());
    }
    let current = match what {
        What::Stay(wanted) => wanted.quote.total,
        What::Hold(HoldId(hold)) | What::HeldStay(HoldId(hold), _) | What::ConfirmedStay(HoldId(hold)) => {
            let found = app.store.reservation_by_hold(hold.clone()).await?;
            found.filter(|found| found.hotel == house.hotel.id).ok_or(ServiceError::HoldNotFound)?.total
        }
    };
    check_total(shown, current)
}

fn check_total(shown: Option<Money>, current: Money) -> Result<(), ServiceError> {
    match shown {
        Some(shown) if shown != current => Err(ServiceError::PriceChanged { shown, current }),
        _ => Ok(()),
    }
}

/// The same for every way of writing the same request.
fn request_hash(request: &BookingRequest) -> [u8; 32] {
    sha256(&serde_json::to_vec(request).unwrap_or_default())
}
