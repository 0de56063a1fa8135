//! The demo house: two hotels with stays around today in every state, for newcomers and tests. Nothing else depends on
//! it.
//!
//! Stays lie within twelve days of today and leave most rooms free; what lies further ahead is untouched. Prices are
//! the same every night, so that a total can be told from the number of nights.

mod doors;
mod harbour;
mod westlake;

use std::collections::BTreeMap;

use crate::domain::{
    Actor, CancellationPolicy, CivilTime, Date, Draft, EntryKind, EntryText, Guest, HotelSlug, Money, Note, Party,
    PaymentMethod, Posting, PriceTable, RoomType, State, Status, Stay, Timestamp,
};
use crate::server::clock::today;
use crate::server::random::Random;
use crate::server::service::password::Passwords;
use crate::server::store::command::{Change, Import};
use crate::server::store::folio::FolioChange;
use crate::server::store::{
    Command, CommandError, DirectoryChange, House, NewHotel, NewStaff, Reply, Role, Store, StoreError,
};
use crate::wire::offer::STANDARD_RATE;

/// How long the demo's holds last, so that the desk has some to look at.
const HOLD_SECONDS: i64 = 3600;
const DAY_SECONDS: i64 = 86_400;

struct DemoHotel {
    slug: &'static str,
    name: &'static str,
    time_zone: &'static str,
    currency: crate::domain::Currency,
    language: &'static str,
    check_in_from: (u8, u8),
    check_out_until: (u8, u8),
    room_types: &'static [DemoRoomType],
    /// The rooms of each type by floor, in the order of `room_types`.
    doors: &'static [DemoDoors],
    accounts: [DemoAccount; 3],
    stays: &'static [DemoStay],
}

/// Code, name, rooms, sleeps, price of a night in minor units.
struct DemoRoomType(&'static str, &'static str, u16, u8, i64);

