//! What staff and guests may open, remembered: a crowd that comes back at once is let in without the database.
//! A session that ends is forgotten when its end is on disk, before whoever ended it is answered.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::{HotelId, ReservationCode, Timestamp};
use crate::server::store::{DirectoryChange, Session, Staff};

/// So many sessions are remembered; past it all are read anew.
const MOST_SESSIONS: usize = 10_000;
/// Half of the grants that are remembered.
const GRANTS_A_GENERATION: usize = 50_000;

type TokenHash = [u8; 32];

#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    open: HashMap<TokenHash, (Session, Staff)>,
    /// Counts what could make a session that is being read untrue.
    changes: u64,
}

/// When a session was looked for in vain: what is read afterwards may be kept if nothing has changed since.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missing(u64);

impl Sessions {
    pub(super) fn get(&self, token_hash: &TokenHash, now: Timestamp) -> Result<(Session, Staff), Missing> {
        let state = self.state();
        let known = state.open.get(token_hash).filter(|(session, _)| session.is_open(now));
        known.cloned().ok_or(Missing(state.changes))
    }

    /// Remembers what was read, unless it may have ended meanwhile.
    pub(super) fn keep(&self, found: &(Session, Staff), Missing(changes): Missing) {
        let mut state = self.state();
        if state.changes != changes {
            return;
        }
        if state.open.len() >= MOST_SESSIONS {
            state.open.clear();
        }
        state.open.insert(found.0.token_hash, found.clone());
    }

    /// Takes in a change that is on disk.
    pub(super) fn committed(&self, change: &DirectoryChange) {
        let mut state = self.state();
        match change {
            DirectoryChange::EndSession { token_hash } => {
                state.changes += 1;
                state.open.remove(token_hash);
            }
            DirectoryChange::SetPassword { email, .. } | DirectoryChange::RemoveStaff { email } => {
                state.changes += 1;
                state.open.retain(|_, (_, staff)| staff.email != *email);
            }
            DirectoryChange::TouchSession { token_hash, seen_at, idle_ends_at } => {
                state.changes += 1;
                if let Some((session, _)) = state.open.get_mut(token_hash) {
                    (session.last_seen_at, session.idle_ends_at) = (*seen_at, *idle_ends_at);
                }
            }
            DirectoryChange::Sweep { now } => state.open.retain(|_, (session, _)| session.is_open(*now)),
            DirectoryChange::StartSession(_)
            | DirectoryChange::AddStaff(_)
            | DirectoryChange::AddHotel(_)
            | DirectoryChange::AddHotels(_)
            | DirectoryChange::PutRoomType { .. }
            | DirectoryChange::SetPrice { .. } => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tokens that open reservations. A grant is never taken back, so one that was seen stays true.
#[derive(Debug, Default)]
pub(super) struct Grants(Mutex<Generations>);

/// What was asked for lately, and what was asked for before that: the latter is dropped when the former is full.
#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Grant, HotelId>,
    old: HashMap<Grant, HotelId>,
}

type Grant = (ReservationCode, TokenHash);

impl Grants {
    pub(super) fn get(&self, grant: &Grant) -> Option<HotelId> {
        let mut generations = self.generations();
        if let Some(hotel) = generations.young.get(grant) {
            return Some(*hotel);
        }
        let hotel = generations.old.remove(grant)?;
        generations.keep(*grant, hotel);
        Some(hotel)
    }

    pub(super) fn keep(&self, grant: Grant, hotel: HotelId) {
        self.generations().keep(grant, hotel);
    }

    fn generations(&self) -> MutexGuard<'_, Generations> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn keep(&mut self, grant: Grant, hotel: HotelId) {
        if self.young.len() >= GRANTS_A_GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(grant, hotel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::{Role, StaffId};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_ms(seconds * 1000)
    }

    fn session() -> (Session, Staff) {
        let session = Session {
            token_hash: [1; 32],
            staff: StaffId(1),
            created_at: at(0),
            last_seen_at: at(0),
            ends_at: at(100),
            idle_ends_at: at(10),
        };
        let staff = Staff {
            id: StaffId(1),
            hotel: HotelId(1),
            email: "desk@test.example".to_owned(),
            name: "Desk".to_owned(),
            role: Role::FrontDesk,
            password_hash: String::new(),
        };
        (session, staff)
    }

    #[test]
    fn what_was_read_before_a_session_ended_is_not_kept() {
        let sessions = Sessions::default();
        let missing = sessions.get(&[1; 32], at(1)).unwrap_err();
        sessions.committed(&DirectoryChange::EndSession { token_hash: [1; 32] });
        sessions.keep(&session(), missing);
        assert!(sessions.get(&[1; 32], at(1)).is_err());
    }

    #[test]
    fn a_session_is_known_until_it_ends() {
        let sessions = Sessions::default();
        let know = || sessions.keep(&session(), sessions.get(&[2; 32], at(1)).unwrap_err());
        know();
        assert!(sessions.get(&[1; 32], at(9)).is_ok());
        assert!(sessions.get(&[1; 32], at(10)).is_err(), "it was not used for too long");
        let touch = DirectoryChange::TouchSession { token_hash: [1; 32], seen_at: at(9), idle_ends_at: at(50) };
        sessions.committed(&touch);
        assert!(sessions.get(&[1; 32], at(10)).is_ok());
        let email = "desk@test.example".to_owned();
        sessions.committed(&DirectoryChange::RemoveStaff { email: email.clone() });
        assert!(sessions.get(&[1; 32], at(10)).is_err());
        know();
        sessions.committed(&DirectoryChange::SetPassword { email, password_hash: String::new() });
        assert!(sessions.get(&[1; 32], at(1)).is_err());
    }

    #[test]
    fn grants_are_bounded_and_those_in_use_stay() {
        let grants = Grants::default();
        let grant = |number: u32| {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&number.to_be_bytes());
            ("K7QM-2XNP".parse().unwrap(), hash)
        };
        for number in 0..200_000 {
            grants.keep(grant(number), HotelId(1));
            assert_eq!(grants.get(&grant(0)), Some(HotelId(1)));
        }
        let generations = grants.generations();
        assert!(generations.young.len() + generations.old.len() <= 2 * GRANTS_A_GENERATION);
    }
}
