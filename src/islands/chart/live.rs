//! The chart's state in the browser: what is known, what of it can be seen, and what the stream changes.

use std::sync::Arc;

use leptos::ev::FocusEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use super::api;
use super::ask::{Done, Question};
use super::book::ChartBook;
use super::draw::inside;
use super::hand::{Drag, hold_still};
use super::layer::{Layer, Shown};
use super::moving::Held;
use super::plan::{Line, Of, Plan, Span};
use super::window::Window;
use super::words::of_bar;
use crate::components::{Erased, LiveState};
use crate::domain::{Date, ReservationCode};
use crate::islands::desk_feed::{Heard, What, join};
use crate::islands::desk_row::DeskScene;
use crate::islands::slices;
use crate::wire::reservation::ReservationView;

/// The same as in the style sheet.
pub(super) const DAY_PX: i32 = 52;
pub(super) const LINE_PX: i32 = 36;
pub(super) const HEAD_PX: i32 = 44;
pub(super) const NAMES_PX: i32 = 136;

/// A narrower window shows the day's list instead.
const NARROW_PX: f64 = 768.0;

/// So many bars around those in sight are drawn in one piece of work.
const BARS_AT_ONCE: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub line: usize,
    pub night: i32,
}

/// Nights of one room that are marked for a new stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub line: usize,
    /// Where marking began, and where it is.
    pub anchor: i32,
    pub night: i32,
}

impl Mark {
    pub fn span(self) -> Span {
        let (first, last) = (self.anchor.min(self.night), self.anchor.max(self.night));
        Span { start: 2 * first + 1, end: 2 * last + 3 }
    }
}

/// Everything the chart is made of; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Chart {
    pub scene: StoredValue<Arc<DeskScene>>,
    pub book: StoredValue<Option<ChartBook>>,
    pub plan: StoredValue<Arc<Plan>>,
    /// Counts the changes of book and plan.
    pub revision: RwSignal<u32>,
    pub scroller: NodeRef<Div>,
    /// What is drawn, and what of it can be seen.
    pub window: RwSignal<Window>,
    sight: StoredValue<Window>,
    /// Where the bars are.
    pub layer: NodeRef<Div>,
    bars: StoredValue<Layer, LocalStorage>,
    draws_more: StoredValue<bool>,
    pub cursor: RwSignal<Cursor>,
    pub held: RwSignal<Option<Held>>,
    pub mark: RwSignal<Option<Mark>>,
    pub drag: StoredValue<Option<Drag>>,
    pub said: RwSignal<String>,
    pub question: RwSignal<Option<Question>>,
    pub making: RwSignal<Option<Mark>>,
    pub done: RwSignal<Option<Done>>,
    pub state: RwSignal<LiveState>,
    is_ready: RwSignal<bool>,
}

pub(super) fn start(
    scene: DeskScene,
    as_of: String,
    from: Date,
    days: i32,
    is_ready: RwSignal<bool>,
) -> impl Fn() -> Option<Erased> + Send + 'static {
    let chart = Chart {
        scene: StoredValue::new(Arc::new(scene)),
        book: StoredValue::new(None),
        plan: StoredValue::new(Arc::new(Plan::default())),
        revision: RwSignal::new(0),
        scroller: NodeRef::new(),
        window: RwSignal::new(Window::default()),
        sight: StoredValue::new(Window::default()),
        layer: NodeRef::new(),
        bars: StoredValue::new_local(Layer::default()),
        draws_more: StoredValue::new(false),
        cursor: RwSignal::new(Cursor { line: 0, night: 0 }),
        held: RwSignal::new(None),
        mark: RwSignal::new(None),
        drag: StoredValue::new(None),
        said: RwSignal::new(String::new()),
        question: RwSignal::new(None),
        making: RwSignal::new(None),
        done: RwSignal::new(None),
        state: RwSignal::new(LiveState::Still),
        is_ready,
    };
    Effect::new(move || chart.begin_when_wide(&as_of, from, days));
    // What is around the scroller is there only after it was drawn.
    Effect::new(move || {
        if let Some(scroller) = chart.scroller.get() {
            hold_still(chart, &scroller);
            request_animation_frame(move || chart.arrive());
        }
    });
    Effect::new(move || {
        chart.cursor.track();
        chart.held.track();
        chart.mark_bars();
    });
    move || is_ready.get().then(|| inside(chart))
}

impl Chart {
    pub fn scene(self) -> Arc<DeskScene> {
        self.scene.get_value()
    }

    pub fn plan(self) -> Arc<Plan> {
        self.plan.get_value()
    }

