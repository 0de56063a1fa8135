//! The shard writes where nothing waits to be written; the stream's task has the rest, and hands back when it is done.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::support::{House, Reader, call_all, desk, expected, on_paused_time};
use crate::server::hub::{Resume, Subscription, Transport};

/// A socket with room for so many bytes, and the task of its stream.
#[derive(Debug)]
struct Wire {
    room: AtomicUsize,
    text: Mutex<Vec<u8>>,
    sends: AtomicUsize,
    wakes: AtomicUsize,
    news: Notify,
}

impl Wire {
    fn with_room(bytes: usize) -> Arc<Self> {
        Arc::new(Self {
            room: AtomicUsize::new(bytes),
            text: Mutex::default(),
            sends: AtomicUsize::new(0),
            wakes: AtomicUsize::new(0),
            news: Notify::new(),
        })
    }

    fn sends(&self) -> usize {
        self.sends.load(Ordering::SeqCst)
    }

    fn wakes(&self) -> usize {
        self.wakes.load(Ordering::SeqCst)
    }

    async fn until(&self, reached: impl Fn(&Self) -> bool) {
        while !reached(self) {
            self.news.notified().await;
        }
    }

    fn read(&self) -> Reader {
        let mut reader = Reader::default();
        reader.feed(&self.text.lock().unwrap());
        reader
    }
}

impl Transport for Wire {
    fn cut(&self) {}

    fn bound_send_buffer(&self) {}

    fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.room.load(Ordering::SeqCst));
        self.room.fetch_sub(count, Ordering::SeqCst);
        self.text.lock().unwrap().extend_from_slice(&bytes[..count]);
        self.sends.fetch_add(1, Ordering::SeqCst);
        self.news.notify_one();
        if count == 0 { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(count) }
    }
}

impl Wake for Wire {
    fn wake(self: Arc<Self>) {
        self.wakes.fetch_add(1, Ordering::SeqCst);
        self.news.notify_one();
    }
}

const ROOMY: usize = 1 << 20;

async fn lent(house: &House, wire: &Arc<Wire>) -> Subscription {
    let mut stream = house.subscribe(&desk(), &Resume::FromHead).await.over(Some(wire.clone()), None);
    stream.write_directly();
    assert!(task_writes(&mut stream, wire), "it has only begun");
    stream
}

/// What the task does when it is woken: it writes until nothing is left, however long the socket takes. False at the end.
fn task_writes(stream: &mut Subscription, wire: &Arc<Wire>) -> bool {
    let waker = Waker::from(Arc::clone(wire));
    loop {
        match stream.poll_chunk(&mut Context::from_waker(&waker)) {
            Poll::Ready(Some(chunk)) => wire.text.lock().unwrap().extend_from_slice(&chunk),
            Poll::Ready(None) => return false,
            Poll::Pending => return true,
        }
    }
}

#[test]
fn a_stream_with_nothing_pending_is_written_at_once_and_its_task_sleeps_on() {
    on_paused_time(async {
        let mut house = House::new();
        let wire = Wire::with_room(ROOMY);
        let stream = lent(&house, &wire).await;
        house.publish(&[("placed", "AAAA-2222"), ("nudge", "AAAA-2222")]);
        wire.until(|wire| wire.read().events.len() == 2).await;
        assert_eq!((wire.sends(), wire.wakes()), (1, 0), "one write for all that is new");
        assert_eq!(wire.read().events, expected(&house.log, &desk(), 0));
        assert_eq!(house.hub.metrics().lag.read().count, 1);
        // So is the comment against silence.
        wire.until(|wire| wire.read().comments == 1).await;
        assert_eq!(wire.wakes(), 0);
        drop(stream);
    });
}

#[test]
fn what_the_socket_does_not_take_is_the_tasks_until_it_is_written() {
    on_paused_time(async {
        let mut house = House::new();
        for room in [0, 1, 20] {
            let wire = Wire::with_room(room);
            let mut stream = lent(&house, &wire).await;
            let before = house.head();
            house.publish(&[("placed", "AAAA-2222")]);
            wire.until(|wire| wire.wakes() == 1).await;
            wire.room.store(ROOMY, Ordering::SeqCst);
            // Though the socket has room again, nothing may overtake what was begun.
            house.publish(&[("cancelled", "AAAA-2222")]);
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            assert_eq!(wire.sends(), 1);
            assert!(task_writes(&mut stream, &wire));
            assert_eq!(wire.read().events, expected(&house.log, &desk(), before));
            assert!(wire.read().buffer.is_empty());
            // And back.
            house.publish(&[("placed", "BBBB-3333")]);
            wire.until(|wire| wire.sends() == 2).await;
            assert_eq!(wire.read().events, expected(&house.log, &desk(), before));
            assert_eq!(wire.wakes(), 1);
        }
    });
}

