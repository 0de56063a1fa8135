//! Who is woken by what.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use tokio::sync::Notify;

use super::support::{House, desk, follower, kinds, on_paused_time};
use crate::server::hub::{Audience, Resume, Subscription};

#[derive(Default)]
struct Count {
    wakes: AtomicUsize,
    news: Notify,
}

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.wakes.fetch_add(1, Ordering::SeqCst);
        self.news.notify_one();
    }
}

struct Sleeper {
    stream: Subscription,
    count: Arc<Count>,
}

impl Sleeper {
    async fn new(house: &House, audience: Audience) -> Self {
        let mut sleeper = Self { stream: house.subscribe(&audience, &Resume::FromHead).await, count: Arc::default() };
        sleeper.rest();
        sleeper
    }

    fn watching(house: &House) -> Self {
        let mut sleeper = Self { stream: house.hotel.watch_availability(&Resume::FromHead), count: Arc::default() };
        sleeper.rest();
        sleeper
    }

    /// Takes what is there and goes to sleep.
    fn rest(&mut self) {
        let waker = Waker::from(Arc::clone(&self.count));
        while let Poll::Ready(chunk) = self.stream.poll_chunk(&mut Context::from_waker(&waker)) {
            assert!(chunk.is_some(), "the stream ended");
        }
    }

    fn wakes(&self) -> usize {
        self.count.wakes.load(Ordering::SeqCst)
    }

    async fn woken(&self, times: usize) {
        while self.wakes() < times {
            self.count.news.notified().await;
        }
    }
}

#[test]
fn a_change_of_a_reservation_wakes_its_followers_and_the_desks_that_want_it() {
    on_paused_time(async {
        let mut house = House::new();
        let mut mine = Sleeper::new(&house, follower("AAAA-2222")).await;
        let others = Sleeper::new(&house, follower("BBBB-3333")).await;
        let desk_all = Sleeper::new(&house, desk()).await;
        let desk_alerts = Sleeper::new(&house, Audience::Desk(kinds("alert"))).await;
        let watcher = Sleeper::watching(&house);
        house.publish(&[("placed", "AAAA-2222"), ("cancelled", "AAAA-2222")]);
        mine.woken(1).await;
        desk_all.woken(1).await;
        mine.rest();
        // A second change, seen by both, shows that both shards are done with the first.
        house.publish(&[("placed", "AAAA-2222")]);
        mine.woken(2).await;
        assert_eq!(others.wakes(), 0, "a stranger's reservation");
        assert_eq!(desk_alerts.wakes(), 0, "a kind it does not hear");
        assert_eq!(watcher.wakes(), 0, "no cell changed");
        // The control: each of them does wake for its own.
        house.publish_cells(&[1]);
        house.publish(&[("nudge", "BBBB-3333"), ("placed", "BBBB-3333")]);
        others.woken(1).await;
        desk_alerts.woken(1).await;
        watcher.woken(1).await;
        assert_eq!(desk_all.wakes(), 1, "woken once, and not again before it looks");
    });
}

#[test]
fn a_guest_is_not_woken_by_what_only_the_desk_sees() {
    on_paused_time(async {
        let mut house = House::new();
        let mut guest = Sleeper::new(&house, follower("AAAA-2222")).await;
        house.publish(&[("nudge", "AAAA-2222")]);
        house.publish(&[("placed", "AAAA-2222")]);
        guest.woken(1).await;
        guest.rest();
        assert_eq!(guest.wakes(), 1);
        assert_eq!(house.hub.metrics().read().delivered, 1);
    });
}

#[test]
fn a_crowd_that_left_leaves_nothing_behind() {
    on_paused_time(async {
        let house = House::new();
        let mut crowd = Vec::new();
        for _ in 0..100 {
            crowd.push(Sleeper::new(&house, follower("AAAA-2222")).await);
            crowd.push(Sleeper::new(&house, desk()).await);
            crowd.push(Sleeper::watching(&house));
        }
        assert_eq!(house.hub.metrics().read().open, 300);
        let subscribers = Arc::downgrade(&crowd[0].count);
        drop(crowd);
        assert_eq!(house.hub.metrics().read().open, 0);
        assert!(subscribers.upgrade().is_none(), "no waker is kept");
    });
}

/// A round stops when enough are called, so that they are told before the others; the crowd may change in between.
#[test]
fn a_round_goes_on_where_it_stopped_and_calls_each_once() {
    on_paused_time(async {
        let mut house = House::new();
        let mut crowd = Vec::new();
        for _ in 0..40 {
            crowd.push(Sleeper::new(&house, desk()).await);
            crowd.push(Sleeper::new(&house, follower("AAAA-2222")).await);
        }
        house.publish(&[("placed", "AAAA-2222")]);
        let mut late = Vec::new();
        for table in &house.hotel.tables {
            let (mut called, mut all) = (Vec::new(), Vec::new());
            let mut round = table.begin_round(&house.hotel.ring);
            while table.call_some(&mut round, 0, 7, &mut called) {
                assert_eq!((called.len(), table.called_upto()), (7, 0), "the others have not been called");
                all.append(&mut called);
                // One who comes now knows the fact; one who goes leaves a seat free.
                late.push(house.hotel.subscribe_facts(desk(), &Resume::FromHead));
                drop(crowd.pop());
            }
            all.append(&mut called);
            assert_eq!(table.called_upto(), 1);
            let mut each: Vec<_> = all.iter().map(Arc::as_ptr).collect();
            each.sort_unstable();
            each.dedup();
            assert_eq!(each.len(), all.len(), "nobody is called twice");
        }
        for sleeper in &mut crowd {
            let chunk = sleeper.stream.next_chunk().await.unwrap();
            assert!(chunk.starts_with(b"id: e1-1\n"), "everybody is");
        }
    });
}
