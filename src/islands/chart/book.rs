//! What the chart knows: rooms, stays, what is left; and how each event changes it.

use std::collections::BTreeMap;

use crate::domain::{Date, ReservationCode, RoomNumber, Status};
use crate::islands::chart::plan::{Matter, Plan};
use crate::wire::chart::{ChartPiece, ChartStay, ChartType, ChartView};
use crate::wire::reservation::ReservationView;
use crate::wire::room::{BlockView, RoomView};

#[derive(Clone, Debug)]
pub struct ChartBook {
    pub from: Date,
    pub days: i32,
    pub today: Date,
    pub types: Vec<ChartType>,
    pub stays: BTreeMap<ReservationCode, ChartStay>,
    /// Bars that were put aside on this screen.
    pub parked: Vec<ReservationCode>,
    /// The versions of those that are not drawn, so that an older event does not bring them back.
    gone: BTreeMap<ReservationCode, u32>,
}

impl ChartBook {
    pub fn new(view: ChartView) -> Self {
        Self {
            days: view.from.days_until(view.to),
            from: view.from,
            today: view.business_date,
            types: view.room_types,
            stays: view.stays.into_iter().map(|stay| (stay.code, stay)).collect(),
            parked: Vec::new(),
            gone: BTreeMap::new(),
        }
    }

    pub fn plan(&self, parks: bool) -> Plan {
        Plan::new(Matter {
            from: self.from,
            days: self.days,
            today: self.today,
            types: &self.types,
            stays: &self.stays,
            parked: &self.parked,
            parks,
        })
    }

    pub fn day(&self, day: i32) -> Date {
        self.from.add_days(day)
    }

    /// Whether anything is different.
    pub fn take_in(&mut self, view: &ReservationView) -> bool {
        let known = self.stays.get(&view.code).map(|stay| stay.version).or_else(|| self.gone.get(&view.code).copied());
        if known.is_some_and(|known| known >= view.version) {
            return false;
        }
        let mut stay = ChartStay::from(view);
        let before = self.stays.remove(&view.code);
        if let Some(before) = &before {
            self.count(before, 1);
            stay.pieces = self.pieces_after(before, &stay);
            // Who has left lies where he slept.
            if stay.status == Status::CheckedOut && stay.room.is_none() {
                stay.room.clone_from(&before.room);
            }
        }
        let touches = stay.arrival < self.day(self.days) && stay.departure >= self.from;
        if ChartStay::is_drawn(stay.status) && touches {
            self.count(&stay, -1);
            self.gone.remove(&stay.code);
            self.stays.insert(stay.code, stay);
            true
        } else {
            self.gone.insert(stay.code, stay.version);
            self.parked.retain(|code| *code != stay.code);
            before.is_some()
        }
    }

    /// Nights that were slept stay where they were; the others are in the rooms that the stay has now.
    fn pieces_after(&self, before: &ChartStay, now: &ChartStay) -> Vec<ChartPiece> {
        let whole = |stay: &ChartStay| -> Vec<ChartPiece> {
            let whole = |room: &RoomNumber| ChartPiece { room: room.clone(), from: stay.arrival, to: stay.departure };
            if stay.pieces.is_empty() { stay.room.iter().map(whole).collect() } else { stay.pieces.clone() }
        };
        let mut pieces: Vec<ChartPiece> = Vec::new();
        let mut add = |piece: ChartPiece| match pieces.last_mut() {
            _ if piece.from >= piece.to => {}
            Some(last) if last.room == piece.room && last.to == piece.from => last.to = piece.to,
            _ => pieces.push(piece),
        };
        let is_slept = before.status == Status::InHouse && matches!(now.status, Status::InHouse | Status::CheckedOut);
        let slept = if is_slept { self.today } else { now.arrival };
        for piece in whole(before).into_iter().filter(|_| is_slept) {
            add(ChartPiece { to: piece.to.min(slept), ..piece });
        }
        // Who has left has no nights to come.
        for piece in whole(now).into_iter().filter(|_| now.status != Status::CheckedOut || !is_slept) {
            add(ChartPiece { from: piece.from.max(slept), ..piece });
        }
        if pieces.len() > 1 { pieces } else { Vec::new() }
    }

    /// Whether anything is different.
    pub fn take_room(&mut self, view: &RoomView) -> bool {
        let (from, to) = (self.from, self.day(self.days));
        let Some(kind) = self.types.iter_mut().find(|kind| kind.code == view.room_type) else { return false };
        let Some(room) = kind.rooms.iter_mut().find(|room| room.number == view.number) else { return false };
        // A stream tells of blocks that are not over; those that are stay as they were.
        let today = self.today;
        let old = room.blocks.iter().filter(|block| block.to <= today).cloned();
        let new = view.blocks.iter().filter(|block| block.from < to && block.to > from && block.to > today).cloned();
        let blocks: Vec<BlockView> = old.chain(new).collect();
        if room.blocks == blocks && room.condition == view.condition {
            return false;
        }
        let before = core::mem::replace(&mut room.blocks, blocks);
        room.condition.clone_from(&view.condition);
        let after = room.blocks.clone();
        for (blocks, by) in [(before, 1), (after, -1)] {
            for block in blocks {
                count(&mut kind.left, from, block.from, block.to, by);
            }
        }
        true
    }

    fn count(&mut self, stay: &ChartStay, by: i32) {
        if stay.consumes()
            && let Some(kind) = self.types.iter_mut().find(|kind| kind.code == stay.room_type)
        {
            count(&mut kind.left, self.from, stay.arrival, stay.departure, by);
        }
    }
}

