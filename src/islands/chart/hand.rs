//! What the pointer does: it moves a bar or one of its edges, or marks free nights. The picture changes only when the
//! pointer comes to another place of the chart. A finger scrolls; when it rests on a bar, it picks the bar up.

use js_sys::{Function, Object, Reflect};
use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event};

use super::live::{Chart, Cursor, DAY_PX, HEAD_PX, LINE_PX, Mark, NAMES_PX, focus_cursor};
use super::moving::{Grip, Held};
use super::plan::{Line, Of, Span, night_at};
use crate::domain::ReservationCode;
use crate::messages::desk::chart as texts;

/// So far from its edge a bar is made longer or shorter.
const EDGE_PX: f64 = 9.0;
/// A pointer that has moved less has only pressed.
const SLACK_PX: f64 = 4.0;
/// A finger's edge is wider, and it is steady when it has moved less than this.
const FINGER_EDGE_PX: f64 = 18.0;
const FINGER_SLACK_PX: f64 = 10.0;
/// So long a finger rests before it picks up: sooner than a browser opens its menu.
const REST_MS: u64 = 380;
/// So near the edge the chart scrolls along.
const SCROLL_AT_PX: f64 = 28.0;
const SCROLL_BY_PX: i32 = 18;

/// What the pointer has hold of.
#[derive(Clone, Debug)]
pub(super) struct Drag {
    what: What,
    pressed_at: (f64, f64),
    /// Of the scroller in the window; read once.
    corner: (f64, f64),
    size: (f64, f64),
    has_moved: bool,
    by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Mouse,
    /// It may still scroll; which of the presses it is.
    RestingFinger(u32),
    Finger,
}

#[derive(Clone, Debug)]
enum What {
    Bar { held: Held, grip: Grip, night: i32 },
    Cells { mark: Mark },
}

/// A place of the chart under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    half: i32,
}

impl Chart {
    fn place(self, drag_corner: (f64, f64), event: &PointerEvent) -> Option<Place> {
        let scroller = self.scroller.get_untracked()?;
        let x = f64::from(event.client_x()) - drag_corner.0 + f64::from(scroller.scroll_left() - NAMES_PX);
        let y = f64::from(event.client_y()) - drag_corner.1 + f64::from(scroller.scroll_top() - HEAD_PX);
        #[allow(clippy::cast_possible_truncation, reason = "a chart is some thousand pixels")]
        let (line, half) = ((y / f64::from(LINE_PX)).floor() as i32, (x / f64::from(DAY_PX / 2)).floor() as i32);
        let line = usize::try_from(line).ok().filter(|line| *line < self.plan().lines.len())?;
        Some(Place { line, half })
    }

    pub fn pressed(self, event: &PointerEvent) {
        let is_main = event.button() == 0 && event.is_primary() && !event.ctrl_key() && !event.meta_key();
        let is_finger = event.pointer_type() == "touch";
        if !is_main || self.held.with_untracked(Option::is_some) || self.question.with_untracked(Option::is_some) {
            return;
        }
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let Some((corner, size)) = frame(&scroller) else { return };
        let is_on_names = f64::from(event.client_x()) < corner.0 + f64::from(NAMES_PX);
        let is_on_head = f64::from(event.client_y()) < corner.1 + f64::from(HEAD_PX);
        if is_on_names || is_on_head {
            return;
        }
        let Some(place) = self.place(corner, event) else { return };
        let what = match code_under(event) {
            Some(code) => self.bar_at(place, code, event),
            None if is_finger => None,
            None => self.cells_at(place),
        };
        let Some(what) = what else { return };
        let pressed_at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let by = if is_finger { By::RestingFinger(next_press()) } else { By::Mouse };
        self.drag.set_value(Some(Drag { what, pressed_at, corner, size, has_moved: false, by }));
        if let By::RestingFinger(press) = by {
            set_timeout(move || self.has_rested(press), core::time::Duration::from_millis(REST_MS));
        }
    }

