//! The chart by keyboard: the arrows walk, Enter picks up and drops, Escape puts back, and each step is spoken.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Node;

use super::live::{Chart, Cursor, Mark, focus_cursor};
use super::moving::{Fit, Grip, Held, fit, next_place};
use super::plan::Of;
use crate::messages::desk::chart as texts;

/// So many lines a page.
const PAGE_LINES: isize = 10;

/// Where a key points: lines down, nights on.
fn direction(key: &str) -> Option<(isize, i32)> {
    Some(match key {
        "ArrowUp" => (-1, 0),
        "ArrowDown" => (1, 0),
        "ArrowLeft" => (0, -1),
        "ArrowRight" => (0, 1),
        "PageUp" => (-PAGE_LINES, 0),
        "PageDown" => (PAGE_LINES, 0),
        _ => return None,
    })
}

impl Chart {
    pub fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        let is_ours = match (self.held.get_untracked(), direction(&key)) {
            (Some(held), Some((lines, nights))) => {
                self.carry(held, lines, nights, event.shift_key());
                true
            }
            (Some(held), None) => self.end_carrying(held, &key),
            (None, Some((lines, nights))) => {
                if event.shift_key() && lines == 0 {
                    self.mark_on(nights);
                } else {
                    self.walk(lines, nights);
                }
                true
            }
            (None, None) => self.act(&key),
        };
        if is_ours {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn carry(self, mut held: Held, lines: isize, nights: i32, changes_length: bool) {
        let plan = self.plan();
        let grip = if changes_length && lines == 0 { Grip::End } else { Grip::Whole };
        held.step(grip, lines, nights, &plan);
        let locale = self.scene().locale;
        let state = match self.with_book(|book| fit(&plan, book, held.line, &held)) {
            Some(Fit::Free) => texts::free(locale),
            Some(Fit::OtherType) => texts::other_type(locale),
            _ => texts::not_free(locale),
        };
        let (line, when) = self.place_in_words(held.line, held.span);
        self.say(texts::moved_to(locale, &line, &when, state));
        self.reveal(held.line, held.span.days().0);
        self.held.set(Some(held));
    }

    fn end_carrying(self, held: Held, key: &str) -> bool {
        match key {
            "Enter" | " " => {
                self.cursor.set(Cursor { line: held.line, night: held.span.days().0 });
                self.drop_held(held);
            }
            "Escape" => {
                self.let_go();
                self.say(texts::put_back(self.scene().locale));
                focus_cursor();
            }
            _ => return key.chars().count() == 1,
        }
        true
    }

    /// What keys carry is put back when the focus goes elsewhere on the page: no key would reach it there.
    pub fn unfocused(self, event: &FocusEvent) {
        let Some(next) = event.related_target().and_then(|next| next.dyn_into::<Node>().ok()) else { return };
        let stays = self.scroller.get_untracked().is_some_and(|chart| chart.contains(Some(&next)));
        let by_keys = self.held.with_untracked(Option::is_some) && self.drag.with_value(Option::is_none);
        if by_keys && !stays {
            self.let_go();
            self.say(texts::put_back(self.scene().locale));
        }
    }

    /// From bar to bar and night to night.
    fn walk(self, lines: isize, nights: i32) {
        self.mark.set(None);
        let (plan, cursor) = (self.plan(), self.cursor.get_untracked());
        let line = next_place(&plan, cursor.line, lines).unwrap_or(cursor.line);
        // A bar is one step wide, however many nights it has.
        let night = match self.under(cursor) {
            Some((_, span)) if nights > 0 => span.days().1,
            Some((_, span)) if nights < 0 => span.days().0 - 1,
            _ => cursor.night + nights,
        };
        self.go(Cursor { line, night });
    }

    fn go(self, cursor: Cursor) {
        let days = self.with_book(|book| book.days).unwrap_or(1);
        let cursor = Cursor { night: cursor.night.clamp(0, days - 1), ..cursor };
        self.reveal(cursor.line, cursor.night);
        self.cursor.set(cursor);
        focus_cursor();
    }

    /// Marks one night more, or one less.
    fn mark_on(self, nights: i32) {
        let cursor = self.cursor.get_untracked();
        let mark = self.mark.get_untracked().filter(|mark| mark.line == cursor.line);
        let mark = mark.unwrap_or(Mark { line: cursor.line, anchor: cursor.night, night: cursor.night });
        let wider = Mark { night: mark.night + nights, ..mark };
        if self.is_free(wider) {
            self.mark.set(Some(wider));
            let (line, when) = self.place_in_words(wider.line, wider.span());
            self.say(texts::marked(self.scene().locale, &line, &when));
            self.reveal(wider.line, wider.night);
        } else {
            self.say(texts::not_free(self.scene().locale));
        }
    }

    fn act(self, key: &str) -> bool {
        let (cursor, locale) = (self.cursor.get_untracked(), self.scene().locale);
        let days = self.with_book(|book| book.days).unwrap_or(1);
        match (key, self.under(cursor)) {
            ("Home", _) => self.go(Cursor { night: 0, ..cursor }),
            ("End", _) => self.go(Cursor { night: days - 1, ..cursor }),
            ("Enter", Some((of, _))) => {
                let held = self.with_book(|book| Held::take(book, &of, cursor.line)).flatten();
                match held {
                    Some(held) => {
                        let (line, when) = self.place_in_words(held.line, held.span);
                        self.say(format!("{} {line}, {when}", texts::picked_up(locale)));
                        self.held.set(Some(held));
                    }
                    None => self.say(texts::cannot_move(locale)),
                }
            }
            ("Enter", None) => {
                let here = Mark { line: cursor.line, anchor: cursor.night, night: cursor.night };
                let mark = self.mark.get_untracked().filter(|mark| mark.line == cursor.line).unwrap_or(here);
                if self.is_free(mark) {
                    self.mark.set(Some(mark));
                    self.making.set(Some(mark));
                } else {
                    self.say(texts::not_free(locale));
                }
            }
            (" ", Some((Of::Stay(code, _), _))) => {
                let _ = window().location().set_href(&self.scene().reservation_path(code));
            }
            ("Escape", _) => self.mark.set(None),
            (" ", _) => {}
            _ => return false,
        }
        true
    }
}
