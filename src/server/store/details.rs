//! Who the guest is and what the desk should know: the one part of a reservation that is corrected freely.

use crate::domain::{Guest, Note, Reservation, ReservationCode, Status};
use crate::server::store::CommandError;
use crate::server::store::commands::Work;

#[derive(Clone, Debug)]
pub struct Details {
    pub guest: Option<Guest>,
    pub note: Note,
}

impl Work<'_> {
    /// No change is no fact.
    pub(super) fn set_details(
        &mut self,
        code: ReservationCode,
        details: &Details,
        version: Option<u32>,
    ) -> Result<Reservation, CommandError> {
        let mut reservation = self.seen(code, version)?;
        let status = reservation.state().at(self.at).status();
        if status == Status::Lapsed {
            return Err(CommandError::Over(status));
        }
        if reservation.guest == details.guest && reservation.note == details.note {
            return Ok(reservation);
        }
        let before = reservation.clone();
        reservation.guest.clone_from(&details.guest);
        reservation.note = details.note.clone();
        reservation.version += 1;
        reservation.last_seq = self.ledger.next_seq();
        self.ledger.update(&reservation)?;
        self.record_changed(&before, &reservation, Vec::new())?;
        Ok(reservation)
    }
}