    pub fn with_book<T>(self, read: impl FnOnce(&ChartBook) -> T) -> Option<T> {
        self.book.with_value(|book| book.as_ref().map(read))
    }

    pub fn say(self, text: impl Into<String>) {
        self.said.set(text.into());
    }

    fn begin_when_wide(self, as_of: &str, from: Date, days: i32) {
        let is_wide =
            || window().inner_width().ok().and_then(|width| width.as_f64()).is_none_or(|width| width >= NARROW_PX);
        if is_wide() {
            self.begin(as_of, from, days);
            return;
        }
        let (as_of, has_begun) = (as_of.to_owned(), StoredValue::new(false));
        let handle = window_event_listener(leptos::ev::resize, move |_| {
            if is_wide() && !has_begun.get_value() {
                has_begun.set_value(true);
                self.begin(&as_of, from, days);
            }
        });
        on_cleanup(move || handle.remove());
    }

    /// Listens first and reads then, so that nothing that happens in between is missed.
    fn begin(self, as_of: &str, from: Date, days: i32) {
        let early = StoredValue::new(Vec::<Heard>::new());
        let state = join(&self.scene().hotel, as_of, move |heard| {
            if self.is_ready.get_untracked() {
                self.take_in(heard);
            } else {
                early.update_value(|early| early.extend_from_slice(heard));
            }
        });
        Effect::new(move || self.state.set(state.get()));
        let path = format!("/desk/{}/chart?from={from}&to={}", self.scene().hotel, from.add_days(days));
        spawn_local(async move {
            // Without an answer the server's table stays.
            let Ok(view) = api::get(&path).await else { return };
            self.book.set_value(Some(ChartBook::new(view)));
            self.is_ready.set(true);
            self.lay_out();
            let heard = early.try_update_value(core::mem::take).unwrap_or_default();
            self.take_in(&heard);
            if let Some(table) = document().get_element_by_id("chart-table") {
                table.remove();
            }
        });
    }

