//! What only a file can promise: one server a file, a sound SQLite, the same house after a restart, and a constraint
//! that holds whatever the program does.

use std::sync::Arc;

use vacancy::domain::Action;
use vacancy::server::store::sqlite::{SqliteOptions, SqliteStore, check_sqlite_version};
use vacancy::server::store::{CommandError, CommitListener, DirectoryChange, StoreError};

use crate::house::{HOTEL, House, Journal, Kind, day, stay};

impl House {
    pub fn file(&self) -> std::path::PathBuf {
        self.dir.as_ref().expect("SQLite has a directory").path().join("house.db")
    }

    fn open_again(&self) -> Result<Arc<SqliteStore>, StoreError> {
        let listener: Arc<dyn CommitListener> = Arc::<Journal>::clone(&self.journal);
        SqliteStore::open(&self.file(), SqliteOptions::default(), listener)
    }

    /// Closes the store and opens the file anew.
    pub async fn restart(self) -> Self {
        self.store.close().await;
        let store = self.open_again().unwrap();
        Self { store, ..self }
    }
}

#[tokio::test]
async fn a_second_server_for_the_same_file_is_refused() {
    let house = House::open(Kind::Sqlite).await;
    let refused = house.open_again().unwrap_err();
    let StoreError::Refused(reason) = &refused else { panic!("{refused:?}") };
    assert!(reason.contains("house.db") && reason.contains("open"), "{reason}");
    house.book("double", stay(0, 1)).await.unwrap();
    house.store.close().await;
    house.open_again().unwrap();
}

#[test]
fn an_old_sqlite_is_refused() {
    assert!(check_sqlite_version(3_051_003).is_ok());
    assert!(check_sqlite_version(4_000_000).is_ok());
    let refused = check_sqlite_version(3_051_002).unwrap_err().to_string();
    assert!(refused.contains("3.51.2") && refused.contains("3.51.3"), "{refused}");
    check_sqlite_version(rusqlite::version_number()).unwrap();
}

#[tokio::test]
async fn the_house_is_the_same_after_a_restart() {
    let house = House::open(Kind::Sqlite).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    house.hold("double", stay(1, 2)).await.unwrap();
    house.act(booked.code, Action::CheckIn).await.unwrap();
    let price = DirectoryChange::SetPrice {
        hotel: HOTEL,
        room_type: booked.room_type.clone(),
        night: day(5),
        price_minor: 12_345,
    };
    house.store.change_directory(price).await.unwrap();
    let (before, epoch) = (house.everything().await, house.store.epoch().to_owned());
    let catalog = format!("{:?}", house.store.catalog());

    let house = house.restart().await;
    assert_eq!(house.everything().await, before);
    assert_eq!(house.store.epoch(), epoch);
    assert_eq!(format!("{:?}", house.store.catalog()), catalog);
    house.act(booked.code, Action::CheckOut).await.unwrap();
    house.check_books().await;
}

#[tokio::test]
async fn two_databases_have_two_epochs() {
    let (one, other) = (House::open(Kind::Sqlite).await, House::open(Kind::Sqlite).await);
    assert_ne!(one.store.epoch(), other.store.epoch());
    assert!(one.store.epoch().bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()));
}

#[tokio::test]
async fn the_database_itself_refuses_to_sell_a_night_twice() {
    let house = House::open(Kind::Sqlite).await;
    house.book("single", stay(0, 1)).await.unwrap();
    house.store.close().await;
    let raw = rusqlite::Connection::open(house.file()).unwrap();
    for change in ["sold = sold + 1", "held = held + 1", "blocked = blocked + 1", "rooms = 0", "sold = -1"] {
        let refused = raw.execute(&format!("UPDATE nights SET {change} WHERE room_type = 'single'"), []);
        let message = refused.expect_err(change).to_string();
        assert!(message.contains("CHECK constraint failed"), "{change}: {message}");
    }
    assert_eq!(raw.execute("UPDATE nights SET overbook = 1, sold = 2 WHERE room_type = 'single'", []), Ok(1));
}

#[tokio::test]
async fn what_was_answered_is_in_the_file_before_the_store_is_closed() {
    let house = House::open(Kind::Sqlite).await;
    let booked = house.book("double", stay(0, 1)).await.unwrap();
    let raw = rusqlite::Connection::open(house.file()).unwrap();
    let status: String = raw
        .query_row("SELECT status FROM reservations WHERE code = ?1", [booked.code.to_string()], |row| row.get(0))
        .unwrap();
    assert_eq!(status, "confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_program_holds_the_file_the_store_is_busy_and_says_so() {
    let house = House::open(Kind::Sqlite).await;
    assert!(house.store.is_ready().await);
    let other = rusqlite::Connection::open(house.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(!house.store.is_ready().await);
    let refused = house.book("double", stay(0, 1)).await;
    assert!(matches!(refused, Err(CommandError::Store(StoreError::Busy))), "{refused:?}");
    other.execute_batch("ROLLBACK").unwrap();
    house.book("double", stay(0, 1)).await.unwrap();
    assert!(house.store.is_ready().await);
    house.check_books().await;
}
