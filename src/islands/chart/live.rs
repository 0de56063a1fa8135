//! The chart's state in the browser: what is known, what of it can be seen, and what the stream changes.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;

use super::api;
use super::ask::{Done, Question};
use super::book::ChartBook;
use super::draw::inside;
use super::hand::{Drag, hold_still};
use super::moving::Held;
use super::plan::{Line, Of, Plan, Span};
use super::words::{BarWords, of_bar};
use crate::components::{Erased, LiveState};
use crate::domain::{Date, ReservationCode};
use crate::islands::desk_feed::{Heard, What, join};
use crate::islands::desk_row::DeskScene;
use crate::wire::reservation::ReservationView;

/// The same as in the style sheet.
pub(super) const DAY_PX: i32 = 52;
pub(super) const LINE_PX: i32 = 36;
pub(super) const HEAD_PX: i32 = 44;
pub(super) const NAMES_PX: i32 = 136;

/// A narrower window shows the day's list instead.
const NARROW_PX: f64 = 768.0;

/// So much more than can be seen is drawn, in lines and days, and the window moves in steps of as much.
const LINES_MORE: usize = 6;
const DAYS_MORE: i32 = 4;

/// What is drawn: lines, and half days across.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub first_line: usize,
    pub end_line: usize,
    pub across: Option<Span>,
}

/// A bar as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub line: usize,
    /// Cut at the chart's edges.
    pub seen: Span,
    pub whole: Span,
    pub words: BarWords,
    pub version: u32,
}

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
    pub window: RwSignal<Window>,
    /// The bars that are drawn, and what of each.
    pub shown: RwSignal<Vec<Of>>,
    pub bars: StoredValue<HashMap<Of, ArcRwSignal<Shown>>>,
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
        shown: RwSignal::new(Vec::new()),
        bars: StoredValue::new(HashMap::new()),
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

    /// After scrolling or resizing: draws anew only when what can be seen has moved by a step.
    pub fn look(self) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let (left, top) = (scroller.scroll_left(), scroller.scroll_top());
        let (width, height) = (scroller.client_width(), scroller.client_height());
        let step = LINES_MORE;
        let first = usize::try_from(top / LINE_PX).unwrap_or(0);
        let seen = usize::try_from(height / LINE_PX).unwrap_or(0) + 2;
        let first_line = (first.saturating_sub(step) / step) * step;
        let end_line = ((first + seen + step).div_ceil(step) * step).min(self.plan().lines.len());
        let day = left / DAY_PX;
        let first_day = ((day - DAYS_MORE).max(0) / DAYS_MORE) * DAYS_MORE;
        let days = self.with_book(|book| book.days).unwrap_or(0);
        let last_day = (day + (width - NAMES_PX) / DAY_PX + 2 + DAYS_MORE + DAYS_MORE - 1) / DAYS_MORE * DAYS_MORE;
        let across = Span { start: 2 * first_day, end: 2 * last_day.min(days) };
        let now = Window { first_line, end_line, across: Some(across) };
        if self.window.get_untracked() != now {
            self.window.set(now);
            self.draw();
        }
    }

    /// The bars of the window: those that were there keep their elements, so that a change of place glides.
    fn draw(self) {
        let Window { first_line, end_line, across: Some(across) } = self.window.get_untracked() else { return };
        let (plan, scene) = (self.plan(), self.scene());
        let mut shown = Vec::new();
        let mut bars = HashMap::new();
        self.book.with_value(|book| {
            let Some(book) = book else { return };
            self.bars.with_value(|known| {
                for bar in (first_line..end_line).flat_map(|line| plan.on(line)) {
                    let Some(seen) = bar.span.seen(book.days).filter(|seen| seen.overlaps(across)) else { continue };
                    let version = match &bar.of {
                        Of::Stay(code, _) => book.stays.get(code).map_or(0, |stay| stay.version),
                        Of::Block(..) => 0,
                    };
                    let old = known.get(&bar.of);
                    let is_same = old.is_some_and(|old| {
                        old.with_untracked(|old| {
                            old.version == version && old.line == bar.line && old.whole == bar.span
                        })
                    });
                    shown.push(bar.of.clone());
                    if let (true, Some(old)) = (is_same, old) {
                        bars.insert(bar.of.clone(), old.clone());
                        continue;
                    }
                    let words = of_bar(&scene, book, &bar.of, plan.lines[bar.line]).unwrap_or_default();
                    let now = Shown { line: bar.line, seen, whole: bar.span, words, version };
                    let signal = match old {
                        Some(old) => {
                            old.set(now);
                            old.clone()
                        }
                        None => ArcRwSignal::new(now),
                    };
                    bars.insert(bar.of.clone(), signal);
                }
            });
        });
        // An order that no move changes: an element that is put elsewhere in the page does not glide.
        shown.sort();
        self.bars.set_value(bars);
        self.shown.maybe_update(|known| {
            let is_news = *known != shown;
            *known = shown;
            is_news
        });
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
    pub fn go_to(self, shown: &Shown) {
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
