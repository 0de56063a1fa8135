//! A lock that one tab of this browser holds at a time (W3C Web Locks). Who waits gets it in turn when its holder lets
//! go, closes or dies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Held,
    /// Another tab has taken the lock from this one.
    Taken,
    /// This page may have no locks.
    Refused,
}

/// A lock that is held or waited for; dropped, it is let go.
pub struct TabLock {
    waiting: Option<AbortController>,
    release: Rc<RefCell<Option<Function>>>,
    is_over: Rc<Cell<bool>>,
}

impl TabLock {
    /// Waits for its turn, or with `now` takes the lock from whoever holds it. `tell` hears of each change of fate until
    /// the claim is dropped. None where the browser has no locks, such as on plain http from another machine.
    pub fn claim(name: &str, now: bool, tell: impl Fn(Fate) + 'static) -> Option<Self> {
        let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let waiting = if now { None } else { Some(AbortController::new().ok()?) };
        let options = Object::new();
        let _ = match &waiting {
            Some(waiting) => Reflect::set(&options, &"signal".into(), &waiting.signal()),
            None => Reflect::set(&options, &"steal".into(), &true.into()),
        };
        let release: Rc<RefCell<Option<Function>>> = Rc::default();
        let is_over: Rc<Cell<bool>> = Rc::default();
        let tell = Rc::new(tell);

        let granted = {
            let (release, is_over, tell) = (Rc::clone(&release), Rc::clone(&is_over), Rc::clone(&tell));
            Closure::once_into_js(move |_lock: JsValue| -> Promise {
                let held = Promise::new(&mut |resolve, _| {
                    if is_over.get() {
                        let _ = resolve.call0(&JsValue::UNDEFINED);
                    }
                    release.replace(Some(resolve));
                });
                if !is_over.get() {
                    tell(Fate::Held);
                }
                held
            })
        };
        let asked = request.call3(&locks, &name.into(), &options, &granted).ok()?.dyn_into::<Promise>().ok()?;
        let claim = Self { waiting, release: Rc::clone(&release), is_over: Rc::clone(&is_over) };
        spawn_local(async move {
            let ended = JsFuture::from(asked).await;
            if ended.is_err() && !is_over.get() {
                tell(if release.borrow().is_some() { Fate::Taken } else { Fate::Refused });
            }
        });
        Some(claim)
    }
}

impl Drop for TabLock {
    fn drop(&mut self) {
        self.is_over.set(true);
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        } else if let Some(waiting) = &self.waiting {
            waiting.abort();
        }
    }
}

impl core::fmt::Debug for TabLock {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("TabLock").field("is_held", &self.release.borrow().is_some()).finish_non_exhaustive()
    }
}