    /// The finger has stayed where it was: from now on it moves the bar, and the chart does not scroll under it.
    fn has_rested(self, press: u32) {
        let Some(mut drag) = self.drag.get_value().filter(|drag| drag.by == By::RestingFinger(press)) else { return };
        let What::Bar { held, .. } = &drag.what else { return };
        let (line, when) = self.place_in_words(held.line, held.span);
        self.say(format!("{} {line}, {when}", texts::picked_up(self.scene().locale)));
        self.held.set(Some(held.clone()));
        (drag.by, drag.has_moved) = (By::Finger, true);
        self.drag.set_value(Some(drag));
    }

    /// Whether a finger has hold of a bar, so that the browser must neither scroll nor open a menu.
    pub fn is_in_fingers(self) -> bool {
        self.drag.with_value(|drag| drag.as_ref().is_some_and(|drag| drag.by == By::Finger))
    }

    fn bar_at(self, place: Place, code: ReservationCode, event: &PointerEvent) -> Option<What> {
        let plan = self.plan();
        let is_its = |of: &Of| matches!(of, Of::Stay(of, _) if *of == code);
        let bar = plan.on(place.line).iter().find(|bar| is_its(&bar.of) && bar.span.contains(place.half))?;
        let held = self.with_book(|book| Held::take(book, &bar.of, place.line)).flatten()?;
        let ((left, _), (width, _)) = frame(&element_under(event)?)?;
        let x = f64::from(event.client_x()) - left;
        let is_finger = event.pointer_type() == "touch";
        // On a short bar a finger would never find the middle.
        let edge = if is_finger && width < 4.0 * FINGER_EDGE_PX {
            0.0
        } else if is_finger {
            FINGER_EDGE_PX
        } else {
            EDGE_PX
        };
        let grip = if width - x < edge {
            Grip::End
        } else if x < edge {
            Grip::Start
        } else {
            Grip::Whole
        };
        Some(What::Bar { held, grip, night: place.half.div_euclid(2) })
    }

    fn cells_at(self, place: Place) -> Option<What> {
        let night = night_at(place.half);
        let mark = Mark { line: place.line, anchor: night, night };
        self.is_free(mark).then_some(What::Cells { mark })
    }

    /// Whether marked nights can be sold: a room or a type, from today on, with nobody there.
    pub fn is_free(self, mark: Mark) -> bool {
        let plan = self.plan();
        let today = self.with_book(|book| book.from.days_until(book.today)).unwrap_or(0);
        let span: Span = mark.span();
        let is_room = matches!(plan.lines.get(mark.line), Some(Line::Room { .. } | Line::Unassigned { .. }));
        let is_empty = !plan.on(mark.line).iter().any(|bar| bar.span.overlaps(span));
        is_room && is_empty && span.days().0 >= today
    }

    pub fn dragged(self, event: &PointerEvent) {
        let Some(mut drag) = self.drag.get_value() else { return };
        if event.buttons() == 0 {
            // It was let go outside the window.
            self.let_go();
            return;
        }
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if matches!(drag.by, By::RestingFinger(_)) {
            if (x - drag.pressed_at.0).hypot(y - drag.pressed_at.1) > FINGER_SLACK_PX {
                // It scrolls.
                self.drag.set_value(None);
            }
            return;
        }
        if !drag.has_moved {
            if (x - drag.pressed_at.0).hypot(y - drag.pressed_at.1) < SLACK_PX {
                return;
            }
            drag.has_moved = true;
            if let Some(scroller) = self.scroller.get_untracked() {
                let _ = scroller.set_pointer_capture(event.pointer_id());
            }
        }
        self.scroll_along(&drag, x, y);
        if let Some(place) = self.place(drag.corner, event) {
            match &mut drag.what {
                What::Bar { held, grip, night } => {
                    held.put(*grip, place.line, place.half.div_euclid(2) - *night);
                    self.held.maybe_update(|shown| {
                        let is_news = shown.as_ref() != Some(held);
                        if is_news {
                            *shown = Some(held.clone());
                        }
                        is_news
                    });
                }
                What::Cells { mark } => {
                    let wider = Mark { night: night_at(place.half), ..*mark };
                    if self.is_free(wider) {
                        *mark = wider;
                    }
                    let mark = *mark;
                    self.mark.maybe_update(|shown| shown.replace(mark) != Some(mark));
                }
            }
        }
        self.drag.set_value(Some(drag));
    }

