//! Hotels, staff and sessions in memory.

use std::sync::Arc;

use crate::domain::{Hotel, HotelDay, HotelId, NightCount, PriceTable, RoomType, RoomTypeCode, Timestamp};
use crate::server::store::directory::ANSWER_KEPT_SECONDS;
use crate::server::store::memory::books::{Books, Taken};
use crate::server::store::{Catalog, DirectoryChange, House, NewHotel, NewStaff, Session, Staff, StaffId, StoreError};

fn refused(reason: impl Into<String>) -> StoreError {
    StoreError::Refused(reason.into())
}

impl Books {
    pub fn change(&mut self, change: DirectoryChange) -> Result<(), StoreError> {
        match change {
            DirectoryChange::AddHotel(new) => self.add_hotel(new),
            DirectoryChange::AddHotels(all) => all.into_iter().try_for_each(|new| self.add_hotel(new)),
            DirectoryChange::PutRoomType { hotel, room_type } => self.put_room_type(hotel, room_type),
            DirectoryChange::SetPrice { hotel, room_type, night, price_minor } => {
                self.change_room_type(hotel, &room_type, |room_type| {
                    let mut by_date = room_type.prices.by_date().clone();
                    by_date.insert(night, price_minor);
                    room_type.prices =
                        PriceTable::new(room_type.prices.currency(), *room_type.prices.by_weekday(), by_date);
                })
            }
            DirectoryChange::AddStaff(new) => self.add_staff(new),
            DirectoryChange::SetPassword { email, password_hash } => {
                let staff = self.staff_mut(&email)?;
                staff.password_hash = password_hash;
                let id = staff.id;
                self.sessions.retain(|_, session| session.staff != id);
                Ok(())
            }
            DirectoryChange::RemoveStaff { email } => {
                let id = self.staff_mut(&email)?.id;
                self.staff.retain(|staff| staff.id != id);
                self.sessions.retain(|_, session| session.staff != id);
                Ok(())
            }
            DirectoryChange::StartSession(session) => {
                if !self.staff.iter().any(|staff| staff.id == session.staff) {
                    return Err(refused("there is no such account"));
                }
                self.sessions.insert(session.token_hash, session);
                Ok(())
            }
            DirectoryChange::TouchSession { token_hash, seen_at, idle_ends_at } => {
                if let Some(session) = self.sessions.get_mut(&token_hash) {
                    session.last_seen_at = seen_at;
                    session.idle_ends_at = idle_ends_at;
                }
                Ok(())
            }
            DirectoryChange::EndSession { token_hash } => {
                self.sessions.remove(&token_hash);
                Ok(())
            }
            DirectoryChange::Sweep { now } => {
                self.sessions.retain(|_, session| session.is_open(now));
                self.answers.retain(|_, (_, at)| at.plus_seconds(ANSWER_KEPT_SECONDS) >= now);
                Ok(())
            }
        }
    }

    pub fn staff_by_email(&self, email: &str) -> Option<&Staff> {
        self.staff.iter().find(|staff| staff.email == email)
    }

    pub fn session(&self, token_hash: &[u8; 32], now: Timestamp) -> Option<(Session, Staff)> {
        let session = self.sessions.get(token_hash).filter(|session| session.is_open(now))?;
        let staff = self.staff.iter().find(|staff| staff.id == session.staff)?;
        Some((session.clone(), staff.clone()))
    }

    fn staff_mut(&mut self, email: &str) -> Result<&mut Staff, StoreError> {
        self.staff
            .iter_mut()
            .find(|staff| staff.email == email)
            .ok_or_else(|| refused(format!("there is no account {email}")))
    }

