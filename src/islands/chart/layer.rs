//! The elements of the bars that are drawn. They are no view: a scroll brings dozens of them with each step, and to be drawn
//! within its frame each has to be a copy of one pattern that is dressed once, with nothing of its own that waits for signals.

use std::collections::HashMap;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::bars::{left, width};
use super::draw::{index, px};
use super::live::{Cursor, HEAD_PX, LINE_PX, NAMES_PX};
use super::plan::{Of, Span};
use super::words::BarWords;
use crate::domain::ReservationCode;

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

#[derive(Debug)]
struct Drawn {
    element: HtmlElement,
    shown: Shown,
    is_at_cursor: bool,
    is_held: bool,
    /// The last turn in which it was wanted.
    turn: u32,
}

#[derive(Debug, Default)]
pub(super) struct Layer {
    pattern: Option<HtmlElement>,
    drawn: HashMap<Of, Drawn>,
    turn: u32,
}

/// The id of a bar's element.
pub(super) fn id(of: &Of) -> String {
    match of {
        Of::Stay(code, piece) => format!("bar-{code}-{piece}"),
        Of::Block(room, block) => format!("bar-{room}-{block}"),
    }
}

fn yes(is_so: bool) -> Option<String> {
    is_so.then(|| "true".to_owned())
}

type Look = (&'static str, fn(&Shown) -> Option<String>);

const LOOKS: [Look; 11] = [
    ("aria-colindex", |shown| Some(((shown.seen.start / 2).max(0) + 2).to_string())),
    ("aria-label", |shown| Some(shown.words.label.clone())),
    ("title", |shown| Some(shown.words.label.clone())),
    ("href", |shown| shown.words.href.clone()),
    ("data-state", |shown| Some(shown.words.state.to_owned())),
    ("data-joins", |shown| shown.words.joins.map(str::to_owned)),
    ("data-pinned", |shown| yes(shown.words.is_pinned)),
    ("data-note", |shown| yes(shown.words.has_note)),
    ("data-short", |shown| yes(shown.seen.end - shown.seen.start <= 2)),
    ("data-cut-start", |shown| yes(shown.whole.start < shown.seen.start)),
    ("data-cut-end", |shown| yes(shown.whole.end > shown.seen.end)),
];

fn put(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn dress(element: &HtmlElement, before: Option<&Shown>, now: &Shown) {
    for (name, look) in LOOKS {
        let value = look(now);
        if before.and_then(look) != value {
            put(element, name, value.as_deref());
        }
    }
    let at = |shown: &Shown| (NAMES_PX + left(shown.seen), HEAD_PX + index(shown.line) * LINE_PX);
    if before.map(at) != Some(at(now)) {
        let (x, y) = at(now);
        let _ = element.style().set_property("transform", &format!("translate({x}px, {y}px)"));
    }
    if before.map(|before| width(before.seen)) != Some(width(now.seen)) {
        let _ = element.style().set_property("width", &px(width(now.seen) - 4));
    }
    if before.map(|before| &before.words.text) != Some(&now.words.text)
        && let Some(text) = element.first_element_child()
    {
        text.set_text_content(Some(&now.words.text));
    }
}

fn pattern() -> Option<HtmlElement> {
    let bar: HtmlElement = document().create_element("a").ok()?.dyn_into().ok()?;
    for (name, value) in [("class", "bar grid__bar"), ("role", "gridcell"), ("draggable", "false"), ("tabindex", "-1")]
    {
        put(&bar, name, Some(value));
    }
    let text = document().create_element("span").ok()?;
    put(&text, "class", Some("bar__text"));
    bar.append_child(&text).ok()?;
    Some(bar)
}

impl Layer {
    /// What is not wanted between this and [`Self::end_turn`] goes.
    pub fn begin_turn(&mut self) {
        self.turn = self.turn.wrapping_add(1);
    }

    /// Wants a bar; gives how it is drawn, if it is.
    pub fn want(&mut self, of: &Of) -> Option<&Shown> {
        let drawn = self.drawn.get_mut(of)?;
        drawn.turn = self.turn;
        Some(&drawn.shown)
    }

    /// Draws a bar, or draws it otherwise: its element stays, so that a change of place glides.
    pub fn put(&mut self, place: &Element, of: &Of, shown: Shown) {
        if let Some(drawn) = self.drawn.get_mut(of) {
            dress(&drawn.element, Some(&drawn.shown), &shown);
            drawn.shown = shown;
            return;
        }
        if self.pattern.is_none() {
            self.pattern = pattern();
        }
        let copy = self.pattern.as_ref().and_then(|pattern| pattern.clone_node_with_deep(true).ok());
        let Some(element) = copy.and_then(|copy| copy.dyn_into::<HtmlElement>().ok()) else { return };
        element.set_id(&id(of));
        if let Of::Stay(code, _) = of {
            put(&element, "data-code", Some(&code.to_string()));
        }
        dress(&element, None, &shown);
        let _ = place.append_child(&element);
        let drawn = Drawn { element, shown, is_at_cursor: false, is_held: false, turn: self.turn };
        self.drawn.insert(of.clone(), drawn);
    }

    pub fn end_turn(&mut self) {
        let turn = self.turn;
        self.drawn.retain(|_, drawn| {
            let stays = drawn.turn == turn;
            if !stays {
                drawn.element.remove();
            }
            stays
        });
    }

    /// Shows where the cursor is, and which bars are in the hand.
    pub fn mark(&mut self, cursor: Cursor, held: Option<ReservationCode>) {
        for (of, drawn) in &mut self.drawn {
            let Drawn { element, shown, is_at_cursor, is_held, .. } = drawn;
            let is_here = shown.line == cursor.line && shown.whole.contains(2 * cursor.night + 1);
            if core::mem::replace(is_at_cursor, is_here) != is_here {
                put(element, "data-cursor", is_here.then_some("true"));
                put(element, "tabindex", Some(if is_here { "0" } else { "-1" }));
            }
            let is_taken = held.is_some_and(|held| matches!(of, Of::Stay(code, _) if *code == held));
            if core::mem::replace(is_held, is_taken) != is_taken {
                put(element, "data-held", is_taken.then_some("true"));
            }
        }
    }

    /// What an element shows.
    pub fn shown(&self, element: &Element) -> Option<&Shown> {
        let wanted = element.id();
        self.drawn.iter().find(|(of, _)| id(of) == wanted).map(|(_, drawn)| &drawn.shown)
    }
}
