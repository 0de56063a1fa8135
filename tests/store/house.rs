//! A hotel to test with: three doubles, one single, and a journal of what its store told.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use vacancy::domain::rooms::RoomNote;
use vacancy::domain::{
    Action, Actor, CancellationPolicy, CivilTime, Condition, Currency, Date, Draft, Floor, Guest, HoldId, HotelId,
    LoggedFact, Money, Note, NudgeMessage, Party, PriceTable, Reservation, ReservationCode, Room, RoomType,
    RoomTypeCode, State, Status, Stay, Timestamp,
};
use vacancy::server::store::command::{Booking, BookingOf, Change, Import};
use vacancy::server::store::memory::MemoryStore;
use vacancy::server::store::sqlite::{SqliteOptions, SqliteStore};
use vacancy::server::store::{
    Catalog, Command, CommandError, CommitListener, DirectoryChange, Guard, HotelRooms, Idempotency, LogEntry,
    NewHotel, NightRow, Reply, ReservationFilter, RoomChange, RoomReply, Store, StoreError,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Memory,
    Sqlite,
}

pub const HOTEL: HotelId = HotelId(1);
pub const HOLD_SECONDS: i64 = 600;

pub struct House {
    pub store: Arc<dyn Store>,
    pub journal: Arc<Journal>,
    pub dir: Option<TempDir>,
    pub now_ms: AtomicI64,
    pub codes: AtomicU64,
}

/// Hears what was committed.
#[derive(Debug, Default)]
pub struct Journal {
    pub heard: Mutex<Vec<(LoggedFact, LogEntry)>>,
    pub catalogs: Mutex<Vec<Arc<Catalog>>>,
}

impl CommitListener for Journal {
    fn committed(&self, facts: &[LoggedFact], entries: Vec<LogEntry>) {
        assert_eq!(facts.len(), entries.len());
        self.heard.lock().unwrap().extend(facts.iter().cloned().zip(entries));
    }

    fn catalog_changed(&self, catalog: &Arc<Catalog>) {
        self.catalogs.lock().unwrap().push(Arc::clone(catalog));
    }
}

pub fn day(offset: i32) -> Date {
    "2030-06-03".parse::<Date>().unwrap().add_days(offset)
}

pub fn stay(arrival: i32, nights: i32) -> Stay {
    Stay::new(day(arrival), day(arrival + nights)).unwrap()
}

pub fn code_of(text: &str) -> RoomTypeCode {
    text.parse().unwrap()
}

pub fn room_type(code: &str, rooms: u16) -> RoomType {
    let prices = PriceTable::flat(Money::new(10_000, Currency::Eur));
    RoomType { code: code_of(code), name: format!("The {code}"), sleeps: 3, rooms, overbook: 0, prices }
}

pub fn hotel(slug: &str) -> NewHotel {
    NewHotel {
        slug: slug.parse().unwrap(),
        name: "Test House".to_owned(),
        time_zone: "Europe/Lisbon".to_owned(),
        currency: Currency::Eur,
        language: "en".to_owned(),
        check_in_from: CivilTime::new(15, 0).unwrap(),
        check_out_until: CivilTime::new(11, 0).unwrap(),
        cancellation: CancellationPolicy::default(),
        room_types: vec![room_type("double", 3), room_type("single", 1)],
    }
}

pub fn guest() -> Guest {
    Guest { name: "Ana Lopes".parse().unwrap(), email: "ana@example.org".parse().ok(), phone: None }
}

impl House {
    pub async fn open(kind: Kind) -> Self {
        Self::with_guard(kind, Guard::On).await
    }

