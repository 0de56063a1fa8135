//! The rooms of one type from today on: who is fixed in which, who is seated and may be moved, who has none yet.

use crate::domain::rooms::{BlockId, Newcomer, Plan, Seat, Shuffle, fewest_moves};
use crate::domain::{Block, Date, Nights, Piece, ReservationCode, Room, RoomNumber, RoomType};
use crate::server::store::ledger::Ledger;
use crate::server::store::rooms::{Lodger, RoomRefusal};
use crate::server::store::{Guard, StoreError};

pub(super) struct TypeRooms {
    pub room_type: RoomType,
    /// Those with a number, by it; a plan counts them first.
    pub rooms: Vec<Room>,
    /// Their nights from today on.
    lodgers: Vec<Lodger>,
    /// In house in rooms that are not theirs tonight: who should have left, and who should have moved on.
    not_left: Vec<(RoomNumber, ReservationCode)>,
    /// Everybody who is in a room.
    in_house: Vec<(RoomNumber, ReservationCode)>,
    blocks: Vec<Block>,
}

impl TypeRooms {
    pub fn read(ledger: &mut dyn Ledger, room_type: &RoomType, today: Date) -> Result<Self, StoreError> {
        let mut rooms = ledger.rooms()?;
        rooms.retain(|room| room.room_type == room_type.code);
        let is_ours = |block: &Block| rooms.iter().any(|room| room.number == block.room);
        let mut blocks: Vec<Block> = ledger.blocks(today)?.into_iter().filter(is_ours).collect();
        for block in &mut blocks {
            block.nights = block.nights.since(today).unwrap_or(block.nights);
        }
        let mut lodgers = ledger.lodgers(&room_type.code, today)?;
        let watched: &[Lodger] = if ledger.guard() == Guard::LetsIn { &[] } else { &lodgers };
        let of = |room: &RoomNumber, lodger: &Lodger| (room.clone(), lodger.code);
        let not_left = watched.iter().filter_map(|lodger| Some(of(lodger.not_left(today)?, lodger))).collect();
        let in_house = watched.iter().filter(|lodger| lodger.is_in_house);
        let in_house = in_house.filter_map(|lodger| Some(of(lodger.room.as_ref()?, lodger))).collect();
        // Who should have left holds no night any more.
        lodgers.retain(|lodger| lodger.nights.end() > today);
        for lodger in &mut lodgers {
            lodger.nights = lodger.nights.since(today).unwrap_or(lodger.nights);
        }
        Ok(Self { room_type: room_type.clone(), rooms, lodgers, not_left, in_house, blocks })
    }

    pub fn place(&self, number: &RoomNumber) -> Option<usize> {
        self.rooms.iter().position(|room| room.number == *number)
    }

    /// The room that a stay of the type has.
    pub fn room_of(&self, code: ReservationCode) -> Option<RoomNumber> {
        self.lodgers.iter().find(|lodger| lodger.code == code)?.room.clone()
    }

    /// Every numbered room.
    pub fn places(&self) -> impl Iterator<Item = usize> + use<> {
        0..self.rooms.len()
    }

    pub fn number(&self, place: usize) -> RoomNumber {
        self.rooms[place].number.clone()
    }

    /// Who has not left this room, though it is not his tonight.
    pub fn overdue_in(&self, place: usize) -> Option<ReservationCode> {
        self.not_left_by(place, &[]).first().copied()
    }

    fn not_left_by(&self, place: usize, who: &[ReservationCode]) -> Vec<ReservationCode> {
        let number = &self.rooms[place].number;
        let in_it = self.not_left.iter().filter(|(room, code)| room == number && !who.contains(code));
        in_it.map(|(_, code)| *code).collect()
    }

    /// Nobody goes to a room before its last guest has left, free as it is tonight by the books. `who` goes to it now.
    pub fn check_left(&self, place: usize, who: &[ReservationCode]) -> Result<(), RoomRefusal> {
        let stays = self.not_left_by(place, who);
        if stays.is_empty() { Ok(()) } else { Err(RoomRefusal::Taken { stays, blocks: Vec::new() }) }
    }

    /// Who comes back and has no night any more comes to a room that nobody is in, or to none.
    pub fn check_empty(&self, number: &RoomNumber, who: ReservationCode) -> Result<(), RoomRefusal> {
        let others = self.in_house.iter().filter(|(room, code)| room == number && *code != who);
        let stays: Vec<ReservationCode> = others.map(|(_, code)| *code).collect();
        if stays.is_empty() { Ok(()) } else { Err(RoomRefusal::Taken { stays, blocks: Vec::new() }) }
    }

    /// Those of some rooms to which `who` can go now.
    pub fn left(&self, mut places: Vec<usize>, who: &[ReservationCode]) -> Vec<usize> {
        places.retain(|place| self.check_left(*place, who).is_ok());
        places
    }

    /// Why there is no room to go to now: some are not left yet, or there is none.
    pub fn none_left(&self, who: &[ReservationCode]) -> RoomRefusal {
        let stays: Vec<_> = self.places().flat_map(|place| self.not_left_by(place, who)).collect();
        if stays.is_empty() { RoomRefusal::NoneFree } else { RoomRefusal::Taken { stays, blocks: Vec::new() } }
    }

