//! What is asked of the server when a bar was dropped, and what its answers mean. A stay is changed as it was seen: where
//! a colleague was faster, nothing is overwritten, and the bar goes back.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::api::{Refused, get, post, post_empty};
use super::live::{Chart, focus_cursor};
use super::moving::{Drop, Held, Wanted, dropped, swaps_with};
use crate::domain::{Date, Money, ReservationCode, RoomNumber, RoomTypeCode};
use crate::messages::desk::chart as texts;
use crate::messages::format;
use crate::wire::change::SplitView;
use crate::wire::chart::ChartStay;
use crate::wire::reservation::ReservationView;

/// A dropped bar, before it is certain.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub held: Held,
    pub wanted: Wanted,
    /// As it was seen: what a colleague changes meanwhile is not overwritten.
    pub before: ChartStay,
    /// None until the server has answered.
    pub preview: Option<Preview>,
    /// The stay that is in that room, when the two could swap.
    pub swap: Option<Swap>,
}

/// Two stays that would get each other's rooms.
#[derive(Clone, Debug)]
pub(super) struct Swap {
    pub with: ReservationCode,
    pub who: String,
    /// None until the server has answered; then whether they may, or why not.
    pub answer: Option<Result<(), String>>,
}

#[derive(Deserialize)]
struct SwapPreview {
    allowed: bool,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Serialize)]
struct SwapWith {
    with: ReservationCode,
}

/// What a change would mean.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Preview {
    pub allowed: bool,
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    pub nights_gone: Vec<Date>,
    #[serde(default)]
    pub split: Option<SplitView>,
    pub total_before: Money,
    pub total_after: Money,
    pub difference: Money,
}

/// What was done here last, with the way back.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub code: ReservationCode,
    pub who: String,
    pub words: &'static str,
    pub undo: Option<Undo>,
}

#[derive(Clone, Debug)]
pub(super) enum Undo {
    Change(Wanted),
    Unassign,
    Cancel,
    Swap(ReservationCode),
}

#[derive(Serialize)]
struct Change<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    arrival: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    departure: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_from: Option<Date>,
    keep_price: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown_total: Option<Money>,
}

impl<'a> Change<'a> {
    fn of(wanted: &'a Wanted, shown_total: Option<Money>) -> Self {
        Self {
            arrival: wanted.arrival,
            departure: wanted.departure,
            room_type: wanted.room_type.as_ref().map(RoomTypeCode::as_str),
            room: wanted.room.as_ref().map(RoomNumber::as_str),
            room_from: wanted.room_from,
            keep_price: wanted.keep_price,
            shown_total,
        }
    }
}

impl Chart {
    pub fn reservation_path(self, code: ReservationCode) -> String {
        self.scene().reservation_path(code)
    }

    /// A bar was let go.
    pub fn drop_held(self, held: Held) {
        self.held.set(None);
        let plan = self.plan();
        let locale = self.scene().locale;
        match self.with_book(|book| dropped(&plan, book, &held)) {
            None | Some(Drop::No) => self.say(texts::put_back(locale)),
            Some(Drop::Nothing) => {
                self.park(held.code, false);
                self.say(texts::same_place(locale));
            }
            Some(Drop::Park) => {
                self.park(held.code, true);
                self.say(texts::in_parking(locale));
            }
            Some(Drop::Unassign) => self.unassign(held.code),
            Some(Drop::Change(wanted)) => {
                let Some(before) = self.with_book(|book| book.stays.get(&held.code).cloned()).flatten() else { return };
                self.question.set(Some(Question { held, wanted, before, preview: None, swap: None }));
                self.ask();
                self.find_swap();
            }
        }
    }

    /// Looks who is in that room: at once, and again with each news, since somebody may be given it while it is asked for.
    pub fn find_swap(self) {
        let asked = self.question.with_untracked(|question| {
            let Question { held, wanted, swap: None, .. } = question.as_ref()? else { return None };
            Some((held.clone(), wanted.clone()))
        });
        let Some((held, wanted)) = asked else { return };
        let found = self.with_book(|book| {
            let with = swaps_with(&self.plan(), book, &held, &wanted)?;
            let who = book.stays.get(&with).map(|stay| super::words::name(stay, self.scene().locale))?;
            Some(Swap { with, who, answer: None })
        });
        let Some(swap) = found.flatten() else { return };
        let with = swap.with;
        self.question.update(|question| {
            if let Some(question) = question {
                question.swap = Some(swap);
            }
        });
        self.ask_swap(with);
    }