    pub async fn with_guard(kind: Kind, guard: Guard) -> Self {
        let journal = Arc::new(Journal::default());
        let listener: Arc<dyn CommitListener> = Arc::clone(&journal) as _;
        let (store, dir): (Arc<dyn Store>, _) = match kind {
            Kind::Memory => (MemoryStore::new("m0", guard, listener), None),
            Kind::Sqlite => {
                let dir = TempDir::new().unwrap();
                let options = SqliteOptions { guard, ..SqliteOptions::default() };
                (SqliteStore::open(&dir.path().join("house.db"), options, listener).unwrap(), Some(dir))
            }
        };
        store.change_directory(DirectoryChange::AddHotel(hotel("test"))).await.unwrap();
        let now: Timestamp = "2030-06-01T12:00:00Z".parse().unwrap();
        Self { store, journal, dir, now_ms: AtomicI64::new(now.unix_ms()), codes: AtomicU64::new(0) }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.now_ms.load(Ordering::SeqCst))
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.now_ms.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// A code that was not used before.
    pub fn new_code(&self) -> ReservationCode {
        let number = self.codes.fetch_add(1, Ordering::SeqCst);
        ReservationCode::from_random(*number.to_be_bytes().last_chunk().unwrap())
    }

    pub fn draft(&self, room_type: &str, stay: Stay) -> Draft {
        let nightly: Vec<(Date, Money)> =
            stay.nights().map(|night| (night, Money::new(10_000, Currency::Eur))).collect();
        let total = Money::sum(Currency::Eur, nightly.iter().map(|(_, price)| *price)).unwrap();
        let code = self.new_code();
        Draft {
            hotel: HOTEL,
            code,
            hold: Some(HoldId(format!("hold-{code}"))),
            room_type: code_of(room_type),
            rate_plan: "flexible".to_owned(),
            stay,
            party: Party::new(2, 0).unwrap(),
            nightly,
            total,
        }
    }

    pub async fn execute(&self, actor: Actor, change: Change) -> Result<Reply, CommandError> {
        self.store.execute(HOTEL, Command { at: self.now(), actor, change }).await
    }

    pub async fn hold(&self, room_type: &str, stay: Stay) -> Result<Reservation, CommandError> {
        let change =
            Change::PlaceHold { draft: self.draft(room_type, stay), until: self.now().plus_seconds(HOLD_SECONDS) };
        match self.execute(Actor::Guest, change).await? {
            Reply::Held(reservation) => Ok(reservation),
            other => panic!("a hold was answered with {other:?}"),
        }
    }

    pub fn booking(&self, what: BookingOf, idempotency: Option<Idempotency>) -> Change {
        let manage_token = format!("token-{}", self.new_code());
        Change::Book(Box::new(Booking {
            what,
            guest: guest(),
            note: Note::default(),
            room: None,
            manage_token,
            idempotency,
        }))
    }

    /// Books at once, with no hold before.
    pub async fn book(&self, room_type: &str, stay: Stay) -> Result<Reservation, CommandError> {
        let change = self.booking(BookingOf::Draft(self.draft(room_type, stay)), None);
        Ok(booked(self.execute(Actor::Guest, change).await?))
    }

    pub async fn confirm_hold(&self, held: &Reservation) -> Result<Reservation, CommandError> {
        let name = held.hold.clone().expect("a hold has a name");
        Ok(booked(self.execute(Actor::Guest, self.booking(BookingOf::Hold(name), None)).await?))
    }

    /// Keeps a hold for as long as a new one would be.
    pub async fn extend(&self, held: &Reservation) -> Result<Reservation, CommandError> {
        let name = held.hold.clone().expect("a hold has a name");
        let until = self.now().plus_seconds(HOLD_SECONDS);
        match self.execute(Actor::Guest, Change::ExtendHold { hold: name, until }).await? {
            Reply::Held(reservation) => Ok(reservation),
            other => panic!("an extension was answered with {other:?}"),
        }
    }

    pub async fn act(&self, code: ReservationCode, action: Action) -> Result<Reservation, CommandError> {
        self.act_on_version(code, action, None).await
    }

    pub async fn act_on_version(
        &self,
        code: ReservationCode,
        action: Action,
        version: Option<u32>,
    ) -> Result<Reservation, CommandError> {
        let actor = Actor::Staff("desk@test.example".to_owned());
        match self.execute(actor, Change::Act { code, action, version, shown_fee: None }).await? {
            Reply::Changed(reservation) => Ok(reservation),
            other => panic!("an action was answered with {other:?}"),
        }
    }

