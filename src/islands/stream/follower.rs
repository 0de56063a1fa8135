//! A tab's part in following a stream. Of all tabs of a browser that follow the same one, the tab that holds the lock
//! holds the connection and tells the others, so that any number of tabs cost one connection (a browser has six for a
//! server over HTTP/1.1, and the seventh tab would hang).
//!
//! Each tab knows its own place. Word of an event carries the place before it, so a tab sees for itself whether it has
//! missed something: then it takes the lock, and goes on from its own place with a connection that serves all. Hence it
//! does not matter how tabs come, go, sleep and wake.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::Event;
use super::channel::Channel;
use super::connection::{Connection, Sign};
use super::note::Note;
use super::place::{Word, is_behind, word};
use crate::components::LiveState;
use crate::islands::tab_lock::{Fate, TabLock};

/// Without a connection for this long, what the page shows may be wrong.
const STALE_AFTER_MS: f64 = 30_000.0;
/// What comes this soon after the connection is back has happened before.
const CATCHING_UP_MS: f64 = 1_500.0;
/// Tabs that nobody looks at let go after this long, and go on where they were when they are looked at again.
const HIDDEN_FOR_MS: f64 = 60_000.0;
/// A connection that comes up within this was never lost.
const OPENS_WITHIN_MS: f64 = 1_000.0;
/// The other tabs hear of what comes within this in one message: to pass one costs as much as to read an event.
const TOLD_WITHIN: std::time::Duration = std::time::Duration::from_millis(25);
/// A tab that has heard nothing for this long asks whether the one that holds the connection is still there,
const ASK_AFTER_MS: f64 = 10_000.0;
/// and takes its place when no answer comes: it may be frozen.
const ANSWER_WITHIN_MS: f64 = 5_000.0;

thread_local! {
    pub(super) static LISTENS_WHEN_HIDDEN: Cell<bool> = const { Cell::new(false) };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The page is put away: back/forward cache, hidden for long, frozen, or going.
    Away,
    /// Another tab holds the connection.
    Follows,
    /// Has asked for the lock of the tab that holds the connection.
    TakesOver,
    Leads,
}

struct Follower {
    path: String,
    names: &'static [&'static str],
    take_in: Box<dyn Fn(&Event)>,
    place: RefCell<String>,
    role: Cell<Role>,
    channel: RefCell<Option<Channel>>,
    /// Notes for the other tabs, which are told together.
    unsaid: RefCell<Vec<String>>,
    lock: RefCell<Option<TabLock>>,
    connection: RefCell<Option<Connection>>,
    heard_at_ms: Cell<f64>,
    asked_at_ms: Cell<Option<f64>>,
    hidden_since_ms: Cell<Option<f64>>,
    /// What came in between is lost, until the page is read again.
    was_reset: Cell<bool>,
    lost_at_ms: Cell<Option<f64>>,
    has_been_open: Cell<bool>,
    catches_up_until_ms: Cell<f64>,
    shown: Cell<LiveState>,
    set_state: WriteSignal<LiveState>,
}

pub(super) fn start(
    path: String,
    after: String,
    names: &'static [&'static str],
    take_in: Box<dyn Fn(&Event)>,
    set_state: WriteSignal<LiveState>,
) {
    let follower = Rc::new(Follower {
        path,
        names,
        take_in,
        place: RefCell::new(after),
        role: Cell::new(Role::Away),
        channel: RefCell::default(),
        unsaid: RefCell::default(),
        lock: RefCell::default(),
        connection: RefCell::default(),
        heard_at_ms: Cell::default(),
        asked_at_ms: Cell::default(),
        hidden_since_ms: Cell::default(),
        was_reset: Cell::default(),
        lost_at_ms: Cell::new(Some(now_ms())),
        has_been_open: Cell::default(),
        catches_up_until_ms: Cell::default(),
        shown: Cell::default(),
        set_state,
    });
    follower.enter();
    for (event, act) in [
        ("pagehide", Follower::leave as fn(&Rc<Follower>)),
        ("pageshow", Follower::enter),
        ("freeze", Follower::leave),
        ("resume", Follower::enter),
        ("visibilitychange", Follower::mind_visibility),
    ] {
        let this = Rc::clone(&follower);
        let listener = Closure::<dyn FnMut()>::new(move || act(&this)).into_js_value();
        // Not all of them bubble.
        let _ = window().add_event_listener_with_callback_and_bool(event, listener.unchecked_ref(), true);
    }
    // The page outlives its islands only by being closed, so the interval is never cleared.
    set_interval(move || follower.watch(), std::time::Duration::from_secs(1));
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}

