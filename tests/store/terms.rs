//! What holds for every stay, and who came to the door, in every store: each in the log, once, and found there.

use vacancy::domain::{Actor, CancellationPolicy, CivilTime, HotelTerms, StaffFact};
use vacancy::server::store::command::Change;
use vacancy::server::store::{CommandError, LogFilter, LogPart, Reply};

use crate::house::{HOTEL, House, Kind, stay};

fn terms(free_hours: u16) -> HotelTerms {
    HotelTerms {
        check_in_from: CivilTime::new(16, 0).unwrap(),
        check_out_until: CivilTime::new(10, 30).unwrap(),
        cancellation: CancellationPolicy { free_hours, fee_nights: 2, no_show_nights: 3 },
    }
}

impl House {
    pub async fn set_terms(&self, terms: HotelTerms, version: u32) -> Result<u32, CommandError> {
        let change = Change::SetTerms { terms, version: Some(version) };
        match self.execute(Actor::Staff("boss@test.example".to_owned()), change).await? {
            Reply::Terms(hotel) => Ok(hotel.terms_version),
            other => panic!("terms were answered with {other:?}"),
        }
    }

    pub fn terms(&self) -> HotelTerms {
        self.store.catalog().house(HOTEL).unwrap().hotel.terms()
    }

    async fn part(&self, of: LogPart) -> Vec<String> {
        let filter = LogFilter { of: Some(of), limit: 100, ..LogFilter::default() };
        let entries = self.store.audit(HOTEL, filter).await.unwrap();
        assert!(entries.iter().all(|entry| of.has(entry)));
        entries.into_iter().map(|entry| entry.kind).collect()
    }
}

async fn terms_are_set_once_by_who_has_seen_them(kind: Kind) {
    let house = House::open(kind).await;
    assert_eq!(house.set_terms(terms(48), 1).await.unwrap(), 2);
    assert_eq!(house.terms(), terms(48));
    assert!(matches!(house.set_terms(terms(12), 1).await, Err(CommandError::VersionConflict { current: 2 })));
    assert_eq!(house.set_terms(terms(48), 2).await.unwrap(), 2, "no change is no fact");
    assert_eq!(house.part(LogPart::House).await, ["terms"]);
    assert_eq!(house.terms(), terms(48));
    house.check_books().await;
}

async fn the_log_is_read_by_its_parts(kind: Kind) {
    let house = House::open(kind).await;
    house.book("double", stay(0, 1)).await.unwrap();
    for of in StaffFact::ALL {
        let change = Change::NoteStaff { kind: of, from: "203.0.113.*".to_owned() };
        house.execute(Actor::Staff("desk@test.example".to_owned()), change).await.unwrap();
    }
    house.set_terms(terms(48), 1).await.unwrap();
    assert_eq!(house.part(LogPart::Staff).await, ["signed_out", "sign_in_failed", "signed_in"]);
    assert_eq!(house.part(LogPart::Stays).await, ["new_reservation", "confirmed", "placed"]);
    assert!(house.part(LogPart::Folio).await.is_empty() && house.part(LogPart::Rooms).await.is_empty());
    let everything = LogFilter { limit: 100, ..LogFilter::default() };
    assert_eq!(house.store.audit(HOTEL, everything).await.unwrap().len(), 7);
    house.check_books().await;
}

crate::for_every_store!(terms_are_set_once_by_who_has_seen_them, the_log_is_read_by_its_parts);

#[tokio::test]
async fn the_terms_are_what_they_were_after_the_program_starts_again() {
    let house = House::open(Kind::Sqlite).await;
    house.set_terms(terms(48), 1).await.unwrap();
    let house = house.restart().await;
    assert_eq!(house.terms(), terms(48));
    assert_eq!(house.set_terms(terms(12), 2).await.unwrap(), 3);
}
