//! What a command puts into the hotel's log: each fact with the counters that it changed.

use crate::domain::{AlertKind, CountChange, CountDelta, Fact, Reservation, ReservationFact, changed_fields};
use crate::server::store::CommandError;
use crate::server::store::commands::Work;

impl Work<'_> {
    pub(in crate::server::store) fn record(
        &mut self,
        reservation: &Reservation,
        kind: ReservationFact,
        delta: CountDelta,
    ) -> Result<(), CommandError> {
        let room_type = &reservation.room_type;
        let change = |stay| CountChange { room_type: room_type.clone(), stay, delta };
        let counts = reservation.counted_stay().filter(|_| !delta.is_zero()).map(change);
        self.record_with(reservation, kind, counts.into_iter().collect())
    }

    /// A reservation's fact, with the counters that it changed.
    pub(in crate::server::store) fn record_with(
        &mut self,
        reservation: &Reservation,
        kind: ReservationFact,
        counts: Vec<CountChange>,
    ) -> Result<(), CommandError> {
        let fact = Fact::Reservation { kind, reservation: Box::new(reservation.clone()), changed: Vec::new() };
        Ok(self.ledger.append(self.at, self.actor, fact, counts)?)
    }

    /// A reservation that is not what it was, with what is different.
    pub(in crate::server::store) fn record_changed(
        &mut self,
        before: &Reservation,
        after: &Reservation,
        counts: Vec<CountChange>,
    ) -> Result<(), CommandError> {
        let (kind, changed) = (ReservationFact::Changed, changed_fields(before, after));
        let fact = Fact::Reservation { kind, reservation: Box::new(after.clone()), changed };
        Ok(self.ledger.append(self.at, self.actor, fact, counts)?)
    }

    pub(super) fn alert(
        &mut self,
        kind: AlertKind,
        reservation: &Reservation,
        text: String,
    ) -> Result<(), CommandError> {
        let fact = Fact::Alert { kind, code: reservation.code, text };
        Ok(self.ledger.append(self.at, self.actor, fact, Vec::new())?)
    }
}

/// What an alert says of a stay, in no language: `double 2026-12-24 2026-12-27`.
pub(super) fn stay_in_short(reservation: &Reservation) -> String {
    let stay = reservation.stay;
    format!("{} {} {}", reservation.room_type, stay.arrival(), stay.departure())
}