impl Follower {
    fn enter(self: &Rc<Self>) {
        if self.role.get() != Role::Away {
            return;
        }
        self.role.set(Role::Follows);
        let name = ["vacancy.stream.", &self.path].concat();
        let this = Rc::clone(self);
        self.channel.replace(Channel::open(&name, move |note| this.hear(note)));
        if self.channel.borrow().is_some() {
            self.claim(false);
            self.ask();
        } else {
            self.lead();
        }
    }

    fn leave(self: &Rc<Self>) {
        self.role.set(Role::Away);
        self.connection.take();
        self.lock.take();
        self.say();
        self.channel.take();
        self.lose();
        self.judge();
    }

    /// Waits for its turn to hold the connection, or takes it over now.
    fn claim(self: &Rc<Self>, now: bool) {
        let this = Rc::clone(self);
        let name = ["vacancy.stream.", &self.path].concat();
        let lock = TabLock::claim(&name, now, move |fate| match fate {
            Fate::Held => this.lead(),
            Fate::Taken => this.follow(),
            Fate::Refused => this.lead_alone(),
        });
        // The claim before it, if there is one, ends here.
        let has_locks = lock.is_some();
        self.lock.replace(lock);
        if !has_locks {
            self.lead_alone();
        }
    }

    fn lead(self: &Rc<Self>) {
        self.role.set(Role::Leads);
        // The badge says so only when it lasts.
        self.lose();
        let (here, this) = (Rc::clone(self), Rc::clone(self));
        let connection = Connection::open(move || here.address(), self.names, move |sign| this.take(sign));
        self.connection.replace(Some(connection));
    }

    /// Where tabs cannot share, each has a connection of its own.
    fn lead_alone(self: &Rc<Self>) {
        self.channel.take();
        self.lead();
    }

    fn follow(self: &Rc<Self>) {
        self.role.set(Role::Follows);
        self.connection.take();
        self.claim(false);
        self.ask();
    }

    fn take_over(self: &Rc<Self>) {
        self.role.set(Role::TakesOver);
        self.claim(true);
    }

    fn address(&self) -> String {
        let joint = if self.path.contains('?') { "&after=" } else { "?after=" };
        [&self.path, joint, &self.place.borrow()].concat()
    }

    fn tell(&self, note: &Note) {
        self.unsaid.borrow_mut().push(note.to_text());
        self.say();
    }

    fn tell_soon(self: &Rc<Self>, note: &Note) {
        self.unsaid.borrow_mut().push(note.to_text());
        // Timers of a hidden page are slow.
        if document().hidden() {
            self.say();
        } else if self.unsaid.borrow().len() == 1 {
            let this = Rc::clone(self);
            set_timeout(move || this.say(), TOLD_WITHIN);
        }
    }

    fn say(&self) {
        let notes = self.unsaid.take();
        if let (false, Some(channel)) = (notes.is_empty(), &*self.channel.borrow()) {
            channel.tell(&notes);
        }
    }

    fn ask(&self) {
        self.asked_at_ms.set(Some(now_ms()));
        self.tell(&Note::Ask);
    }

    fn tell_place(&self) {
        self.tell(&Note::At { place: self.place.borrow().clone(), is_open: self.lost_at_ms.get().is_none() });
    }

