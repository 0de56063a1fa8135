//! The folio of a reservation: read, posted to, taken back.

use crate::domain::{
    Actor, EntryKind, EntryText, Folio, FolioEntry, FolioEntryId, FolioError, Money, MoneyError, PaymentMethod,
    Posting, Reservation,
};
use crate::server::service::access::reservation_at;
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::folio::FolioChange;
use crate::server::store::{Command, House, Reply, StoreError};
use crate::wire::folio::FolioRequest;

pub async fn folio(app: &App, house: &House, code: &str) -> Result<(Reservation, Folio), ServiceError> {
    let reservation = reservation_at(app, house.hotel.id, code).await?;
    let folio = folio_of(app, &reservation).await?;
    Ok((reservation, folio))
}

pub async fn folio_of(app: &App, reservation: &Reservation) -> Result<Folio, ServiceError> {
    Ok(Folio::of(reservation, app.store.folio(reservation.code).await?))
}

/// What is still to be paid.
pub fn balance(folio: &Folio) -> Result<Money, ServiceError> {
    folio.balance().map_err(|error| broken(&error))
}

pub fn broken(error: &MoneyError) -> ServiceError {
    StoreError::Corrupt(format!("a folio: {error}")).into()
}

/// What a request means, each error at its field.
pub fn read(request: &FolioRequest) -> Result<FolioChange, FieldErrors> {
    let mut errors = FieldErrors::default();
    let kind = match request.kind.as_str() {
        "reversal" => {
            let Some(entry) = request.entry else { return Err(FieldErrors::one("entry", FieldError::Missing)) };
            return Ok(FolioChange::Reverse(FolioEntryId(entry)));
        }
        "charge" => Some(EntryKind::Charge),
        "payment" => errors.require::<PaymentMethod>("method", request.method.as_deref()).map(EntryKind::Payment),
        _ => errors.take("kind", Err(FolioError::Kind)),
    };
    let text: Option<EntryText> = errors.take("text", request.text.as_deref().unwrap_or_default().parse());
    if request.amount.is_none() {
        errors.refuse("amount", FieldError::Missing);
    }
    let posting = kind.zip(text).zip(request.amount).and_then(|((kind, text), amount)| {
        let posting = Posting::new(kind, text, amount);
        let field = if posting == Err(FolioError::TextMissing) { "text" } else { "amount" };
        errors.take(field, posting)
    });
    errors.finish(posting.map(FolioChange::Post))
}

/// Posts, once a key; the entry, and whether it had been posted before.
pub async fn post(
    app: &App,
    house: &House,
    code: &str,
    change: FolioChange,
    key: Option<String>,
    actor: Actor,
) -> Result<(FolioEntry, bool), ServiceError> {
    let code = code.parse().map_err(|_| ServiceError::ReservationNotFound)?;
    let change = Change::Folio { code, change, key };
    match app.store.execute(house.hotel.id, Command { at: app.now(), actor, change }).await? {
        Reply::Posted { entry, replayed } => Ok((entry, replayed)),
        _ => Err(unexpected()),
    }
}
