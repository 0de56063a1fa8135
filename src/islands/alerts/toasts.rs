//! The pop-ups: the newest few in a corner, in a region that screen readers listen to. They stay until somebody has
//! taken note.

use leptos::prelude::*;

use crate::components::{Erase, ToastRegion};
use crate::islands::alerts::line::AlertLine;
use crate::islands::alerts::post::{Post, Toast};
use crate::messages::desk::{self, alerts};

/// More than this would cover the work.
const MOST_SHOWN: usize = 3;

#[component]
pub fn Toasts(panel: &'static str, post: Post) -> impl IntoView {
    let locale = post.scene.with_value(|scene| scene.locale);
    let shown = move || post.toasts.with(|toasts| toasts[toasts.len().saturating_sub(MOST_SHOWN)..].to_vec());
    let more = move || post.toasts.with(|toasts| toasts.len().saturating_sub(MOST_SHOWN));
    let more_words = move || desk::count_more(locale, u32::try_from(more()).unwrap_or(u32::MAX));
    view! {
        <ToastRegion label=alerts::region(locale)>
            <div class="toasts__list" role="log" aria-live="polite" aria-relevant="additions">
                <For each=shown key=Toast::key let:toast>
                    {match toast {
                        Toast::One(line) => view! { <AlertToast line=*line post /> }.erased(),
                        Toast::Missed(_) => view! { <MissedToast panel post /> }.erased(),
                    }}
                </For>
            </div>
            <button type="button" class="button button--small" hidden=move || more() == 0 on:click=move |_| post.open(panel)>
                {more_words}
            </button>
        </ToastRegion>
    }
}

#[component]
fn AlertToast(line: AlertLine, post: Post) -> impl IntoView {
    let seq = line.seq;
    let (locale, text, moment, href) = post
        .scene
        .with_value(|scene| (scene.locale, line.text(scene), scene.moment(line.at), scene.reservation_path(line.code)));
    let class = if line.is_quote() { "toast__quote" } else { "toast__text" };
    view! {
        <article class="toast" data-toast data-kind=line.kind.clone()>
            <p class="toast__title">{line.title(locale)}" "<span class="toast__time">{moment}</span></p>
            <p class=class>{text}</p>
            <p class="toast__text">
                <span class="code">{line.code.to_string()}</span>
                {line.name.clone().map(|name| format!(" · {name}"))}
            </p>
            <div class="toast__actions">
                <a class="button button--small button--main" href=href on:click=move |_| post.read(seq)>
                    {alerts::open_reservation(locale)}
                </a>
                <button type="button" class="button button--small" on:click=move |_| post.read(seq)>
                    {alerts::dismiss(locale)}
                </button>
            </div>
        </article>
    }
}

#[component]
fn MissedToast(panel: &'static str, post: Post) -> impl IntoView {
    let locale = post.scene.with_value(|scene| scene.locale);
    let count = move || {
        post.toasts.with(|toasts| {
            toasts.iter().find_map(|toast| match toast {
                Toast::Missed(count) => Some(*count),
                Toast::One(_) => None,
            })
        })
    };
    view! {
        <article class="toast" data-toast data-kind="missed">
            <p class="toast__title">{move || alerts::missed_count(locale, count().unwrap_or(0))}</p>
            <p class="toast__text">{alerts::missed_lead(locale)}</p>
            <div class="toast__actions">
                <button
                    type="button"
                    class="button button--small button--main"
                    on:click=move |_| {
                        post.toasts.update(|toasts| toasts.retain(|toast| matches!(toast, Toast::One(_))));
                        post.open(panel);
                    }
                >
                    {desk::open(locale)}
                </button>
                <button
                    type="button"
                    class="button button--small"
                    on:click=move |_| post.toasts.update(|toasts| toasts.retain(|toast| matches!(toast, Toast::One(_))))
                >
                    {alerts::dismiss(locale)}
                </button>
            </div>
        </article>
    }
}
