//! Where alerts come in and are handed on: to the pop-ups, the ear, the tab's title, and the marks of what was read.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::islands::alerts::VoiceState;
use crate::islands::alerts::inbox::Inbox;
use crate::islands::alerts::line::AlertLine;
use crate::islands::alerts::settings::Settings;
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::alerts;

/// A pop-up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "nothing pops up on the server"))]
pub enum Toast {
    One(Box<AlertLine>),
    /// So many that came while nobody listened.
    Missed(u32),
}

/// Everything the parts of the island share; cheap to copy.
#[derive(Clone, Copy)]
pub struct Post {
    pub scene: StoredValue<DeskScene>,
    pub settings: RwSignal<Settings>,
    pub inbox: RwSignal<Inbox>,
    pub unread: RwSignal<BTreeSet<u64>>,
    pub toasts: RwSignal<Vec<Toast>>,
    pub is_alive: RwSignal<bool>,
    /// Somebody has looked at the list of alerts.
    pub has_opened: RwSignal<bool>,
    pub is_noisy: RwSignal<bool>,
    /// The browser wants a click before it makes a sound.
    pub is_blocked: RwSignal<bool>,
    pub voice_state: RwSignal<VoiceState>,
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser listens"))]
    as_of: StoredValue<String>,
}

impl Toast {
    /// Tells pop-ups apart.
    pub fn key(&self) -> u64 {
        match self {
            Self::One(line) => line.seq,
            Self::Missed(_) => 0,
        }
    }
}

impl Post {
    pub fn new(scene: DeskScene, as_of: String, recent: Vec<AlertLine>) -> Self {
        Self {
            scene: StoredValue::new(scene),
            settings: RwSignal::default(),
            inbox: RwSignal::new(Inbox::new(recent)),
            unread: RwSignal::default(),
            toasts: RwSignal::default(),
            is_alive: RwSignal::new(false),
            has_opened: RwSignal::new(false),
            is_noisy: RwSignal::new(false),
            is_blocked: RwSignal::new(false),
            voice_state: RwSignal::default(),
            as_of: StoredValue::new(as_of),
        }
    }

    /// `silent`, `sound` or `voice`: how loud this device is.
    pub fn state_name(&self) -> &'static str {
        self.settings.with(|settings| match (settings.sound, settings.voice) {
            (_, true) => "voice",
            (true, false) => "sound",
            (false, false) => "silent",
        })
    }

    pub fn state_words(&self) -> &'static str {
        let locale = self.scene.with_value(|scene| scene.locale);
        match self.state_name() {
            "voice" => alerts::state_voice(locale),
            "sound" => alerts::state_sound(locale),
            _ => alerts::state_silent(locale),
        }
    }
}

/// On the server nobody listens, and nothing is clicked.
#[cfg(not(feature = "hydrate"))]
#[allow(clippy::unused_self, reason = "in the browser they do something")]
impl Post {
    pub fn start(self) {}

    pub fn open(self, _dialog: &str) {}

    pub fn read(self, _seq: u64) {}

    pub fn read_all(self) {}

    pub fn change_settings(self, _change: impl FnOnce(&mut Settings)) {}

    pub fn try_out(self) {}
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::collections::HashMap;
    use std::time::Duration;

    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;

    use super::{Post, Toast};
    use crate::domain::ReservationCode;
    use crate::islands::alerts::inbox::{Inbox, Marks};
    use crate::islands::alerts::line::AlertLine;
    use crate::islands::alerts::noisy_tab::NoisyTab;
    use crate::islands::alerts::settings::{Settings, storage};
    use crate::islands::alerts::{VoiceState, sound, voice};
    use crate::islands::desk_feed::{Heard, What, join, seq_of};
    use crate::islands::stream::listen_when_hidden;
    use crate::messages::desk::alerts;

    /// Pop-ups that wait to be read, at most; what is older stands in the list.
    const MOST_TOASTS: usize = 30;
    /// Guests whose names are remembered.
    const MOST_NAMES: usize = 500;

    /// Alerts that come within this are told as one.
    const GATHERING: Duration = Duration::from_millis(120);

    thread_local! {
        static TAB: RefCell<Option<NoisyTab>> = const { RefCell::new(None) };
        static NAMES: RefCell<HashMap<ReservationCode, String>> = RefCell::default();
        static IS_GATHERING: Cell<bool> = const { Cell::new(false) };
        /// How many came while nobody looked at this tab.
        static UNSEEN: Cell<u32> = const { Cell::new(0) };
        static TITLE: RefCell<String> = const { RefCell::new(String::new()) };
    }

    fn remember(code: ReservationCode, name: &str) {
        NAMES.with_borrow_mut(|names| {
            if names.len() >= MOST_NAMES {
                names.clear();
            }
            names.insert(code, name.to_owned());
        });
    }

    fn tab() -> Option<NoisyTab> {
        TAB.with_borrow(Clone::clone)
    }

