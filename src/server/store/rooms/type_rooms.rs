//! The rooms of one type from today on: who is fixed in which, who is seated and may be moved, who has none yet.

use crate::domain::rooms::{BlockId, Newcomer, Plan, Seat, Shuffle, fewest_moves};
use crate::domain::{Block, Date, Nights, ReservationCode, Room, RoomNumber, RoomType};
use crate::server::store::StoreError;
use crate::server::store::ledger::Ledger;
use crate::server::store::rooms::{Lodger, RoomRefusal};

pub(super) struct TypeRooms {
    pub room_type: RoomType,
    /// Those with a number, by it; a plan counts them first.
    pub rooms: Vec<Room>,
    /// Their nights from today on.
    lodgers: Vec<Lodger>,
    /// In house though they should have left: they are in their rooms, but hold no night.
    overdue: Vec<Lodger>,
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
        let all = ledger.lodgers(&room_type.code, today)?;
        let (mut lodgers, overdue): (Vec<Lodger>, Vec<Lodger>) =
            all.into_iter().partition(|lodger| lodger.nights.end() > today);
        for lodger in &mut lodgers {
            lodger.nights = lodger.nights.since(today).unwrap_or(lodger.nights);
        }
        Ok(Self { room_type: room_type.clone(), rooms, lodgers, overdue, blocks })
    }

    pub fn place(&self, number: &RoomNumber) -> Option<usize> {
        self.rooms.iter().position(|room| room.number == *number)
    }

    /// Every numbered room.
    pub fn places(&self) -> impl Iterator<Item = usize> + use<> {
        0..self.rooms.len()
    }

    pub fn number(&self, place: usize) -> RoomNumber {
        self.rooms[place].number.clone()
    }

    /// Who has not left this room.
    pub fn overdue_in(&self, place: usize) -> Option<ReservationCode> {
        let number = &self.rooms[place].number;
        self.overdue.iter().find(|lodger| lodger.room.as_ref() == Some(number)).map(|lodger| lodger.code)
    }

    pub fn blocks_on(&self, night: Date) -> u16 {
        let count = self.blocks.iter().filter(|block| block.nights.contains(night)).count();
        u16::try_from(count).unwrap_or(u16::MAX)
    }

    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn fixed_place(&self, lodger: &Lodger) -> Option<usize> {
        let place = self.place(lodger.room.as_ref()?)?;
        (lodger.pinned || lodger.is_in_house).then_some(place)
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
            let is_fixed = self.fixed_place(lodger).is_some_and(|place| plan.fix(place, lodger.nights));
            if !is_fixed {
                plan.add_loose(lodger.nights);
            }
        }
        plan
    }

    /// What stands in the way of a room for good.
    pub fn check_free(&self, place: usize, nights: Nights, except: &[ReservationCode]) -> Result<(), RoomRefusal> {
        let fixed = self.others(except).filter(|lodger| self.fixed_place(lodger) == Some(place));
        let stays: Vec<ReservationCode> =
            fixed.filter(|lodger| lodger.nights.overlaps(nights)).map(|lodger| lodger.code).collect();
        let of_room = self.blocks.iter().filter(|block| block.room == self.rooms[place].number);
        let blocks: Vec<BlockId> =
            of_room.filter(|block| block.nights.overlaps(nights)).map(|block| block.id).collect();
        if stays.is_empty() && blocks.is_empty() { Ok(()) } else { Err(RoomRefusal::Taken { stays, blocks }) }
    }

    /// Fixes nights in a plan made without `except`, if all that is sold can still be housed.
    pub fn promise(
        &self,
        plan: &mut Plan,
        place: usize,
        nights: Nights,
        except: &[ReservationCode],
    ) -> Result<(), RoomRefusal> {
        self.check_free(place, nights, except)?;
        if plan.fix(place, nights) && plan.houses_all() {
            return Ok(());
        }
        let stays = self.others(except).filter(|lodger| self.fixed_place(lodger).is_none());
        let stays = stays.filter(|lodger| lodger.nights.overlaps(nights)).map(|lodger| lodger.code).collect();
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
        for lodger in self.others(except).filter(|lodger| self.fixed_place(lodger).is_none()) {
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
            lodger.room.as_ref() == Some(number) && self.fixed_place(lodger).is_none() && lodger.nights.overlaps(nights)
        });
        seated.map(|lodger| (lodger.code, lodger.nights)).collect()
    }
}
