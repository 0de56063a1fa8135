//! What the page has to say to its reader: notices in five tones, and the summary of what is wrong with a form.

use leptos::prelude::*;

use super::Inner;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Info,
    Good,
    Warn,
    Bad,
}

impl Tone {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A boxed notice. With `announce`, a screen reader says it as soon as the page is there; what went wrong or is asked takes
/// the focus too, so that its ways out are the next that the keyboard comes to.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: Option<String>,
    #[prop(optional)] announce: bool,
    children: Inner,
) -> impl IntoView {
    let role = announce.then_some(if tone == Tone::Bad { "alert" } else { "status" });
    let takes_focus = announce && matches!(tone, Tone::Bad | Tone::Warn);
    view! {
        <div class="notice" data-tone=tone.as_str() role=role tabindex=takes_focus.then_some("-1") autofocus=takes_focus>
            {title.map(|title| view! { <p class="notice__title">{title}</p> })}
            {children.view()}
        </div>
    }
}

/// What is wrong with one field: the control's id, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub message: String,
}

impl FieldError {
    /// What is said at a field.
    pub fn at(errors: &[Self], field: &str) -> Option<String> {
        errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// The list above a form that came back: takes the focus, and each line leads to its field.
#[component]
pub fn ErrorSummary(#[prop(into)] title: String, errors: Vec<FieldError>) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        view! {
            <div class="error-summary" id="error-summary" role="alert" tabindex="-1" autofocus>
                <h2 class="error-summary__title">{title}</h2>
                <ul>
                    {errors
                        .into_iter()
                        .map(|error| view! { <li><a href=format!("#{}", error.field)>{error.message}</a></li> })
                        .collect_view()}
                </ul>
            </div>
        }
    })
}