    /// The same rooms by their places; none where one of them is not of this type.
    pub fn places_of(&self, pieces: &[Piece]) -> Option<Vec<(usize, Nights)>> {
        pieces.iter().map(|piece| Some((self.place(&piece.room)?, piece.nights))).collect()
    }

    pub fn blocks_on(&self, night: Date) -> u16 {
        let count = self.blocks.iter().filter(|block| block.nights.contains(night)).count();
        u16::try_from(count).unwrap_or(u16::MAX)
    }

    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Where a stay lies for good; none where it may be moved.
    fn fixed_places(&self, lodger: &Lodger) -> Option<Vec<(usize, Nights)>> {
        let is_fixed = lodger.room.is_some() && (lodger.pinned || lodger.is_in_house);
        if is_fixed { self.places_of(&lodger.pieces()) } else { None }
    }

    fn others<'a>(&'a self, except: &'a [ReservationCode]) -> impl Iterator<Item = &'a Lodger> {
        self.lodgers.iter().filter(move |lodger| !except.contains(&lodger.code))
    }

    /// Every stay but those of `except`, around what is fixed.
    pub fn plan(&self, except: &[ReservationCode]) -> Plan {
        let limit = usize::from(self.room_type.rooms.saturating_add(self.room_type.overbook));
        let mut plan = Plan::new(limit.max(self.rooms.len()));
        for block in &self.blocks {
            let is_fixed = self.place(&block.room).is_some_and(|place| plan.fix(place, block.nights));
            debug_assert!(is_fixed, "two blocks on one night of a room");
        }
        for lodger in self.others(except) {
            let pieces = self.fixed_places(lodger);
            let is_fixed =
                pieces.is_some_and(|pieces| pieces.into_iter().all(|(place, nights)| plan.fix(place, nights)));
            if !is_fixed {
                plan.add_loose(lodger.nights);
            }
        }
        plan
    }

    /// What stands in the way of a room for good.
    pub fn check_free(&self, place: usize, nights: Nights, except: &[ReservationCode]) -> Result<(), RoomRefusal> {
        let is_there = |lodger: &&Lodger| {
            let pieces = self.fixed_places(lodger).unwrap_or_default();
            pieces.into_iter().any(|(at, fixed)| at == place && fixed.overlaps(nights))
        };
        let stays: Vec<ReservationCode> = self.others(except).filter(is_there).map(|lodger| lodger.code).collect();
        let of_room = self.blocks.iter().filter(|block| block.room == self.rooms[place].number);
        let blocks: Vec<BlockId> =
            of_room.filter(|block| block.nights.overlaps(nights)).map(|block| block.id).collect();
        if stays.is_empty() && blocks.is_empty() { Ok(()) } else { Err(RoomRefusal::Taken { stays, blocks }) }
    }

    /// Fixes a stay's nights in a plan made without `except`, if all that is sold can still be housed.
    pub fn promise(
        &self,
        plan: &mut Plan,
        pieces: &[(usize, Nights)],
        except: &[ReservationCode],
    ) -> Result<(), RoomRefusal> {
        for (place, nights) in pieces {
            self.check_free(*place, *nights, except)?;
        }
        if pieces.iter().all(|(place, nights)| plan.fix(*place, *nights)) && plan.houses_all() {
            return Ok(());
        }
        let is_in_the_way = |lodger: &&Lodger| {
            self.fixed_places(lodger).is_none() && pieces.iter().any(|(_, nights)| lodger.nights.overlaps(*nights))
        };
        let stays = self.others(except).filter(is_in_the_way).map(|lodger| lodger.code).collect();
        Err(RoomRefusal::Promised { stays })
    }

    /// Finds rooms for newcomers among the numbered ones, around a plan's fixed nights; who is seated moves where he
    /// must. The shuffle's places are those of the codes.
    pub fn make_room(
        &self,
        plan: &Plan,
        newcomers: &[Newcomer],
        except: &[ReservationCode],
    ) -> Option<(Shuffle, Vec<ReservationCode>)> {
        let (mut codes, mut seats) = (Vec::new(), Vec::new());
        for lodger in self.others(except).filter(|lodger| self.fixed_places(lodger).is_none()) {
            if let Some(room) = lodger.room.as_ref().and_then(|number| self.place(number)) {
                codes.push(lodger.code);
                seats.push(Seat { nights: lodger.nights, room });
            }
        }
        let fixed = plan.fixed().get(..self.rooms.len())?;
        fewest_moves(fixed, &seats, newcomers).map(|shuffle| (shuffle, codes))
    }

    /// Who is seated in a room on these nights and may be moved.
    pub fn seated(&self, place: usize, nights: Nights) -> Vec<(ReservationCode, Nights)> {
        let number = &self.rooms[place].number;
        let seated = self.lodgers.iter().filter(|lodger| {
            lodger.room.as_ref() == Some(number)
                && self.fixed_places(lodger).is_none()
                && lodger.nights.overlaps(nights)
        });
        seated.map(|lodger| (lodger.code, lodger.nights)).collect()
    }
}
