//! The availability stream: current values, conflated, resumable from anywhere in the epoch.

use super::support::{EPOCH, House, Reader, on_paused_time};
use crate::server::hub::{Resume, StreamPosition, Subscription};

fn from(seq: u64) -> Resume {
    Resume::After(StreamPosition::new(EPOCH.into(), seq))
}

/// Reads until the cell has been told at the number.
async fn read_cell(reader: &mut Reader, stream: &mut Subscription, cell: u32, seq: u64) {
    let wanted = format!("\"{cell}\":{seq}");
    while !reader.events.iter().any(|event| event.data.contains(&wanted)) {
        reader.feed(&stream.next_chunk().await.unwrap());
    }
}

#[test]
fn a_burst_becomes_few_frames_and_all_watchers_share_them() {
    on_paused_time(async {
        let mut house = House::new();
        let mut watchers: Vec<_> =
            (0..50).map(|_| (Reader::default(), house.hotel.watch_availability(&from(0)))).collect();
        for cell in 0..400 {
            house.publish_cells(&[cell]);
        }
        for (reader, stream) in &mut watchers {
            read_cell(reader, stream, 399, 400).await;
            assert_eq!(reader.last_id.as_deref(), Some("e1-400"));
        }
        let renders = house.hub.metrics().read().availability_renders;
        assert!(renders <= 2, "{renders} renderings for 400 changes and 50 watchers");
    });
}

#[test]
fn a_watcher_from_long_ago_gets_exactly_the_cells_that_changed_since() {
    on_paused_time(async {
        let mut house = House::with_ring(2);
        for cell in 0..20 {
            house.publish_cells(&[cell]);
        }
        let mut present = (Reader::default(), house.hotel.watch_availability(&Resume::FromHead));
        let mut old = (Reader::default(), house.hotel.watch_availability(&from(17)));
        read_cell(&mut old.0, &mut old.1, 19, 20).await;
        assert_eq!(old.0.events.len(), 1);
        assert_eq!(old.0.events[0].data, "{\"17\":18,\"18\":19,\"19\":20}");
        assert_eq!((old.0.events[0].name.as_str(), old.0.events[0].id.as_str()), ("availability", "e1-20"));
        house.publish_cells(&[5]);
        for (reader, stream) in [&mut present, &mut old] {
            read_cell(reader, stream, 5, 21).await;
            assert_eq!(reader.events.last().unwrap().data, "{\"5\":21}");
        }
        assert_eq!(present.0.events.len(), 1);
    });
}

#[test]
fn a_storm_from_one_point_is_rendered_once() {
    on_paused_time(async {
        let mut house = House::new();
        for cell in 0..100 {
            house.publish_cells(&[cell]);
        }
        let mut crowd: Vec<_> =
            (0..200).map(|_| (Reader::default(), house.hotel.watch_availability(&from(40)))).collect();
        for (reader, stream) in &mut crowd {
            read_cell(reader, stream, 99, 100).await;
        }
        assert_eq!(house.hub.metrics().read().availability_renders, 1);
    });
}

#[test]
fn cut_and_resumed_at_random_points_the_picture_is_always_whole() {
    on_paused_time(async {
        let mut house = House::new();
        let mut reader = Reader::default();
        let mut stream = house.hotel.watch_availability(&from(0));
        for round in 0..200u32 {
            house.publish_cells(&[round % 7, round % 11]);
            if round % 3 == 0 {
                reader.feed(&stream.next_chunk().await.unwrap());
            }
            if round % 5 == 0 {
                drop(stream);
                stream = house.hotel.watch_availability(&reader.resume());
            }
        }
        read_cell(&mut reader, &mut stream, 199 % 7, 200).await;
        // Later values replace earlier ones: what the client shows is what the house has.
        let mut shown = std::collections::BTreeMap::new();
        for event in &reader.events {
            for cell in event.data.trim_matches(['{', '}']).split(',') {
                let (cell, seq) = cell.split_once(':').unwrap();
                shown.insert(cell.trim_matches('"').parse::<u32>().unwrap(), seq.parse::<u64>().unwrap());
            }
        }
        let mut real = std::collections::BTreeMap::new();
        for round in 0..200u32 {
            real.insert(round % 7, u64::from(round) + 1);
            real.insert(round % 11, u64::from(round) + 1);
        }
        assert_eq!(shown, real);
    });
}
