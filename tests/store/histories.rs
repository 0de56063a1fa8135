//! Random histories: the model in memory and SQLite give the same answers, and end in the same house.

use proptest::prelude::*;
use vacancy::domain::rooms::BlockId;
use vacancy::domain::{
    Action, Actor, Amendment, BlockKind, Condition, HoldId, NudgeMessage, ReservationCode, RoomNumber, State, Stay,
};
use vacancy::server::store::command::{BookingOf, Change};
use vacancy::server::store::{
    CommandError, DirectoryChange, Idempotency, Outlook, Reply, RoomChange, RoomReply, SplitOffer,
};
use vacancy::wire::reservation::ReservationView;

use crate::house::{HOTEL, House, Kind, day, room_type, stay};

/// Something that happens at the house; `which` counts the reservations made so far, in a circle.
#[derive(Clone, Debug)]
enum Step {
    Hold {
        single: bool,
        stay: Stay,
        seconds: i64,
    },
    Book {
        single: bool,
        stay: Stay,
        key: Option<(u8, u8)>,
        code_of: Option<usize>,
    },
    BookHold {
        which: usize,
        key: Option<(u8, u8)>,
    },
    Act {
        which: usize,
        action: Action,
        version: Option<u32>,
        by_guest: bool,
    },
    Amend {
        which: usize,
        stay: Option<Stay>,
        single: Option<bool>,
        room: Option<usize>,
        from: Option<i32>,
        by_guest: bool,
    },
    Extend {
        which: usize,
        seconds: i64,
    },
    Release {
        which: usize,
    },
    Lapse,
    Nudge {
        which: usize,
    },
    Import {
        source: u8,
        state: State,
        stay: Stay,
    },
    Wait {
        seconds: i64,
    },
    Rooms {
        rooms: u16,
    },
    Assign {
        which: usize,
        room: Option<usize>,
        from: Option<i32>,
    },
    Moved {
        which: usize,
    },
    Unassign {
        which: usize,
    },
    Swap {
        which: usize,
        with: usize,
    },
    Condition {
        room: usize,
        condition: Condition,
    },
    Block {
        room: usize,
        stay: Stay,
    },
    Unblock {
        room: usize,
        nth: u64,
    },
    Note {
        room: usize,
        note: bool,
    },
    BeginDay,
}

const DOORS: [&str; 5] = ["101", "102", "103", "201", "999"];

fn door(place: usize) -> RoomNumber {
    DOORS[place].parse().unwrap()
}

fn stays() -> impl Strategy<Value = Stay> {
    (0_i32..8, 1_i32..5).prop_map(|(arrival, nights)| stay(arrival, nights))
}

fn keys() -> impl Strategy<Value = Option<(u8, u8)>> {
    prop::option::weighted(0.4, (0_u8..4, 0_u8..2))
}

fn states() -> impl Strategy<Value = State> {
    prop::sample::select(vec![
        State::Confirmed,
        State::InHouse,
        State::CheckedOut,
        State::Cancelled,
        State::NoShow,
        State::Lapsed,
    ])
}

