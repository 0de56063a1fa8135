//! Drawing in slices that fit a frame: what is to be drawn waits in line, and what does not fit waits for the next frame.

#[cfg(feature = "hydrate")]
use std::{cell::Cell, cell::RefCell, collections::VecDeque};

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
type Job = Box<dyn FnOnce()>;

#[cfg(feature = "hydrate")]
thread_local! {
    static WAITING: RefCell<VecDeque<Job>> = const { RefCell::new(VecDeque::new()) };
    static IS_AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// So much work of scripts a frame: the browser needs longer than that to lay out and paint what they did.
#[cfg(feature = "hydrate")]
const SLICE_MS: f64 = 2.5;

/// A page that is not drawn has no frames.
#[cfg(feature = "hydrate")]
const WITHOUT_FRAMES_MS: i32 = 100;

/// Does it in this frame where there is time left, or else in one of the next; what was handed in first is done first.
#[cfg(feature = "hydrate")]
pub fn draw(job: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|waiting| waiting.push_back(Box::new(job)));
    if !IS_AT_WORK.replace(true) {
        leptos::task::spawn_local(work());
    }
}

/// On the server nothing is drawn anew.
#[cfg(not(feature = "hydrate"))]
pub fn draw(_job: impl FnOnce() + 'static) {}

#[cfg(feature = "hydrate")]
async fn work() {
    let mut began_ms = js_sys::Date::now();
    while let Some(job) = WAITING.with_borrow_mut(VecDeque::pop_front) {
        job();
        // What depends on the signals that it set is drawn now, and is part of the slice.
        leptos::task::tick().await;
        let is_done = WAITING.with_borrow(VecDeque::is_empty);
        if !is_done && js_sys::Date::now() - began_ms >= SLICE_MS {
            next_frame().await;
            began_ms = js_sys::Date::now();
        }
    }
    IS_AT_WORK.set(false);
}

#[cfg(feature = "hydrate")]
async fn next_frame() {
    if document().hidden() {
        return;
    }
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().request_animation_frame(&resolve);
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, WITHOUT_FRAMES_MS);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// A list on the screen that comes to what it should be by a few lines at a time.
#[derive(Debug)]
pub struct Gradual<T: 'static> {
    wanted: StoredValue<Vec<T>>,
    pub drawn: RwSignal<Vec<T>>,
    most: usize,
    is_on_its_way: StoredValue<bool>,
}

impl<T> Copy for Gradual<T> {}

impl<T> Clone for Gradual<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + PartialEq + Send + Sync> Gradual<T> {
    /// `most` lines come or go in one step.
    pub fn new(drawn: Vec<T>, most: usize) -> Self {
        Self {
            wanted: StoredValue::new(drawn.clone()),
            drawn: RwSignal::new(drawn),
            most,
            is_on_its_way: StoredValue::new(false),
        }
    }

    pub fn change(self, change: impl FnOnce(&mut Vec<T>)) {
        self.wanted.update_value(change);
        if !self.is_on_its_way.get_value() {
            self.is_on_its_way.set_value(true);
            draw(move || self.step());
        }
    }

    fn step(self) {
        let now = self.drawn.with_untracked(|drawn| self.wanted.with_value(|wanted| step(drawn, wanted, self.most)));
        let Some(now) = now else {
            self.is_on_its_way.set_value(false);
            return;
        };
        self.drawn.set(now);
        draw(move || self.step());
    }
}

/// The next picture on the way from `drawn` to `wanted`: those that have to go go first. None when it is there.
fn step<T: Clone + PartialEq>(drawn: &[T], wanted: &[T], most: usize) -> Option<Vec<T>> {
    if drawn == wanted {
        return None;
    }
    let mut gone = 0;
    let mut stays = |line: &&T| {
        let is_wanted = wanted.contains(line);
        gone += usize::from(!is_wanted);
        is_wanted || gone > most
    };
    let left: Vec<T> = drawn.iter().filter(|line| stays(line)).cloned().collect();
    if gone >= most {
        return Some(left);
    }
    let mut new = gone;
    let mut is_drawn = |line: &&T| {
        let is_known = left.contains(line);
        new += usize::from(!is_known);
        is_known || new <= most
    };
    Some(wanted.iter().filter(|line| is_drawn(line)).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_to_what_it_should_be_in_small_steps() {
        let mut drawn = vec![1, 2, 3, 4, 5];
        let wanted = [6, 7, 2, 8, 9, 10, 1];
        let mut steps = 0;
        while let Some(next) = step(&drawn, &wanted, 2) {
            let come = next.iter().filter(|line| !drawn.contains(line)).count();
            let gone = drawn.iter().filter(|line| !next.contains(line)).count();
            assert!(come + gone <= 2, "{drawn:?} {next:?}");
            drawn = next;
            steps += 1;
        }
        assert_eq!((drawn.as_slice(), steps), (wanted.as_slice(), 4));
    }

    #[test]
    fn another_order_is_one_step() {
        assert_eq!(step(&[1, 2, 3], &[3, 1, 2], 1), Some(vec![3, 1, 2]));
        assert_eq!(step(&[3, 1, 2], &[3, 1, 2], 1), None);
        assert_eq!(step(&[1], &[], 1), Some(vec![]));
    }
}