    pub async fn nudge(&self, code: ReservationCode) -> Result<Reply, CommandError> {
        let message: NudgeMessage = "A late arrival".parse().unwrap();
        self.execute(Actor::Guest, Change::Nudge { code, message, interval_seconds: 60 }).await
    }

    pub fn import(&self, source: &str, state: State, stay: Stay) -> Change {
        Change::Import(Box::new(Import {
            draft: Draft { hold: None, ..self.draft("double", stay) },
            state,
            guest: guest(),
            note: Note::default(),
            created_at: self.now().plus_seconds(-86_400),
            source: source.to_owned(),
            room: None,
        }))
    }

    pub async fn lapse(&self) -> u32 {
        match self.execute(Actor::System, Change::LapseHolds).await.unwrap() {
            Reply::Lapsed(count) => count,
            other => panic!("a sweep was answered with {other:?}"),
        }
    }

    /// Numbers every door: three doubles on the first floor, the single on the second.
    pub async fn furnish(&self) {
        let door = |(number, floor, room_type): &(&str, i8, &str)| Room {
            number: number.parse().unwrap(),
            floor: Floor(*floor),
            room_type: code_of(room_type),
            condition: Condition::Clean,
            note: RoomNote::default(),
        };
        let doors = [("101", 1, "double"), ("102", 1, "double"), ("103", 1, "double"), ("201", 2, "single")];
        self.change_rooms(RoomChange::Furnish(doors.iter().map(door).collect())).await.unwrap();
    }

    pub async fn change_rooms(&self, change: RoomChange) -> Result<RoomReply, CommandError> {
        match self.execute(Actor::Staff("desk@test.example".to_owned()), Change::Room(change)).await? {
            Reply::Room(reply) => Ok(reply),
            other => panic!("a change of rooms was answered with {other:?}"),
        }
    }

    pub async fn rooms(&self) -> HotelRooms {
        self.store.rooms(HOTEL, Date::MIN).await.unwrap()
    }

    pub async fn stored(&self, code: ReservationCode) -> Reservation {
        self.store.reservation(code).await.unwrap().expect("the reservation is there")
    }

    pub async fn all(&self) -> Vec<Reservation> {
        let filter = ReservationFilter { limit: 100_000, ..ReservationFilter::default() };
        let mut all = self.store.reservations(HOTEL, filter).await.unwrap();
        all.sort_by_key(|reservation| reservation.code);
        all
    }

    pub async fn log(&self) -> Vec<LogEntry> {
        self.store.log(HOTEL, 0, u64::MAX, 1_000_000).await.unwrap()
    }

    pub async fn head(&self) -> u64 {
        self.store.nights(HOTEL, Date::MAX).await.unwrap().0
    }

    /// The nights on which something is taken: (room type, night) to (sold, held, blocked).
    pub async fn counters(&self) -> Counters {
        let (_, rows) = self.store.nights(HOTEL, Date::MIN).await.unwrap();
        let taken = |row: NightRow| ((row.room_type, row.night), (row.sold, row.held, row.blocked));
        rows.into_iter().map(taken).filter(|(_, counts)| *counts != (0, 0, 0)).collect()
    }

    pub async fn sold_and_held(&self, room_type: &str, night: i32) -> (u16, u16) {
        let counters = self.counters().await;
        let (sold, held, _) = counters.get(&(code_of(room_type), day(night))).copied().unwrap_or_default();
        (sold, held)
    }

    /// Everything that can be seen of the house, to show that nothing has changed.
    pub async fn everything(&self) -> (Vec<Reservation>, Counters, Vec<LogEntry>, u64, HotelRooms) {
        (self.all().await, self.counters().await, self.log().await, self.head().await, self.rooms().await)
    }

    /// The books add up: counters equal a recount, nothing is oversold, the log has no gap, and the listener heard it.
    pub async fn check_books(&self) {
        self.check_counters().await;
        self.check_rooms().await;
        for ((room_type, night), (sold, held, blocked)) in self.counters().await {
            let catalog = self.store.catalog();
            let rooms = catalog.house(HOTEL).unwrap().room_type(&room_type).unwrap().rooms;
            assert!(sold + held + blocked <= rooms, "{room_type} is oversold on {night}");
        }
    }