    /// The first look: today's column in sight, the cursor on the first line.
    fn arrive(self) {
        let today = self.with_book(|book| book.from.days_until(book.today)).unwrap_or(0);
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_left(((today - 3).max(0)) * DAY_PX);
        }
        let plan = self.plan();
        let line = plan.lines.iter().position(|line| matches!(line, Line::Room { .. })).unwrap_or(0);
        self.cursor.set(Cursor { line, night: today.max(0) });
        self.look();
    }

    fn take_in(self, heard: &[Heard]) {
        let is_news = self.book.try_update_value(|book| {
            let Some(book) = book else { return false };
            heard.iter().fold(false, |is_news, heard| {
                is_news
                    | match &heard.what {
                        What::Reservation(event) => book.take_in(&event.reservation),
                        What::Room(event) => book.take_room(&event.room.room),
                        What::Nights(_) | What::Day(_) | What::Alert(_) => false,
                    }
            })
        });
        if is_news == Some(true) {
            self.lay_out();
        }
    }

    /// An answer of the server; the stream says the same a moment later.
    pub fn take_answer(self, view: &ReservationView) {
        let is_news = self.book.try_update_value(|book| book.as_mut().is_some_and(|book| book.take_in(view)));
        if is_news == Some(true) {
            self.lay_out();
        }
    }

    pub fn park(self, code: ReservationCode, is_parked: bool) {
        self.book.update_value(|book| {
            if let Some(book) = book {
                book.parked.retain(|parked| *parked != code);
                if is_parked {
                    book.parked.push(code);
                }
            }
        });
        self.lay_out();
    }

    /// Everything in its place again.
    pub fn lay_out(self) {
        if let Some(plan) = self.with_book(|book| book.plan(true)) {
            self.plan.set_value(Arc::new(plan));
        }
        // A bar in the hand stays where the hand is.
        self.revision.update(|revision| *revision += 1);
        self.draw();
    }

    /// After scrolling or resizing: draws what has come into the window.
    pub fn look(self) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let (left, top) = (scroller.scroll_left(), scroller.scroll_top());
        let (width, height) = (scroller.client_width() - NAMES_PX, scroller.client_height() - HEAD_PX);
        let lines = self.plan().lines.len();
        let days = self.with_book(|book| book.days).unwrap_or(0);
        let line = |pixels: i32| usize::try_from(pixels / LINE_PX).unwrap_or(0).min(lines);
        let day = |pixels: i32| 2 * (pixels / DAY_PX).clamp(0, days);
        let sight = Window {
            first_line: line(top),
            end_line: line(top + height + LINE_PX),
            across: Some(Span { start: day(left), end: day(left + width + DAY_PX) }),
        };
        self.sight.set_value(sight);
        let now = sight.around(lines, days);
        if self.window.get_untracked() != now {
            self.window.set(now);
            self.draw();
        }
    }

    /// The bars in sight at once; those around them before they can be seen, in the time that frames leave.
    fn draw(self) {
        if self.draw_bars(0) && !self.draws_more.get_value() {
            self.draws_more.set_value(true);
            slices::draw(move || self.draw_more());
        }
    }

    fn draw_more(self) {
        let has_more = self.draw_bars(BARS_AT_ONCE);
        self.draws_more.set_value(has_more);
        if has_more {
            slices::draw(move || self.draw_more());
        }
    }

    /// Draws the bars in sight, and at most so many around; whether some are left.
    fn draw_bars(self, most_around: usize) -> bool {
        let Window { first_line, end_line, across: Some(across) } = self.window.get_untracked() else { return false };
        let Some(place) = self.layer.get_untracked() else { return false };
        let (plan, scene, sight) = (self.plan(), self.scene(), self.sight.get_value());
        let mut around = 0;
        self.book.with_value(|book| {
            let Some(book) = book else { return };
            self.bars.update_value(|layer| {
                layer.begin_turn();
                for bar in (first_line..end_line).flat_map(|line| plan.on(line)) {
                    let Some(seen) = bar.span.seen(book.days).filter(|seen| seen.overlaps(across)) else { continue };
                    let version = match &bar.of {
                        Of::Stay(code, _) => book.stays.get(code).map_or(0, |stay| stay.version),
                        Of::Block(..) => 0,
                    };
                    match layer.want(&bar.of) {
                        Some(old) if old.version == version && old.line == bar.line && old.whole == bar.span => {
                            continue;
                        }
                        Some(_) => {}
                        None if sight.shows(bar.line, seen) => {}
                        None => {
                            around += 1;
                            if around > most_around {
                                continue;
                            }
                        }
                    }
                    let words = of_bar(&scene, book, &bar.of, plan.lines[bar.line]).unwrap_or_default();
                    layer.put(&place, &bar.of, Shown { line: bar.line, seen, whole: bar.span, words, version });
                }
                layer.end_turn();
            });
        });
        self.mark_bars();
        around > most_around
    }

    fn mark_bars(self) {
        let held = self.held.with_untracked(|held| held.as_ref().map(|held| held.code));
        self.bars.update_value(|layer| layer.mark(self.cursor.get_untracked(), held));
    }

    /// Brings a place into sight.
    pub fn reveal(self, line: usize, night: i32) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let (x, y) = (night * DAY_PX, i32::try_from(line).unwrap_or(0) * LINE_PX);
        let (width, height) = (scroller.client_width() - NAMES_PX, scroller.client_height() - HEAD_PX);
        if x < scroller.scroll_left() {
            scroller.set_scroll_left(x.max(0));
        } else if x + 2 * DAY_PX > scroller.scroll_left() + width {
            scroller.set_scroll_left(x + 2 * DAY_PX - width);
        }
        if y < scroller.scroll_top() {
            scroller.set_scroll_top(y);
        } else if y + LINE_PX > scroller.scroll_top() + height {
            scroller.set_scroll_top(y + LINE_PX - height);
        }
        self.look();
    }

    /// The bar that the cursor is on.
    pub fn under(self, cursor: Cursor) -> Option<(Of, Span)> {
        let plan = self.plan();
        plan.at(cursor.line, cursor.night).map(|bar| (bar.of.clone(), bar.span))
    }

    /// The cursor goes where the focus is.
    pub fn focused(self, event: &FocusEvent) {
        let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some(shown) = self.bars.with_value(|layer| layer.shown(&element).cloned()) else { return };
        let here = self.cursor.get_untracked();
        if here.line != shown.line || !shown.whole.contains(2 * here.night + 1) {
            self.cursor.set(Cursor { line: shown.line, night: shown.whole.days().0.max(0) });
        }
    }

    /// Where a place is, in words: the line, and from when to when.
    pub fn place_in_words(self, line: usize, span: Span) -> (String, String) {
        let scene = self.scene();
        let what = self.plan().lines.get(line).copied().unwrap_or(Line::Parking { lane: 0 });
        self.with_book(|book| (super::words::line_name(&scene, book, what), super::words::when(&scene, book, span)))
            .unwrap_or_default()
    }
}

/// The focus follows the cursor, once it is drawn.
pub(super) fn focus_cursor() {
    request_animation_frame(move || {
        let found = document().query_selector(".live-chart [data-cursor]").ok().flatten();
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
