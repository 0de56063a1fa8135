//! Staff come and go: signing in and out, and the session in between. A session ends after half an hour without use,
//! after twelve hours whatever happens, and when its owner says so; what streams on it ends with it. Who comes and goes,
//! and who tries in vain, is in the hotel's log.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::{Actor, HotelId, HotelSlug, StaffFact, Timestamp};
use crate::server::clock::Clock;
use crate::server::hub::StreamEnd;
use crate::server::random::Random;
use crate::server::service::password::{PasswordError, Passwords};
use crate::server::service::session_streams::SessionStreams;
use crate::server::service::sign_in_delay::SignInDelays;
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, DirectoryChange, House, Session, Staff, Store, StoreError};
use crate::server::token;

pub const IDLE_SECONDS: i64 = 30 * 60;
pub const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// A use is written down at most this often.
const TOUCH_SECONDS: i64 = 60;

pub type TokenHash = [u8; 32];

/// Everything about staff accounts. Cheap to clone.
#[derive(Clone)]
pub struct StaffAccess {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    passwords: Passwords,
    delays: Arc<SignInDelays>,
    streams: Arc<SessionStreams>,
    /// Sessions whose use is being written down.
    touching: Arc<Mutex<HashSet<TokenHash>>>,
}

/// The one who writes down that a session was used; over when dropped, also by a client who goes away.
struct Touching<'a> {
    all: &'a Mutex<HashSet<TokenHash>>,
    token_hash: TokenHash,
}

impl<'a> Touching<'a> {
    fn begin(all: &'a Mutex<HashSet<TokenHash>>, token_hash: TokenHash) -> Option<Self> {
        let is_first = all.lock().unwrap_or_else(PoisonError::into_inner).insert(token_hash);
        is_first.then_some(Self { all, token_hash })
    }
}

impl Drop for Touching<'_> {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.token_hash);
    }
}

/// A session that has just begun.
#[derive(Debug)]
pub struct SignedIn {
    /// The only copy: it goes into the cookie, its hash into the store.
    pub token: String,
    pub staff: Staff,
    pub session: Session,
}

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// One answer for an unknown address and a wrong password.
    #[error("the e-mail and password do not belong together")]
    Refused,
    #[error("too many tries for this account")]
    TooOften { retry_after_seconds: u64 },
    #[error("too many sign-ins at once")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl core::fmt::Debug for StaffAccess {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("StaffAccess").finish_non_exhaustive()
    }
}

/// An account's name as it is stored and looked up.
pub fn account_name(email: &str) -> String {
    email.trim().to_lowercase()
}

/// An address without the part that names a machine: `203.0.113.*`, `2001:db8:1:*`.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [one, two, three, _] = address.octets();
            format!("{one}.{two}.{three}.*")
        }
        IpAddr::V6(address) => {
            let [one, two, three, ..] = address.segments();
            format!("{one:x}:{two:x}:{three:x}:*")
        }
    }
}

