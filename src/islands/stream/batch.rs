//! Hands on what has come once a frame at most, so that a hot house costs one drawing a frame and not one an event. The
//! more there was, the longer the rest: nobody reads a hundred changes a second, and the page has to stay quick.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{
    AnimationFrameRequestHandle, TimeoutHandle, document, request_animation_frame_with_handle, set_timeout,
    set_timeout_with_handle,
};

/// One booking is drawn with the next frame, a hundred of them once a second.
const REST_FOR_EACH_MS: f64 = 10.0;
const LONGEST_REST_MS: f64 = 1000.0;

/// A page that is not drawn has no frames.
const WITHOUT_FRAMES: Duration = Duration::from_millis(100);

type HandOn<T> = Box<dyn Fn(Vec<T>)>;

pub struct Batch<T> {
    waiting: RefCell<Vec<T>>,
    is_due: Cell<bool>,
    frame: Cell<(Option<AnimationFrameRequestHandle>, Option<TimeoutHandle>)>,
    rests_until_ms: Cell<f64>,
    hand_on: HandOn<T>,
}

impl<T: 'static> Batch<T> {
    pub fn new(hand_on: impl Fn(Vec<T>) + 'static) -> Rc<Self> {
        Rc::new(Self {
            waiting: RefCell::default(),
            is_due: Cell::default(),
            frame: Cell::default(),
            rests_until_ms: Cell::default(),
            hand_on: Box::new(hand_on),
        })
    }

    pub fn push(self: &Rc<Self>, item: T) {
        self.waiting.borrow_mut().push(item);
        if self.is_due.replace(true) {
            return;
        }
        let rest_ms = self.rests_until_ms.get() - js_sys::Date::now();
        if rest_ms > 0.0 {
            let this = Rc::clone(self);
            set_timeout(move || this.hand_on_soon(), Duration::from_secs_f64(rest_ms.min(LONGEST_REST_MS) / 1000.0));
        } else {
            self.hand_on_soon();
        }
    }

    fn hand_on_soon(self: &Rc<Self>) {
        // Timers of a hidden page are slow, and it may be the one that sounds.
        if document().hidden() {
            self.hand_on();
            return;
        }
        let (on_frame, on_time) = (Rc::clone(self), Rc::clone(self));
        let frame = request_animation_frame_with_handle(move || on_frame.hand_on()).ok();
        let timer = set_timeout_with_handle(move || on_time.hand_on(), WITHOUT_FRAMES).ok();
        self.frame.set((frame, timer));
    }

    fn hand_on(&self) {
        let (frame, timer) = self.frame.take();
        let _ = (frame.inspect(AnimationFrameRequestHandle::cancel), timer.inspect(TimeoutHandle::clear));
        self.is_due.set(false);
        let items = self.waiting.take();
        let count = u32::try_from(items.len()).map_or(LONGEST_REST_MS, f64::from);
        self.rests_until_ms.set(js_sys::Date::now() + (count * REST_FOR_EACH_MS).min(LONGEST_REST_MS));
        (self.hand_on)(items);
    }
}
