//! Who did what when: beside one reservation, and for the whole hotel.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{
    Button, ButtonKind, Cell, DataTable, EmptyState, Erase, ErrorSummary, Field, FieldError, FieldKind, LinkButton,
    PageHeader, SelectField,
};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{self, history};
use crate::messages::guest::booking;
use crate::wire::history::{LogLine, LogPage};

/// E-mail and name of each member of staff.
pub type People = Vec<(String, String)>;

fn name_of(people: &People, email: &str) -> Option<String> {
    people.iter().find(|(known, _)| known == email).map(|(_, name)| name.clone())
}

fn details(scene: &DeskScene, line: &LogLine) -> impl IntoView + use<> {
    let room_type = |code: &str| code.parse().map_or_else(|_| code.to_owned(), |code| scene.room(&code));
    let changes = line.changes.iter();
    let changes: Vec<String> = changes.map(|change| history::change(scene.locale, change, room_type)).collect();
    (!changes.is_empty()).then(|| {
        let changes = changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view();
        view! { <ul class="history__changes">{changes}</ul> }
    })
}

/// Lines of one reservation, the newest first.
#[component]
pub fn HistoryLines(scene: DeskScene, lines: Vec<LogLine>, people: People) -> impl IntoView {
    let locale = scene.locale;
    let lines = lines
        .into_iter()
        .map(|line| {
            let who = history::who(locale, &line.by, |email| name_of(&people, email));
            let when = scene.moment(line.at);
            view! {
                <li class="history__line" data-kind=line.kind.clone()>
                    <span class="history__what">{history::sentence(locale, &line)}</span>
                    <span class="history__who">{when}" · "{who}</span>
                    {details(&scene, &line)}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="history">{lines}</ol> }
}

#[component]
pub fn HistoryCard(scene: DeskScene, log: LogPage, people: People) -> impl IntoView {
    let locale = scene.locale;
    view! {
        <section class="card" id="history" aria-labelledby="history-title">
            <h2 id="history-title">{history::title(locale)}</h2>
            <HistoryLines scene lines=log.entries people />
        </section>
    }
}

/// The filter as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogForm {
    pub day: String,
    pub by: String,
    pub code: String,
    /// A part of the log.
    pub of: String,
    pub errors: Vec<FieldError>,
    /// The address of the entries before these.
    pub older: Option<String>,
    /// The address of the newest, where others are shown.
    pub newest: Option<String>,
}

impl LogForm {
    fn error(&self, field: &str) -> Option<String> {
        FieldError::at(&self.errors, field)
    }
}

#[component]
pub fn AuditLogPage(site: DeskSite, log: LogPage, people: People, form: LogForm) -> impl IntoView {
    let scene = site.scene.clone();
    let locale = scene.locale;
    let is_empty = log.entries.is_empty();
    let columns = vec![history::column_when(locale), history::column_what(locale), history::column_who(locale)];
    let rows = log
        .entries
        .into_iter()
        .map(|line| {
            let who = history::who(locale, &line.by, |email| name_of(&people, email));
            let of = line.code.map(|code| {
                let words = line.guest.clone().map_or_else(|| code.to_string(), |guest| format!("{guest} · {code}"));
                view! { <a href=scene.reservation_path(code)>{words}</a> }
            });
            let (when, what, details) =
                (scene.moment(line.at), history::sentence(locale, &line), details(&scene, &line));
            view! {
                <tr role="row" data-kind=line.kind>
                    <Cell label=history::column_when(locale)>{when}</Cell>
                    <Cell label=history::column_what(locale)>
                        <span class="history__what">{what}</span>
                        " "
                        {of}
                        {details}
                    </Cell>
                    <Cell label=history::column_who(locale)>{who}</Cell>
                </tr>
            }
        })
        .collect_view();
    let found = if is_empty {
        view! {
            <EmptyState title=history::nothing_title(locale)>
                <p>{history::nothing_text(locale)}</p>
            </EmptyState>
        }
        .erased()
    } else {
        view! {
            <div class="log">
                <DataTable caption=history::log_title(locale) columns>{rows}</DataTable>
            </div>
        }
        .erased()
    };
    let action = format!("/desk/{}/log", scene.hotel);
    let everything = action.clone();
    let persons =
        [("", history::anybody(locale)), ("guest", history::guests(locale)), ("system", history::system(locale))];
    let persons = persons.into_iter().map(|(by, words)| (by.to_owned(), words.to_owned()));
    let persons: Vec<(String, String)> = persons.chain(people.iter().cloned()).collect();
    let parts = history::parts(locale).map(|(part, words)| (part.to_owned(), words.to_owned())).to_vec();
    let pages = [(form.newest.clone(), history::newest(locale)), (form.older.clone(), history::older(locale))];
    let pages = pages
        .into_iter()
        .filter_map(|(there, words)| there.map(|href| view! { <LinkButton href>{words}</LinkButton> }))
        .collect_view();
    view! {
        <DeskFrame site tab=DeskTab::House>
            <PageHeader title=history::log_title(locale) lead=history::log_lead(locale).to_owned() />
            <ErrorSummary title=booking::errors_title(locale) errors=form.errors.clone() />
            <form class="filters" method="get" action=action role="search" aria-label=desk::filter(locale)>
                <SelectField
                    name="of"
                    label=history::part(locale)
                    options=parts
                    value=form.of.clone()
                    error=form.error("of")
                />
                <Field
                    name="day"
                    label=history::day(locale)
                    kind=FieldKind::Date
                    value=form.day.clone()
                    error=form.error("day")
                />
                <SelectField name="by" label=history::person(locale) options=persons value=form.by.clone() />
                <Field
                    name="code"
                    label=history::code(locale)
                    value=form.code.clone()
                    error=form.error("code")
                    max_length=12_u16
                />
                <div class="filters__actions">
                    <Button kind=ButtonKind::Main>{desk::show(locale)}</Button>
                    <LinkButton href=everything>{desk::clear(locale)}</LinkButton>
                </div>
            </form>
            {found}
            <nav class="question__answers" aria-label=history::log_title(locale)>{pages}</nav>
        </DeskFrame>
    }
}
