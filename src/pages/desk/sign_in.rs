//! The door of the desk.

use leptos::prelude::*;

use crate::components::{Button, ButtonKind, Field, FieldKind, LanguageSwitch, Notice, SkipLink, Tone};
use crate::messages::{Locale, desk};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInForm {
    /// Kept when the form comes back; a password never is.
    pub email: String,
    /// Where to go afterwards.
    pub next: String,
    pub notice: Option<(Tone, String)>,
}

#[component]
pub fn SignInPage(locale: Locale, here: String, form: SignInForm) -> impl IntoView {
    let SignInForm { email, next, notice } = form;
    view! {
        <div class="page desk">
            <SkipLink locale />
            <header class="desk-header">
                <div class="wrap desk-header__row">
                    <a class="brand" href="/">"Vacancy"</a>
                    <LanguageSwitch locale return_to=here />
                </div>
            </header>
            <main id="main" class="wrap" tabindex="-1">
                <div class="sign-in">
                    <h1>{desk::sign_in_title(locale)}</h1>
                    <p class="muted">{desk::sign_in_lead(locale)}</p>
                    {notice
                        .map(|(tone, text)| {
                            view! {
                                <Notice tone announce=true>
                                    <p>{text}</p>
                                </Notice>
                            }
                        })}
                    <form class="card fields" method="post" action="/desk/sign-in">
                        <input type="hidden" name="next" value=next />
                        <Field
                            name="email"
                            label=desk::email(locale)
                            kind=FieldKind::Email
                            value=email
                            required=true
                            autocomplete="username"
                            is_first=true
                            max_length=254_u16
                        />
                        <Field
                            name="password"
                            label=desk::password(locale)
                            kind=FieldKind::Password
                            required=true
                            autocomplete="current-password"
                        />
                        <Button kind=ButtonKind::Main>{desk::sign_in(locale)}</Button>
                    </form>
                </div>
            </main>
        </div>
    }
}