    impl Post {
        pub fn start(self) {
            Effect::new(move || {
                self.is_alive.set(true);
                self.settings.set(storage::load());
                TITLE.replace(document().title());
                self.tidy_address();
                self.watch_window();
                self.raise_unheard();
                let hotel = self.scene.with_value(|scene| scene.hotel.clone());
                let tab = NoisyTab::new(&format!("vacancy.desk.{hotel}"), self.is_noisy);
                TAB.replace(Some(tab));
                voice::warm_up();
                let _ = join(&hotel, &self.as_of.get_value(), move |heard| self.heard(heard));
            });
            // What waited for somebody to be noisy is told when this tab becomes it.
            Effect::new(move || {
                let is_noisy = self.is_noisy.get();
                listen_when_hidden(is_noisy);
                if is_noisy {
                    self.gather();
                }
            });
        }

        fn heard(self, heard: &[Heard]) {
            let mut lines = Vec::new();
            for Heard { seq, missed, what } in heard {
                match what {
                    What::Reservation(event) => {
                        if let Some(guest) = &event.reservation.guest {
                            remember(event.reservation.code, &guest.name);
                        }
                    }
                    What::Alert(alert) => lines.push((
                        AlertLine {
                            seq: *seq,
                            kind: alert.kind.clone(),
                            code: alert.code,
                            text: alert.text.clone(),
                            at: alert.at,
                            name: NAMES.with_borrow(|names| names.get(&alert.code).cloned()),
                        },
                        *missed,
                    )),
                }
            }
            if !lines.is_empty() {
                self.take_in(lines);
            }
        }

        /// Alerts, with whether they came while the connection was lost.
        fn take_in(self, mut lines: Vec<(AlertLine, bool)>) {
            let add = |inbox: &mut Inbox| lines.retain(|(line, _)| inbox.add(line.clone()));
            self.inbox.update(add);
            self.settings.with_untracked(|settings| lines.retain(|(line, _)| settings.wants(&line.kind)));
            if lines.is_empty() {
                return;
            }
            self.mark(|marks| marks.unread.extend(lines.iter().map(|(line, _)| line.seq)));
            if document().hidden() {
                UNSEEN.set(UNSEEN.get().saturating_add(u32::try_from(lines.len()).unwrap_or(u32::MAX)));
            }
            let (missed, new): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(_, missed)| *missed);
            if !missed.is_empty() {
                self.show_missed(u32::try_from(missed.len()).unwrap_or(u32::MAX));
            }
            if !new.is_empty() {
                self.toasts.update(|toasts| {
                    toasts.extend(new.into_iter().map(|(line, _)| Toast::One(Box::new(line))));
                    let too_many = toasts.len().saturating_sub(MOST_TOASTS);
                    toasts.drain(..too_many);
                });
            }
            Self::show_title();
            self.gather();
        }

        fn show_missed(self, more: u32) {
            self.toasts.update(|toasts| {
                let before = toasts.iter().find_map(|toast| match toast {
                    Toast::Missed(count) => Some(*count),
                    Toast::One(_) => None,
                });
                toasts.retain(|toast| matches!(toast, Toast::One(_)));
                toasts.push(Toast::Missed(before.unwrap_or(0) + more));
            });
        }

        /// Alerts from between two pages, or from before this device was switched on.
        fn raise_unheard(self) {
            let marks = self.marks();
            let settings = self.settings.get_untracked();
            let unheard = self.inbox.with_untracked(|inbox| inbox.unheard(&marks, |kind| settings.wants(kind)));
            let here = self.scene.with_value(|scene| scene.here.clone());
            let path_of = |code| self.scene.with_value(|scene| scene.reservation_path(code));
            let of_this_page: Vec<u64> = self.inbox.with_untracked(|inbox| {
                inbox.lines().iter().filter(|line| path_of(line.code) == here).map(|line| line.seq).collect()
            });
            self.mark(|marks| {
                marks.unread.extend(unheard.iter().map(|line| line.seq));
                // Who looks at a reservation has seen what it was about.
                marks.unread.retain(|seq| !of_this_page.contains(seq));
            });
            match unheard.as_slice() {
                [] => {}
                [line] => self.toasts.set(vec![Toast::One(Box::new(line.clone()))]),
                several => self.show_missed(u32::try_from(several.len()).unwrap_or(u32::MAX)),
            }
        }

        /// In a moment, tells what has not been heard.
        fn gather(self) {
            if IS_GATHERING.replace(true) {
                return;
            }
            let tell = move || {
                IS_GATHERING.set(false);
                self.tell();
            };
            set_timeout(tell, GATHERING);
        }

        fn tell(self) {
            if !self.is_noisy.get_untracked() {
                return;
            }
            let settings = self.settings.get_untracked();
            let unheard = self.inbox.with_untracked(|inbox| inbox.unheard(&self.marks(), |kind| settings.wants(kind)));
            let newest = self.inbox.with_untracked(Inbox::newest);
            // Marked before it sounds, so that no other tab says it again.
            self.mark(|marks| marks.heard = marks.heard.max(newest));
            let Some(last) = unheard.last() else { return };
            if settings.sound {
                sound::chime(&last.kind, settings.volume, move || self.is_blocked.set(true));
            }
            if settings.voice {
                let sentence = self.scene.with_value(|scene| match unheard.as_slice() {
                    [line] => line.spoken(scene, settings.names),
                    several => alerts::say_several(scene.locale, u32::try_from(several.len()).unwrap_or(u32::MAX)),
                });
                self.say(sentence, &settings);
            }
        }

