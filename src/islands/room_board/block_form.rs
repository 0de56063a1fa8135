//! Nights of a room taken out of sale: the form, and the lines of what is out already.

use std::sync::Arc;

use leptos::prelude::*;

use super::card::Back;
use super::{Refused, RefusedForm};
use crate::components::{Badge, Erase, Notice, Tone};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::rooms as words;
use crate::messages::format;
use crate::wire::room::{BlockRequest, BlockView};

/// Above the rooms: what stands in the way, each stay a link, and the way to the form.
#[component]
pub fn NotDone(scene: DeskScene, refused: Refused) -> impl IntoView {
    let locale = scene.locale;
    let Refused { number, form } = refused;
    let (title, errors, reason) = match form {
        RefusedForm::Block { errors, reason, .. } => (words::not_blocked(locale, number.as_str()), errors, reason),
        RefusedForm::Note { .. } => {
            let error = ("note".to_owned(), words::note_too_long(locale).to_owned());
            (words::not_noted(locale, number.as_str()), vec![error], None)
        }
    };
    let errors = errors
        .into_iter()
        .map(|(field, words)| view! { <li><a href=format!("#{field}-{number}")>{words}</a></li> })
        .collect_view();
    view! {
        <Notice tone=Tone::Bad announce=true title>
            {reason.map(|reason| reason.told(&scene))}
            <ul>{errors}</ul>
        </Notice>
    }
}

/// Opens with what was typed and what is wrong with it, where it was refused.
#[component]
pub(super) fn BlockForm(
    scene: Arc<DeskScene>,
    path: String,
    number: String,
    /// The part of the house that is shown, to come back to.
    back: String,
    refused: Option<RefusedForm>,
) -> impl IntoView {
    let locale = scene.locale;
    let is_open = refused.is_some();
    let (today, tomorrow) = (scene.today.to_string(), scene.today.add_days(1).to_string());
    let (sent, errors) = if let Some(RefusedForm::Block { sent, errors, .. }) = refused {
        (sent, errors)
    } else {
        let (from, to) = (today.clone(), tomorrow.clone());
        (BlockRequest { kind: "out_of_order".to_owned(), reason: String::new(), from, to }, Vec::new())
    };
    let error = |field: &str| errors.iter().find(|(of, _)| of == field).map(|(_, words)| words.clone());
    let kinds = [("out_of_order", words::out_of_order(locale)), ("out_of_service", words::out_of_service(locale))];
    let kinds = kinds.map(|(kind, words)| view! { <option value=kind selected=kind == sent.kind>{words}</option> });
    let line = |name: &'static str, label: &'static str, kind: &'static str, value: String, min: Option<String>| {
        let error = error(name);
        let (is_wrong, id) = (error.is_some(), format!("{name}-{number}"));
        let told = format!("{id}-error");
        let class = if is_wrong { "field field--error" } else { "field" };
        view! {
            <div class=class>
                <label class="field__label" for=id.clone()>{label}</label>
                {error.map(|error| view! { <p class="field__error" id=told.clone()>{error}</p> })}
                <input class="input" type=kind id=id name=name value=value min=min required
                    maxlength=(kind == "text").then_some("200")
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=is_wrong.then_some(told) />
            </div>
        }
        .erased()
    };
    let lines = [
        line("reason", words::reason(locale), "text", sent.reason.clone(), None),
        line("from", words::first_night(locale), "date", sent.from.clone(), Some(today)),
        line("to", words::end_day(locale), "date", sent.to.clone(), Some(tomorrow)),
    ];
    let id = format!("kind-{number}");
    view! {
        <details class="door__edit" open=is_open>
            <summary>{words::block(locale)}"…"</summary>
            <form method="post" action=format!("{path}/blocks") class="stack">
                <Back query=back />
                <div class="field">
                    <label class="field__label" for=id.clone()>{words::kind(locale)}</label>
                    <select class="input" id=id name="kind">{kinds.into_iter().collect_view()}</select>
                </div>
                {lines.into_iter().collect_view()}
                <button class="button button--danger" type="submit">{words::block_now(locale)}</button>
            </form>
        </details>
    }
}

pub(super) fn block_line(
    scene: &DeskScene,
    path: &str,
    block: &BlockView,
    back: &str,
    is_desk: bool,
) -> impl IntoView + use<> {
    let locale = scene.locale;
    let (kind, reason) = (words::block_kind(locale, &block.kind), block.reason.clone());
    let span = format::date_span(locale, block.from, block.to);
    let unblock = is_desk.then(|| {
        view! {
            <form method="post" action=format!("{path}/blocks/{}/remove", block.id)>
                <Back query=back.to_owned() />
                <button class="button button--small" type="submit">{words::unblock(locale)}</button>
            </form>
        }
    });
    view! {
        <div class="door__block">
            <p>
                <Badge tone=Tone::Bad>{kind}</Badge>" "
                {reason}" "
                <span class="small">{span}</span>
            </p>
            {unblock}
        </div>
    }
}
