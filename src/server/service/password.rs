//! Passwords of staff: Argon2id with the crate's defaults (19 MiB, two passes, one lane: OWASP ASVS 5.0, appendix C).
//! Hashing is slow on purpose, so it runs off the async threads, a few at a time, behind a bounded queue.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::server::random::Random;

/// The fewest characters of a new password.
pub const MIN_CHARS: usize = 10;
/// The most bytes that are hashed; more is no password but a burden.
pub const MAX_BYTES: usize = 1024;

/// What waits for a turn beyond this is refused.
const MAX_WAITING: usize = 64;
/// A stored hash that asks for more memory than this is not ours.
const MAX_MEMORY_KIB: u32 = 65_536;
const MAX_PASSES: u32 = 10;

/// Stands in for the hash of an account that does not exist, so that both answers take the same time. The hash part is
/// zeroes: no password is known to give it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[derive(Clone, Debug)]
pub struct Passwords {
    queue: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
}

/// The right to hash one password now.
#[derive(Debug)]
pub struct Turn {
    _queued: OwnedSemaphorePermit,
    _working: OwnedSemaphorePermit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("a password has at least {MIN_CHARS} characters")]
    TooShort,
    #[error("a password has at most {MAX_BYTES} bytes")]
    TooLong,
    #[error("the password is too easy to guess")]
    TooEasy,
    #[error("too many sign-ins at once")]
    Busy,
    #[error("the password could not be hashed")]
    Failed,
}

impl Passwords {
    /// `at_once` hashes run side by side; each takes a core and 19 MiB.
    pub fn new(at_once: usize) -> Self {
        Self { queue: Arc::new(Semaphore::new(MAX_WAITING)), at_once: Arc::new(Semaphore::new(at_once.max(1))) }
    }

    /// Waits for a turn; refused at once when too many wait already.
    pub async fn turn(&self) -> Result<Turn, PasswordError> {
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let working = Arc::clone(&self.at_once).acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        Ok(Turn { _queued: queued, _working: working })
    }

    /// The hash to store, in the PHC string format.
    pub async fn hash(&self, password: String, random: &dyn Random) -> Result<String, PasswordError> {
        if password.len() > MAX_BYTES {
            return Err(PasswordError::TooLong);
        }
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let turn = self.turn().await?;
        let hashing = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
        });
        hashing.await.ok().and_then(Result::ok).ok_or(PasswordError::Failed)
    }
}

impl Turn {
    /// Whether `password` gives `stored`; for no account at all, a no that takes as long. The turn goes into the work
    /// itself: who leaves early does not make room for more than the machine can carry.
    pub async fn verify(self, password: String, stored: Option<String>) -> bool {
        let checking = tokio::task::spawn_blocking(move || {
            let _turn = self;
            let exists = stored.is_some();
            let hash = stored.as_deref().unwrap_or(NOBODY);
            let fits = PasswordHash::new(hash).is_ok_and(|hash| {
                is_bounded(&hash)
                    && password.len() <= MAX_BYTES
                    && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
            });
            exists && fits
        });
        checking.await.unwrap_or(false)
    }
}

fn is_bounded(hash: &PasswordHash) -> bool {
    Params::try_from(hash)
        .is_ok_and(|params| params.m_cost() <= MAX_MEMORY_KIB && params.t_cost() <= MAX_PASSES && params.p_cost() <= 4)
}

/// Whether a new password may be used. `about` are words that everybody knows of the account: its e-mail, the hotel.
pub fn check_new(password: &str, about: &[&str]) -> Result<(), PasswordError> {
    if password.chars().count() < MIN_CHARS {
        return Err(PasswordError::TooShort);
    }
    if password.len() > MAX_BYTES {
        return Err(PasswordError::TooLong);
    }
    let lower = password.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    let one_letter_over_and_over = letters.all(|letter| Some(letter) == first);
    let well_known = WELL_KNOWN.contains(&lower.as_str()) || about.iter().any(|word| lower == word.to_lowercase());
    if one_letter_over_and_over || well_known { Err(PasswordError::TooEasy) } else { Ok(()) }
}

/// The head of every published list, as far as it has ten characters, and what a hotel would think of.
const WELL_KNOWN: [&str; 27] = [
    "1234567890",
    "0123456789",
    "0987654321",
    "12345678910",
    "123456789a",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "abc123456789",
    "abcdefghij",
    "admin12345",
    "administrator",
    "changeme123",
    "frontdesk1",
    "frontdesk123",
    "housekeeping",
    "iloveyou123",
    "letmein123",
    "passw0rd123",
    "password12",
    "password123",
    "password1234",
    "qwerty1234",
    "qwertyuiop",
    "reception1",
    "reception123",
    "welcome123",
    "welcome1234",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::random::SystemRandom;

    #[tokio::test]
    async fn only_the_right_password_fits_its_hash() {
        let passwords = Passwords::new(2);
        let hash = passwords.hash("correct horse".to_owned(), &SystemRandom).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let check = async |password: &str, stored: Option<&str>| {
            passwords.turn().await.unwrap().verify(password.to_owned(), stored.map(str::to_owned)).await
        };
        assert!(check("correct horse", Some(&hash)).await);
        assert!(!check("correct horsf", Some(&hash)).await);
        assert!(!check("correct horse", None).await);
        assert!(!check("correct horse", Some("not a hash")).await);
        let greedy = hash.replace("m=19456", "m=1048576");
        assert!(!check("correct horse", Some(&greedy)).await);
    }

    #[test]
    fn the_stand_in_for_an_unknown_account_costs_what_a_real_one_costs() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&hash).unwrap();
        let ours = Params::default();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (ours.m_cost(), ours.t_cost(), ours.p_cost()));
    }

    #[tokio::test]
    async fn a_crowd_is_turned_away_before_it_costs_anything() {
        let passwords = Passwords::new(1);
        let _first = passwords.turn().await.unwrap();
        let waiting: Vec<_> = (0..2 * MAX_WAITING).map(|_| passwords.clone()).collect();
        let refused = waiting.iter().map(|passwords| Arc::clone(&passwords.queue).try_acquire_owned());
        assert_eq!(refused.collect::<Vec<_>>().iter().filter(|permit| permit.is_err()).count(), MAX_WAITING + 1);
    }

    #[test]
    fn a_new_password_is_long_enough_and_not_everybodys() {
        assert_eq!(check_new("short", &[]), Err(PasswordError::TooShort));
        assert_eq!(check_new("aaaaaaaaaaaa", &[]), Err(PasswordError::TooEasy));
        assert_eq!(check_new("Password123", &[]), Err(PasswordError::TooEasy));
        assert_eq!(check_new("Desk@Harbour.example", &["desk@harbour.example"]), Err(PasswordError::TooEasy));
        assert_eq!(check_new(&"long".repeat(500), &[]), Err(PasswordError::TooLong));
        assert_eq!(check_new("harbour-demo-desk", &["desk@harbour.example"]), Ok(()));
    }
}
