//! The newest facts of a hotel in memory, bounded by number and bytes. It grows as facts come; a quiet hotel holds
//! nothing. Each frame knows the previous one of its reservation, so a follower's replay jumps instead of scanning.

use std::collections::{HashMap, VecDeque};
use std::time::Instant;

use bytes::{Bytes, BytesMut};

use super::frame::{Audience, Frame};
use crate::domain::ReservationCode;

/// What a frame costs besides its bytes: the entry and its share of the index.
const ENTRY_OVERHEAD_BYTES: usize = 128;

#[derive(Clone, Copy, Debug)]
pub struct RingLimits {
    pub facts: usize,
    pub bytes: usize,
}

#[derive(Debug)]
struct Entry {
    frame: Frame,
    /// The sequence number of the reservation's previous fact when this one came; 0 if it was no longer held.
    previous: u64,
}

#[derive(Debug)]
pub(crate) struct Ring {
    entries: VecDeque<Entry>,
    /// The newest sequence number published; the ring holds the numbers up to and including it, without a hole.
    head: u64,
    bytes: usize,
    limits: RingLimits,
    /// The newest held fact of each reservation.
    newest: HashMap<ReservationCode, u64>,
}

/// What a follower has missed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Missed {
    /// Part of it is no longer held.
    Gap,
    /// In order, as one chunk (empty if nothing was for this audience) that ends with number `last`; go on looking at
    /// `next`. The oldest of them was committed at `since`.
    Facts { chunk: Bytes, count: u64, last: u64, next: u64, since: Option<Instant> },
}

impl Ring {
    pub(crate) fn new(head: u64, limits: RingLimits) -> Self {
        Self { entries: VecDeque::new(), head, bytes: 0, limits, newest: HashMap::new() }
    }

    pub(crate) fn head(&self) -> u64 {
        self.head
    }

    /// The oldest number held, or the next one to come.
    pub(crate) fn first(&self) -> u64 {
        self.head + 1 - self.entries.len() as u64
    }

    /// Appends the next fact. A number that is already held is ignored. After a jump in the numbers the ring starts anew,
    /// so that whoever was behind finds a gap and reads the log: better than a hole that nobody sees.
    pub(crate) fn push(&mut self, frame: Frame) {
        if frame.seq <= self.head {
            tracing::error!(seq = frame.seq, head = self.head, "a fact was published twice");
            return;
        }
        if frame.seq != self.head + 1 {
            tracing::warn!(seq = frame.seq, head = self.head, "facts were not published; followers must read the log");
            self.entries.clear();
            self.newest.clear();
            self.bytes = 0;
        }
        self.head = frame.seq;
        self.bytes += cost(&frame);
        let previous = match frame.reservation {
            Some(code) => self.newest.insert(code, frame.seq).unwrap_or(0),
            None => 0,
        };
        self.entries.push_back(Entry { frame, previous });
        while self.entries.len() > self.limits.facts || self.bytes > self.limits.bytes {
            self.drop_oldest();
        }
    }

    /// Takes in older facts, which end where the ring begins, so that everyone who comes after finds them in memory.
    /// False if there is no room for all of them, or they do not fit; then nothing has changed.
    pub(crate) fn fill(&mut self, older: &[Frame]) -> bool {
        let numbers = older.iter().map(|frame| frame.seq);
        let is_whole = numbers.rev().eq((1..self.first()).rev().take(older.len()));
        let bytes = self.bytes + older.iter().map(cost).sum::<usize>();
        let has_room = self.entries.len() + older.len() <= self.limits.facts && bytes <= self.limits.bytes;
        if older.is_empty() || !is_whole || !has_room {
            return false;
        }
        let newer = std::mem::take(&mut self.entries);
        *self = Self::new(older[0].seq - 1, self.limits);
        older.iter().cloned().chain(newer.into_iter().map(|entry| entry.frame)).for_each(|frame| self.push(frame));
        true
    }

    /// Whether so many older facts could ever be taken in.
    pub(crate) fn can_fill(&self, older: u64) -> bool {
        usize::try_from(older).is_ok_and(|older| self.entries.len() + older <= self.limits.facts)
    }

