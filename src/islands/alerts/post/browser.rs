//! In a browser: what comes in from the stream, what pops up and sounds, and what the buttons do.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{Post, Toast};
use crate::domain::ReservationCode;
use crate::islands::alerts::inbox::Inbox;
use crate::islands::alerts::line::AlertLine;
use crate::islands::alerts::noisy_tab::NoisyTab;
use crate::islands::alerts::settings::{Settings, storage};
use crate::islands::alerts::{VoiceState, sound, voice};
use crate::islands::desk_feed::{Heard, What, join};
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
}

fn remember(code: ReservationCode, name: &str) {
    NAMES.with_borrow_mut(|names| {
        if names.len() >= MOST_NAMES {
            names.clear();
        }
        names.insert(code, name.to_owned());
    });
}

pub(super) fn tab() -> Option<NoisyTab> {
    TAB.with_borrow(Clone::clone)
}

impl Post {
    pub fn start(self) {
        Effect::new(move || {
            self.is_alive.set(true);
            self.settings.set(storage::load());
            Self::keep_title();
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
                        is_own: self.me.with_value(|me| alert.by.as_ref() == Some(me)),
                    },
                    *missed,
                )),
                What::Room(_) | What::Nights(_) | What::Day(_) => {}
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
        self.settings.with_untracked(|settings| lines.retain(|(line, _)| !line.is_own && settings.wants(&line.kind)));
        if lines.is_empty() {
            return;
        }
        self.mark(|marks| marks.unread.extend(lines.iter().map(|(line, _)| line.seq)));
        Self::count_unseen(lines.len());
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
}
