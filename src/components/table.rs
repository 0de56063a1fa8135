//! Tables that become cards on a phone, and lists of facts. The roles are written out because a table that is laid out
//! as blocks loses its own in some browsers.

use leptos::prelude::*;

use super::Inner;

/// A table with a caption for those who do not see it. Its children are `<tr role="row">` of [`Cell`]s.
#[component]
pub fn DataTable(#[prop(into)] caption: String, columns: Vec<&'static str>, children: Inner) -> impl IntoView {
    let columns =
        columns.into_iter().map(|column| view! { <th role="columnheader" scope="col">{column}</th> }).collect_view();
    view! {
        <table class="table" role="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{columns}</tr>
            </thead>
            <tbody role="rowgroup">{children.view()}</tbody>
        </table>
    }
}

/// `label` stands before the value where the table has become cards.
#[component]
pub fn Cell(
    #[prop(into)] label: String,
    /// Sums and counts, set to the right.
    #[prop(optional)]
    number: bool,
    children: Inner,
) -> impl IntoView {
    view! {
        <td role="cell" class:number=number data-label=label>
            {children.view()}
        </td>
    }
}

/// A list of facts: words on the left, what is so on the right.
#[component]
pub fn Facts(children: Inner) -> impl IntoView {
    view! { <dl class="facts">{children.view()}</dl> }
}

#[component]
pub fn Fact(#[prop(into)] label: String, children: Inner) -> impl IntoView {
    view! {
        <div class="facts__row">
            <dt>{label}</dt>
            <dd>{children.view()}</dd>
        </div>
    }
}