    /// What the connection brings.
    fn take(self: &Rc<Self>, sign: Sign) {
        match sign {
            Sign::Open => {
                self.find();
                self.tell_place();
            }
            Sign::Lost => self.lose(),
            Sign::Event(event) if event.name == "reset" => {
                self.was_reset.set(true);
                self.place.replace(event.id);
                self.tell_place();
            }
            Sign::Event(event) => {
                let before = self.place.borrow().clone();
                if word(&before, &before, &event.id) != Word::Known {
                    let note = Note::Told { before, event };
                    self.tell_soon(&note);
                    if let Note::Told { event, .. } = note {
                        self.note_down(event);
                    }
                }
            }
        }
        self.judge();
    }

    /// What another tab says.
    fn hear(self: &Rc<Self>, note: Note) {
        if note == Note::Ask {
            let is_only_just_opening = self.lost_at_ms.get().is_some_and(|at_ms| now_ms() - at_ms < OPENS_WITHIN_MS);
            if self.role.get() == Role::Leads && !is_only_just_opening {
                self.tell_place();
            }
            return;
        }
        if self.role.get() != Role::Follows {
            return;
        }
        self.heard_at_ms.set(now_ms());
        self.asked_at_ms.set(None);
        match note {
            Note::Told { before, event } => {
                let word = word(&self.place.borrow(), &before, &event.id);
                match word {
                    Word::Known => {}
                    Word::Gap if !self.was_reset.get() => self.take_over(),
                    Word::News | Word::Gap => self.note_down(event),
                }
            }
            Note::At { place, .. } if !self.was_reset.get() && is_behind(&self.place.borrow(), &place) => {
                self.take_over();
            }
            Note::At { is_open: true, .. } => self.find(),
            Note::At { is_open: false, .. } => self.lose(),
            Note::Ask => {}
        }
        self.judge();
    }

    fn note_down(&self, mut event: Event) {
        self.place.replace(event.id.clone());
        event.missed = now_ms() < self.catches_up_until_ms.get();
        (self.take_in)(&event);
    }

    /// Once a second.
    fn watch(self: &Rc<Self>) {
        self.mind_visibility();
        let now_ms = now_ms();
        if self.role.get() == Role::Follows {
            match self.asked_at_ms.get() {
                Some(asked_at_ms) if now_ms - asked_at_ms > ANSWER_WITHIN_MS => self.take_over(),
                Some(_) => self.tell(&Note::Ask),
                None if now_ms - self.heard_at_ms.get() > ASK_AFTER_MS => self.ask(),
                None => {}
            }
        }
        self.judge();
    }

    /// Lets go when nobody has looked for long, and goes on when somebody looks or must hear.
    fn mind_visibility(self: &Rc<Self>) {
        let is_free_to_rest = document().hidden() && !LISTENS_WHEN_HIDDEN.get();
        let now_ms = now_ms();
        match (is_free_to_rest, self.hidden_since_ms.get()) {
            (true, None) => self.hidden_since_ms.set(Some(now_ms)),
            (true, Some(since_ms)) if now_ms - since_ms > HIDDEN_FOR_MS && self.role.get() != Role::Away => {
                self.leave();
            }
            (false, Some(_)) => {
                self.hidden_since_ms.set(None);
                self.enter();
            }
            _ => {}
        }
    }

    fn find(&self) {
        self.lost_at_ms.set(None);
        if self.has_been_open.replace(true) && self.shown.get() != LiveState::Live {
            self.catches_up_until_ms.set(now_ms() + CATCHING_UP_MS);
        }
    }

    fn lose(&self) {
        if self.lost_at_ms.get().is_none() {
            self.lost_at_ms.set(Some(now_ms()));
        }
    }

    fn judge(&self) {
        let state = match self.lost_at_ms.get() {
            _ if self.was_reset.get() => LiveState::Stale,
            None => LiveState::Live,
            Some(since_ms) if now_ms() - since_ms > STALE_AFTER_MS => LiveState::Stale,
            Some(_) => LiveState::Reconnecting,
        };
        if self.shown.replace(state) != state {
            self.set_state.set(state);
            if self.role.get() == Role::Leads {
                self.tell_place();
            }
        }
    }
}