fn steps() -> impl Strategy<Value = Step> {
    let which = || 0_usize..12;
    prop_oneof![
        3 => (any::<bool>(), stays(), 60_i64..900).prop_map(|(single, stay, seconds)| Step::Hold { single, stay, seconds }),
        4 => (any::<bool>(), stays(), keys(), prop::option::weighted(0.1, which()))
            .prop_map(|(single, stay, key, code_of)| Step::Book { single, stay, key, code_of }),
        2 => (which(), keys()).prop_map(|(which, key)| Step::BookHold { which, key }),
        6 => (which(), prop::sample::select(Action::ALL.to_vec()), prop::option::weighted(0.2, 1_u32..4), any::<bool>())
            .prop_map(|(which, action, version, by_guest)| Step::Act { which, action, version, by_guest }),
        4 => (which(), prop::option::of(stays()), prop::option::of(any::<bool>()), prop::option::weighted(0.3, 0_usize..5),
              prop::option::weighted(0.3, 0_i32..12), any::<bool>())
            .prop_map(|(which, stay, single, room, from, by_guest)| {
                Step::Amend { which, stay, single, room, from, by_guest }
            }),
        2 => (which(), 60_i64..900).prop_map(|(which, seconds)| Step::Extend { which, seconds }),
        1 => which().prop_map(|which| Step::Release { which }),
        1 => Just(Step::Lapse),
        1 => which().prop_map(|which| Step::Nudge { which }),
        2 => (0_u8..6, states(), stays()).prop_map(|(source, state, stay)| Step::Import { source, state, stay }),
        2 => (1_i64..600).prop_map(|seconds| Step::Wait { seconds }),
        1 => (1_i64..3).prop_map(|days| Step::Wait { seconds: days * 86_400 }),
        1 => (0_u16..5).prop_map(|rooms| Step::Rooms { rooms }),
        4 => (which(), prop::option::of(0_usize..5), prop::option::weighted(0.3, 0_i32..12))
            .prop_map(|(which, room, from)| Step::Assign { which, room, from }),
        // Most often a room that is there, from the middle of a stay on.
        3 => (which(), 0_usize..3, 1_i32..10)
            .prop_map(|(which, room, from)| Step::Assign { which, room: Some(room), from: Some(from) }),
        2 => which().prop_map(|which| Step::Moved { which }),
        1 => which().prop_map(|which| Step::Unassign { which }),
        1 => (which(), which()).prop_map(|(which, with)| Step::Swap { which, with }),
        1 => (0_usize..5, prop::sample::select(Condition::ALL.to_vec()))
            .prop_map(|(room, condition)| Step::Condition { room, condition }),
        2 => (0_usize..5, stays()).prop_map(|(room, stay)| Step::Block { room, stay }),
        1 => (0_usize..5, 0_u64..40).prop_map(|(room, nth)| Step::Unblock { room, nth }),
        1 => (0_usize..5, any::<bool>()).prop_map(|(room, note)| Step::Note { room, note }),
        1 => Just(Step::BeginDay),
    ]
}

/// A history as one store tells it.
struct Run {
    house: House,
    /// Every code that was asked for, whether or not it came to be.
    codes: Vec<ReservationCode>,
    answers: Vec<String>,
}

impl Run {
    async fn of(kind: Kind, history: &[Step]) -> Self {
        let mut run = Self { house: House::open(kind).await, codes: Vec::new(), answers: Vec::new() };
        // Half of the houses have numbers on their doors.
        if history.len().is_multiple_of(2) {
            run.house.furnish().await;
        }
        for step in history {
            let answer = run.take(step).await;
            run.answers.push(answer);
        }
        run
    }

    fn code(&self, which: usize) -> ReservationCode {
        let first = ReservationCode::from_random([0xff; 5]);
        which.checked_rem(self.codes.len()).map_or(first, |place| self.codes[place])
    }

    fn hold(&self, which: usize) -> HoldId {
        HoldId(format!("hold-{}", self.code(which)))
    }

