//! What this device hears: chosen by whoever sits at it, kept in its own storage, known to nobody else.

use serde::{Deserialize, Serialize};

/// The kinds of alerts, in the order in which they are offered.
pub const KINDS: [&str; 3] = ["new_reservation", "nudge", "cancellation"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The kinds that are not wanted.
    pub muted: Vec<String>,
    pub sound: bool,
    pub voice: bool,
    /// Whether a voice may say who the guest is.
    pub names: bool,
    /// 0 to 100.
    pub volume: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { muted: Vec::new(), sound: true, voice: false, names: false, volume: 70 }
    }
}

impl Settings {
    pub fn wants(&self, kind: &str) -> bool {
        !self.muted.iter().any(|muted| muted == kind)
    }

    pub fn set_wanted(&mut self, kind: &str, wanted: bool) {
        self.muted.retain(|muted| muted != kind);
        if !wanted {
            self.muted.push(kind.to_owned());
        }
    }
}

/// The device's storage; silently forgetful where the browser has none.
#[cfg(feature = "hydrate")]
pub mod storage {
    use super::Settings;

    const SETTINGS: &str = "vacancy.desk.alerts";

    fn storage() -> Option<web_sys::Storage> {
        leptos::prelude::window().local_storage().ok().flatten()
    }

    pub fn get(key: &str) -> Option<String> {
        storage()?.get_item(key).ok().flatten()
    }

    pub fn put(key: &str, value: &str) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(key, value);
        }
    }

    pub fn load() -> Settings {
        get(SETTINGS).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub fn save(settings: &Settings) {
        if let Ok(text) = serde_json::to_string(settings) {
            put(SETTINGS, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_device_shows_everything_and_says_nothing() {
        let settings = Settings::default();
        assert!(KINDS.iter().all(|kind| settings.wants(kind)));
        assert!(!settings.voice && !settings.names);
    }

    #[test]
    fn a_kind_is_muted_and_wanted_again() {
        let mut settings = Settings::default();
        settings.set_wanted("nudge", false);
        settings.set_wanted("nudge", false);
        assert_eq!(settings.muted, ["nudge"]);
        settings.set_wanted("nudge", true);
        assert!(settings.wants("nudge") && settings.muted.is_empty());
    }

    #[test]
    fn settings_of_an_older_version_are_read() {
        let settings: Settings = serde_json::from_str(r#"{"voice":true}"#).unwrap();
        assert!(settings.voice && settings.sound);
    }
}
