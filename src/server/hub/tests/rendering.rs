//! A fact is rendered when somebody wants it, once for all who do, and never by whoever publishes it.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use bytes::Bytes;

use super::support::{EPOCH, House, Reader, desk, follower, kind, on_paused_time};
use crate::server::hub::{Blocks, Frame, Resume, event_block};

#[derive(Default)]
struct Counted {
    desk: OnceLock<Bytes>,
    guest: OnceLock<Bytes>,
    rendered: AtomicUsize,
}

impl Counted {
    fn render(&self) -> Bytes {
        self.rendered.fetch_add(1, Ordering::SeqCst);
        event_block(EPOCH, 1, "reservation", b"1")
    }
}

impl Blocks for Counted {
    fn desk(&self) -> &Bytes {
        self.desk.get_or_init(|| self.render())
    }

    fn guest(&self) -> Option<&Bytes> {
        Some(self.guest.get_or_init(|| self.render()))
    }

    fn is_for_guest(&self) -> bool {
        true
    }

    fn size_bytes(&self) -> usize {
        100
    }
}

fn frame(blocks: &Arc<Counted>) -> Frame {
    let reservation = Some("AAAA-2222".parse().unwrap());
    let blocks = Arc::clone(blocks) as Arc<dyn Blocks>;
    Frame { seq: 1, kind: kind("placed"), reservation, committed_at: Instant::now(), blocks }
}

#[test]
fn a_fact_that_nobody_follows_is_never_rendered() {
    on_paused_time(async {
        let house = House::new();
        let mut elsewhere = house.subscribe(&follower("BBBB-3333"), &Resume::FromHead).await;
        elsewhere.next_chunk().await.unwrap();
        let blocks = Arc::new(Counted::default());
        house.hotel.publish(vec![frame(&blocks)]);
        // Time stands still while anybody has something to do: when the comment comes, all have looked.
        assert!(elsewhere.next_chunk().await.unwrap().starts_with(b":"));
        assert_eq!(blocks.rendered.load(Ordering::SeqCst), 0);
    });
}

#[test]
fn a_crowd_shares_one_rendering_and_the_publisher_makes_none() {
    on_paused_time(async {
        let house = House::new();
        let mut crowd = Vec::new();
        for _ in 0..50 {
            crowd.push(house.subscribe(&desk(), &Resume::FromHead).await);
        }
        let blocks = Arc::new(Counted::default());
        house.hotel.publish(vec![frame(&blocks)]);
        assert_eq!(blocks.rendered.load(Ordering::SeqCst), 0, "publishing is no rendering");
        for stream in &mut crowd {
            assert!(Reader::default().read_upto(stream, 1).await);
        }
        assert_eq!(blocks.rendered.load(Ordering::SeqCst), 1);
    });
}