    /// What the question would come to, asked of the server.
    fn ask(self) {
        let Some(Question { held, wanted, .. }) = self.question.get_untracked() else { return };
        self.say(texts::asking(self.scene().locale));
        spawn_local(async move {
            let path = format!("{}/change/preview", self.reservation_path(held.code));
            let answer = post::<Preview>(&path, &Change::of(&wanted, None), &[]).await;
            // Somebody may have asked for something else meanwhile.
            let is_same = |question: &&mut Question| question.held == held && question.wanted == wanted;
            match answer {
                Ok(preview) => self.question.update(|question| {
                    if let Some(question) = question.as_mut().filter(is_same) {
                        question.preview = Some(preview);
                    }
                }),
                Err(refused) => self.refused(held.code, &refused),
            }
        });
    }

    /// The same bar, and something else of it.
    pub fn ask_otherwise(self, change: impl FnOnce(&mut Wanted)) {
        self.question.update(|question| {
            if let Some(question) = question {
                change(&mut question.wanted);
                question.preview = None;
            }
        });
        self.ask();
    }

    fn ask_swap(self, with: ReservationCode) {
        let Some(code) = self.question.with_untracked(|question| question.as_ref().map(|question| question.held.code))
        else {
            return;
        };
        let locale = self.scene().locale;
        spawn_local(async move {
            let path = format!("{}/swap/preview", self.reservation_path(code));
            let answer = match post::<SwapPreview>(&path, &SwapWith { with }, &[]).await {
                Ok(SwapPreview { allowed: true, .. }) => Ok(()),
                Ok(SwapPreview { reason, .. }) => Err(reason.unwrap_or_default()),
                Err(Refused::Problem(_, name)) => Err(name),
                Err(Refused::Unreachable) => Err(String::new()),
            };
            let answer = answer.map_err(|name| reason_words(locale, &name).to_owned());
            self.question.update(|question| {
                let swap = question.as_mut().filter(|question| question.held.code == code);
                if let Some(swap) = swap.and_then(|question| question.swap.as_mut()).filter(|swap| swap.with == with) {
                    swap.answer = Some(answer);
                }
            });
        });
    }

    /// The two get each other's rooms.
    pub fn swap(self) {
        let Some(Question { before, swap: Some(swap), .. }) = self.question.get_untracked() else { return };
        self.question.set(None);
        self.send_swap(before.code, before.version, swap.with, Some(Undo::Swap(swap.with)));
    }

    fn send_swap(self, code: ReservationCode, version: u32, with: ReservationCode, undo: Option<Undo>) {
        spawn_local(async move {
            let path = format!("{}/swap", self.reservation_path(code));
            let seen = format!("\"{version}\"");
            match post::<ReservationView>(&path, &SwapWith { with }, &[("if-match", &seen)]).await {
                Ok(view) => {
                    let locale = self.scene().locale;
                    let words = if undo.is_some() { texts::swapped(locale) } else { texts::undone(locale) };
                    self.changed(&view, words, undo);
                }
                Err(refused) => self.refused(code, &refused),
            }
        });
    }

    /// Yes to the question.
    pub fn confirm(self) {
        let Some(Question { held, wanted, before, preview, .. }) = self.question.get_untracked() else { return };
        self.question.set(None);
        let today = self.with_book(|book| book.today).unwrap_or(Date::MIN);
        let undo = match &before.room {
            None if wanted.is_room_alone() => Some(Undo::Unassign),
            _ => wanted.undo(&before, today).map(Undo::Change),
        };
        let total = preview.map(|preview| preview.total_after);
        self.change(held.code, before.version, wanted, total, undo, texts::done(self.scene().locale));
    }

    fn change(
        self,
        code: ReservationCode,
        version: u32,
        wanted: Wanted,
        total: Option<Money>,
        undo: Option<Undo>,
        words: &'static str,
    ) {
        spawn_local(async move {
            let path = format!("{}/change", self.reservation_path(code));
            let seen = format!("\"{version}\"");
            match post::<ReservationView>(&path, &Change::of(&wanted, total), &[("if-match", &seen)]).await {
                Ok(view) => self.changed(&view, words, undo),
                Err(refused) => self.refused(code, &refused),
            }
        });
    }