    fn drop_oldest(&mut self) {
        let Some(Entry { frame, .. }) = self.entries.pop_front() else { return };
        self.bytes -= cost(&frame);
        if let Some(code) = &frame.reservation
            && self.newest.get(code) == Some(&frame.seq)
        {
            self.newest.remove(code);
        }
    }

    /// The facts from number `from` on, oldest first.
    pub(crate) fn since(&self, from: u64) -> impl Iterator<Item = &Frame> {
        let skipped = usize::try_from(from.saturating_sub(self.first())).unwrap_or(usize::MAX);
        self.entries.range(skipped.min(self.entries.len())..).map(|entry| &entry.frame)
    }

    /// What `audience` has missed from number `from` on, at most about `budget` bytes of it.
    pub(crate) fn missed(&self, audience: &Audience, from: u64, budget: usize) -> Missed {
        if from < self.first() {
            return Missed::Gap;
        }
        match audience {
            Audience::Desk(_) => self.join(self.since(from), audience, budget),
            Audience::Reservation(code) => {
                let mut trail = Vec::new();
                let mut seq = self.newest.get(code).copied().unwrap_or(0);
                while seq >= from && seq > 0 {
                    let Some(entry) = self.entry(seq) else { break };
                    trail.push(&entry.frame);
                    seq = entry.previous;
                }
                self.join(trail.into_iter().rev(), audience, budget)
            }
        }
    }

    fn entry(&self, seq: u64) -> Option<&Entry> {
        let index = seq.checked_sub(self.first())?;
        self.entries.get(usize::try_from(index).ok()?)
    }

    /// One frame is shared as it is; several are joined, for one chunk costs less to write than many.
    fn join<'ring>(&self, frames: impl Iterator<Item = &'ring Frame>, audience: &Audience, budget: usize) -> Missed {
        let mut only = Bytes::new();
        let mut joined = BytesMut::new();
        let mut count = 0;
        let mut last = 0;
        let mut next = self.head + 1;
        let mut since = None;
        for frame in frames {
            let Some(bytes) = audience.bytes_of(frame) else { continue };
            if count > 0 && joined.len().max(only.len()) + bytes.len() > budget {
                next = frame.seq;
                break;
            }
            match count {
                0 => only = bytes.clone(),
                1 => {
                    joined.extend_from_slice(&only);
                    joined.extend_from_slice(bytes);
                }
                _ => joined.extend_from_slice(bytes),
            }
            count += 1;
            last = frame.seq;
            since.get_or_insert(frame.committed_at);
        }
        let chunk = if count > 1 { joined.freeze() } else { only };
        Missed::Facts { chunk, count, last, next, since }
    }
}

