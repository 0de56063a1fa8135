//! Buttons and links that look like buttons: one main act a page, the rest quiet.

use leptos::prelude::*;

use super::Inner;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing this page is for.
    Main,
    #[default]
    Quiet,
    /// Takes something away that cannot simply be put back.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "button button--main",
            Self::Quiet => "button",
            Self::Danger => "button button--danger",
        }
    }
}

/// A submit button of its form; `name` and `value` tell several buttons of one form apart.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    children: Inner,
) -> impl IntoView {
    view! {
        <button type="submit" class=kind.class() name=name value=value>
            {children.view()}
        </button>
    }
}

/// A link that looks like a button. `label` is its accessible name where the text alone says too little.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] label: Option<String>,
    children: Inner,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href aria-label=label>
            {children.view()}
        </a>
    }
}