#[test]
fn a_stream_that_ends_in_the_middle_of_a_write_is_finished_by_its_task() {
    on_paused_time(async {
        let mut house = House::new();
        let (stuck, idle) = (Wire::with_room(9), Wire::with_room(ROOMY));
        let (mut half, mut whole) = (lent(&house, &stuck).await, lent(&house, &idle).await);
        house.publish(&[("placed", "AAAA-2222")]);
        stuck.until(|wire| wire.wakes() == 1).await;
        idle.until(|wire| wire.sends() == 1).await;
        house.shutdown.cancel();
        idle.until(|wire| wire.wakes() == 1).await;
        for (stream, wire) in [(&mut half, &stuck), (&mut whole, &idle)] {
            assert!(!task_writes(stream, wire), "the end");
            let reader = wire.read();
            assert_eq!(reader.events, expected(&house.log, &desk(), 0));
            assert_eq!(reader.retries.len(), 2);
            assert!(reader.buffer.is_empty());
        }
    });
}

#[test]
fn who_has_left_is_not_written_to() {
    on_paused_time(async {
        let mut house = House::new();
        let (gone, here) = (Wire::with_room(ROOMY), Wire::with_room(ROOMY));
        let streams = [lent(&house, &gone).await, lent(&house, &here).await];
        house.publish(&[("placed", "AAAA-2222")]);
        // Called, and dropped before its turn comes.
        let called = call_all(&house.hotel);
        assert_eq!(called.len(), 2);
        let [left, stays] = streams;
        drop(left);
        for follower in &called {
            follower.push(Instant::now());
        }
        assert_eq!((gone.sends(), here.sends()), (0, 1));
        drop(stays);
    });
}

/// A socket whose every write takes the processor a while.
#[derive(Debug, Default)]
struct Slow(AtomicUsize);

impl Transport for Slow {
    fn cut(&self) {}

    fn bound_send_buffer(&self) {}

    fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        std::thread::sleep(Duration::from_micros(100));
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(bytes.len())
    }
}

#[test]
fn while_a_crowd_is_told_others_have_their_turn() {
    const CROWD: usize = 200;
    on_paused_time(async {
        let mut house = House::new();
        let wire = Arc::new(Slow::default());
        let mut crowd = Vec::new();
        for _ in 0..CROWD {
            let mut stream = house.subscribe(&desk(), &Resume::FromHead).await.over(Some(wire.clone()), None);
            stream.write_directly();
            let begun = |stream: &mut Subscription| stream.poll_chunk(&mut Context::from_waker(Waker::noop()));
            while begun(&mut stream).is_ready() {}
            crowd.push(stream);
        }
        house.publish(&[("placed", "AAAA-2222")]);
        let (mut turns, mut told) = (0, 0);
        while told < CROWD {
            tokio::task::yield_now().await;
            let so_far = wire.0.load(Ordering::SeqCst);
            turns += usize::from(so_far > told && so_far < CROWD);
            told = so_far;
        }
        assert!(turns >= 4, "twenty milliseconds of writing were broken off {turns} times");
    });
}

/// A socket that takes any part of what it is given, and the end of a stream at any time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn shard_and_task_never_mix_what_they_write() {
    const FACTS: usize = 5000;
    let mut house = House::with_ring(FACTS);
    let wire = Wire::with_room(0);
    let mut stream = lent(&house, &wire).await;
    let (task_wire, task_end) = (Arc::clone(&wire), format!("id: e1-{FACTS}\n"));
    let task = tokio::spawn(async move {
        let mut turn = 0_usize;
        // Woken or not, it looks again and again, as sockets make tasks do.
        while !String::from_utf8_lossy(&task_wire.text.lock().unwrap()).contains(&task_end) {
            turn += 1;
            task_wire.room.store(turn * 31 % 97, Ordering::SeqCst);
            assert!(task_writes(&mut stream, &task_wire));
            tokio::task::yield_now().await;
        }
        assert!(task_writes(&mut stream, &task_wire));
        drop(stream);
    });
    let writer = std::thread::spawn(move || {
        for _ in 0..FACTS {
            house.publish(&[("placed", "AAAA-2222")]);
        }
        house
    });
    task.await.unwrap();
    let house = writer.join().unwrap();
    assert!(wire.sends() > 0, "the shard took part");
    assert_eq!(wire.read().events, expected(&house.log, &desk(), 0));
}