fn cost(frame: &Frame) -> usize {
    frame.blocks.size_bytes() + ENTRY_OVERHEAD_BYTES
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{FactKind, KindSet};
    use super::*;

    const ROOMY: RingLimits = RingLimits { facts: 100, bytes: 1 << 20 };

    fn code(letter: &str) -> ReservationCode {
        letter.repeat(8).parse().unwrap()
    }

    fn fact(seq: u64, letter: &str) -> Frame {
        let bytes = Bytes::from(format!("{seq}{letter};"));
        Frame::ready(seq, FactKind::new(0), Some(code(letter)), bytes.clone(), bytes)
    }

    fn missed(ring: &Ring, audience: &Audience, from: u64, budget: usize) -> (String, u64) {
        match ring.missed(audience, from, budget) {
            Missed::Gap => ("gap".into(), 0),
            Missed::Facts { chunk, next, .. } => (String::from_utf8(chunk.to_vec()).unwrap(), next),
        }
    }

    fn desk() -> Audience {
        Audience::Desk(KindSet::ALL)
    }

    #[test]
    fn replay_gives_a_reservation_its_own_facts_in_order() {
        let mut ring = Ring::new(10, ROOMY);
        for (seq, code) in [(11, "A"), (12, "B"), (13, "A"), (14, "B"), (15, "A")] {
            ring.push(fact(seq, code));
        }
        let follower = Audience::Reservation(code("A"));
        assert_eq!(missed(&ring, &follower, 11, 1000), ("11A;13A;15A;".into(), 16));
        assert_eq!(missed(&ring, &follower, 12, 1000), ("13A;15A;".into(), 16));
        assert_eq!(missed(&ring, &Audience::Reservation(code("C")), 11, 1000), (String::new(), 16));
        assert_eq!(missed(&ring, &desk(), 13, 1000), ("13A;14B;15A;".into(), 16));
        assert_eq!(missed(&ring, &desk(), 16, 1000), (String::new(), 16));
    }

    #[test]
    fn a_budget_cuts_between_facts_and_the_rest_follows() {
        let mut ring = Ring::new(0, ROOMY);
        (1..=5).for_each(|seq| ring.push(fact(seq, "A")));
        assert_eq!(missed(&ring, &desk(), 1, 7), ("1A;2A;".into(), 3));
        assert_eq!(missed(&ring, &desk(), 3, 1), ("3A;".into(), 4));
    }

    #[test]
    fn what_is_no_longer_held_is_a_gap() {
        let mut ring = Ring::new(0, RingLimits { facts: 2, bytes: 1 << 20 });
        (1..=5).for_each(|seq| ring.push(fact(seq, "A")));
        assert_eq!(ring.first(), 4);
        assert_eq!(missed(&ring, &desk(), 3, 100), ("gap".into(), 0));
        assert_eq!(missed(&ring, &Audience::Reservation(code("A")), 4, 100), ("4A;5A;".into(), 6));
    }

    #[test]
    fn bytes_are_bounded_and_the_index_shrinks_with_them() {
        let mut ring = Ring::new(0, RingLimits { facts: 1000, bytes: 10 * ENTRY_OVERHEAD_BYTES });
        for (seq, letter) in (1..=100).zip(["A", "B", "C", "D", "E", "F", "G"].iter().cycle()) {
            ring.push(fact(seq, letter));
        }
        assert!(ring.bytes <= 10 * ENTRY_OVERHEAD_BYTES);
        let held = |code: &ReservationCode| ring.entries.iter().any(|entry| entry.frame.reservation == Some(*code));
        assert!(ring.newest.keys().all(held));
        assert_eq!(ring.bytes, ring.entries.iter().map(|entry| cost(&entry.frame)).sum::<usize>());
    }

    #[test]
    fn older_facts_are_taken_in_where_they_fit_and_belong() {
        let mut ring = Ring::new(3, RingLimits { facts: 5, bytes: 1 << 20 });
        (4..=5).for_each(|seq| ring.push(fact(seq, "A")));
        assert!(!ring.fill(&[fact(1, "A"), fact(2, "B")]), "the third is missing");
        assert!(!ring.fill(&[fact(2, "B"), fact(3, "A"), fact(4, "A")]), "the fourth is there");
        assert!(ring.fill(&[fact(2, "B"), fact(3, "A")]));
        assert_eq!(missed(&ring, &desk(), 2, 100), ("2B;3A;4A;5A;".into(), 6));
        assert_eq!(missed(&ring, &Audience::Reservation(code("A")), 2, 100), ("3A;4A;5A;".into(), 6));
        assert!(!ring.fill(&[]));
        assert!(ring.fill(&[fact(1, "B")]));
        ring.push(fact(6, "A"));
        assert_eq!((ring.first(), ring.head()), (2, 6), "bounded as ever");
        assert!(!ring.can_fill(1) && !ring.fill(&[fact(1, "B")]), "there is no room");
    }

    #[test]
    fn a_jump_in_the_numbers_becomes_a_gap_not_a_hole() {
        let mut ring = Ring::new(0, ROOMY);
        ring.push(fact(1, "A"));
        ring.push(fact(5, "A"));
        assert_eq!(missed(&ring, &desk(), 2, 100), ("gap".into(), 0));
        assert_eq!(missed(&ring, &desk(), 5, 100), ("5A;".into(), 6));
        ring.push(fact(5, "A"));
        assert_eq!(ring.head(), 5);
    }
}