    fn changed(self, view: &ReservationView, words: &'static str, undo: Option<Undo>) {
        self.park(view.code, false);
        self.take_answer(view);
        self.tell_done(view, words, undo);
    }

    pub fn tell_done(self, view: &ReservationView, words: &'static str, undo: Option<Undo>) {
        let who = view.guest.as_ref().map_or_else(|| view.code.to_string(), |guest| guest.name.clone());
        self.say(format!("{words} {who}"));
        self.done.set(Some(Done { code: view.code, who, words, undo }));
        focus_cursor();
    }

    fn unassign(self, code: ReservationCode) {
        let Some(stay) = self.with_book(|book| book.stays.get(&code).cloned()).flatten() else { return };
        let undo = stay.room.clone().map(|room| Undo::Change(Wanted { room: Some(room), ..Wanted::default() }));
        self.send(code, stay.version, "unassign", undo);
    }

    /// A step without a body.
    fn send(self, code: ReservationCode, version: u32, step: &'static str, undo: Option<Undo>) {
        spawn_local(async move {
            let path = format!("{}/{step}", self.reservation_path(code));
            let seen = format!("\"{version}\"");
            match post_empty::<ReservationView>(&path, &[("if-match", &seen)]).await {
                Ok(view) => {
                    let locale = self.scene().locale;
                    let words = if undo.is_some() { texts::done(locale) } else { texts::undone(locale) };
                    self.changed(&view, words, undo);
                }
                Err(refused) => self.refused(code, &refused),
            }
        });
    }

    pub fn take_back(self) {
        let Some(Done { code, undo: Some(undo), .. }) = self.done.get_untracked() else { return };
        let Some(stay) = self.with_book(|book| book.stays.get(&code).cloned()).flatten() else { return };
        self.done.set(None);
        let undone = texts::undone(self.scene().locale);
        match undo {
            Undo::Change(wanted) => self.change(code, stay.version, wanted, None, None, undone),
            Undo::Swap(with) => self.send_swap(code, stay.version, with, None),
            Undo::Unassign => self.send(code, stay.version, "unassign", None),
            Undo::Cancel => self.send(code, stay.version, "cancel", None),
        }
    }

    /// The bar goes back to where the server has it, and the reason is said.
    fn refused(self, code: ReservationCode, refused: &Refused) {
        let locale = self.scene().locale;
        self.question.set(None);
        self.revision.update(|revision| *revision += 1);
        let words = match refused {
            Refused::Unreachable => texts::no_answer(locale),
            Refused::Problem(412, _) => texts::conflict(locale),
            Refused::Problem(_, name) => reason_words(locale, name),
        };
        self.say(words);
        let who = self.with_book(|book| book.stays.get(&code).and_then(|stay| stay.name.clone())).flatten();
        self.done.set(Some(Done { code, who: who.unwrap_or_else(|| code.to_string()), words, undo: None }));
        spawn_local(async move {
            if let Ok(view) = get::<ReservationView>(&self.reservation_path(code)).await {
                self.take_answer(&view);
            }
        });
    }
}

/// A refusal by its name.
pub(super) fn reason_words(locale: crate::messages::Locale, name: &str) -> &'static str {
    match name {
        "sold-out" => texts::sold_out(locale),
        "room-taken" | "promise-broken" | "no-room-free" => texts::room_taken(locale),
        "stay-is-split" => texts::is_split(locale),
        "night-not-in-stay" => texts::not_its_night(locale),
        "no-room-before" => texts::no_room_before(locale),
        "version-conflict" => texts::conflict(locale),
        _ => texts::refused(locale),
    }
}

/// What a change costs, in a sentence.
pub(super) fn price_words(locale: crate::messages::Locale, preview: &Preview) -> String {
    if preview.difference.minor == 0 {
        return format!("{} {}", texts::price_same(locale), format::money(locale, preview.total_after));
    }
    let money = |amount| format::money(locale, amount);
    let sign = if preview.difference.minor > 0 { "+" } else { "" };
    let difference = format!("{sign}{}", money(preview.difference));
    texts::price_change(locale, &money(preview.total_before), &money(preview.total_after), &difference)
}
