//! Who stops reading is cut, and nobody else notices.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

use super::support::{House, Reader, desk, expected, on_paused_time};
use crate::server::hub::{Resume, Transport};

#[derive(Debug, Default)]
struct Wire {
    is_cut: AtomicBool,
    news: Notify,
}

impl Transport for Wire {
    fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        self.news.notify_one();
    }

    fn bound_send_buffer(&self) {}

    fn try_send(&self, _: &[u8]) -> std::io::Result<usize> {
        unreachable!("nobody has lent this stream to its shard")
    }
}

#[test]
fn a_client_that_stops_reading_is_cut_and_the_others_miss_nothing() {
    on_paused_time(async {
        let mut house = House::new();
        let (stuck_wire, idle_wire) = (Arc::new(Wire::default()), Arc::new(Wire::default()));
        let stuck = house.subscribe(&desk(), &Resume::FromHead).await.over(Some(stuck_wire.clone()), None);
        let mut reading = house.subscribe(&desk(), &Resume::FromHead).await.over(Some(idle_wire.clone()), None);
        let mut reader = Reader::default();
        house.publish(&[("placed", "AAAA-2222")]);
        assert!(reader.read_upto(&mut reading, 1).await);
        let reading = tokio::spawn(async move {
            reader.read_upto(&mut reading, 2).await;
            reader
        });
        stuck_wire.news.notified().await;
        house.publish(&[("placed", "AAAA-2222")]);
        assert_eq!(reading.await.unwrap().events, expected(&house.log, &desk(), 0));
        assert!(!idle_wire.is_cut.load(Ordering::SeqCst), "the control: who reads is not cut");
        assert_eq!(house.hub.metrics().read().stalled, 1);
        let mut stuck = stuck;
        assert_eq!(stuck.next_chunk().await, None);
    });
}

#[test]
fn a_client_that_does_not_even_take_comments_is_cut() {
    on_paused_time(async {
        let house = House::new();
        let wire = Arc::new(Wire::default());
        let mut stream = house.subscribe(&desk(), &Resume::FromHead).await.over(Some(wire.clone()), None);
        stream.next_chunk().await.unwrap();
        wire.news.notified().await;
        assert!(wire.is_cut.load(Ordering::SeqCst));
    });
}

#[test]
fn a_client_behind_the_ring_is_ended_and_comes_back_without_loss() {
    on_paused_time(async {
        let mut house = House::with_ring(5);
        let mut stream = house.subscribe(&desk(), &Resume::FromHead).await;
        let mut reader = Reader::default();
        reader.feed(&stream.next_chunk().await.unwrap());
        for _ in 0..20 {
            house.publish(&[("placed", "AAAA-2222")]);
        }
        assert!(!reader.read_upto(&mut stream, 20).await, "ended: part of it is not held any more");
        assert_eq!(house.hub.metrics().read().lagged, 1);
        let mut stream = house.subscribe(&desk(), &reader.resume()).await;
        assert!(reader.read_upto(&mut stream, 20).await);
        assert_eq!(reader.events, expected(&house.log, &desk(), 0));
    });
}
