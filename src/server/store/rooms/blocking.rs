//! Taking rooms out of sale, numbering doors, and keeping the counters true to both.

use std::collections::BTreeMap;

use crate::domain::rooms::{BlockId, Newcomer};
use crate::domain::{
    Block, BlockKind, BlockReason, CountChange, CountDelta, Date, Fact, MAX_NIGHTS, NightCount, Nights, Room,
    RoomNumber, RoomType, RoomTypeCode, Stay,
};
use crate::server::store::commands::Work;
use crate::server::store::rooms::{Occupant, RoomRefusal, RoomReply};
use crate::server::store::{CommandError, StoreError};

impl Work<'_> {
    pub(super) fn furnish(&mut self, rooms: &[Room]) -> Result<RoomReply, CommandError> {
        for room in rooms {
            let room_type = self.room_type(&room.room_type)?;
            if !self.ledger.add_room(room)? {
                return Err(RoomRefusal::NumberTaken(room.number.clone()).into());
            }
            let numbered = self.ledger.rooms()?.iter().filter(|other| other.room_type == room_type.code).count();
            if numbered > usize::from(room_type.rooms) {
                return Err(RoomRefusal::TooMany { room_type: room_type.code }.into());
            }
        }
        Ok(RoomReply::Furnished)
    }

    /// Whoever may be moved out of the room is; whoever may not is named.
    pub(super) fn block(
        &mut self,
        number: &RoomNumber,
        kind: BlockKind,
        reason: &BlockReason,
        nights: Nights,
    ) -> Result<RoomReply, CommandError> {
        self.lapse_holds()?;
        let room = self.room(number)?;
        let room_type = self.room_type(&room.room_type)?;
        let rooms = self.type_rooms(&room_type)?;
        let place = rooms.place(number).ok_or(RoomRefusal::NotFound)?;
        let mut plan = rooms.plan(&[]);
        rooms.promise(&mut plan, &[(place, nights)], &[])?;

        let (displaced, newcomers): (Vec<_>, Vec<_>) = rooms
            .seated(place, nights)
            .into_iter()
            .map(|(code, nights)| {
                (code, Newcomer { nights, rooms: rooms.places().filter(|other| *other != place).collect() })
            })
            .unzip();
        let refused = || RoomRefusal::Promised { stays: displaced.clone() };
        let (shuffle, codes) = rooms.make_room(&plan, &newcomers, &displaced).ok_or_else(refused)?;
        let mut moves: Vec<_> = shuffle.moves.iter().map(|(seat, place)| (codes[*seat], *place)).collect();
        moves.extend(displaced.iter().copied().zip(shuffle.newcomers));

        let block =
            Block { id: BlockId(self.ledger.next_seq()), room: number.clone(), kind, reason: reason.clone(), nights };
        self.ledger.add_block(&block)?;
        self.tell_block(&room, block.clone())?;
        let moves = self.move_others(&rooms, &moves)?;
        self.ledger.occupy(number, nights, Occupant::Block(block.id))?;
        self.recount_blocked(&room_type.code);
        let blocks = self.blocks_of(number)?;
        Ok(RoomReply::Room { room, blocks, moves })
    }

    pub(super) fn unblock(&mut self, number: &RoomNumber, id: BlockId) -> Result<RoomReply, CommandError> {
        let room = self.room(number)?;
        let block = self.blocks_of(number)?.into_iter().find(|block| block.id == id);
        let block = block.ok_or(RoomRefusal::BlockNotFound)?;
        self.ledger.remove_block(id)?;
        self.ledger.vacate(Occupant::Block(id), Date::MIN)?;
        self.tell_block(&room, block)?;
        self.recount_blocked(&room.room_type);
        let blocks = self.blocks_of(number)?;
        Ok(RoomReply::Room { room, blocks, moves: Vec::new() })
    }

    pub(super) fn room(&mut self, number: &RoomNumber) -> Result<Room, CommandError> {
        let found = self.ledger.rooms()?.into_iter().find(|room| room.number == *number);
        found.ok_or_else(|| RoomRefusal::NotFound.into())
    }

    pub(super) fn room_type(&self, code: &RoomTypeCode) -> Result<RoomType, CommandError> {
        self.ledger.house().room_type(code).cloned().ok_or(CommandError::RoomTypeNotFound)
    }

    /// A room's blocks that are not over.
    pub(super) fn blocks_of(&mut self, number: &RoomNumber) -> Result<Vec<Block>, StoreError> {
        let today = self.today();
        Ok(self.ledger.blocks(today)?.into_iter().filter(|block| block.room == *number).collect())
    }

    /// Notes that stays or rooms of a type have changed.
    pub(in crate::server::store) fn touch(&mut self, room_type: &RoomTypeCode) {
        if !self.touched.contains(room_type) {
            self.touched.push(room_type.clone());
        }
    }

    /// As [`Work::touch`], for a type that need not look entangled yet.
    fn recount_blocked(&mut self, room_type: &RoomTypeCode) {
        self.touch(room_type);
        if !self.blocked.contains(room_type) {
            self.blocked.push(room_type.clone());
        }
    }

    /// At the end of a command: the nights of each touched type that are blocked, and those that must not be sold, so
    /// that every stay the counters still admit has a room. See [`crate::domain::rooms`].
    pub(in crate::server::store) fn settle(&mut self) -> Result<(), CommandError> {
        let today = self.today();
        for code in std::mem::take(&mut self.touched) {
            if !self.blocked.contains(&code) && !self.ledger.is_entangled(&code, today)? {
                continue;
            }
            let room_type = self.room_type(&code)?;
            let counts: BTreeMap<Date, NightCount> = self.ledger.counts_from(&room_type, today)?.into_iter().collect();
            let changes = self.blocked_changes(&room_type, &counts)?;
            if changes.is_empty() {
                continue;
            }
            let mut told = Vec::new();
            for (nights, change) in changes {
                self.ledger.count_blocked(&room_type, nights, change)?;
                let delta = CountDelta { blocked: change, ..CountDelta::default() };
                told.extend(stays(nights).map(|stay| CountChange { room_type: code.clone(), stay, delta }));
            }
            self.ledger.append(self.at, self.actor, Fact::Nights { room_type: code }, told)?;
        }
        Ok(())
    }

    /// How the counters of blocked nights must change, runs of equal change together.
    fn blocked_changes(
        &mut self,
        room_type: &RoomType,
        counts: &BTreeMap<Date, NightCount>,
    ) -> Result<Vec<(Nights, i16)>, CommandError> {
        let rooms = self.type_rooms(room_type)?;
        let untouched = NightCount { rooms: room_type.rooms, overbook: room_type.overbook, ..NightCount::default() };
        let counted = |night: Date| counts.get(&night).copied().unwrap_or(untouched);
        let left = |night: Date| NightCount { blocked: rooms.blocks_on(night), ..counted(night) }.left();
        let closed = rooms.plan(&[]).nights_to_close(left);

        let mut wanted: BTreeMap<Date, u16> = counts.keys().map(|night| (*night, 0)).collect();
        for night in rooms.blocks().iter().flat_map(|block| block.nights.iter()) {
            *wanted.entry(night).or_default() += 1;
        }
        for night in closed {
            *wanted.entry(night).or_default() += left(night);
        }
        let mut changes: Vec<(Nights, i16)> = Vec::new();
        for (night, blocked) in wanted {
            let change = blocked.cast_signed() - counted(night).blocked.cast_signed();
            let Some(nights) = Nights::new(night, night.add_days(1)).filter(|_| change != 0) else { continue };
            match changes.last_mut() {
                Some((last, same)) if *same == change && last.end() == night => {
                    *last = Nights::new(last.first(), nights.end()).unwrap_or(nights);
                }
                _ => changes.push((nights, change)),
            }
        }
        Ok(changes)
    }
}

/// Nights in pieces as long as a stay can be.
fn stays(nights: Nights) -> impl Iterator<Item = Stay> {
    let length = usize::from(MAX_NIGHTS);
    nights
        .iter()
        .step_by(length)
        .filter_map(move |first| Stay::new(first, first.add_days(i32::from(MAX_NIGHTS)).min(nights.end())).ok())
}
