//! What this device and this tab keep of the alerts: the marks of what was heard and read, shared by all tabs, the count in
//! the title, and the address.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;

use super::browser::tab;
use super::{Post, Toast};
use crate::islands::alerts::inbox::Marks;
use crate::islands::alerts::settings::storage;
use crate::islands::alerts::sound;
use crate::islands::desk_feed::seq_of;
use crate::messages::desk::alerts;

thread_local! {
    /// How many came while nobody looked at this tab.
    static UNSEEN: Cell<u32> = const { Cell::new(0) };
    static TITLE: RefCell<String> = const { RefCell::new(String::new()) };
}

impl Post {
    fn marks_key(self) -> String {
        self.scene.with_value(|scene| format!("vacancy.desk.{}.alerts", scene.hotel))
    }

    /// The device's marks; everything counts as heard on a device that comes new to this log.
    pub(super) fn marks(self) -> Marks {
        let as_of = self.as_of.get_value();
        let epoch = as_of.rsplit_once('-').map_or("", |(epoch, _)| epoch).to_owned();
        let kept = storage::get(&self.marks_key()).and_then(|text| Marks::from_text(&text));
        kept.filter(|marks| marks.epoch == epoch).unwrap_or_else(|| Marks {
            epoch,
            heard: seq_of(&as_of).unwrap_or(0),
            ..Marks::default()
        })
    }

    pub(super) fn mark(self, change: impl FnOnce(&mut Marks)) {
        let mut marks = self.marks();
        change(&mut marks);
        // What the list no longer shows cannot be read any more.
        let listed = self.inbox.with_untracked(|inbox| inbox.lines().iter().map(|line| line.seq).collect::<Vec<_>>());
        marks.unread.retain(|seq| listed.contains(seq) || *seq > listed.first().copied().unwrap_or(0));
        storage::put(&self.marks_key(), &marks.to_text());
        self.unread.set(marks.unread.into_iter().filter(|seq| listed.contains(seq)).collect());
    }

    pub(super) fn watch_window(self) {
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

    /// The page's own title, before anything is counted in it.
    pub(super) fn keep_title() {
        TITLE.replace(document().title());
    }

    /// Counts what comes while nobody looks at this tab.
    pub(super) fn count_unseen(more: usize) {
        if document().hidden() {
            UNSEEN.set(UNSEEN.get().saturating_add(u32::try_from(more).unwrap_or(u32::MAX)));
            Self::show_title();
        }
    }

    fn show_title() {
        let title = TITLE.with_borrow(|title| alerts::counted_title(UNSEEN.get(), title));
        if document().title() != title {
            document().set_title(&title);
        }
    }

    /// Takes the answer to the last action out of the address, so that a reload does not show it again.
    pub(super) fn tidy_address(self) {
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
