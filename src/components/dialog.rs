//! A native dialog: focus, Escape and the backdrop are the browser's. It is opened by script; where no script may run,
//! a page of its own asks the same question.

use leptos::prelude::*;

use super::Inner;

/// `id` names the dialog; its title has `{id}-title`. `close` is the words on the button that closes it unchanged.
#[component]
pub fn Dialog(
    id: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] close: String,
    children: Inner,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog class="dialog" id=id aria-labelledby=labelled_by>
            <h2 class="dialog__title" id=title_id>{title}</h2>
            <div class="dialog__body">{children.view()}</div>
            <form method="dialog" class="dialog__close">
                <button class="button" type="submit">{close}</button>
            </form>
        </dialog>
    }
}
