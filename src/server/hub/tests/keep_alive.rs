//! Silence is broken in time, and only silence.

use std::time::Duration;

use tokio::time::Instant;

use super::support::{House, Reader, desk, follower, on_paused_time};
use crate::server::hub::{Resume, SubscribeOutcome};

#[test]
fn a_silent_stream_carries_a_comment_at_least_every_20_seconds() {
    on_paused_time(async {
        let house = House::new();
        let mut silences = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let mut stream = house.subscribe(&desk(), &Resume::FromHead).await;
            silences.spawn(async move {
                stream.next_chunk().await.unwrap();
                let opened = Instant::now();
                assert_eq!(stream.next_chunk().await.unwrap(), ":\n\n");
                opened.elapsed()
            });
        }
        // Paused time: this is what the timers were set to, not what the machine took.
        let mut silences = silences.join_all().await;
        assert!(silences.iter().all(|silence| *silence <= Duration::from_secs(20)), "{silences:?}");
        silences.sort_unstable();
        silences.dedup();
        assert!(silences.len() > 8, "spread over sweeps");
    });
}

#[test]
fn a_stream_with_data_carries_no_comment() {
    on_paused_time(async {
        let mut house = House::new();
        let mut stream = house.subscribe(&desk(), &Resume::FromHead).await;
        let mut reader = Reader::default();
        for _ in 0..20 {
            house.publish(&[("placed", "AAAA-2222")]);
            assert!(reader.read_upto(&mut stream, house.head()).await);
            tokio::time::advance(Duration::from_secs(5)).await;
        }
        assert_eq!(reader.comments, 0);
    });
}

#[test]
fn a_quiet_reservation_stays_resumable_from_memory() {
    on_paused_time(async {
        let mut house = House::with_ring(10);
        let mut stream = house.subscribe(&follower("AAAA-2222"), &Resume::FromHead).await;
        let mut reader = Reader::default();
        for _ in 0..50 {
            house.publish(&[("placed", "BBBB-3333")]);
            tokio::task::yield_now().await;
        }
        while reader.comments == 0 {
            reader.feed(&stream.next_chunk().await.unwrap());
        }
        assert_eq!(reader.last_id.as_deref(), Some("e1-50"));
        let again = house.hotel.subscribe_facts(follower("AAAA-2222"), &reader.resume());
        assert!(matches!(again, SubscribeOutcome::Live(_)));
        // The control: with the id it began with, it would need the database.
        let resume = Resume::After("e1-0".parse().unwrap());
        let again = house.hotel.subscribe_facts(follower("AAAA-2222"), &resume);
        assert!(matches!(again, SubscribeOutcome::NeedsLog(range) if (range.after, range.upto) == (0, 50)));
    });
}
