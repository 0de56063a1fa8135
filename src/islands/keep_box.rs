//! "Leave it as it is": the tick beside a stay that the day close asks about. It outlives the steps that are taken
//! meanwhile with the stays beside it, each of which opens the page anew.

use leptos::prelude::*;

/// `day` is the one that is to be closed: what is ticked for it says nothing about the next.
#[island]
pub fn KeepBox(name: String, day: String, words: String, is_kept: bool) -> impl IntoView {
    let key = format!("vacancy.day.{day}.{name}");
    let is_ticked = RwSignal::new(is_kept);
    #[cfg(feature = "hydrate")]
    Effect::new({
        let key = key.clone();
        move || {
            if kept::is_there(&key) {
                is_ticked.set(true);
            }
        }
    });
    let tick = move |event| {
        let ticked = event_target_checked(&event);
        is_ticked.set(ticked);
        #[cfg(feature = "hydrate")]
        kept::keep(&key, ticked);
        #[cfg(not(feature = "hydrate"))]
        let _ = &key;
    };
    view! {
        <label class="day__keep">
            <input type="checkbox" name=name form="close-day" checked=is_kept prop:checked=is_ticked on:change=tick />
            {words}
        </label>
    }
}

/// The storage of the tab; silently forgetful where the browser has none.
#[cfg(feature = "hydrate")]
mod kept {
    fn storage() -> Option<web_sys::Storage> {
        leptos::prelude::window().session_storage().ok().flatten()
    }

    pub fn is_there(key: &str) -> bool {
        storage().and_then(|storage| storage.get_item(key).ok().flatten()).is_some()
    }

    pub fn keep(key: &str, is_kept: bool) {
        if let Some(storage) = storage() {
            let _ = if is_kept { storage.set_item(key, "yes") } else { storage.remove_item(key) };
        }
    }
}