    /// As [`House::check_books`], but for a house that may be oversold.
    pub async fn check_counters(&self) {
        let all = self.all().await;
        let counted = self.counters().await.into_iter().map(|(key, (sold, held, _))| (key, (sold, held)));
        let counted: BTreeMap<_, _> = counted.filter(|(_, counts)| *counts != (0, 0)).collect();
        assert_eq!(counted, recount(&all), "the counters equal a recount");
        assert_eq!(self.told(), self.counters().await, "the log tells how the counters came to be");
        let log = self.log().await;
        let numbers: Vec<u64> = log.iter().map(|entry| entry.seq).collect();
        assert_eq!(numbers, (1..=self.head().await).collect::<Vec<_>>(), "the log has no gap");
        let heard: Vec<LogEntry> = self.journal.heard.lock().unwrap().iter().map(|(_, entry)| entry.clone()).collect();
        assert_eq!(heard, log, "the listener heard the log, in its order");
        for (fact, entry) in self.journal.heard.lock().unwrap().iter() {
            assert_eq!((fact.hotel, fact.seq), (HOTEL, entry.seq));
        }
        for reservation in all {
            let changes = |entry: &&LogEntry| entry.event == "reservation" && entry.code == Some(reservation.code);
            let last = log.iter().rfind(changes).map(|entry| entry.seq);
            assert_eq!(last, Some(reservation.last_seq), "{} knows its last change", reservation.code);
        }
    }
}

impl House {
    /// The counters as whoever follows the log has them.
    fn told(&self) -> Counters {
        let mut counters: BTreeMap<(RoomTypeCode, Date), (i16, i16, i16)> = BTreeMap::new();
        for (fact, _) in self.journal.heard.lock().unwrap().iter() {
            for change in &fact.counts {
                for night in change.stay.nights() {
                    let counts = counters.entry((change.room_type.clone(), night)).or_default();
                    counts.0 += change.delta.sold;
                    counts.1 += change.delta.held;
                    counts.2 += change.delta.blocked;
                }
            }
        }
        let counted = |count: i16| u16::try_from(count).expect("nothing is given back that was not taken");
        let counters = counters
            .into_iter()
            .map(|(key, (sold, held, blocked))| (key, (counted(sold), counted(held), counted(blocked))));
        counters.filter(|(_, counts)| *counts != (0, 0, 0)).collect()
    }
}

pub type Counters = BTreeMap<(RoomTypeCode, Date), (u16, u16, u16)>;

/// The counters as the reservations have them, written out without the program's own arithmetic.
fn recount(reservations: &[Reservation]) -> BTreeMap<(RoomTypeCode, Date), (u16, u16)> {
    let mut counters: BTreeMap<_, (u16, u16)> = BTreeMap::new();
    for reservation in reservations {
        let (sold, held) = match reservation.state().status() {
            Status::Held => (0, 1),
            Status::Confirmed | Status::InHouse => (1, 0),
            Status::CheckedOut | Status::Cancelled | Status::NoShow | Status::Lapsed => continue,
        };
        // Who changed the type while in house stands in no counter for what was slept before.
        let mut night = reservation.counted_from.unwrap_or(Date::MIN).max(reservation.stay.arrival());
        while night < reservation.stay.departure() {
            let counts = counters.entry((reservation.room_type.clone(), night)).or_default();
            counts.0 += sold;
            counts.1 += held;
            night = night.add_days(1);
        }
    }
    counters
}

fn booked(reply: Reply) -> Reservation {
    match reply {
        Reply::Booked { reservation, .. } => reservation,
        other => panic!("a booking was answered with {other:?}"),
    }
}

/// The nights that a refused command named.
pub fn gone<T: std::fmt::Debug>(result: Result<T, CommandError>) -> Vec<Date> {
    match result {
        Err(CommandError::SoldOut(sold_out)) => sold_out.nights,
        other => panic!("expected sold out, got {other:?}"),
    }
}

pub fn is_refused(result: &Result<(), StoreError>) -> bool {
    matches!(result, Err(StoreError::Refused(_)))
}
