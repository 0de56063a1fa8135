//! Every stream ends with the server.

use super::support::{House, Reader, desk, follower, on_paused_time};
use crate::server::hub::{Resume, Subscription};

async fn read_to_end(mut stream: Subscription) -> Reader {
    let mut reader = Reader::default();
    while let Some(chunk) = stream.next_chunk().await {
        reader.feed(&chunk);
    }
    reader
}

#[test]
fn shutdown_ends_every_stream_with_a_longer_retry() {
    on_paused_time(async {
        let house = House::new();
        let mut streams = Vec::new();
        for _ in 0..20 {
            streams.push(house.subscribe(&desk(), &Resume::FromHead).await);
            streams.push(house.subscribe(&follower("AAAA-2222"), &Resume::FromHead).await);
            streams.push(house.hotel.watch_availability(&Resume::FromHead));
        }
        let readers: Vec<_> = streams.into_iter().map(|stream| tokio::spawn(read_to_end(stream))).collect();
        // All are asleep in their streams before the end comes.
        tokio::task::yield_now().await;
        house.shutdown.cancel();
        let mut last = Vec::new();
        for reader in readers {
            let retries = reader.await.unwrap().retries;
            assert_eq!(retries.len(), 2);
            last.push(retries[1]);
        }
        assert!(last.iter().all(|ms| (2000..=6000).contains(ms)), "{last:?}");
        last.sort_unstable();
        last.dedup();
        assert!(last.len() > 20, "spread, so that they do not come back together");
        assert_eq!(house.hub.metrics().read().open, 0);
    });
}

#[test]
fn a_large_crowd_is_closed_little_by_little_and_in_good_time() {
    on_paused_time(async {
        let house = House::new();
        let mut crowd = tokio::task::JoinSet::new();
        for _ in 0..4000 {
            let stream = house.subscribe(&desk(), &Resume::FromHead).await;
            crowd.spawn(async move {
                read_to_end(stream).await;
                tokio::time::Instant::now()
            });
        }
        tokio::task::yield_now().await;
        let began = tokio::time::Instant::now();
        house.shutdown.cancel();
        let mut ends: Vec<_> = crowd.join_all().await.into_iter().map(|end| end - began).collect();
        ends.sort_unstable();
        assert!(ends.last().unwrap().as_secs() < 2, "{:?}", ends.last());
        let at_once = ends.chunk_by(|one, next| one == next).map(<[_]>::len).max().unwrap();
        assert!(at_once <= 4000 / 8, "{at_once} at one moment");
    });
}

#[test]
fn a_stream_opened_during_shutdown_ends_at_once() {
    on_paused_time(async {
        let house = House::new();
        house.shutdown.cancel();
        // The hub's tasks take note before the stream is opened, or after: it ends in either case.
        for _ in 0..3 {
            let reader = read_to_end(house.subscribe(&desk(), &Resume::FromHead).await).await;
            assert_eq!(reader.retries.len(), 2);
        }
    });
}