/// Changes what is left on the nights `[first, end)`; what is over is not counted.
fn count(left: &mut [Option<i32>], from: Date, first: Date, end: Date, by: i32) {
    let place = |date: Date| usize::try_from(from.days_until(date)).unwrap_or(0).min(left.len());
    let (first, end) = (place(first), place(end));
    for night in left[first..end.max(first)].iter_mut().flatten() {
        *night += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, Money, Timestamp};
    use crate::wire::chart::ChartRoom;
    use crate::wire::reservation::LaterRoomView;

    fn day(number: i32) -> Date {
        Date::from_day_number(20_000 + number).unwrap()
    }

    fn view(version: u32, status: Status, arrival: i32, departure: i32, room: Option<&str>) -> ReservationView {
        ReservationView {
            code: "K7QM-2XNP".parse().unwrap(),
            hotel: "harbour".parse().unwrap(),
            status,
            held_until: None,
            arrival: day(arrival),
            departure: day(departure),
            nights: 1,
            room_type: "double".parse().unwrap(),
            room: room.map(|room| room.parse().unwrap()),
            later_rooms: Vec::new(),
            pinned: false,
            room_ready: false,
            rate_plan: "standard".to_owned(),
            adults: 1,
            children: 0,
            total: Money::new(1, Currency::Eur),
            nightly: Vec::new(),
            fee: None,
            guest: None,
            note: String::new(),
            entry: None,
            changed: Vec::new(),
            created_at: Timestamp::from_unix_ms(0),
            version,
        }
    }

    fn book() -> ChartBook {
        let room = |number: &str| ChartRoom {
            number: number.parse().unwrap(),
            condition: "clean".to_owned(),
            blocks: Vec::new(),
        };
        ChartBook::new(ChartView {
            as_of: "e1-1".to_owned(),
            business_date: day(2),
            from: day(0),
            to: day(6),
            room_types: vec![ChartType {
                code: "double".parse().unwrap(),
                name: "Double".to_owned(),
                left: vec![None, None, Some(2), Some(2), Some(2), Some(2)],
                rooms: vec![room("201"), room("202")],
            }],
            stays: Vec::new(),
        })
    }

    fn left(book: &ChartBook) -> Vec<i32> {
        book.types[0].left.iter().flatten().copied().collect()
    }

    #[test]
    fn a_stay_takes_its_nights_and_gives_them_back() {
        let mut book = book();
        assert!(book.take_in(&view(2, Status::Confirmed, 1, 4, Some("201"))));
        assert_eq!(left(&book), [1, 1, 2, 2]);
        assert!(!book.take_in(&view(1, Status::Confirmed, 1, 6, None)), "an older event changes nothing");
        assert!(book.take_in(&view(3, Status::Confirmed, 3, 8, Some("201"))));
        assert_eq!(left(&book), [2, 1, 1, 1]);
        assert!(book.take_in(&view(4, Status::Cancelled, 3, 8, None)));
        assert_eq!(left(&book), [2, 2, 2, 2]);
        assert!(!book.take_in(&view(3, Status::Confirmed, 3, 8, Some("201"))), "it does not come back");
        assert!(book.stays.is_empty());
    }

    #[test]
    fn a_guest_who_moves_in_the_middle_has_slept_where_he_slept() {
        let mut book = book();
        book.take_in(&view(1, Status::InHouse, 0, 5, Some("201")));
        book.take_in(&view(2, Status::InHouse, 0, 5, Some("202")));
        let stay = &book.stays.values().next().unwrap();
        let pieces: Vec<_> = stay.pieces.iter().map(|piece| (piece.room.as_str(), piece.from, piece.to)).collect();
        assert_eq!(pieces, [("201", day(0), day(2)), ("202", day(2), day(5))]);
        book.take_in(&view(3, Status::InHouse, 0, 4, Some("202")));
        assert_eq!(book.stays.values().next().unwrap().pieces[1].to, day(4));
    }

    #[test]
    fn a_split_stay_lies_in_both_rooms_until_its_guest_has_moved() {
        let mut book = book();
        let later = LaterRoomView { from: day(2), room: "202".parse().unwrap() };
        let split = |version, status| ReservationView {
            later_rooms: vec![later.clone()],
            ..view(version, status, 1, 5, Some("201"))
        };
        let told = |book: &ChartBook| {
            let stay = book.stays.values().next().unwrap();
            stay.pieces.iter().map(|piece| (piece.room.to_string(), piece.from, piece.to)).collect::<Vec<_>>()
        };
        let both = [("201".to_owned(), day(1), day(2)), ("202".to_owned(), day(2), day(5))];
        book.take_in(&split(1, Status::Confirmed));
        assert_eq!(told(&book), both);
        book.take_in(&split(2, Status::InHouse));
        assert_eq!(told(&book), both);
        book.take_in(&view(3, Status::InHouse, 1, 5, Some("202")));
        assert_eq!(told(&book), both, "he has moved, and slept where he slept");
        book.take_in(&view(4, Status::Confirmed, 3, 5, Some("202")));
        assert!(told(&book).is_empty());
    }

    #[test]
    fn a_block_takes_its_nights_and_gives_them_back() {
        let mut book = book();
        let block = |from, to| BlockView {
            id: 1,
            kind: "out_of_order".to_owned(),
            reason: "Leak".to_owned(),
            from: day(from),
            to: day(to),
        };
        let room = |blocks| RoomView {
            number: "201".parse().unwrap(),
            floor: 2,
            room_type: "double".parse().unwrap(),
            condition: "clean".to_owned(),
            note: String::new(),
            blocks,
        };
        assert!(book.take_room(&room(vec![block(3, 9)])));
        assert_eq!(left(&book), [2, 1, 1, 1]);
        assert!(!book.take_room(&room(vec![block(3, 9)])));
        assert!(book.take_room(&room(Vec::new())));
        assert_eq!(left(&book), [2, 2, 2, 2]);
    }
}
