//! One noisy tab a device: of all tabs of a hotel's desk, the one that holds the lock sounds and speaks. The browser
//! gives the lock on when that tab goes. Without locks (plain http on another machine) the mark of what was heard, kept
//! on the device, has to do.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[derive(Clone)]
pub struct NoisyTab {
    name: Rc<str>,
    is_noisy: RwSignal<bool>,
    /// Whether a request for the lock waits already.
    waits: Rc<Cell<bool>>,
}

impl NoisyTab {
    pub fn new(name: &str, is_noisy: RwSignal<bool>) -> Self {
        Self { name: name.into(), is_noisy, waits: Rc::default() }
    }

    /// Becomes the noisy tab when no other is.
    pub fn compete(&self) {
        if !self.waits.replace(true) && !self.request(false) {
            self.is_noisy.set(true);
        }
    }

    /// Becomes the noisy tab now: somebody works in this one.
    pub fn take_over(&self) {
        if !self.is_noisy.get_untracked() {
            self.request(true);
        }
    }

    /// False where the browser has no locks.
    fn request(&self, steal: bool) -> bool {
        let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or(JsValue::UNDEFINED);
        let request =
            Reflect::get(&locks, &"request".into()).ok().and_then(|request| request.dyn_into::<Function>().ok());
        let Some(request) = request else { return false };
        let options = Object::new();
        let _ = Reflect::set(&options, &"steal".into(), &steal.into());
        let this = self.clone();
        let granted = Closure::once_into_js(move |_lock: JsValue| -> Promise {
            if !steal {
                this.waits.set(false);
            }
            this.is_noisy.set(true);
            // Held for as long as the tab lives.
            Promise::new(&mut |_, _| {})
        });
        let Ok(held) = request.call3(&locks, &JsValue::from_str(&self.name), &options, &granted) else { return false };
        let Ok(held) = held.dyn_into::<Promise>() else { return false };
        let this = self.clone();
        spawn_local(async move {
            // It only ends when another tab has taken the lock.
            if JsFuture::from(held).await.is_err() {
                this.is_noisy.set(false);
                this.compete();
            }
        });
        true
    }
}
