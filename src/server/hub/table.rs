//! The followers of one hotel in one shard, and whom a batch of facts concerns among them.
//! A reservation's followers are found by its code, so a change of one wakes nobody else.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use slab::Slab;

use super::frame::Audience;
use super::kinds::KindSet;
use super::locks::{lock, read};
use super::ring::Ring;
use super::subscriber::{Followed, Subscriber};
use crate::domain::ReservationCode;

/// Why a table is in its shard's inbox.
pub(crate) const NEW_FACTS: u8 = 1;
pub(crate) const NEW_AVAILABILITY: u8 = 2;

#[derive(Debug, Default)]
pub(crate) struct Table {
    followers: AtomicUsize,
    marks: AtomicU8,
    /// Every follower concerned by a fact up to this number has been called.
    called_upto: AtomicU64,
    members: Mutex<Members>,
}

#[derive(Debug, Default)]
struct Members {
    desks: Slab<Arc<Subscriber>>,
    watchers: Slab<Arc<Subscriber>>,
    reservations: HashMap<ReservationCode, Vec<Arc<Subscriber>>>,
}

/// A follower's place in its table.
pub(crate) type Seat = usize;

impl Table {
    /// Enters a follower. Facts published from now on will call it, whatever the caller reads of the ring afterwards.
    pub(crate) fn enter(&self, subscriber: &Arc<Subscriber>, ring: &RwLock<Ring>) -> Seat {
        let mut members = lock(&self.members);
        if self.followers.fetch_add(1, Ordering::SeqCst) == 0 {
            // While nobody followed, nobody was called.
            self.called_upto.store(read(ring).head(), Ordering::Release);
        }
        let subscriber = Arc::clone(subscriber);
        match &subscriber.followed {
            Followed::Facts(Audience::Desk(_)) => members.desks.insert(subscriber),
            Followed::Availability => members.watchers.insert(subscriber),
            Followed::Facts(Audience::Reservation(code)) => {
                members.reservations.entry(*code).or_default().push(subscriber);
                0
            }
        }
    }

    pub(crate) fn leave(&self, subscriber: &Arc<Subscriber>, seat: Seat) {
        let mut members = lock(&self.members);
        match &subscriber.followed {
            Followed::Facts(Audience::Desk(_)) => drop(members.desks.try_remove(seat)),
            Followed::Availability => drop(members.watchers.try_remove(seat)),
            Followed::Facts(Audience::Reservation(code)) => {
                if let Some(followers) = members.reservations.get_mut(code) {
                    followers.retain(|follower| !Arc::ptr_eq(follower, subscriber));
                    if followers.is_empty() {
                        members.reservations.remove(code);
                    }
                }
            }
        }
        if self.followers.fetch_sub(1, Ordering::SeqCst) == 1 {
            // Give the memory of a crowd back when it has gone.
            *members = Members::default();
        }
    }

    /// Notes that something is new. True if the shard must be told: there are followers and no mark was open.
    pub(crate) fn mark(&self, mark: u8) -> bool {
        self.followers.load(Ordering::SeqCst) > 0 && self.marks.fetch_or(mark, Ordering::AcqRel) == 0
    }

    /// Everything for followers that are not due is behind them up to this number.
    pub(crate) fn called_upto(&self) -> u64 {
        self.called_upto.load(Ordering::Acquire)
    }

    /// Calls whom the marks concern and collects them; the caller tells them when no lock is held.
    pub(crate) fn call_followers(&self, ring: &RwLock<Ring>, now: u32, called: &mut Vec<Arc<Subscriber>>) {
        let marks = self.marks.swap(0, Ordering::AcqRel);
        let members = lock(&self.members);
        if marks & NEW_FACTS != 0 {
            self.call_for_facts(&members, ring, now, called);
        }
        if marks & NEW_AVAILABILITY != 0 {
            called.extend(members.watchers.iter().map(|(_, watcher)| watcher).filter(|it| it.call(1, now)).cloned());
        }
    }

    fn call_for_facts(&self, members: &Members, ring: &RwLock<Ring>, now: u32, called: &mut Vec<Arc<Subscriber>>) {
        let from = self.called_upto() + 1;
        let mut news = KindSet::NONE;
        let mut changed: Vec<(ReservationCode, u64)> = Vec::new();
        let (head, overrun) = {
            // Held only to look: publishing waits for this lock.
            let ring = read(ring);
            for frame in ring.since(from) {
                news = news.with(frame.kind);
                if let Some(code) = frame.reservation
                    && frame.blocks.is_for_guest()
                    && members.reservations.contains_key(&code)
                {
                    changed.push((code, frame.seq));
                }
            }
            (ring.head(), from < ring.first())
        };
        for (_, desk) in &members.desks {
            let Followed::Facts(Audience::Desk(kinds)) = &desk.followed else { continue };
            if (overrun || kinds.overlaps(news)) && desk.call(from, now) {
                called.push(Arc::clone(desk));
            }
        }
        if overrun {
            // What was lost may have been anyone's: each finds the gap and comes back by the log.
            called.extend(members.reservations.values().flatten().filter(|it| it.call(from, now)).cloned());
        } else {
            for (code, seq) in changed {
                called.extend(members.reservations[&code].iter().filter(|it| it.call(seq, now)).cloned());
            }
        }
        self.called_upto.store(head, Ordering::Release);
    }
}
