//! Finding a reservation by its code and e-mail address. Whatever is wrong, a stranger hears one answer.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use crate::components::{ErrorSummary, Field, FieldError, FieldKind, Notice, PageHeader, Tone};
use crate::messages::guest::{booking, reservation};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindForm {
    pub code: String,
    pub email: String,
    /// What is missing.
    pub errors: Vec<FieldError>,
    /// Why a whole form brought nothing.
    pub refused: Option<String>,
}

#[component]
pub fn FindPage(site: Site, form: FindForm) -> impl IntoView {
    let locale = site.locale;
    let error = |field: &str| FieldError::at(&form.errors, field);
    let (code_error, email_error) = (error("code"), error("email"));
    view! {
        <GuestFrame site main_class="wrap wrap--narrow">
            <PageHeader title=reservation::find_title(locale) lead=reservation::find_lead(locale).to_owned() />
            <div class="stack stack--l">
                <ErrorSummary title=booking::errors_title(locale) errors=form.errors.clone() />
                {form
                    .refused
                    .map(|refused| {
                        view! {
                            <Notice tone=Tone::Bad announce=true>
                                <p>{refused}</p>
                            </Notice>
                        }
                    })}
                <form class="fields card" method="post" action="/find" novalidate>
                    <Field
                        name="code"
                        label=reservation::find_code(locale)
                        hint=reservation::find_code_hint(locale).to_owned()
                        value=form.code
                        error=code_error
                        required=true
                        autocomplete="off"
                        max_length=20
                    />
                    <Field
                        name="email"
                        label=reservation::find_email(locale)
                        kind=FieldKind::Email
                        value=form.email
                        error=email_error
                        required=true
                        autocomplete="email"
                    />
                    <div class="actions">
                        <button class="button button--main" type="submit">{reservation::find_submit(locale)}</button>
                    </div>
                </form>
            </div>
        </GuestFrame>
    }
}