    async fn take(&mut self, step: &Step) -> String {
        let house = &self.house;
        let idempotency = |key: Option<(u8, u8)>| {
            key.map(|(key, body)| Idempotency { key: format!("key-{key}"), request_hash: [body; 32] })
        };
        let type_of = |single: bool| if single { "single" } else { "double" };
        let (actor, change) = match step.clone() {
            Step::Hold { single, stay, seconds } => {
                let draft = house.draft(type_of(single), stay);
                self.codes.push(draft.code);
                (Actor::Guest, Change::PlaceHold { draft, until: house.now().plus_seconds(seconds) })
            }
            Step::Book { single, stay, key, code_of } => {
                let mut draft = house.draft(type_of(single), stay);
                match code_of {
                    Some(which) => draft.code = self.code(which),
                    None => self.codes.push(draft.code),
                }
                (Actor::Guest, house.booking(BookingOf::Draft(draft), idempotency(key)))
            }
            Step::BookHold { which, key } => {
                (Actor::Guest, house.booking(BookingOf::Hold(self.hold(which)), idempotency(key)))
            }
            Step::Act { which, action, version, by_guest } => {
                let actor = if by_guest { Actor::Guest } else { Actor::Staff("desk@test.example".to_owned()) };
                (actor, Change::Act { code: self.code(which), action, version, shown_fee: None })
            }
            Step::Amend { which, stay, single, room, from, by_guest } => {
                let actor = if by_guest { Actor::Guest } else { Actor::Staff("desk@test.example".to_owned()) };
                let amendment = Amendment {
                    arrival: stay.map(Stay::arrival),
                    departure: stay.map(Stay::departure),
                    room_type: single.map(|single| crate::house::code_of(type_of(single))),
                    room: room.map(door),
                    room_from: from.filter(|_| room.is_some()).map(day),
                    ..Amendment::default()
                };
                let code = self.code(which);
                return self.amended(actor, code, amendment).await;
            }
            Step::Extend { which, seconds } => {
                let until = house.now().plus_seconds(seconds);
                (Actor::Guest, Change::ExtendHold { hold: self.hold(which), until })
            }
            Step::Release { which } => (Actor::Guest, Change::ReleaseHold { hold: self.hold(which) }),
            Step::Lapse => (Actor::System, Change::LapseHolds),
            Step::Nudge { which } => {
                let message: NudgeMessage = "Is the kitchen open?".parse().unwrap();
                (Actor::Guest, Change::Nudge { code: self.code(which), message, interval_seconds: 300 })
            }
            Step::Import { source, state, stay } => {
                let change = house.import(&format!("Old#{source}"), state, stay);
                if let Change::Import(import) = &change {
                    self.codes.push(import.draft.code);
                }
                (Actor::System, change)
            }
            Step::Assign { which, room, from } => {
                let (code, room) = (self.code(which), room.map(door));
                return self.placed(RoomChange::Assign { code, room, from: from.map(day), version: None }).await;
            }
            Step::Moved { which } => {
                (Actor::System, Change::Room(RoomChange::Moved { code: self.code(which), version: None }))
            }
            Step::Unassign { which } => {
                (Actor::System, Change::Room(RoomChange::Unassign { code: self.code(which), version: None }))
            }
            Step::Swap { which, with } => {
                let (code, with) = (self.code(which), self.code(with));
                return self.placed(RoomChange::Swap { code, with, version: None }).await;
            }
            Step::Condition { room, condition } => {
                (Actor::System, Change::Room(RoomChange::SetCondition { room: door(room), condition }))
            }
            Step::Block { room, stay } => {
                let reason = "Painting".parse().unwrap();
                let (kind, nights) = (BlockKind::OutOfService, stay.into());
                (Actor::System, Change::Room(RoomChange::Block { room: door(room), kind, reason, nights }))
            }
            Step::Unblock { room, nth } => {
                (Actor::System, Change::Room(RoomChange::Unblock { room: door(room), id: BlockId(nth) }))
            }
            Step::Note { room, note } => {
                let note = if note { "Cot" } else { "" }.parse().unwrap();
                (Actor::System, Change::Room(RoomChange::SetNote { room: door(room), note }))
            }
            Step::BeginDay => (Actor::System, Change::Room(RoomChange::BeginDay)),
            Step::Wait { seconds } => {
                house.advance_seconds(seconds);
                return format!("{seconds} seconds later");
            }
            Step::Rooms { rooms } => {
                let room_type = room_type("double", rooms);
                let put = house.store.change_directory(DirectoryChange::PutRoomType { hotel: HOTEL, room_type }).await;
                return format!("rooms: {}", if put.is_ok() { "set" } else { "refused" });
            }
        };
        told(&house.execute(actor, change).await)
    }
}

