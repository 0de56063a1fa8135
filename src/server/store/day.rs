//! Closing the hotel's day: what blocks it, what it does to the rooms, and by which rule it happens.

use crate::domain::{
    AlertKind, Condition, Date, DayFact, DayRule, Fact, Hotel, HotelDay, Reservation, ReservationCode, RoomFact, Status,
};
use crate::server::clock::today;
use crate::server::store::commands::Work;
use crate::server::store::{CommandError, ReservationFilter, StoreError};

/// A house is not larger than this.
const MOST_STAYS: u32 = 2_000;

#[derive(Clone, Debug)]
pub enum DayChange {
    /// Ends `day`. What is undecided blocks it, but for the stays of `kept`: those were looked at and stay as they are.
    Close { day: Date, kept: Vec<ReservationCode> },
    /// The clock has begun a new day at a hotel whose day ends with the clock's.
    Turn,
    /// Days end by this rule from now on.
    Rule(DayRule),
    /// Tells the desk that the day could not be closed by itself.
    Warn { day: Date },
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayRefusal {
    /// By the hotel's clock.
    #[error("the day is not over yet")]
    NotOver,
    #[error("the hotel is on {current} now")]
    AnotherDay { current: Date },
    #[error("the day ends by itself, with the clock")]
    ByClock,
    /// Guests who have not come and guests who have not left.
    #[error("some stays of the day are undecided")]
    Undecided { stays: Vec<ReservationCode> },
}

/// What a transaction reads and writes of the hotel's day.
pub trait DayLedger {
    fn listed(&mut self, filter: &ReservationFilter) -> Result<Vec<Reservation>, StoreError>;

    /// Writes down where the hotel's day stands.
    fn set_day(&mut self, day: HotelDay) -> Result<(), StoreError>;

    /// Writes down the hotel with the terms it has now.
    fn set_terms(&mut self, hotel: Hotel) -> Result<(), StoreError>;
}

impl Work<'_> {
    pub(super) fn clock_day(&self) -> Date {
        today(self.at, &self.ledger.house().hotel.time_zone)
    }

    /// Today as the house counts it.
    pub(super) fn today(&self) -> Date {
        self.ledger.house().hotel.day.business_date(self.clock_day())
    }

    pub(super) fn change_day(&mut self, change: &DayChange) -> Result<Hotel, CommandError> {
        let rule = self.ledger.house().hotel.day.rule;
        match change {
            DayChange::Close { day, kept } => self.close(*day, kept, rule),
            DayChange::Turn if rule != DayRule::ByClock => Err(DayRefusal::AnotherDay { current: self.today() }.into()),
            DayChange::Turn => {
                let (before, clock) = (self.ledger.house().hotel.day.date, self.clock_day());
                self.end(before.unwrap_or(clock.add_days(-1)), HotelDay { rule, date: Some(clock) })
            }
            DayChange::Rule(rule) => {
                let today = self.today();
                let date = if *rule == DayRule::ByClock { self.clock_day() } else { today };
                self.set(DayFact::Rule, today, HotelDay { rule: *rule, date: Some(date) })
            }
            DayChange::Warn { day } => self.warn(*day),
        }
    }

    fn close(&mut self, day: Date, kept: &[ReservationCode], rule: DayRule) -> Result<Hotel, CommandError> {
        let current = self.today();
        if rule == DayRule::ByClock {
            return Err(DayRefusal::ByClock.into());
        }
        if day != current {
            return Err(DayRefusal::AnotherDay { current }.into());
        }
        if self.clock_day() <= day {
            return Err(DayRefusal::NotOver.into());
        }
        let mut stays: Vec<ReservationCode> = self.undecided(day)?.iter().map(|stay| stay.code).collect();
        stays.retain(|code| !kept.contains(code));
        if !stays.is_empty() {
            return Err(DayRefusal::Undecided { stays }.into());
        }
        self.end(day, HotelDay { rule, date: Some(day.add_days(1)) })
    }

    fn end(&mut self, before: Date, day: HotelDay) -> Result<Hotel, CommandError> {
        let hotel = self.set(DayFact::Closed, before, day)?;
        self.leave_occupied_rooms_dirty()?;
        Ok(hotel)
    }

    fn set(&mut self, kind: DayFact, before: Date, day: HotelDay) -> Result<Hotel, CommandError> {
        self.ledger.set_day(day)?;
        let business_date = day.business_date(self.clock_day());
        self.ledger.append(self.at, self.actor, Fact::Day { kind, before, business_date }, Vec::new())?;
        Ok(Hotel { day, ..self.ledger.house().hotel.clone() })
    }

    /// Who should have come by the end of `day` or left, and has not.
    fn undecided(&mut self, day: Date) -> Result<Vec<Reservation>, StoreError> {
        let of = |status, to| ReservationFilter { status: Some(status), to, limit: MOST_STAYS, ..Default::default() };
        let mut stays = self.ledger.listed(&of(Status::Confirmed, Some(day.add_days(1))))?;
        let in_house = self.ledger.listed(&of(Status::InHouse, None))?;
        stays.extend(in_house.into_iter().filter(|stay| stay.stay.departure() <= day));
        Ok(stays)
    }

    /// Somebody slept in it.
    fn leave_occupied_rooms_dirty(&mut self) -> Result<(), CommandError> {
        let filter = ReservationFilter { status: Some(Status::InHouse), limit: MOST_STAYS, ..Default::default() };
        let stays = self.ledger.listed(&filter)?;
        for mut room in self.ledger.rooms()? {
            let is_occupied = stays.iter().any(|stay| stay.room.as_ref() == Some(&room.number));
            if is_occupied && room.condition != Condition::Dirty {
                room.condition = Condition::Dirty;
                self.ledger.set_condition(&room.number, Condition::Dirty)?;
                self.tell_room(RoomFact::Condition, &room)?;
            }
        }
        Ok(())
    }

    fn warn(&mut self, day: Date) -> Result<Hotel, CommandError> {
        let stays = self.undecided(day)?;
        if let Some(first) = stays.first() {
            let text = format!("{day} {}", stays.len());
            let fact = Fact::Alert { kind: AlertKind::DayOpen, code: first.code, text };
            self.ledger.append(self.at, self.actor, fact, Vec::new())?;
        }
        Ok(self.ledger.house().hotel.clone())
    }
}