    fn scroll_along(self, drag: &Drag, x: f64, y: f64) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let (x, y) = (x - drag.corner.0, y - drag.corner.1);
        if y > drag.size.1 - SCROLL_AT_PX {
            scroller.set_scroll_top(scroller.scroll_top() + SCROLL_BY_PX);
        } else if y < f64::from(HEAD_PX) + SCROLL_AT_PX {
            scroller.set_scroll_top((scroller.scroll_top() - SCROLL_BY_PX).max(0));
        }
        if x > drag.size.0 - SCROLL_AT_PX {
            scroller.set_scroll_left(scroller.scroll_left() + SCROLL_BY_PX);
        } else if x < f64::from(NAMES_PX) + SCROLL_AT_PX {
            scroller.set_scroll_left((scroller.scroll_left() - SCROLL_BY_PX).max(0));
        }
    }

    pub fn released(self, event: &PointerEvent) {
        let Some(drag) = self.drag.get_value() else { return };
        self.drag.set_value(None);
        if let Some(scroller) = self.scroller.get_untracked() {
            let _ = scroller.release_pointer_capture(event.pointer_id());
        }
        match drag.what {
            What::Bar { held, .. } if drag.has_moved => {
                // The click that follows is not one.
                self.drag.set_value(None);
                IGNORES_CLICK.set(true);
                request_animation_frame(|| IGNORES_CLICK.set(false));
                self.drop_held(held);
            }
            What::Bar { .. } => {}
            What::Cells { mark } => {
                self.cursor.set(Cursor { line: mark.line, night: mark.night });
                self.mark.set(Some(mark));
                if drag.has_moved {
                    self.making.set(Some(mark));
                } else {
                    focus_cursor();
                }
            }
        }
    }

    /// As if nothing had been taken.
    pub fn let_go(self) {
        self.drag.set_value(None);
        self.held.set(None);
    }
}

/// While a finger moves a bar the browser does not scroll. A listener of its own: those that are set by a view are passive.
pub(super) fn hold_still(chart: Chart, scroller: &Element) {
    let still = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if chart.is_in_fingers() && event.cancelable() {
            event.prevent_default();
        }
    });
    let (options, passive) = (Object::new(), JsValue::from_str("passive"));
    let is_set = Reflect::set(&options, &passive, &JsValue::FALSE).is_ok();
    let add = Reflect::get(scroller, &JsValue::from_str("addEventListener")).ok();
    if let (true, Some(add)) = (is_set, add.and_then(|add| add.dyn_into::<Function>().ok())) {
        for kind in ["touchmove", "contextmenu"] {
            let _ = add.call3(scroller, &JsValue::from_str(kind), still.as_ref(), &options);
        }
    }
    // It is there as long as the page is.
    still.forget();
}

fn next_press() -> u32 {
    PRESSES.set(PRESSES.get().wrapping_add(1));
    PRESSES.get()
}

/// The click that ends a drag is none.
pub(super) fn clicked(event: &MouseEvent) {
    if IGNORES_CLICK.get() {
        event.prevent_default();
    }
}

thread_local! {
    static IGNORES_CLICK: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    static PRESSES: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Corner and size of an element in the window.
fn frame(element: &Element) -> Option<((f64, f64), (f64, f64))> {
    let measure = Reflect::get(element, &JsValue::from_str("getBoundingClientRect")).ok()?;
    let rect = measure.dyn_into::<Function>().ok()?.call0(element).ok()?;
    let side = |name: &str| Reflect::get(&rect, &JsValue::from_str(name)).ok()?.as_f64();
    Some(((side("left")?, side("top")?), (side("width")?, side("height")?)))
}

fn element_under(event: &PointerEvent) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(".grid__bar").ok().flatten()
}

fn code_under(event: &PointerEvent) -> Option<ReservationCode> {
    element_under(event)?.get_attribute("data-code")?.parse().ok()
}