impl Run {
    /// Gives or swaps rooms; what was foreseen is what comes to be.
    async fn placed(&self, change: RoomChange) -> String {
        let house = &self.house;
        let outlook = house.store.room_outlook(HOTEL, (house.now(), Actor::System), change.clone()).await;
        let is_by_hand = !matches!(change, RoomChange::Assign { room: None, .. });
        let answer = house.execute(Actor::System, Change::Room(change)).await;
        match (&outlook, &answer) {
            _ if !is_by_hand => {}
            (Ok(expected), Ok(Reply::Room(RoomReply::Lodged { moves, .. }))) => assert_eq!(moves, expected),
            (Err(foreseen), Err(refused)) => assert_eq!(format!("{foreseen:?}"), format!("{refused:?}")),
            other => panic!("another thing was foreseen: {other:?}"),
        }
        told(&answer)
    }

    /// Changes a stay; what was foreseen is what comes to be.
    async fn amended(&self, actor: Actor, code: ReservationCode, amendment: Amendment) -> String {
        let house = &self.house;
        let (asked, actor_of, asked_for) = ((house.now(), actor.clone()), actor.clone(), amendment.clone());
        let outlook = house.store.outlook(HOTEL, asked, code, amendment.clone()).await;
        let change = Change::Amend { code, amendment: Box::new(amendment), version: None };
        let answer = house.execute(actor, change).await;
        match (&outlook, &answer) {
            (Ok(Outlook { refusal: None, after, .. }), Ok(Reply::Changed(changed))) => {
                assert_eq!((after.stay, after.total), (changed.stay, changed.total));
            }
            (Ok(Outlook { refusal: Some(foreseen), split, .. }), Err(refused)) => {
                assert_eq!(format!("{foreseen:?}"), format!("{refused:?}"));
                if let Some(SplitOffer { from, rooms }) = split {
                    let (room, room_from) = (Some(rooms[0].clone()), Some(*from));
                    let split = Amendment { room, room_from, ..asked_for };
                    let outlook = house.store.outlook(HOTEL, (house.now(), actor_of), code, split).await.unwrap();
                    assert!(outlook.refusal.is_none(), "a split that was offered is refused: {:?}", outlook.refusal);
                }
            }
            (Err(foreseen), Err(refused)) => assert_eq!(format!("{foreseen:?}"), format!("{refused:?}")),
            other => panic!("another thing was foreseen: {other:?}"),
        }
        told(&answer)
    }
}

/// An answer as the caller sees it.
fn told(answer: &Result<Reply, CommandError>) -> String {
    let slug = "test".parse().unwrap();
    let view = |reservation| {
        let view = ReservationView::new(reservation, &slug, reservation.created_at);
        serde_json::to_string(&view).unwrap()
    };
    match answer {
        Ok(Reply::Held(reservation) | Reply::Changed(reservation)) => {
            format!("{} at {}", view(reservation), reservation.last_seq)
        }
        Ok(Reply::Booked { reservation, manage_token, replayed }) => {
            format!("{} {manage_token} replayed: {replayed}", view(reservation))
        }
        other => format!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn memory_and_sqlite_tell_the_same_history(history in prop::collection::vec(steps(), 1..80)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let model = Run::of(Kind::Memory, &history).await;
            let sqlite = Run::of(Kind::Sqlite, &history).await;
            for (place, (expected, found)) in model.answers.iter().zip(&sqlite.answers).enumerate() {
                prop_assert_eq!(found, expected, "step {}: {:?}", place, &history[place]);
            }
            prop_assert_eq!(sqlite.house.everything().await, model.house.everything().await);
            model.house.check_books().await;
            sqlite.house.check_books().await;
            Ok(())
        })?;
    }
}
