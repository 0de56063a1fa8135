//! What is asked before a step is taken after all: because a colleague was faster, or money is open. Nothing is done
//! until it is answered; what was typed is in the answer.

use leptos::prelude::*;

use super::history::{HistoryLines, People};
use crate::components::{Notice, Tone};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{folio, history};
use crate::wire::history::LogLine;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub title: String,
    pub lead: String,
    /// What has happened since the asker looked.
    pub changes: Vec<LogLine>,
    pub people: People,
    pub answer: Option<Answer>,
    /// Another way, which may be the better one: its address and its words.
    pub other: Option<(String, String)>,
    /// Where "leave it" leads.
    pub back: String,
}

/// The form that does it all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub yes: String,
    pub path: String,
    pub fields: Vec<(String, String)>,
}

#[component]
pub fn QuestionNotice(scene: DeskScene, question: Question) -> impl IntoView {
    let Question { title, lead, changes, people, answer, other, back } = question;
    let locale = scene.locale;
    let is_conflict = !changes.is_empty();
    let tone = if is_conflict { Tone::Bad } else { Tone::Warn };
    let leave = if is_conflict { history::leave_it(locale) } else { folio::leave(locale) };
    let changes = is_conflict.then(|| view! { <HistoryLines scene lines=changes people /> });
    let form = answer.map(|Answer { yes, path, fields }| {
        let fields = fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view();
        view! {
            <form method="post" action=path data-asks="yes">
                {fields}
                <button class="button button--danger" type="submit">{yes}</button>
            </form>
        }
    });
    let other = other.map(|(there, words)| view! { <a class="button" href=there>{words}</a> });
    view! {
        <Notice tone title announce=true>
            <p>{lead}</p>
            {changes}
            <div class="question__answers">{other} {form} <a class="button button--main" href=back>{leave}</a></div>
        </Notice>
    }
}
