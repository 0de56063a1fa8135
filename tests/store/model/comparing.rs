//! What the store answers and holds, beside what the plain hotel has.

use std::collections::BTreeMap;

use vacancy::domain::rooms::BlockId;
use vacancy::domain::{Reservation, ReservationCode, RoomNumber, State};
use vacancy::server::store::rooms::{Move, Occupant};
use vacancy::server::store::{CommandError, Reply, RoomRefusal, RoomReply};

use super::asking::number;
use super::plain::{Answer, DAYS, DOORS, Line, Operation, ROOMS, Told};
use super::{History, Moved};
use crate::house::{code_of, day};

pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: found {found:?}, expected {expected:?}")) }
}

fn door(number: &RoomNumber) -> usize {
    DOORS.iter().position(|(door, _)| *door == number.as_str()).unwrap()
}

pub fn refusal(error: &CommandError) -> Answer {
    Answer::Refused(match error {
        CommandError::SoldOut(sold_out) => {
            return Answer::SoldOut(sold_out.nights.iter().map(|night| day(0).days_until(*night)).collect());
        }
        CommandError::Room(RoomRefusal::Taken { stays, blocks }) => {
            let mut stays = stays.clone();
            stays.sort_unstable();
            return Answer::Taken(stays, blocks.iter().map(|BlockId(id)| *id).collect());
        }
        CommandError::Room(RoomRefusal::Promised { stays }) => {
            let mut stays = stays.clone();
            stays.sort_unstable();
            return Answer::Promised(stays);
        }
        CommandError::Room(RoomRefusal::NotFound) => "RoomNotFound",
        CommandError::Room(RoomRefusal::BlockNotFound) => "BlockNotFound",
        CommandError::Room(RoomRefusal::AnotherType { .. }) => "AnotherType",
        CommandError::Room(RoomRefusal::NoneFree) => "NoneFree",
        CommandError::Room(RoomRefusal::State(_)) => "State",
        CommandError::Room(RoomRefusal::NotItsNight) => "NotItsNight",
        CommandError::Room(RoomRefusal::NoRoomBefore) => "NoRoomBefore",
        CommandError::Room(RoomRefusal::Split { .. }) => "Split",
        CommandError::Room(RoomRefusal::NoMoveDue) => "NoMoveDue",
        CommandError::ReservationNotFound => "ReservationNotFound",
        CommandError::HoldNotFound => "HoldNotFound",
        CommandError::TransitionNotAllowed(_) => "TransitionNotAllowed",
        CommandError::IdempotencyKeyReused => "IdempotencyKeyReused",
        CommandError::VersionConflict { .. } => "VersionConflict",
        CommandError::TooSoon { .. } => "TooSoon",
        CommandError::CodeTaken => "CodeTaken",
        CommandError::Amendment(_) => "Amendment",
        CommandError::ExtensionsUsedUp => "ExtensionsUsedUp",
        _ => "another",
    })
}

/// Nudges are no part of an answer, and a booking's does not tell how its hold was renewed, nor what became of its room.
fn comparable(answer: Answer) -> Answer {
    match answer {
        Answer::Is(code, line) => Answer::Is(code, Line { nudged_at: None, ..line }),
        Answer::Booked { code, line, replayed } => {
            let line = Line { nudged_at: None, extensions: 0, counted_from: None, ready: false, ..line };
            Answer::Booked { code, line, replayed }
        }
        other => other,
    }
}

/// Where several rooms are asked for, what is in the way of one of them may be named alone.
fn names_some(found: &Answer, expected: &Answer) -> bool {
    let is_part = |found: &[ReservationCode], all: &[ReservationCode]| found.iter().all(|code| all.contains(code));
    match (found, expected) {
        (Answer::Promised(found), Answer::Promised(all)) => !found.is_empty() && is_part(found, all),
        (Answer::Taken(found, blocks), Answer::Taken(all, all_blocks)) => {
            let is_named = !found.is_empty() || !blocks.is_empty();
            is_named && is_part(found, all) && blocks.iter().all(|block| all_blocks.contains(block))
        }
        _ => false,
    }
}

impl History {
    pub fn line_of(&self, reservation: &Reservation) -> Line {
        let until = match reservation.state() {
            State::Held { until } => until.unix_ms() / 1000,
            _ => self.plain.lines.get(&reservation.code).map_or(0, |line| line.until),
        };
        Line {
            room_type: ROOMS.iter().position(|(code, _)| *code == reservation.room_type.as_str()).unwrap(),
            arrival: day(0).days_until(reservation.stay.arrival()),
            departure: day(0).days_until(reservation.stay.departure()),
            status: reservation.state().status(),
            until,
            version: reservation.version,
            nudged_at: reservation.last_nudge_at.map(|at| at.unix_ms() / 1000),
            extensions: reservation.extensions,
            counted_from: reservation.counted_from.map(|from| day(0).days_until(from)),
            room: reservation.room.as_ref().map(door),
            later: reservation
                .later_rooms
                .iter()
                .map(|later| (day(0).days_until(later.from), door(&later.room)))
                .collect(),
            pinned: reservation.pinned,
            ready: reservation.room_ready,
        }
    }

    /// What is told of stays is told in order; who was moved for it, and whose room is ready now, at any place.
    pub fn compare_facts(
        operation: Operation,
        mut told: Vec<Told>,
        expected: &[Told],
        moved: &[Moved],
        mut ready: Vec<Told>,
    ) -> Result<(), String> {
        for (code, ..) in moved {
            let place = told.iter().position(|fact| *fact == ("changed", *code));
            told.remove(place.ok_or_else(|| format!("{code} was moved by {operation:?}, and nobody was told"))?);
        }
        let is_of_readiness = |(kind, _): &Told| matches!(*kind, "room_ready" | "room_not_ready");
        let (mut told_ready, told): (Vec<Told>, Vec<Told>) = told.into_iter().partition(is_of_readiness);
        same(&format!("the facts of {operation:?}"), &told, &expected.to_vec())?;
        told_ready.sort_unstable();
        ready.sort_unstable();
        same(&format!("whose room is ready after {operation:?}"), &told_ready, &ready)
    }

