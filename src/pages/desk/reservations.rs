//! All reservations, filtered by what stands in the address bar.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{
    Button, ButtonKind, EmptyState, Erase, ErrorSummary, Field, FieldError, FieldKind, LinkButton, PageHeader,
    SelectField,
};
use crate::domain::Status;
use crate::islands::desk_list::DeskList;
use crate::islands::desk_row::DeskRow;
use crate::messages::guest::booking;
use crate::messages::guest::reservation;
use crate::messages::{Locale, desk};

/// The filter as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: String,
    pub from: String,
    pub to: String,
    pub text: String,
    pub errors: Vec<FieldError>,
}

impl Filter {
    fn error(&self, field: &str) -> Option<String> {
        FieldError::at(&self.errors, field)
    }
}

#[component]
pub fn ReservationsPage(site: DeskSite, filter: Filter, rows: Vec<DeskRow>, more: bool) -> impl IntoView {
    let scene = site.scene.clone();
    let as_of = site.as_of.clone();
    let locale = scene.locale;
    let action = format!("/desk/{}/reservations", scene.hotel);
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let summary = match (desk::reservations_count(locale, count), more) {
        (count, true) => format!("{count} · {}", desk::list_is_cut(locale)),
        (count, false) => count,
    };
    let failed = !filter.errors.is_empty();
    let found = if failed {
        None
    } else if rows.is_empty() {
        Some(
            view! {
                <EmptyState title=desk::none_found_title(locale)>
                    <p>{desk::none_found_text(locale)}</p>
                </EmptyState>
            }
            .erased(),
        )
    } else {
        Some(
            view! {
                <DeskList scene as_of rows summary />
            }
            .erased(),
        )
    };
    view! {
        <DeskFrame site tab=DeskTab::Reservations>
            <PageHeader title=desk::reservations(locale) />
            <div class="form-news">
                <ErrorSummary title=booking::errors_title(locale) errors=filter.errors.clone() />
            </div>
            <FilterForm locale action filter />
            {found}
        </DeskFrame>
    }
}

#[component]
fn FilterForm(locale: Locale, action: String, filter: Filter) -> impl IntoView {
    let states = core::iter::once((String::new(), desk::filter_any(locale).to_owned()))
        .chain(Status::ALL.map(|status| (status.as_str().to_owned(), reservation::status(locale, status).to_owned())))
        .collect();
    let everything = action.clone();
    view! {
        <form class="filters" method="get" action=action role="search" aria-label=desk::filter(locale)>
            <Field name="q" label=desk::filter_search(locale) kind=FieldKind::Search value=filter.text.clone() max_length=120_u16 />
            <SelectField
                name="state"
                label=desk::filter_state(locale)
                options=states
                value=filter.state.clone()
                error=filter.error("state")
            />
            <Field
                name="from"
                label=desk::filter_from(locale)
                kind=FieldKind::Date
                value=filter.from.clone()
                error=filter.error("from")
            />
            <Field name="to" label=desk::filter_to(locale) kind=FieldKind::Date value=filter.to.clone() error=filter.error("to") />
            <div class="filters__actions">
                <Button kind=ButtonKind::Main>{desk::show(locale)}</Button>
                <LinkButton href=everything>{desk::clear(locale)}</LinkButton>
            </div>
        </form>
    }
}
