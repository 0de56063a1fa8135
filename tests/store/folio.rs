//! Folios in every store: once a key, taken back once, never changed; and a log that is only added to.

use vacancy::domain::{
    Action, Actor, Currency, EntryKind, Folio, FolioEntry, FolioRefusal, Guest, Money, PaymentMethod, Posting,
    ReservationCode,
};
use vacancy::server::store::command::Change;
use vacancy::server::store::details::Details;
use vacancy::server::store::folio::FolioChange;
use vacancy::server::store::{CommandError, LogFilter, Reply};

use crate::house::{HOTEL, House, Kind, guest, stay};

impl House {
    async fn folio(&self, code: ReservationCode) -> Folio {
        Folio::of(&self.stored(code).await, self.store.folio(code).await.unwrap())
    }

    async fn balance(&self, code: ReservationCode) -> i64 {
        self.folio(code).await.balance().unwrap().minor
    }

    async fn post(
        &self,
        code: ReservationCode,
        change: FolioChange,
        key: Option<&str>,
    ) -> Result<(FolioEntry, bool), CommandError> {
        let change = Change::Folio { code, change, key: key.map(str::to_owned) };
        match self.execute(desk(), change).await? {
            Reply::Posted { entry, replayed } => Ok((entry, replayed)),
            other => panic!("a posting was answered with {other:?}"),
        }
    }
}

fn desk() -> Actor {
    Actor::Staff("desk@test.example".to_owned())
}

fn posting(kind: EntryKind, minor: i64) -> FolioChange {
    let amount = Money::new(minor, Currency::Eur);
    FolioChange::Post(Posting::new(kind, "Minibar".parse().unwrap(), amount).unwrap())
}

const CASH: EntryKind = EntryKind::Payment(PaymentMethod::Cash);

async fn charges_and_payments_make_the_balance_and_a_mistake_is_taken_back(kind: Kind) {
    let house = House::open(kind).await;
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    assert_eq!(house.balance(code).await, 20_000);
    let (charge, _) = house.post(code, posting(EntryKind::Charge, 750), None).await.unwrap();
    house.post(code, posting(CASH, 20_000), None).await.unwrap();
    assert_eq!(house.balance(code).await, 750);
    let (back, _) = house.post(code, FolioChange::Reverse(charge.id), None).await.unwrap();
    assert_eq!((back.amount.minor, back.reverses), (-750, Some(charge.id)));
    assert_eq!(house.balance(code).await, 0);
    for id in [charge.id, back.id] {
        let again = house.post(code, FolioChange::Reverse(id), None).await;
        assert!(matches!(again, Err(CommandError::Folio(_))), "{again:?}");
    }
    // Who cancels owes no night, and is owed what was paid.
    house.act(code, Action::Cancel).await.unwrap();
    assert_eq!(house.balance(code).await, -20_000);
    house.check_books().await;
}

async fn one_key_posts_once(kind: Kind) {
    let house = House::open(kind).await;
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    let (first, replayed) = house.post(code, posting(CASH, 500), Some("k1")).await.unwrap();
    assert!(!replayed);
    let head = house.head().await;
    assert_eq!(house.post(code, posting(CASH, 500), Some("k1")).await.unwrap(), (first, true));
    assert_eq!(house.head().await, head);
    let other = house.post(code, posting(CASH, 501), Some("k1")).await;
    assert!(matches!(other, Err(CommandError::IdempotencyKeyReused)));
    house.post(code, posting(CASH, 500), Some("k2")).await.unwrap();
    assert_eq!(house.balance(code).await, 19_000);
    house.check_books().await;
}

async fn what_does_not_belong_into_a_folio_is_refused_and_changes_nothing(kind: Kind) {
    let house = House::open(kind).await;
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    let held = house.hold("double", stay(0, 2)).await.unwrap().code;
    house.advance_seconds(3600);
    house.lapse().await;
    let before = house.everything().await;
    let yuan = Posting::new(CASH, "".parse().unwrap(), Money::new(5, Currency::Cny)).unwrap();
    let refused = house.post(code, FolioChange::Post(yuan), None).await;
    assert!(matches!(refused, Err(CommandError::Folio(FolioRefusal::OtherCurrency(Currency::Eur)))));
    let refused = house.post(held, posting(CASH, 5), None).await;
    assert!(matches!(refused, Err(CommandError::Folio(FolioRefusal::State(_)))));
    assert_eq!(house.everything().await, before);
    assert!(house.store.folio(code).await.unwrap().is_empty());
}

