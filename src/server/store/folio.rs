//! The folio in the store: posting to it and taking back, each once a key.

use crate::domain::{Fact, Folio, FolioEntry, FolioEntryId, FolioRefusal, Posting, ReservationCode, Status};
use crate::server::store::commands::Work;
use crate::server::store::{CommandError, StoreError};

#[derive(Clone, Debug)]
pub enum FolioChange {
    Post(Posting),
    /// Posts, but no payment of more than is to be paid.
    PostWithin(Posting),
    /// Takes an entry back by a counter-entry.
    Reverse(FolioEntryId),
}

/// What a transaction reads and writes of folios.
pub trait FolioLedger {
    /// In the order they were posted.
    fn folio(&mut self, code: ReservationCode) -> Result<Vec<FolioEntry>, StoreError>;

    /// The entry that was posted under a key, and to whose folio.
    fn folio_by_key(&mut self, key: &str) -> Result<Option<(ReservationCode, FolioEntry)>, StoreError>;

    fn add_to_folio(&mut self, code: ReservationCode, entry: &FolioEntry, key: Option<&str>) -> Result<(), StoreError>;
}

impl Work<'_> {
    /// The entry, and whether it was there before under the same key.
    pub(super) fn change_folio(
        &mut self,
        code: ReservationCode,
        change: &FolioChange,
        key: Option<&str>,
    ) -> Result<(FolioEntry, bool), CommandError> {
        if let Some(key) = key
            && let Some((of, first)) = self.ledger.folio_by_key(key)?
        {
            let is_same = of == code && is_answer_to(change, &first);
            return if is_same { Ok((first, true)) } else { Err(CommandError::IdempotencyKeyReused) };
        }
        let mut reservation = self.seen(code, None)?;
        let status = reservation.state().at(self.at).status();
        if status == Status::Lapsed {
            return Err(FolioRefusal::State(status).into());
        }
        let (id, by, today) = (FolioEntryId(self.ledger.next_seq()), self.actor.to_string(), self.today());
        let entry = match change {
            FolioChange::Post(posting) | FolioChange::PostWithin(posting) => {
                let currency = reservation.total.currency;
                if posting.amount().currency != currency {
                    return Err(FolioRefusal::OtherCurrency(currency).into());
                }
                if matches!(change, FolioChange::PostWithin(_)) {
                    let folio = Folio::of(&reservation, self.ledger.folio(code)?);
                    let open = folio.balance().map_err(|error| StoreError::Corrupt(format!("a folio: {error}")))?;
                    posting.check_within(open)?;
                }
                posting.posted(id, self.at, by, today)
            }
            FolioChange::Reverse(entry) => {
                let folio = Folio::of(&reservation, self.ledger.folio(code)?);
                folio.reversible(*entry)?.reversed(id, self.at, by, today)
            }
        };
        self.ledger.add_to_folio(code, &entry, key)?;
        reservation.last_seq = id.0;
        self.ledger.update(&reservation)?;
        let fact = Fact::Folio { reservation: Box::new(reservation), entry: Box::new(entry.clone()) };
        self.ledger.append(self.at, self.actor, fact, Vec::new())?;
        Ok((entry, false))
    }
}

fn is_answer_to(change: &FolioChange, first: &FolioEntry) -> bool {
    match change {
        FolioChange::Reverse(entry) => first.reverses == Some(*entry),
        FolioChange::Post(posting) | FolioChange::PostWithin(posting) => {
            *first == posting.posted(first.id, first.at, first.by.clone(), first.business_date)
        }
    }
}