impl StaffAccess {
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let passwords = Passwords::new(cores);
        let (delays, streams, touching) = (Arc::default(), Arc::default(), Arc::default());
        Self { store, clock, random, passwords, delays, streams, touching }
    }

    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Begins a session under a new token. Unknown address and wrong password take the same time and give the same
    /// answer; the delay after failures holds for made-up addresses too. Nobody is let in before it is in the log.
    pub async fn sign_in(&self, email: &str, password: String, from: IpAddr) -> Result<SignedIn, SignInError> {
        let email = account_name(email);
        let account = token::sha256(email.as_bytes());
        let staff = self.store.staff_by_email(email).await?;
        // The delay is looked at inside the turn, so that a burst of guesses gets no further than the turns there are.
        let turn = self.passwords.turn().await.map_err(|_: PasswordError| SignInError::Busy)?;
        let now = self.clock.now();
        if let Some(retry_after_seconds) = self.delays.wait_seconds(&account, now) {
            return Err(SignInError::TooOften { retry_after_seconds });
        }
        let stored = staff.as_ref().map(|staff| staff.password_hash.clone());
        let fits = turn.verify(password, stored).await;
        let staff = match staff {
            Some(staff) if fits => staff,
            known => {
                self.delays.failed(account, now);
                if let Some(staff) = known {
                    // Beside the answer, which would tell by its time that there is such an account.
                    let log = self.clone();
                    tokio::spawn(async move { log.note_or_warn(&staff, StaffFact::SignInFailed, from).await });
                }
                return Err(SignInError::Refused);
            }
        };
        self.delays.succeeded(&account);
        self.note(&staff, StaffFact::SignedIn, from).await?;

        let token = self.random.token();
        let session = Session {
            token_hash: token::hash(&token),
            staff: staff.id,
            created_at: now,
            last_seen_at: now,
            ends_at: now.plus_seconds(ABSOLUTE_SECONDS),
            idle_ends_at: now.plus_seconds(IDLE_SECONDS),
        };
        self.store.change_directory(DirectoryChange::StartSession(session.clone())).await?;
        Ok(SignedIn { token, staff, session })
    }

    pub async fn sign_out(&self, token_hash: TokenHash, from: IpAddr) -> Result<(), StoreError> {
        let session = self.store.session(token_hash, self.clock.now()).await?;
        self.store.change_directory(DirectoryChange::EndSession { token_hash }).await?;
        self.streams.end(&token_hash);
        if let Some((_, staff)) = session {
            self.note_or_warn(&staff, StaffFact::SignedOut, from).await;
        }
        Ok(())
    }

    /// Writes down who came to the door of the desk. What was tried as a password is in no log.
    async fn note(&self, staff: &Staff, kind: StaffFact, from: IpAddr) -> Result<(), StoreError> {
        let change = Change::NoteStaff { kind, from: network(from) };
        let command = Command { at: self.clock.now(), actor: Actor::Staff(staff.email.clone()), change };
        match self.store.execute(staff.hotel, command).await {
            Ok(_) => Ok(()),
            Err(CommandError::Store(error)) => Err(error),
            Err(error) => Err(StoreError::Refused(error.to_string())),
        }
    }

    async fn note_or_warn(&self, staff: &Staff, kind: StaffFact, from: IpAddr) {
        if let Err(error) = self.note(staff, kind, from).await {
            tracing::warn!(%error, kind = kind.as_str(), "the log does not know who came to the desk's door");
        }
    }

    /// The running session of this token with its member of staff; asking counts as using it.
    pub async fn session(&self, token_hash: TokenHash) -> Result<Option<(Session, Staff)>, StoreError> {
        let now = self.clock.now();
        let Some((session, staff)) = self.store.session(token_hash, now).await? else { return Ok(None) };
        if session.ends_at <= now || session.idle_ends_at <= now {
            return Ok(None);
        }
        if session.last_seen_at.plus_seconds(TOUCH_SECONDS) <= now {
            self.touch(&session, now).await;
        }
        Ok(Some((session, staff)))
    }

    /// Prolongs a session. A crowd that comes back at once on one session is one use.
    async fn touch(&self, session: &Session, now: Timestamp) {
        let token_hash = session.token_hash;
        let Some(_turn) = Touching::begin(&self.touching, token_hash) else { return };
        let idle_ends_at = now.plus_seconds(IDLE_SECONDS).min(session.ends_at);
        let touch = DirectoryChange::TouchSession { token_hash, seen_at: now, idle_ends_at };
        // A session that could not be prolonged is still a session.
        if let Err(error) = self.store.change_directory(touch).await {
            tracing::warn!(%error, "a session could not be prolonged");
        }
    }

    /// Ends `stream` with the session: when its owner signs out at once, and by the clock within
    /// [`end_streams_of_ended_sessions`](Self::end_streams_of_ended_sessions).
    pub async fn end_with_session(&self, token_hash: TokenHash, stream: StreamEnd) {
        self.streams.add(token_hash, stream);
        // It may have ended between the look at it and now.
        if !matches!(self.session(token_hash).await, Ok(Some(_))) {
            self.streams.end(&token_hash);
        }
    }

    /// Looks at each session that has open streams. That counts as using it: a desk that watches its board is at work,
    /// and would miss alerts if the board fell asleep.
    pub async fn end_streams_of_ended_sessions(&self) {
        for token_hash in self.streams.sessions() {
            match self.session(token_hash).await {
                Ok(Some(_)) => {}
                Ok(None) => self.streams.end(&token_hash),
                Err(error) => tracing::warn!(%error, "a session could not be looked at"),
            }
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn house(&self, hotel: HotelId) -> Option<Arc<House>> {
        self.store.catalog().house(hotel).cloned()
    }

    pub fn house_by_slug(&self, slug: &HotelSlug) -> Option<Arc<House>> {
        self.store.catalog().by_slug(slug).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_the_log_names_no_machine() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!(of("203.0.113.77"), "203.0.113.*");
        assert_eq!(of("::ffff:203.0.113.77"), "203.0.113.*");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:*");
    }
}
