//! The same promises with a writer thread and many readers truly at once: no wake is lost, no fact is skipped.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Instant;

use futures_util::future::join_all;

use super::support::{EPOCH, Event, House, Reader, call_all, desk, expected, follower, kinds, on_paused_time};
use crate::server::hub::{Audience, Frame, HotelHub, LogRange, Resume, Subscription};

const FACTS: u64 = 6000;
const CODES: [&str; 4] = ["AAAA-2222", "BBBB-3333", "CCCC-4444", "DDDD-5555"];

type Log = Arc<Mutex<Vec<Frame>>>;

async fn subscribe(hotel: &Arc<HotelHub>, log: &Log, audience: Audience, resume: &Resume) -> Subscription {
    let read = |range: LogRange| {
        let log = log.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = log.iter().filter(|fact| fact.seq > range.after && fact.seq <= range.upto).cloned().collect();
        async move { Ok::<_, Infallible>(Some(rows)) }
    };
    let Ok(stream) = hotel.subscribe_with_log(audience, resume, read).await;
    stream
}

/// Reads to the last fact of its audience, leaving and coming back after every few chunks.
async fn follow(hotel: Arc<HotelHub>, log: Log, audience: Audience, last: u64, patience: usize) -> Vec<Event> {
    let mut reader = Reader { last_id: Some(format!("{EPOCH}-0")), ..Reader::default() };
    let done = |reader: &Reader| reader.events.last().is_some_and(|event| event.id == format!("{EPOCH}-{last}"));
    while !done(&reader) {
        let mut stream = subscribe(&hotel, &log, audience, &reader.resume()).await;
        for _ in 0..patience {
            match stream.next_chunk().await {
                Some(chunk) if !done(&reader) => reader.feed(&chunk),
                _ => break,
            }
            if done(&reader) {
                break;
            }
        }
        reader.cut();
    }
    reader.events
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn with_everything_at_once_each_reader_gets_its_facts_once_and_in_order() {
    let mut house = House::with_ring(300);
    let log = Log::default();
    let audiences = [desk(), Audience::Desk(kinds("alert")), follower(CODES[0]), follower(CODES[3])];
    // The last facts are one for everybody; their numbers are known beforehand.
    let last_of = [FACTS + 2, FACTS + 2, FACTS + 1, FACTS];
    let readers: Vec<_> = (0..48)
        .map(|index| {
            let (audience, last) = (audiences[index % 4], last_of[index % 4]);
            let hotel = Arc::clone(&house.hotel);
            tokio::spawn(follow(hotel, Arc::clone(&log), audience, last, 3 + index * 7))
        })
        .collect();
    let shared = Arc::clone(&log);
    let writer = std::thread::spawn(move || {
        let kinds = ["placed", "cancelled", "nudge"];
        while house.head() < FACTS - 1 {
            let size = (house.head() % 5 + 1).min(FACTS - 1 - house.head());
            let batch: Vec<_> = (0..size)
                .map(|place| {
                    let number = usize::try_from(house.head() + place).unwrap();
                    (kinds[number % 3], CODES[number * number % 4])
                })
                .collect();
            house.publish_logged(&batch, &shared);
        }
        house.publish_logged(&[("placed", CODES[3]), ("placed", CODES[0]), ("nudge", CODES[1])], &shared);
        house
    });
    let received = join_all(readers).await;
    let house = writer.join().unwrap();
    for (index, events) in received.into_iter().enumerate() {
        let wanted = expected(&house.log, &audiences[index % 4], 0);
        assert!(events.unwrap() == wanted, "reader {index} of {:?}", audiences[index % 4]);
    }
    assert_eq!(house.hub.metrics().read().open, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_watcher_ends_with_the_picture_the_house_has() {
    let mut house = House::new();
    let watchers: Vec<_> = (0..32)
        .map(|index| {
            let hotel = Arc::clone(&house.hotel);
            tokio::spawn(async move {
                let mut reader = Reader { last_id: Some(format!("{EPOCH}-0")), ..Reader::default() };
                while !reader.events.iter().any(|event| event.data.contains("\"99\":2001")) {
                    let mut stream = hotel.watch_availability(&reader.resume());
                    for _ in 0..2 + index {
                        if reader.events.iter().any(|event| event.data.contains("\"99\":2001")) {
                            break;
                        }
                        reader.feed(&stream.next_chunk().await.unwrap());
                    }
                    reader.cut();
                }
                shown(&reader)
            })
        })
        .collect();
    let writer = std::thread::spawn(move || {
        for number in 0..2000u32 {
            house.publish_cells(&[number % 13, number % 17]);
        }
        house.publish_cells(&[99]);
        house
    });
    let pictures = join_all(watchers).await;
    let house = writer.join().unwrap();
    let mut whole = Reader::default();
    whole.feed(&house.hotel.watch.frame_after(0, EPOCH, house.hub.metrics()).unwrap().block);
    for picture in pictures {
        assert_eq!(picture.unwrap(), shown(&whole));
    }
}

/// The cells as a client shows them: later values replace earlier ones.
fn shown(reader: &Reader) -> std::collections::BTreeMap<String, String> {
    let cells = reader.events.iter().flat_map(|event| event.data.trim_matches(['{', '}']).split(','));
    cells.map(|cell| cell.split_once(':').map(|(cell, seq)| (cell.to_owned(), seq.to_owned())).unwrap()).collect()
}

/// The narrowest race: a fact that comes just while its reader lies down. Both sides are plain threads that meet at
/// each fact; a lost wake shows as a reader asleep with something due.
#[test]
fn a_fact_that_comes_while_its_reader_lies_down_wakes_it() {
    const ROUNDS: u64 = 20_000;
    static HUNG: AtomicBool = AtomicBool::new(false);
    on_paused_time(async {
        let mut house = House::new();
        let mut stream = house.subscribe(&desk(), &Resume::FromHead).await;
        let taken = Arc::new(AtomicU64::new(0));
        let reader_has = Arc::clone(&taken);
        let reader = std::thread::spawn(move || {
            let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
            let mut reader = Reader::default();
            while reader.events.len() as u64 != ROUNDS {
                match stream.poll_chunk(&mut Context::from_waker(&waker)) {
                    Poll::Ready(chunk) => reader.feed(&chunk.unwrap()),
                    Poll::Pending if HUNG.load(Ordering::SeqCst) => return false,
                    Poll::Pending => std::thread::park(),
                }
                reader_has.store(reader.events.len() as u64, Ordering::SeqCst);
                // The writer is at it now; lie down at a different moment of its work each time.
                for _ in 0..reader.events.len() * 31 % 997 {
                    std::hint::spin_loop();
                }
            }
            true
        });
        for round in 1..=ROUNDS {
            house.publish(&[("placed", CODES[0])]);
            for follower in call_all(&house.hotel) {
                follower.push(Instant::now());
            }
            let mut looks = 0u64;
            while taken.load(Ordering::SeqCst) < round {
                std::thread::yield_now();
                looks += 1;
                if looks > 10_000_000 {
                    HUNG.store(true, Ordering::SeqCst);
                    reader.thread().unpark();
                    assert!(reader.join().unwrap(), "asleep with a fact due");
                    return;
                }
            }
        }
        assert!(reader.join().unwrap(), "asleep with a fact due");
    });
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