    pub fn compare_answer(
        &mut self,
        operation: Operation,
        expected: &Answer,
        answer: &Result<Reply, CommandError>,
        moved: &[Moved],
    ) -> Result<(), String> {
        let mut told_moves: &[Move] = &[];
        let found = match answer {
            Ok(Reply::Held(reservation) | Reply::Changed(reservation)) => {
                Answer::Is(reservation.code, self.line_of(reservation))
            }
            Ok(Reply::Booked { reservation, manage_token, replayed }) => {
                let first = self.tokens.entry(reservation.code).or_insert_with(|| manage_token.clone());
                same("the token of the first answer", manage_token, first)?;
                Answer::Booked { code: reservation.code, line: self.line_of(reservation), replayed: *replayed }
            }
            Ok(Reply::Lapsed(count)) => Answer::Lapsed(*count),
            Ok(Reply::Nudged) => Answer::Nudged,
            Ok(Reply::Room(RoomReply::Lodged { reservation, moves })) => {
                told_moves = moves;
                Answer::Is(reservation.code, self.line_of(reservation))
            }
            Ok(Reply::Room(RoomReply::Room { moves, .. })) => {
                told_moves = moves;
                Answer::Room
            }
            Ok(Reply::Room(RoomReply::Done)) => Answer::Room,
            Ok(other) => return Err(format!("{operation:?} was answered with {other:?}")),
            Err(error) => refusal(error),
        };
        // What the program chose is in the books by now.
        let mut expected = expected.clone();
        if let Answer::Is(code, line) | Answer::Booked { code, line, replayed: false } = &mut expected {
            *line = self.plain.lines[code].clone();
        }
        let asks_for_several = matches!(
            operation,
            Operation::Swap { .. } | Operation::Assign { from: Some(_), .. } | Operation::Amend { .. }
        );
        if !(asks_for_several && names_some(&found, &expected)) {
            same(&format!("the answer to {operation:?}"), &comparable(found), &comparable(expected))?;
        }
        let names_moves = matches!(answer, Ok(Reply::Room(_)));
        let mut named: Vec<Moved> = told_moves.iter().map(|one| (one.code, door(&one.from), door(&one.to))).collect();
        named.sort_unstable();
        if names_moves { same(&format!("the moves of {operation:?}"), &named, &moved.to_vec()) } else { Ok(()) }
    }

    /// The reservations that were meant, and every one with a fact, are stored as the model has them.
    pub fn compare_reservations(
        &self,
        operation: Operation,
        stored: &BTreeMap<ReservationCode, Reservation>,
    ) -> Result<(), String> {
        for code in operation.codes().iter().chain(stored.keys()) {
            let found = stored.get(code).map(|stored| self.line_of(stored));
            same(&format!("{code} after {operation:?}"), &found, &self.plain.lines.get(code).cloned())?;
        }
        for stored in stored.values() {
            let total: i64 = stored.nightly.iter().map(|(_, price)| price.minor).sum();
            same("the total is the sum of the nights", &stored.total.minor, &total)?;
        }
        Ok(())
    }

    /// Every night counts what the model counts, never more than there is, and whatever it lets be sold can be housed.
    pub async fn compare_counters(&mut self, operation: Operation) -> Result<(), String> {
        let counters = self.house.counters().await;
        for (room_type, (code, rooms)) in ROOMS.iter().enumerate() {
            let type_code = code_of(code);
            let mut all_blocked = Vec::new();
            for offset in 0..DAYS {
                let (sold, held, blocked) =
                    counters.get(&(type_code.clone(), day(offset))).copied().unwrap_or_default();
                let expected = self.plain.written(room_type, offset);
                same(&format!("{code} on day {offset} after {operation:?}"), &(sold, held), &expected)?;
                if sold + held > *rooms {
                    return Err(format!("{code} is sold twice on day {offset} after {operation:?}"));
                }
                all_blocked.push(blocked);
            }
            let judged = self.plain.adopt_blocked(room_type, &all_blocked);
            judged.map_err(|fault| format!("after {operation:?}: {fault}"))?;
        }
        Ok(())
    }

    /// Nobody has a room's night but the one who has it in the model; rooms are as clean as there.
    pub async fn compare_rooms(&self, operation: Operation) -> Result<(), String> {
        let today = self.house.today();
        let rooms = self.house.store.rooms(crate::house::HOTEL, today).await.map_err(|error| error.to_string())?;
        let mut nights: Vec<_> = rooms
            .nights
            .iter()
            .map(|night| {
                let by = match night.taken_by {
                    Occupant::Stay(code) => Ok(code),
                    Occupant::Block(BlockId(id)) => Err(id),
                };
                ((door(&night.room), day(0).days_until(night.night)), by)
            })
            .collect();
        nights.sort_unstable();
        let expected: Vec<_> = self.plain.room_days()?.into_iter().collect();
        same(&format!("the nights of rooms after {operation:?}"), &nights, &expected)?;
        let conditions: Vec<_> = rooms.rooms.iter().map(|room| (room.number.clone(), room.condition)).collect();
        let expected: Vec<_> =
            self.plain.conditions.iter().enumerate().map(|(door, condition)| (number(door), *condition)).collect();
        same(&format!("how rooms are after {operation:?}"), &conditions, &expected)
    }
}