        fn say(self, sentence: String, settings: &Settings) {
            let locale = self.scene.with_value(|scene| scene.locale);
            let volume = settings.volume;
            let speak = move || voice::speak(locale, &sentence, volume, move |state| self.voice_state.set(state));
            // After the chime, not into it.
            let pause = if settings.sound { 700 } else { 0 };
            set_timeout(speak, Duration::from_millis(pause));
        }

        /// Opens the list of alerts.
        pub fn open(self, dialog: &str) {
            self.has_opened.set(true);
            let found = document().get_element_by_id(dialog);
            if let Some(dialog) = found.and_then(|found| found.dyn_into::<web_sys::HtmlDialogElement>().ok())
                && !dialog.open()
            {
                let _ = dialog.show_modal();
            }
        }

        pub fn read(self, seq: u64) {
            self.toasts.update(|toasts| toasts.retain(|toast| toast.key() != seq));
            self.mark(|marks| {
                marks.unread.remove(&seq);
            });
        }

        pub fn read_all(self) {
            self.toasts.update(Vec::clear);
            self.mark(|marks| marks.unread.clear());
        }

        pub fn change_settings(self, change: impl FnOnce(&mut Settings)) {
            self.settings.update(change);
            self.settings.with_untracked(storage::save);
        }

        /// Sounds and speaks at once, in a click: that is also what lets the browser do so later.
        pub fn try_out(self) {
            self.is_blocked.set(false);
            sound::unlock();
            if let Some(tab) = tab() {
                tab.take_over();
            }
            let settings = self.settings.get_untracked();
            if settings.sound {
                sound::chime("new_reservation", settings.volume, move || self.is_blocked.set(true));
            }
            if settings.voice {
                let locale = self.scene.with_value(|scene| scene.locale);
                let told = move |state| self.voice_state.set(state);
                self.voice_state.set(VoiceState::Untried);
                // Within the click: some browsers listen to nothing later.
                voice::speak(locale, alerts::voice_test(locale), settings.volume, told);
            }
        }

        fn marks_key(self) -> String {
            self.scene.with_value(|scene| format!("vacancy.desk.{}.alerts", scene.hotel))
        }

        /// The device's marks; everything counts as heard on a device that comes new to this log.
        fn marks(self) -> Marks {
            let as_of = self.as_of.get_value();
            let epoch = as_of.rsplit_once('-').map_or("", |(epoch, _)| epoch).to_owned();
            let kept = storage::get(&self.marks_key()).and_then(|text| Marks::from_text(&text));
            kept.filter(|marks| marks.epoch == epoch).unwrap_or_else(|| Marks {
                epoch,
                heard: seq_of(&as_of).unwrap_or(0),
                ..Marks::default()
            })
        }

        fn mark(self, change: impl FnOnce(&mut Marks)) {
            let mut marks = self.marks();
            change(&mut marks);
            // What the list no longer shows cannot be read any more.
            let listed =
                self.inbox.with_untracked(|inbox| inbox.lines().iter().map(|line| line.seq).collect::<Vec<_>>());
            marks.unread.retain(|seq| listed.contains(seq) || *seq > listed.first().copied().unwrap_or(0));
            storage::put(&self.marks_key(), &marks.to_text());
            self.unread.set(marks.unread.into_iter().filter(|seq| listed.contains(seq)).collect());
        }

        fn watch_window(self) {
            drop(window_event_listener_untyped("visibilitychange", move |_| {
                if !document().hidden() {
                    UNSEEN.set(0);
                    Self::show_title();
                }
            }));
            // Another tab has read something, or changed what is wanted.
            drop(window_event_listener_untyped("storage", move |_| {
                let settings = storage::load();
                self.settings.maybe_update(|known| {
                    let has_changed = *known != settings;
                    *known = settings;
                    has_changed
                });
                let unread = self.marks().unread;
                self.toasts.update(|toasts| {
                    toasts.retain(|toast| matches!(toast, Toast::Missed(_)) || unread.contains(&toast.key()));
                });
                self.unread.set(unread);
            }));
            for gesture in ["pointerdown", "keydown"] {
                drop(window_event_listener_untyped(gesture, move |_| {
                    sound::unlock();
                    self.is_blocked.set(false);
                    if let Some(tab) = tab() {
                        tab.take_over();
                    }
                }));
            }
        }

        fn show_title() {
            let title = TITLE.with_borrow(|title| alerts::counted_title(UNSEEN.get(), title));
            if document().title() != title {
                document().set_title(&title);
            }
        }

        /// Takes the answer to the last action out of the address, so that a reload does not show it again.
        fn tidy_address(self) {
            let here = self.scene.with_value(|scene| scene.here.clone());
            let location = window().location();
            let shown = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
            if shown != here
                && let Ok(history) = window().history()
            {
                let whole = format!("{here}{}", location.hash().unwrap_or_default());
                let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&whole));
            }
        }
    }
}
