//! Where alerts come in and are handed on: to the pop-ups, the ear, the tab's title, and the marks of what was read.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod device;

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
    /// Who is signed in, by e-mail.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser listens"))]
    me: StoredValue<String>,
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
    pub fn new(scene: DeskScene, me: String, as_of: String, recent: Vec<AlertLine>) -> Self {
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
            me: StoredValue::new(me),
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
