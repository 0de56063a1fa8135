//! Guest and note of a reservation, to be corrected. When a colleague was faster, his change is shown beside what was
//! typed, and both are kept until somebody chooses.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use super::question::{Question, QuestionNotice};
use crate::components::{
    Button, ButtonKind, ErrorSummary, Field, FieldError, FieldKind, LinkButton, PageHeader, TextArea,
};
use crate::messages::desk::{self, history};

/// The form as it was typed, or as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DetailsForm {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub note: String,
    pub version: u32,
    pub errors: Vec<FieldError>,
    pub conflict: Option<Question>,
}

impl DetailsForm {
    fn error(&self, field: &str) -> Option<String> {
        FieldError::at(&self.errors, field)
    }

    fn line(
        &self,
        name: &'static str,
        label: &'static str,
        kind: FieldKind,
        value: &str,
        max_length: u16,
    ) -> impl IntoView + use<> {
        let (value, error) = (value.to_owned(), self.error(name));
        view! { <Field name label kind value error autocomplete="off" max_length /> }
    }
}

#[component]
pub fn DetailsPage(site: DeskSite, path: String, title: String, form: DetailsForm) -> impl IntoView {
    let scene = site.scene.clone();
    let locale = scene.locale;
    let is_conflict = form.conflict.is_some();
    let conflict = form.conflict.clone().map(|question| view! { <QuestionNotice scene=scene.clone() question /> });
    let save = if is_conflict { history::save_mine(locale) } else { history::save(locale) };
    let kind = if is_conflict { ButtonKind::Danger } else { ButtonKind::Main };
    let back = path.clone();
    view! {
        <DeskFrame site tab=DeskTab::Reservations>
            <p class="crumb"><a href=path.clone()>{desk::show_reservation(locale)}</a></p>
            <PageHeader title eyebrow=history::edit(locale).to_owned() />
            {conflict}
            <ErrorSummary title=history::errors(locale) errors=form.errors.clone() />
            <form class="card details-form" method="post" action=format!("{path}/details")>
                <input type="hidden" name="version" value=form.version.to_string() />
                {form.line("name", history::detail_name(locale), FieldKind::Text, &form.name, 120)}
                {form.line("email", desk::email(locale), FieldKind::Email, &form.email, 254)}
                {form.line("phone", desk::phone(locale), FieldKind::Tel, &form.phone, 40)}
                <TextArea
                    name="note"
                    label=history::detail_note(locale)
                    hint=history::note_hint(locale).to_owned()
                    value=form.note.clone()
                    error=form.error("note")
                    rows=5
                    max_length=1000_u16
                />
                <div class="question__answers">
                    <Button kind>{save}</Button>
                    <LinkButton href=back>{history::leave_it(locale)}</LinkButton>
                </div>
            </form>
        </DeskFrame>
    }
}
