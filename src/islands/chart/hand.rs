//! What the pointer does: it moves a bar or one of its edges, or marks free nights. The picture changes only when the
//! pointer comes to another place of the chart.

use js_sys::{Function, Reflect};
use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use super::live::{Chart, Cursor, DAY_PX, HEAD_PX, LINE_PX, Mark, NAMES_PX, focus_cursor};
use super::moving::{Grip, Held};
use super::plan::{Line, Of, Span, night_at};
use crate::domain::ReservationCode;

/// So far from its edge a bar is made longer or shorter.
const EDGE_PX: f64 = 9.0;
/// A pointer that has moved less has only pressed.
const SLACK_PX: f64 = 4.0;
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
        // A finger scrolls; it has the list, the form and the keys.
        if !is_main || event.pointer_type() == "touch" || self.held.with_untracked(Option::is_some) {
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
            None => self.cells_at(place),
        };
        let Some(what) = what else { return };
        let pressed_at = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.drag.set_value(Some(Drag { what, pressed_at, corner, size, has_moved: false }));
    }

    fn bar_at(self, place: Place, code: ReservationCode, event: &PointerEvent) -> Option<What> {
        let plan = self.plan();
        let is_its = |of: &Of| matches!(of, Of::Stay(of, _) if *of == code);
        let bar = plan.on(place.line).iter().find(|bar| is_its(&bar.of) && bar.span.contains(place.half))?;
        let held = self.with_book(|book| Held::take(book, &bar.of, place.line)).flatten()?;
        let ((left, _), (width, _)) = frame(&element_under(event)?)?;
        let x = f64::from(event.client_x()) - left;
        let grip = if width - x < EDGE_PX {
            Grip::End
        } else if x < EDGE_PX {
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

/// The click that ends a drag is none.
pub(super) fn clicked(event: &MouseEvent) {
    if IGNORES_CLICK.get() {
        event.prevent_default();
    }
}

thread_local! {
    static IGNORES_CLICK: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
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