/// Room type, floor, first number, how many.
struct DemoDoors(&'static str, i8, u16, u16);

struct DemoAccount {
    email: &'static str,
    name: &'static str,
    role: Role,
    password: &'static str,
}

struct DemoStay {
    room_type: &'static str,
    /// Days from today.
    arrival: i32,
    nights: i32,
    adults: u8,
    children: u8,
    status: Status,
    name: &'static str,
    email: &'static str,
    note: &'static str,
}

const fn stay(
    room_type: &'static str,
    (arrival, nights): (i32, i32),
    (adults, children): (u8, u8),
    status: Status,
    (name, email): (&'static str, &'static str),
    note: &'static str,
) -> DemoStay {
    DemoStay { room_type, arrival, nights, adults, children, status, name, email, note }
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demo house cannot be made: {0}")]
    Store(#[from] StoreError),
    #[error("the demo house cannot be made: {0}")]
    Command(#[from] CommandError),
    #[error("the demo house cannot be made: {0}")]
    Wrong(String),
}

fn wrong(error: impl core::fmt::Display) -> DemoError {
    DemoError::Wrong(error.to_string())
}

const HOTELS: [&DemoHotel; 2] = [&harbour::HOTEL, &westlake::HOTEL];

/// Makes the demo house in a database without other hotels, or what is missing of it where it was interrupted. Returns
/// whether anything was missing.
pub async fn seed(store: &dyn Store, now: Timestamp, random: &dyn Random) -> Result<bool, DemoError> {
    let is_ours = |house: &std::sync::Arc<House>| HOTELS.iter().any(|hotel| hotel.slug == house.hotel.slug.as_str());
    if !store.catalog().houses().iter().all(is_ours) {
        return Ok(false);
    }
    let mut missed = false;
    for hotel in HOTELS {
        missed |= hotel.furnish(store).await?;
        missed |= hotel.employ(store, random).await?;
        missed |= hotel.number_doors(store, now).await?;
        if hotel.fill(store, now, random).await? {
            missed = true;
            hotel.begin_day(store, now).await?;
        }
    }
    Ok(missed)
}

impl DemoHotel {
    async fn furnish(&self, store: &dyn Store) -> Result<bool, DemoError> {
        if self.house(store).is_ok() {
            return Ok(false);
        }
        let time = |(hour, minute)| CivilTime::new(hour, minute).ok_or_else(|| wrong("no such time"));
        let room_type = |DemoRoomType(code, name, rooms, sleeps, price): &DemoRoomType| {
            Ok::<RoomType, DemoError>(RoomType {
                code: code.parse().map_err(wrong)?,
                name: (*name).to_owned(),
                sleeps: *sleeps,
                rooms: *rooms,
                overbook: 0,
                prices: PriceTable::new(self.currency, [*price; 7], BTreeMap::new()),
            })
        };
        let hotel = NewHotel {
            slug: self.slug.parse().map_err(wrong)?,
            name: self.name.to_owned(),
            time_zone: self.time_zone.to_owned(),
            currency: self.currency,
            language: self.language.to_owned(),
            check_in_from: time(self.check_in_from)?,
            check_out_until: time(self.check_out_until)?,
            cancellation: CancellationPolicy::default(),
            room_types: self.room_types.iter().map(room_type).collect::<Result<_, _>>()?,
        };
        store.change_directory(DirectoryChange::AddHotel(hotel)).await?;
        Ok(true)
    }

    async fn employ(&self, store: &dyn Store, random: &dyn Random) -> Result<bool, DemoError> {
        let hotel = self.house(store)?.hotel.id;
        let passwords = Passwords::new(1);
        let mut missed = false;
        for DemoAccount { email, name, role, password } in &self.accounts {
            if store.staff_by_email((*email).to_owned()).await?.is_some() {
                continue;
            }
            let password_hash = passwords.hash((*password).to_owned(), random).await.map_err(wrong)?;
            let (email, name) = ((*email).to_owned(), (*name).to_owned());
            let staff = NewStaff { hotel, email, name, role: *role, password_hash };
            store.change_directory(DirectoryChange::AddStaff(staff)).await?;
            missed = true;
        }
        Ok(missed)
    }

    /// A stay that is there already stays as it is.
    async fn fill(&self, store: &dyn Store, now: Timestamp, random: &dyn Random) -> Result<bool, DemoError> {
        let house = self.house(store)?;
        let today = today(now, self.time_zone);
        let mut missed = false;
        for (place, stay) in self.stays.iter().enumerate() {
            // A code that is taken is one of a million million: another one will do.
            loop {
                let mut import = stay.import(&house, today, now, random, place)?;
                import.room = self.room_of(place);
                let paid = stay.payment(&import)?;
                let change = Change::Import(Box::new(import));
                match store.execute(house.hotel.id, Command { at: now, actor: Actor::System, change }).await {
                    Ok(Reply::Imported { already_there }) => {
                        missed |= !already_there;
                        if let Some(change) = paid.filter(|_| !already_there) {
                            store.execute(house.hotel.id, Command { at: now, actor: Actor::System, change }).await?;
                        }
                        break;
                    }
                    Ok(other) => return Err(wrong(format!("an import was answered with {other:?}"))),
                    Err(CommandError::CodeTaken) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(missed)
    }

    fn house(&self, store: &dyn Store) -> Result<std::sync::Arc<House>, DemoError> {
        let slug: HotelSlug = self.slug.parse().map_err(wrong)?;
        store.catalog().by_slug(&slug).cloned().ok_or_else(|| wrong("the hotel is not there"))
    }
}

impl DemoStay {
    /// Who has left has paid.
    fn payment(&self, import: &Import) -> Result<Option<Change>, DemoError> {
        if self.status != Status::CheckedOut {
            return Ok(None);
        }
        let kind = EntryKind::Payment(PaymentMethod::Card);
        let posting = Posting::new(kind, EntryText::default(), import.draft.total).map_err(wrong)?;
        Ok(Some(Change::Folio { code: import.draft.code, change: FolioChange::Post(posting), key: None }))
    }

    fn import(
        &self,
        house: &House,
        today: Date,
        now: Timestamp,
        random: &dyn Random,
        place: usize,
    ) -> Result<Import, DemoError> {
        let arrival = today.add_days(self.arrival);
        let stay = Stay::new(arrival, arrival.add_days(self.nights)).map_err(wrong)?;
        let code = self.room_type.parse().map_err(wrong)?;
        let room_type = house.room_type(&code).ok_or_else(|| wrong(format!("no room type {code}")))?;
        let nightly: Vec<(Date, Money)> = stay.nights().map(|night| (night, room_type.prices.night(night))).collect();
        let total = Money::sum(house.hotel.currency, nightly.iter().map(|(_, price)| *price)).map_err(wrong)?;
        let state = match self.status {
            Status::Held => State::Held { until: now.plus_seconds(HOLD_SECONDS) },
            Status::Confirmed => State::Confirmed,
            Status::InHouse => State::InHouse,
            Status::CheckedOut => State::CheckedOut,
            Status::Cancelled => State::Cancelled,
            Status::NoShow => State::NoShow,
            Status::Lapsed => State::Lapsed,
        };
        // Booked one to six weeks ahead of the arrival, but never in the future.
        let days_ahead = 7 + i32::try_from(place * 5 % 36).unwrap_or(0);
        let days_ago = (days_ahead - self.arrival).max(1);
        let created_at = match self.status {
            Status::Held => now,
            _ => now.plus_seconds(-DAY_SECONDS * i64::from(days_ago)),
        };
        Ok(Import {
            draft: Draft {
                hotel: house.hotel.id,
                code: random.reservation_code(),
                hold: None,
                room_type: code,
                rate_plan: STANDARD_RATE.to_owned(),
                stay,
                party: Party::new(self.adults, self.children).map_err(wrong)?,
                nightly,
                total,
            },
            state,
            guest: Guest {
                name: self.name.parse().map_err(wrong)?,
                email: Some(self.email.parse().map_err(wrong)?),
                phone: None,
            },
            note: self.note.parse::<Note>().map_err(wrong)?,
            created_at,
            source: format!("Demo#{}", place + 1),
            room: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::LoggedFact;
    use crate::server::random::SystemRandom;
    use crate::server::store::memory::MemoryStore;
    use crate::server::store::{Catalog, CommitListener, Guard, LogEntry, ReservationFilter};

    struct Nobody;

    impl CommitListener for Nobody {
        fn committed(&self, _: &[LoggedFact], _: Vec<LogEntry>) {}
        fn catalog_changed(&self, _: &Arc<Catalog>) {}
    }

    #[tokio::test]
    async fn what_an_interruption_left_out_is_made_up_for() {
        let store = MemoryStore::new("m0", Guard::On, Arc::new(Nobody));
        let now: Timestamp = "2027-03-28T00:30:00Z".parse().unwrap();
        let half_filled = DemoHotel { stays: &harbour::HOTEL.stays[..5], ..harbour::HOTEL };
        assert!(half_filled.furnish(store.as_ref()).await.unwrap());
        assert!(half_filled.number_doors(store.as_ref(), now).await.unwrap());
        assert!(half_filled.fill(store.as_ref(), now, &SystemRandom).await.unwrap());
        assert!(seed(store.as_ref(), now, &SystemRandom).await.unwrap());
        for hotel in HOTELS {
            let id = hotel.house(store.as_ref()).unwrap().hotel.id;
            let filter = ReservationFilter { limit: 1000, ..ReservationFilter::default() };
            assert_eq!(store.reservations(id, filter).await.unwrap().len(), hotel.stays.len());
            assert_eq!(store.staff(id).await.unwrap().len(), hotel.accounts.len());
        }
    }

    #[tokio::test]
    async fn the_demo_has_every_state_and_leaves_most_rooms_free() {
        let store = MemoryStore::new("m0", Guard::On, Arc::new(Nobody));
        let now: Timestamp = "2027-03-28T00:30:00Z".parse().unwrap();
        assert!(seed(store.as_ref(), now, &SystemRandom).await.unwrap());
        assert!(!seed(store.as_ref(), now, &SystemRandom).await.unwrap(), "a second time it does nothing");
        for house in store.catalog().houses() {
            let hotel = &house.hotel;
            let filter = ReservationFilter { limit: 1000, ..ReservationFilter::default() };
            let all = store.reservations(hotel.id, filter).await.unwrap();
            assert!((24..=48).contains(&all.len()), "{}: {} stays", hotel.slug, all.len());
            for status in Status::ALL {
                assert!(all.iter().any(|one| one.state().status() == status), "{}: nobody is {status}", hotel.slug);
            }
            let today = today(now, &hotel.time_zone);
            let (_, nights) = store.nights(hotel.id, today).await.unwrap();
            for row in nights {
                let rooms = house.room_type(&row.room_type).unwrap().rooms;
                assert!(2 * (row.sold + row.held) <= rooms, "{} of {} on {}", row.room_type, hotel.slug, row.night);
                assert!(today.days_until(row.night) <= 12, "{} is far ahead", row.night);
            }
            for one in all {
                assert!(one.room.is_some() || one.state().status() != Status::InHouse, "{} sleeps nowhere", one.code);
                let fits = house.room_type(&one.room_type).unwrap().fits(one.party);
                assert!(fits, "{} does not fit into {}", one.guest.unwrap().name, one.room_type);
                let arrives = today.days_until(one.stay.arrival());
                let makes_sense = match one.state().status() {
                    Status::InHouse => arrives <= 0 && one.stay.departure() >= today,
                    Status::CheckedOut => one.stay.departure() <= today,
                    Status::NoShow => arrives < 0,
                    Status::Confirmed | Status::Held => arrives >= 0,
                    Status::Cancelled | Status::Lapsed => true,
                };
                assert!(makes_sense, "{} {} {}", one.state().status(), one.stay.arrival(), one.stay.departure());
                assert!(one.created_at <= now);
            }
            assert_eq!(store.staff(hotel.id).await.unwrap().len(), 3);
            let rooms = store.rooms(hotel.id, today).await.unwrap().rooms;
            assert_eq!(rooms.len(), usize::try_from(house.room_count()).unwrap(), "every door has a number");
        }
    }
}
