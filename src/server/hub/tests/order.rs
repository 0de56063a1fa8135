//! Nothing lost, nothing twice: random facts, random cuts at any byte, random audiences, compared with the plain log.

use futures_util::FutureExt as _;
use proptest::prelude::*;

use super::support::{House, Reader, desk, expected, follower, kinds, on_paused_time};
use crate::server::hub::{Audience, Resume, Subscription};

#[derive(Clone, Debug)]
enum Op {
    Publish(Vec<(usize, usize)>),
    /// Lets the hub's tasks run, then takes what is there.
    Read,
    /// Cuts after this share of the next chunk.
    Cut(u8),
}

const KINDS: [&str; 3] = ["placed", "cancelled", "nudge"];
const CODES: [&str; 3] = ["AAAA-2222", "BBBB-3333", "CCCC-4444"];

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        3 => prop::collection::vec((0..KINDS.len(), 0..CODES.len()), 1..6).prop_map(Op::Publish),
        3 => Just(Op::Read),
        2 => any::<u8>().prop_map(Op::Cut),
    ]
}

fn audience() -> impl Strategy<Value = Audience> {
    prop_oneof![
        Just(desk()),
        Just(Audience::Desk(kinds("cancelled"))),
        Just(Audience::Desk(kinds("alert,placed"))),
        (0..CODES.len()).prop_map(|code| follower(CODES[code])),
    ]
}

/// One client of one stream, who reconnects with the id it has.
struct Client {
    audience: Audience,
    reader: Reader,
    stream: Option<Subscription>,
    joined_at: Option<u64>,
    remembers: bool,
}

impl Client {
    async fn stream(&mut self, house: &House) -> &mut Subscription {
        if self.stream.is_none() {
            let resume = if self.remembers { self.reader.resume() } else { Resume::FromHead };
            // Whoever was cut before the first block has nothing to resume from and begins again.
            if self.reader.last_id.is_none() {
                self.joined_at = Some(house.head());
            }
            self.stream = Some(house.subscribe(&self.audience, &resume).await);
        }
        self.stream.as_mut().unwrap()
    }

    async fn apply(&mut self, op: &Op, house: &House) {
        match op {
            Op::Publish(_) => {}
            Op::Read => {
                while let Some(next) = self.stream(house).await.next_chunk().now_or_never() {
                    match next {
                        Some(chunk) => self.reader.feed(&chunk),
                        None => self.cut(),
                    }
                }
            }
            Op::Cut(share) => {
                if let Some(Some(chunk)) = self.stream(house).await.next_chunk().now_or_never() {
                    self.reader.feed(&chunk[..chunk.len() * usize::from(*share) / 255]);
                }
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        self.stream = None;
        self.reader.cut();
    }
}

/// Runs the operations and gives what was received and what should have been.
async fn run(ops: &[Op], audiences: &[Audience], ring: usize, remembers: bool) -> Vec<(Client, House)> {
    let mut results = Vec::new();
    for audience in audiences {
        let mut house = House::with_ring(ring);
        let mut client =
            Client { audience: *audience, reader: Reader::default(), stream: None, joined_at: None, remembers };
        client.stream(&house).await;
        for op in ops {
            if let Op::Publish(facts) = op {
                let facts: Vec<_> = facts.iter().map(|(kind, code)| (KINDS[*kind], CODES[*code])).collect();
                house.publish(&facts);
            }
            tokio::task::yield_now().await;
            client.apply(op, &house).await;
        }
        // A last fact that each audience gets: when it is there, everything before it is, or never will be.
        client.stream(&house).await;
        let last: Vec<_> = KINDS.iter().flat_map(|kind| CODES.map(|code| (*kind, code))).collect();
        house.publish(&last);
        let end = expected(&house.log, audience, 0).pop().unwrap();
        let end = end.id.rsplit('-').next().unwrap().parse().unwrap();
        while !client.read_to(&house, end).await {}
        results.push((client, house));
    }
    results
}

impl Client {
    async fn read_to(&mut self, house: &House, seq: u64) -> bool {
        self.stream(house).await;
        let mut stream = self.stream.take().unwrap();
        let arrived = self.reader.read_upto(&mut stream, seq).await;
        if arrived {
            self.stream = Some(stream);
        } else {
            self.cut();
        }
        arrived
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_client_cut_at_random_receives_each_of_its_facts_once_and_in_order(
        ops in prop::collection::vec(op(), 0..40),
        audience in audience(),
        ring in prop_oneof![Just(3usize), Just(12), Just(1000)],
    ) {
        on_paused_time(async {
            for (client, house) in run(&ops, &[audience], ring, true).await {
                prop_assert_eq!(
                    &client.reader.events,
                    &expected(&house.log, &client.audience, client.joined_at.unwrap())
                );
            }
            Ok(())
        })?;
    }
}

/// The control: the same client without its id loses what came while it was away.
#[test]
fn without_its_id_a_cut_client_loses_facts() {
    let ops = [Op::Read, Op::Cut(255), Op::Publish(vec![(0, 0)]), Op::Read];
    on_paused_time(async {
        for remembers in [true, false] {
            for (mut client, house) in run(&ops, &[desk()], 1000, remembers).await {
                let wanted = expected(&house.log, &desk(), 0);
                client.joined_at = Some(0);
                assert_eq!(client.reader.events == wanted, remembers);
            }
        }
    });
}

#[test]
fn a_long_replay_comes_in_bounded_chunks_and_completely() {
    on_paused_time(async {
        let mut house = House::with_ring(5000);
        for _ in 0..3000 {
            house.publish(&[("placed", CODES[0])]);
        }
        let mut stream = house.subscribe(&desk(), &Resume::After("e1-0".parse().unwrap())).await;
        let mut reader = Reader::default();
        while reader.events.len() < 3000 {
            let chunk = stream.next_chunk().await.unwrap();
            assert!(chunk.len() <= 16 * 1024);
            reader.feed(&chunk);
        }
        assert_eq!(reader.events, expected(&house.log, &desk(), 0));
    });
}
