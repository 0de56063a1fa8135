//! The demo's real rooms: numbers by floor, and who of the demo's stays is in which.

use crate::domain::rooms::RoomNote;
use crate::domain::{Actor, Condition, Floor, Room, RoomNumber, Status, Timestamp};
use crate::server::admin::demo::{DemoDoors, DemoError, DemoHotel, DemoStay, wrong};
use crate::server::store::command::Change;
use crate::server::store::{Command, RoomChange, Store};

impl DemoHotel {
    /// Numbers every door, where none has a number yet.
    pub(super) async fn number_doors(&self, store: &dyn Store, now: Timestamp) -> Result<bool, DemoError> {
        let hotel = self.house(store)?.hotel.id;
        if !store.rooms(hotel, crate::domain::Date::MAX).await?.rooms.is_empty() {
            return Ok(false);
        }
        let mut rooms = Vec::new();
        for DemoDoors(room_type, floor, first, count) in self.doors {
            for number in *first..first + count {
                rooms.push(Room {
                    number: number.to_string().parse().map_err(wrong)?,
                    floor: Floor(*floor),
                    room_type: room_type.parse().map_err(wrong)?,
                    condition: match number % 7 {
                        3 => Condition::Dirty,
                        1 | 5 => Condition::Clean,
                        _ => Condition::Inspected,
                    },
                    note: RoomNote::default(),
                });
            }
        }
        let change = Change::Room(RoomChange::Furnish(rooms));
        store.execute(hotel, Command { at: now, actor: Actor::System, change }).await?;
        Ok(true)
    }

    /// Whose rooms are ready; a server that starts has nothing to tell of it then.
    pub(super) async fn begin_day(&self, store: &dyn Store, now: Timestamp) -> Result<(), DemoError> {
        let change = Change::Room(RoomChange::BeginDay);
        store.execute(self.house(store)?.hotel.id, Command { at: now, actor: Actor::System, change }).await?;
        Ok(())
    }

    /// The room of a demo stay: whoever is in house has one, and who comes today; each its own.
    pub(super) fn room_of(&self, place: usize) -> Option<RoomNumber> {
        let has_room = |stay: &&DemoStay| {
            stay.status == Status::InHouse || (stay.status == Status::Confirmed && stay.arrival == 0)
        };
        let stay = self.stays.get(place).filter(has_room)?;
        let before =
            self.stays[..place].iter().filter(has_room).filter(|other| other.room_type == stay.room_type).count();
        let doors = self.doors.iter().filter(|DemoDoors(room_type, ..)| *room_type == stay.room_type);
        let mut numbers = doors.flat_map(|DemoDoors(_, _, first, count)| *first..first + count);
        numbers.nth(before)?.to_string().parse().ok()
    }
}
