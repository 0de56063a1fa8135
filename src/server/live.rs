//! From disk to screens: each committed fact goes into the projections, then to the hub, in the hotel's order.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use bytes::Bytes;

use crate::domain::{HotelId, LoggedFact};
use crate::server::clock::Clock;
use crate::server::hub::{AvailabilitySource, Blocks, Frame, Hub, Vocabulary, event_block};
use crate::server::projections::availability::{Availability, HotelAvailability, first_day};
use crate::server::store::{Catalog, CommitListener, House, LogEntry, Opening, Store, StoreError};
use crate::wire::reservation::ReservationView;

/// The events of the desk's stream, each with its types or kinds.
pub const VOCABULARY: Vocabulary = Vocabulary::new(&[
    ("reservation", "placed"),
    ("reservation", "extended"),
    ("reservation", "confirmed"),
    ("reservation", "released"),
    ("reservation", "lapsed"),
    ("reservation", "changed"),
    ("reservation", "cancelled"),
    ("reservation", "checked_in"),
    ("reservation", "check_in_undone"),
    ("reservation", "checked_out"),
    ("reservation", "check_out_undone"),
    ("reservation", "no_show"),
    ("reservation", "late_arrival"),
    ("reservation", "reinstated"),
    ("reservation", "imported"),
    ("reservation", "room_ready"),
    ("reservation", "room_not_ready"),
    ("reservation", "folio"),
    ("room", "condition"),
    ("room", "block"),
    ("room", "note"),
    ("room", "stays"),
    ("room", "nights"),
    ("alert", "new_reservation"),
    ("alert", "cancellation"),
    ("alert", "nudge"),
    ("alert", "day_open"),
    ("day", "closed"),
    ("day", "rule"),
    ("hotel", "terms"),
    ("staff", "signed_in"),
    ("staff", "sign_in_failed"),
    ("staff", "signed_out"),
]);

/// The store's listener. It is made before the store and attached to it once that is open; until then nobody listens.
pub struct Live {
    hub: Arc<Hub>,
    availability: Arc<Availability>,
    clock: Arc<dyn Clock>,
    epoch: OnceLock<Arc<str>>,
}

impl Live {
    pub fn new(hub: Arc<Hub>, availability: Arc<Availability>, clock: Arc<dyn Clock>) -> Self {
        Self { hub, availability, clock, epoch: OnceLock::new() }
    }

    /// Builds the projections from what the store has counted and opens each hotel's streams. Call it before the first
    /// command.
    pub async fn attach(&self, store: &dyn Store) -> Result<(), StoreError> {
        let epoch: Arc<str> = store.epoch().into();
        let (catalog, now) = (store.catalog(), self.clock.now());
        let from = catalog.houses().iter().map(|house| (house.hotel.id, first_day(house, now)));
        for Opening { hotel, head, nights, holds } in store.openings(from.collect()).await? {
            let Some(house) = catalog.house(hotel) else { continue };
            let (epoch, clock, house) = (Arc::clone(&epoch), Arc::clone(&self.clock), Arc::clone(house));
            let board = HotelAvailability::new(Arc::clone(&epoch), clock, house, head, &nights, &holds);
            self.open(hotel, &epoch, head, Arc::new(board));
        }
        self.epoch.get_or_init(|| epoch);
        Ok(())
    }

    fn open(&self, hotel: HotelId, epoch: &str, head: u64, board: Arc<HotelAvailability>) {
        self.availability.add(hotel, &board);
        self.hub.open_hotel(hotel, epoch, head, board as Arc<dyn AvailabilitySource>);
    }

    fn open_new(&self, epoch: &Arc<str>, house: &Arc<House>) {
        let clock = Arc::clone(&self.clock);
        let board = HotelAvailability::new(Arc::clone(epoch), clock, Arc::clone(house), 0, &[], &[]);
        self.open(house.hotel.id, epoch, 0, Arc::new(board));
    }
}

impl CommitListener for Live {
    fn committed(&self, facts: &[LoggedFact], entries: Vec<LogEntry>) {
        let Some(epoch) = self.epoch.get() else { return };
        let committed_at = Instant::now();
        let mut entries = entries.into_iter();
        for run in facts.chunk_by(|one, next| one.hotel == next.hotel) {
            let entries = entries.by_ref().take(run.len());
            let hotel = run[0].hotel;
            let (Some(board), Some(hub)) = (self.availability.hotel(hotel), self.hub.hotel(hotel)) else {
                entries.for_each(drop);
                continue;
            };
            board.take_in(run);
            hub.publish(entries.map(|entry| frame(epoch, entry, committed_at)).collect());
        }
    }

    fn catalog_changed(&self, catalog: &Arc<Catalog>) {
        let Some(epoch) = self.epoch.get() else { return };
        for house in catalog.houses() {
            let hotel = house.hotel.id;
            match self.availability.hotel(hotel) {
                None => self.open_new(epoch, house),
                Some(board) => {
                    if board.refurnish(house)
                        && let Some(hub) = self.hub.hotel(hotel)
                    {
                        hub.availability_changed();
                    }
                }
            }
        }
    }
}

