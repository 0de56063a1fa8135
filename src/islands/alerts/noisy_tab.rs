//! One noisy tab a device: of all tabs of a hotel's desk, the one that holds the lock sounds and speaks. Without locks
//! (plain http on another machine) every tab does, and the mark of what was heard, kept on the device, has to do.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::islands::tab_lock::{Fate, TabLock};

#[derive(Clone)]
pub struct NoisyTab {
    name: Rc<str>,
    is_noisy: RwSignal<bool>,
    lock: Rc<RefCell<Option<TabLock>>>,
}

impl NoisyTab {
    /// Noisy as soon as no other tab is.
    pub fn new(name: &str, is_noisy: RwSignal<bool>) -> Self {
        let this = Self { name: name.into(), is_noisy, lock: Rc::default() };
        this.claim(false);
        this
    }

    /// Becomes the noisy tab now: somebody works in this one.
    pub fn take_over(&self) {
        if !self.is_noisy.get_untracked() {
            self.claim(true);
        }
    }

    fn claim(&self, now: bool) {
        let this = self.clone();
        let lock = TabLock::claim(&self.name, now, move |fate| {
            this.is_noisy.set(fate != Fate::Taken);
            if fate == Fate::Taken {
                this.claim(false);
            }
        });
        if lock.is_none() {
            self.is_noisy.set(true);
        }
        self.lock.replace(lock);
    }
}
