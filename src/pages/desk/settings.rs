//! What a manager decides about every stay: times, and what giving a stay up costs.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{
    Button, ButtonKind, ErrorSummary, Field, FieldError, FieldKind, LinkButton, Notice, PageHeader, Tone,
};
use crate::messages::Locale;
use crate::messages::desk::{day, history, settings as words};
use crate::wire::history::FieldChange;

/// The form as it was typed, or as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsForm {
    pub check_in_from: String,
    pub check_out_until: String,
    pub free_hours: String,
    pub fee_nights: String,
    pub no_show_nights: String,
    pub version: u32,
    pub errors: Vec<FieldError>,
    /// What is otherwise by a colleague's hand: as it is now, and as it was typed.
    pub conflict: Option<Vec<FieldChange>>,
    pub is_saved: bool,
}

impl SettingsForm {
    fn value(&self, name: &str) -> String {
        let value = match name {
            "check_in_from" => &self.check_in_from,
            "check_out_until" => &self.check_out_until,
            "free_hours" => &self.free_hours,
            "fee_nights" => &self.fee_nights,
            _ => &self.no_show_nights,
        };
        value.clone()
    }

    fn time(&self, locale: Locale, name: &'static str, label: &'static str) -> impl IntoView + use<> {
        let (value, error) = (self.value(name), FieldError::at(&self.errors, name));
        let hint = words::local_time(locale).to_owned();
        view! { <Field name label hint kind=FieldKind::Time value error required=true /> }
    }

    /// A whole number from 0 to `most`.
    fn number(
        &self,
        name: &'static str,
        label: &'static str,
        hint: Option<&'static str>,
        most: u16,
    ) -> impl IntoView + use<> {
        let (value, error) = (self.value(name), FieldError::at(&self.errors, name));
        let (hint, max) = (hint.map(str::to_owned), most.to_string());
        view! { <Field name label hint kind=FieldKind::Number value error required=true min="0".to_owned() max /> }
    }
}

#[component]
pub fn SettingsPage(site: DeskSite, form: SettingsForm) -> impl IntoView {
    let locale = site.scene.locale;
    let home = format!("/desk/{}", site.scene.hotel);
    let is_conflict = form.conflict.is_some();
    let conflict = form.conflict.clone().map(|changes| {
        let changes = changes
            .iter()
            .map(|change| view! { <li>{history::change(locale, change, str::to_owned)}</li> })
            .collect_view();
        view! {
            <Notice tone=Tone::Bad title=words::conflict_title(locale).to_owned() announce=true>
                <p>{words::conflict_lead(locale)}</p>
                <ul>{changes}</ul>
            </Notice>
        }
    });
    let saved =
        form.is_saved.then(|| view! { <Notice tone=Tone::Good announce=true><p>{words::saved(locale)}</p></Notice> });
    let (save, kind) = if is_conflict {
        (words::save_mine(locale), ButtonKind::Danger)
    } else {
        (words::save(locale), ButtonKind::Main)
    };
    let leave = is_conflict
        .then(|| view! { <LinkButton href=format!("{home}/settings")>{history::leave_it(locale)}</LinkButton> });
    view! {
        <DeskFrame site tab=DeskTab::House>
            <PageHeader title=words::title(locale) lead=words::lead(locale).to_owned() />
            <div class="stack form-news">
                {saved} {conflict} <ErrorSummary title=words::errors(locale) errors=form.errors.clone() />
            </div>
            <form class="settings-form" method="post" action=format!("{home}/settings") novalidate>
                <input type="hidden" name="version" value=form.version.to_string() />
                <section class="card fields" aria-labelledby="times-title">
                    <h2 id="times-title">{words::times(locale)}</h2>
                    <div class="fields fields--pair">
                        {form.time(locale, "check_in_from", words::check_in_from(locale))}
                        {form.time(locale, "check_out_until", words::check_out_until(locale))}
                    </div>
                </section>
                <section class="card fields" aria-labelledby="cancelling-title">
                    <h2 id="cancelling-title">{words::cancelling(locale)}</h2>
                    {form.number("free_hours", words::free_hours(locale), Some(words::free_hours_hint(locale)), 720)}
                    {form.number("fee_nights", words::fee_nights(locale), Some(words::fee_nights_hint(locale)), 60)}
                    {form.number("no_show_nights", words::no_show_nights(locale), None, 60)}
                </section>
                <div class="question__answers"><Button kind>{save}</Button>{leave}</div>
            </form>
            <p class="small">{words::day_rule(locale)}" "<a href=format!("{home}/day")>{day::title(locale)}</a></p>
        </DeskFrame>
    }
}
