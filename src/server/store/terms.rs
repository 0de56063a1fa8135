//! What holds for every stay of a hotel: its times of day, and what giving a stay up costs.

use crate::domain::{Fact, Hotel, HotelTerms};
use crate::server::store::CommandError;
use crate::server::store::commands::Work;

impl Work<'_> {
    /// No change is no fact.
    pub(super) fn set_terms(&mut self, terms: HotelTerms, version: Option<u32>) -> Result<Hotel, CommandError> {
        let hotel = self.ledger.house().hotel.clone();
        if version.is_some_and(|seen| seen != hotel.terms_version) {
            return Err(CommandError::VersionConflict { current: hotel.terms_version });
        }
        let before = hotel.terms();
        if before == terms {
            return Ok(hotel);
        }
        let hotel = hotel.with_terms(terms);
        self.ledger.set_terms(hotel.clone())?;
        self.ledger.append(self.at, self.actor, Fact::Terms { before, after: terms }, Vec::new())?;
        Ok(hotel)
    }
}
