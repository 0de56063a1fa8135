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

/// What a table's marks stood for when they were taken, and how far its followers have been called.
#[derive(Debug)]
pub(crate) struct Round {
    facts: Option<NewFacts>,
    is_of_availability: bool,
    next_desk: Seat,
    next_watcher: Seat,
}

#[derive(Debug)]
struct NewFacts {
    from: u64,
    upto: u64,
    kinds: KindSet,
    /// The reservations with followers here, each with the number of the fact.
    changed: Vec<(ReservationCode, u64)>,
    /// The ring no longer holds all of them.
    overrun: bool,
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

    /// Takes the marks: whom do they concern? [`call_some`](Self::call_some) goes through them.
    pub(crate) fn begin_round(&self, ring: &RwLock<Ring>) -> Round {
        let marks = self.marks.swap(0, Ordering::AcqRel);
        let facts = (marks & NEW_FACTS != 0).then(|| self.look_at_facts(ring));
        Round { facts, is_of_availability: marks & NEW_AVAILABILITY != 0, next_desk: 0, next_watcher: 0 }
    }

    fn look_at_facts(&self, ring: &RwLock<Ring>) -> NewFacts {
        let from = self.called_upto() + 1;
        let mut kinds = KindSet::NONE;
        let mut changed = Vec::new();
        let members = lock(&self.members);
        // Held only to look: publishing waits for this lock.
        let ring = read(ring);
        for frame in ring.since(from) {
            kinds = kinds.with(frame.kind);
            if let Some(code) = frame.reservation
                && frame.blocks.is_for_guest()
                && members.reservations.contains_key(&code)
            {
                changed.push((code, frame.seq));
            }
        }
        NewFacts { from, upto: ring.head(), kinds, changed, overrun: from < ring.first() }
    }

    /// Calls some of those whom a round concerns, until `called` holds `most` of them; the caller tells them when no lock
    /// is held. True if there may be more. Who comes in between is called as well, or knows what the round is about.
    pub(crate) fn call_some(
        &self,
        round: &mut Round,
        now: u32,
        most: usize,
        called: &mut Vec<Arc<Subscriber>>,
    ) -> bool {
        let members = lock(&self.members);
        if let Some(NewFacts { from, kinds: news, overrun, .. }) = &round.facts {
            let call = |desk: &Subscriber| {
                let Followed::Facts(Audience::Desk(kinds)) = &desk.followed else { return false };
                (*overrun || kinds.overlaps(*news)) && desk.call(*from, now)
            };
            if call_seats(&members.desks, &mut round.next_desk, call, most, called) {
                return true;
            }
        }
        if round.is_of_availability
            && call_seats(&members.watchers, &mut round.next_watcher, |watcher| watcher.call(1, now), most, called)
        {
            return true;
        }
        if let Some(NewFacts { from, upto, changed, overrun, .. }) = &round.facts {
            if *overrun {
                // What was lost may have been anyone's: each finds the gap and comes back by the log.
                called.extend(members.reservations.values().flatten().filter(|it| it.call(*from, now)).cloned());
            } else {
                for (code, seq) in changed {
                    let followers = members.reservations.get(code).into_iter().flatten();
                    called.extend(followers.filter(|it| it.call(*seq, now)).cloned());
                }
            }
            self.called_upto.fetch_max(*upto, Ordering::AcqRel);
        }
        false
    }
}

/// Calls from seat `next` on, until `called` holds `most`. True if it does.
fn call_seats(
    seats: &Slab<Arc<Subscriber>>,
    next: &mut Seat,
    call: impl Fn(&Subscriber) -> bool,
    most: usize,
    called: &mut Vec<Arc<Subscriber>>,
) -> bool {
    for seat in *next..seats.capacity() {
        if let Some(follower) = seats.get(seat).filter(|follower| call(follower)) {
            called.push(Arc::clone(follower));
            if called.len() >= most {
                *next = seat + 1;
                return true;
            }
        }
    }
    *next = seats.capacity();
    false
}
