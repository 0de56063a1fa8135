//! What cannot be resumed says so.

use super::support::{EPOCH, Event, House, Reader, desk, follower, on_paused_time};
use crate::server::hub::{LogRange, Resume, Start, Subscription};

async fn opening(stream: &mut Subscription) -> (Reader, String) {
    let chunk = stream.next_chunk().await.unwrap();
    let mut reader = Reader::default();
    reader.feed(&chunk);
    (reader, String::from_utf8(chunk.to_vec()).unwrap())
}

fn reset_at(id: &str) -> Event {
    Event { id: id.into(), name: "reset".into(), data: format!("{{\"as_of\":\"{id}\"}}") }
}

#[test]
fn retry_and_the_position_come_first() {
    on_paused_time(async {
        let mut house = House::new();
        house.publish(&[("placed", "AAAA-2222")]);
        for mut stream in [
            house.subscribe(&desk(), &Resume::FromHead).await,
            house.subscribe(&follower("AAAA-2222"), &Resume::FromHead).await,
            house.hotel.watch_availability(&Resume::FromHead),
        ] {
            let (reader, text) = opening(&mut stream).await;
            assert!(text.starts_with("retry: ") && text.ends_with("\nid: e1-1\n\n"), "{text}");
            assert!((1000..=5000).contains(&reader.retries[0]));
            assert_eq!(reader.events, []);
        }
    });
}

#[test]
fn a_position_that_cannot_be_is_answered_with_one_reset() {
    on_paused_time(async {
        let mut house = House::new();
        house.publish(&[("placed", "AAAA-2222"), ("placed", "AAAA-2222")]);
        for resume in [
            Resume::Unreadable,
            Resume::After("other-1".parse().unwrap()),
            Resume::After(format!("{EPOCH}-3").parse().unwrap()),
        ] {
            for mut stream in [house.subscribe(&desk(), &resume).await, house.hotel.watch_availability(&resume)] {
                assert_eq!(stream.start(), Start::Reset { head: 2 });
                assert_eq!(opening(&mut stream).await.0.events, [reset_at("e1-2")]);
            }
        }
        assert_eq!(house.hub.metrics().read().resets, 6);
        let mut stream = house.subscribe(&desk(), &Resume::After("e1-2".parse().unwrap())).await;
        assert_eq!(opening(&mut stream).await.0.events, [], "the head itself can be resumed");
    });
}

#[test]
fn a_log_that_is_too_long_is_answered_with_a_reset_and_the_stream_goes_on() {
    on_paused_time(async {
        let mut house = House::with_ring(2);
        for _ in 0..10 {
            house.publish(&[("placed", "AAAA-2222")]);
        }
        let resume = Resume::After("e1-1".parse().unwrap());
        let mut asked = Vec::new();
        let refuse = |range: LogRange| {
            asked.push(range);
            async { Ok::<_, std::convert::Infallible>(None) }
        };
        let Ok(mut stream) = house.hotel.subscribe_with_log(desk(), &resume, refuse).await;
        assert_eq!(asked, [LogRange { after: 1, upto: 10 }]);
        let (mut reader, _) = opening(&mut stream).await;
        assert_eq!(reader.events, [reset_at("e1-10")]);
        house.publish(&[("placed", "AAAA-2222")]);
        assert!(reader.read_upto(&mut stream, 11).await);
        assert_eq!(reader.events.len(), 2);
    });
}

#[test]
fn the_present_state_comes_first_and_is_not_sent_again() {
    on_paused_time(async {
        let mut house = House::new();
        for code in ["AAAA-2222", "BBBB-3333"] {
            house.publish(&[("placed", code)]);
        }
        let stream = house.subscribe(&follower("AAAA-2222"), &Resume::FromHead).await;
        // A change between subscribing and reading is in the state that was read.
        house.publish(&[("cancelled", "AAAA-2222")]);
        let mut stream = stream.with_present(3, house.log[2].blocks.guest().unwrap().clone());
        let (mut reader, _) = opening(&mut stream).await;
        house.publish(&[("placed", "AAAA-2222")]);
        assert!(reader.read_upto(&mut stream, 4).await);
        let ids: Vec<_> = reader.events.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(ids, ["e1-3", "e1-4"]);

        // A state older than the head leaves the client at the head, not at its last change.
        let stream = house.subscribe(&follower("BBBB-3333"), &Resume::FromHead).await;
        let mut stream = stream.with_present(2, house.log[1].blocks.guest().unwrap().clone());
        let (reader, text) = opening(&mut stream).await;
        assert_eq!(reader.events[0].id, "e1-2");
        assert_eq!(reader.last_id.as_deref(), Some("e1-4"));

        // Cut after the first block, it is told that state, whichever place it has kept.
        let place = text.split_once("\nid: ").unwrap().1.split_once('\n').unwrap().0;
        let mut stream = house.subscribe(&follower("BBBB-3333"), &Resume::After(place.parse().unwrap())).await;
        let mut again = Reader::default();
        assert!(again.read_upto(&mut stream, 2).await);
        assert_eq!(again.events, reader.events);
    });
}
