//! Form fields: a label, a hint, the error at the field, and what was typed kept. The error and the hint are tied to
//! the control by `aria-describedby`; an [`ErrorSummary`](super::ErrorSummary) links to the control by its id,
//! which is its name.

use leptos::prelude::*;

use super::Inner;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    #[default]
    Text,
    Email,
    Tel,
    Date,
    Password,
    Search,
    Time,
    Number,
}

impl FieldKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Date => "date",
            Self::Password => "password",
            Self::Search => "search",
            Self::Time => "time",
            Self::Number => "number",
        }
    }
}

/// The ids that describe a control, in the order a screen reader should say them.
fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    match (error, hint) {
        (true, true) => Some(format!("{name}-error {name}-hint")),
        (true, false) => Some(format!("{name}-error")),
        (false, true) => Some(format!("{name}-hint")),
        (false, false) => None,
    }
}

/// Label, hint and error around a control.
#[component]
fn Frame(
    name: &'static str,
    label: String,
    /// Said after the label of a field that may stay empty.
    optional: Option<&'static str>,
    hint: Option<String>,
    error: Option<String>,
    children: Inner,
) -> impl IntoView {
    let class = if error.is_some() { "field field--error" } else { "field" };
    view! {
        <div class=class>
            <label class="field__label" for=name>
                {label}
                {optional.map(|word| view! { <span class="field__optional">{format!(" ({word})")}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.map(|error| view! { <p class="field__error" id=format!("{name}-error")>{error}</p> })}
            {children.view()}
        </div>
    }
}

/// A one-line input. `name` is also its id.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] kind: FieldKind,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    /// The word "optional", where the field may stay empty and the form says so.
    #[prop(optional)]
    optional: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] max_length: Option<u16>,
    /// The first and the last day of a date.
    #[prop(optional_no_strip, into)]
    min: Option<String>,
    #[prop(optional_no_strip, into)] max: Option<String>,
    /// The id of a `datalist` to choose from.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Where whoever opens the page begins to type.
    #[prop(optional)]
    is_first: bool,
) -> impl IntoView {
    let described = described_by(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Frame name label optional hint error>
            <input
                class="input"
                type=kind.as_str()
                id=name
                name=name
                value=value
                required=required
                autofocus=is_first
                autocomplete=autocomplete
                maxlength=max_length
                min=min
                max=max
                list=list
                aria-invalid=invalid
                aria-describedby=described
            />
        </Frame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] optional: Option<&'static str>,
    #[prop(default = 3)] rows: u8,
    #[prop(optional)] max_length: Option<u16>,
) -> impl IntoView {
    let described = described_by(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    // Leptos writes the children of this element as they are: a note could end it and go on with markup of its own.
    let text = value.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <Frame name label optional hint error>
            <textarea
                class="input"
                id=name
                name=name
                rows=rows
                maxlength=max_length
                aria-invalid=invalid
                aria-describedby=described
                inner_html=text
            ></textarea>
        </Frame>
    }
}

/// A choice of few: `(value, words)` pairs.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let described = described_by(name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let options = options
        .into_iter()
        .map(|(key, words)| {
            let selected = key == value;
            view! { <option value=key selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <Frame name label optional=None hint error>
            <select class="input" id=name name=name aria-invalid=invalid aria-describedby=described>
                {options}
            </select>
        </Frame>
    }
}