/// An entry of the log as the streams carry it.
pub fn frame(epoch: &Arc<str>, entry: LogEntry, committed_at: Instant) -> Frame {
    let LogEntry { seq, event, kind, code, .. } = &entry;
    let kind = VOCABULARY.kind(event, kind).unwrap_or_else(|| unreachable!("{event} {kind} is in the vocabulary"));
    let (seq, reservation) = (*seq, *code);
    let blocks = Arc::new(EntryBlocks {
        epoch: Arc::clone(epoch),
        is_reservation: event == "reservation",
        entry,
        desk: OnceLock::new(),
        guest: OnceLock::new(),
    });
    Frame { seq, kind, reservation, committed_at, blocks }
}

/// The desk hears what happened; who follows the reservation sees how it stands now, and nothing of the desk's alerts.
struct EntryBlocks {
    epoch: Arc<str>,
    entry: LogEntry,
    is_reservation: bool,
    desk: OnceLock<Bytes>,
    guest: OnceLock<Bytes>,
}

impl Blocks for EntryBlocks {
    fn desk(&self) -> &Bytes {
        self.desk.get_or_init(|| {
            let LogEntry { seq, at, by, event, kind, body, .. } = &self.entry;
            let by = serde_json::Value::from(by.as_str());
            if event == "staff" {
                // Where somebody came from is for managers, who read the log.
                let data = format!("{{\"type\":\"{kind}\",\"at\":\"{at}\",\"by\":{by}}}");
                return event_block(&self.epoch, *seq, event, data.as_bytes());
            }
            if !self.is_reservation {
                return event_block(&self.epoch, *seq, event, body.as_bytes());
            }
            let data = format!("{{\"type\":\"{kind}\",\"at\":\"{at}\",\"by\":{by},\"reservation\":{body}}}");
            event_block(&self.epoch, *seq, event, data.as_bytes())
        })
    }

    fn guest(&self) -> Option<&Bytes> {
        let LogEntry { seq, event, body, .. } = &self.entry;
        let rendered = || self.guest.get_or_init(|| event_block(&self.epoch, *seq, event, for_guest(body).as_bytes()));
        self.is_for_guest().then(rendered)
    }

    /// The folio is the desk's; nothing that a guest is shown changes with it.
    fn is_for_guest(&self) -> bool {
        self.is_reservation && self.entry.kind != "folio"
    }

    fn size_bytes(&self) -> usize {
        // The entry, and each block with its own words around the body.
        let blocks = if self.is_for_guest() { 2 } else { 1 };
        size_of::<Self>() + self.entry.body.len() + blocks * (self.entry.body.len() + 160)
    }
}

/// A reservation's body without what is for the desk alone.
fn for_guest(body: &str) -> Cow<'_, str> {
    if !body.contains("\"room\":") && !body.contains("\"changed\":") {
        return Cow::Borrowed(body);
    }
    let view = serde_json::from_str::<ReservationView>(body).map(ReservationView::for_guest);
    let told = view.and_then(|view| serde_json::to_string(&view));
    Cow::Owned(told.unwrap_or_else(|error| unreachable!("a logged reservation is read again: {error}")))
}

impl fmt::Debug for Live {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Live").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AlertKind, DayFact, ReservationFact, RoomFact, StaffFact, Timestamp};

    fn entry(event: &str, kind: &str, body: &str) -> LogEntry {
        let code = Some("K7QM-2XNP".parse().unwrap());
        let (at, by) = (Timestamp::from_unix_ms(0), "guest".to_owned());
        LogEntry { seq: 7, at, by, event: event.into(), kind: kind.into(), code, body: body.into() }
    }

    #[test]
    fn the_desk_hears_what_happened_and_the_guest_sees_the_reservation() {
        let entry = entry("reservation", "confirmed", "{\"code\":\"K7QM-2XNP\"}");
        let frame = frame(&"e1".into(), entry, Instant::now());
        assert_eq!(
            frame.blocks.desk(),
            "id: e1-7\nevent: reservation\ndata: {\"type\":\"confirmed\",\"at\":\"1970-01-01T00:00:00.000Z\",\
             \"by\":\"guest\",\"reservation\":{\"code\":\"K7QM-2XNP\"}}\n\n"
        );
        assert_eq!(frame.blocks.guest().unwrap(), "id: e1-7\nevent: reservation\ndata: {\"code\":\"K7QM-2XNP\"}\n\n");
        assert_eq!(frame.reservation, "K7QM-2XNP".parse().ok());
    }

    #[test]
    fn an_alert_is_for_the_desk_alone() {
        let frame = frame(&"e1".into(), entry("alert", "nudge", "{\"kind\":\"nudge\"}"), Instant::now());
        assert_eq!(frame.blocks.desk(), "id: e1-7\nevent: alert\ndata: {\"kind\":\"nudge\"}\n\n");
        assert!(frame.blocks.guest().is_none());
    }

    #[test]
    fn every_fact_has_its_word() {
        assert!(ReservationFact::ALL.iter().all(|kind| VOCABULARY.kind("reservation", kind.as_str()).is_some()));
        assert!(RoomFact::ALL.iter().all(|kind| VOCABULARY.kind("room", kind.as_str()).is_some()));
        assert!(DayFact::ALL.iter().all(|kind| VOCABULARY.kind("day", kind.as_str()).is_some()));
        assert!(AlertKind::ALL.iter().all(|kind| VOCABULARY.kind("alert", kind.as_str()).is_some()));
        assert!(StaffFact::ALL.iter().all(|kind| VOCABULARY.kind("staff", kind.as_str()).is_some()));
    }
}