async fn a_posting_changes_no_version_and_is_in_the_log_with_its_author(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    let (entry, _) = house.post(booked.code, posting(CASH, 500), None).await.unwrap();
    assert_eq!(house.stored(booked.code).await.version, booked.version);
    let logged = house.log().await.pop().unwrap();
    assert_eq!((logged.event.as_str(), logged.kind.as_str()), ("reservation", "folio"));
    assert_eq!((logged.by.as_str(), logged.seq), ("desk@test.example", entry.id.0));
    assert!(logged.body.contains(r#""method":"cash""#), "{}", logged.body);
}

async fn the_log_is_read_back_by_stay_by_person_and_by_time(kind: Kind) {
    let house = House::open(kind).await;
    let one = house.book("double", stay(0, 2)).await.unwrap().code;
    house.advance_seconds(100);
    let noon = house.now();
    let two = house.book("double", stay(0, 2)).await.unwrap().code;
    house.act(two, Action::Cancel).await.unwrap();
    house.advance_seconds(100);
    house.act(one, Action::Cancel).await.unwrap();
    let read = async |filter: LogFilter| {
        let entries = house.store.audit(HOTEL, LogFilter { limit: 100, ..filter }).await.unwrap();
        entries.iter().map(|entry| entry.seq).collect::<Vec<_>>()
    };
    let all = LogFilter::default();
    assert_eq!(read(all.clone()).await, [8, 7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(read(LogFilter { code: Some(one), ..all.clone() }).await, [8, 3, 2, 1]);
    assert_eq!(read(LogFilter { by: Some("desk@test.example".into()), ..all.clone() }).await, [8, 7]);
    assert_eq!(read(LogFilter { by: Some("guest".into()), before: Some(4), ..all.clone() }).await, [3, 2, 1]);
    assert_eq!(read(LogFilter { from: Some(noon), to: Some(noon.plus_seconds(1)), ..all.clone() }).await, [7, 6, 5, 4]);
    assert_eq!(read(LogFilter { from: Some(house.now().plus_seconds(1)), ..all.clone() }).await, [0_u64; 0]);
    assert_eq!(read(LogFilter { to: Some(noon), code: Some(two), ..all }).await, [0_u64; 0]);
}

async fn guest_and_note_are_corrected_by_whoever_has_seen_them_as_they_are(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    let corrected = |note: &str, version| {
        let guest = Guest { name: "Ana Maria Lopes".parse().unwrap(), ..guest() };
        let details = Box::new(Details { guest: Some(guest), note: note.parse().unwrap() });
        house.execute(desk(), Change::SetDetails { code: booked.code, details, version })
    };
    corrected("Late, by train", Some(booked.version)).await.unwrap();
    let stored = house.stored(booked.code).await;
    assert_eq!((stored.note.as_str(), stored.version), ("Late, by train", booked.version + 1));
    assert_eq!(stored.guest.unwrap().name.as_str(), "Ana Maria Lopes");
    let stale = corrected("Early", Some(booked.version)).await;
    assert!(matches!(stale, Err(CommandError::VersionConflict { current }) if current == booked.version + 1));
    let head = house.head().await;
    corrected("Late, by train", None).await.unwrap();
    assert_eq!(house.head().await, head, "no change is no fact");
    house.check_books().await;
}

crate::for_every_store!(
    charges_and_payments_make_the_balance_and_a_mistake_is_taken_back,
    one_key_posts_once,
    what_does_not_belong_into_a_folio_is_refused_and_changes_nothing,
    a_posting_changes_no_version_and_is_in_the_log_with_its_author,
    the_log_is_read_back_by_stay_by_person_and_by_time,
    guest_and_note_are_corrected_by_whoever_has_seen_them_as_they_are,
);

#[tokio::test]
async fn neither_log_nor_folio_can_be_altered_in_the_file() {
    let house = House::open(Kind::Sqlite).await;
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    house.post(code, posting(CASH, 500), None).await.unwrap();
    house.store.close().await;
    let raw = rusqlite::Connection::open(house.file()).unwrap();
    for sql in [
        "UPDATE log SET actor = 'system' WHERE seq = 1",
        "DELETE FROM log WHERE seq = 1",
        "DELETE FROM log",
        "UPDATE folio_entries SET amount_minor = 1",
        "DELETE FROM folio_entries",
    ] {
        let refused = raw.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("only ever added to"), "{sql}: {refused}");
    }
    let count: i64 = raw.query_row("SELECT count(*) FROM log WHERE actor = 'guest'", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 3);
}