    fn add_staff(&mut self, new: NewStaff) -> Result<(), StoreError> {
        let NewStaff { hotel, email, name, role, password_hash } = new;
        if self.staff_by_email(&email).is_some() {
            return Err(refused(format!("there is an account {email} already")));
        }
        if self.catalog.house(hotel).is_none() {
            return Err(refused("there is no such hotel"));
        }
        self.last_staff += 1;
        let id = StaffId(self.last_staff);
        self.staff.push(Staff { id, hotel, email, name, role, password_hash });
        Ok(())
    }

    fn add_hotel(&mut self, new: NewHotel) -> Result<(), StoreError> {
        if self.catalog.by_slug(&new.slug).is_some() {
            return Err(refused(format!("there is a hotel {} already", new.slug)));
        }
        let mut houses = self.houses();
        let id = HotelId(houses.iter().map(|house| house.hotel.id.0).max().unwrap_or(0) + 1);
        let hotel = Hotel {
            id,
            slug: new.slug,
            name: new.name,
            time_zone: new.time_zone,
            currency: new.currency,
            language: new.language,
            check_in_from: new.check_in_from,
            check_out_until: new.check_out_until,
            day: HotelDay::default(),
            cancellation: new.cancellation,
            terms_version: 1,
        };
        houses.push(House { hotel, room_types: new.room_types });
        self.catalog = Arc::new(Catalog::new(houses));
        Ok(())
    }

    fn put_room_type(&mut self, hotel: HotelId, new: RoomType) -> Result<(), StoreError> {
        let limit = NightCount { rooms: new.rooms, overbook: new.overbook, ..NightCount::default() }.limit();
        let too_few = self.nights.iter().any(|((of, code, _), Taken { sold, held, blocked })| {
            (*of, code) == (hotel, &new.code) && sold + held + blocked > limit
        });
        if too_few {
            return Err(refused(format!("more rooms of {} are taken on some nights", new.code)));
        }
        let numbered = self.rooms.iter().filter(|((of, _), room)| *of == hotel && room.room_type == new.code).count();
        if numbered > usize::from(new.rooms) {
            return Err(refused(format!("{numbered} rooms of {} have numbers", new.code)));
        }
        let mut houses = self.houses();
        let house = house_mut(&mut houses, hotel)?;
        let before = house.room_types.iter().find(|known| known.code == new.code);
        let is_fixed = |one: &crate::domain::Reservation| one.room_type == new.code && one.is_fixed();
        if before.is_some_and(|known| known.rooms + known.overbook > limit) && self.of_hotel(hotel).any(is_fixed) {
            return Err(refused(format!("some stays are fixed in rooms of {}", new.code)));
        }
        match house.room_types.iter_mut().find(|known| known.code == new.code) {
            Some(known) => {
                // Prices of single nights stay, unless they are set anew.
                let mut by_date = known.prices.by_date().clone();
                by_date.extend(new.prices.by_date());
                let prices = PriceTable::new(new.prices.currency(), *new.prices.by_weekday(), by_date);
                *known = RoomType { prices, ..new };
            }
            None => house.room_types.push(new),
        }
        self.catalog = Arc::new(Catalog::new(houses));
        Ok(())
    }

    fn change_room_type(
        &mut self,
        hotel: HotelId,
        code: &RoomTypeCode,
        change: impl FnOnce(&mut RoomType),
    ) -> Result<(), StoreError> {
        let mut houses = self.houses();
        let house = house_mut(&mut houses, hotel)?;
        let room_type = house.room_types.iter_mut().find(|room_type| room_type.code == *code);
        change(room_type.ok_or_else(|| refused(format!("there is no room type {code}")))?);
        self.catalog = Arc::new(Catalog::new(houses));
        Ok(())
    }

    fn houses(&self) -> Vec<House> {
        self.catalog.houses().iter().map(|house| House::clone(house)).collect()
    }
}

fn house_mut(houses: &mut [House], hotel: HotelId) -> Result<&mut House, StoreError> {
    houses.iter_mut().find(|house| house.hotel.id == hotel).ok_or_else(|| refused("there is no such hotel"))
}
