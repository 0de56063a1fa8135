//! The panel behind the bell: the latest alerts, and what this device hears of them.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::components::Dialog;
use crate::islands::alerts::VoiceState;
use crate::islands::alerts::line::AlertLine;
use crate::islands::alerts::post::Post;
use crate::islands::alerts::settings::{KINDS, Settings};
use crate::messages::desk::{self, alerts};

#[component]
pub fn Panel(id: &'static str, post: Post) -> impl IntoView {
    let locale = post.scene.with_value(|scene| scene.locale);
    // In a dialog that nobody has opened nothing is drawn anew with each alert.
    let lines = move || {
        if post.has_opened.get() { post.inbox.with(|inbox| inbox.lines().to_vec()) } else { Vec::new() }
    };
    let is_empty = move || post.inbox.with(|inbox| inbox.lines().is_empty());
    view! {
        <Dialog id title=alerts::region(locale) close=desk::close(locale)>
            <p class="notice" data-tone="warn" hidden=move || !post.is_blocked.get()>
                {alerts::rearm(locale)}" "
                <button type="button" class="button button--small" on:click=move |_| post.try_out()>
                    {alerts::rearm_button(locale)}
                </button>
            </p>
            <h3>{alerts::list_title(locale)}</h3>
            <p class="muted" hidden=move || !is_empty()>{alerts::list_empty(locale)}</p>
            <ol class="alert-list">
                <For each=lines key=|line| line.seq let:line>
                    <Entry line post />
                </For>
            </ol>
            <button
                type="button"
                class="button button--small"
                hidden=move || post.unread.with(BTreeSet::is_empty)
                on:click=move |_| post.read_all()
            >
                {alerts::dismiss_all(locale)}
            </button>
            <Choices post />
        </Dialog>
    }
}

#[component]
fn Entry(line: AlertLine, post: Post) -> impl IntoView {
    let seq = line.seq;
    let (locale, text, moment, href) = post
        .scene
        .with_value(|scene| (scene.locale, line.text(scene), scene.moment(line.at), scene.reservation_path(line.code)));
    let is_unread = move || post.unread.with(|unread| unread.contains(&seq));
    view! {
        <li class="alert-item" data-kind=line.kind.clone() data-unread=move || is_unread().then_some("true")>
            <p class="alert-item__head">
                <strong>{line.title(locale)}</strong>
                <span class="badge" data-tone="info" hidden=move || !is_unread()>{alerts::unread(locale)}</span>
                <span class="muted small">{moment}</span>
            </p>
            <p class="small">{text}</p>
            <p class="small">
                <a href=href on:click=move |_| post.read(seq)><span class="code">{line.code.to_string()}</span></a>
                {line.name.clone().map(|name| format!(" · {name}"))}
            </p>
        </li>
    }
}

#[component]
fn Choices(post: Post) -> impl IntoView {
    let locale = post.scene.with_value(|scene| scene.locale);
    let kinds = KINDS
        .map(|kind| {
            view! {
                <Choice
                    label=alerts::title(locale, kind)
                    is_on=move |settings: &Settings| settings.wants(kind)
                    change=move |settings: &mut Settings, is_on| settings.set_wanted(kind, is_on)
                    post
                />
            }
        })
        .collect_view();
    let voice_words = move || match post.voice_state.get() {
        VoiceState::Missing => alerts::voice_missing(locale),
        VoiceState::Failed => alerts::voice_failed(locale),
        VoiceState::Untried | VoiceState::Speaking | VoiceState::Fine => "",
    };
    let is_quiet = move || post.state_name() == "silent";
    view! {
        <section class="settings" aria-labelledby="alert-settings">
            <h3 id="alert-settings">{alerts::settings_title(locale)}</h3>
            <p class="muted small">{alerts::settings_lead(locale)}</p>
            <fieldset class="settings__kinds">
                <legend>{alerts::kinds(locale)}</legend>
                {kinds}
            </fieldset>
            <Choice
                label=alerts::sound(locale)
                hint=alerts::sound_hint(locale)
                is_on=|settings: &Settings| settings.sound
                change=move |settings: &mut Settings, is_on| settings.sound = is_on
                post
                tries=true
            />
            <Choice
                label=alerts::voice(locale)
                hint=alerts::voice_hint(locale)
                is_on=|settings: &Settings| settings.voice
                change=move |settings: &mut Settings, is_on| settings.voice = is_on
                post
                tries=true
            />
            <Choice
                label=alerts::names(locale)
                hint=alerts::names_hint(locale)
                is_on=|settings: &Settings| settings.names
                change=move |settings: &mut Settings, is_on| settings.names = is_on
                post
            />
            <div class="settings__volume">
                <label class="field">
                    <span class="field__label">{alerts::volume(locale)}</span>
                    <input
                        type="range"
                        min="0"
                        max="100"
                        step="10"
                        prop:value=move || post.settings.with(|settings| settings.volume.to_string())
                        on:change:target=move |event| {
                            let volume = event.target().value().parse().unwrap_or(70);
                            post.change_settings(|settings| settings.volume = volume);
                            post.try_out();
                        }
                    />
                </label>
                <button type="button" class="button button--small" disabled=is_quiet on:click=move |_| post.try_out()>
                    {alerts::test(locale)}
                </button>
            </div>
            <p class="notice small" data-tone="warn" role="status" hidden=move || voice_words().is_empty()>{voice_words}</p>
            <p class="muted small" hidden=move || post.is_noisy.get()>{alerts::other_tab_speaks(locale)}</p>
        </section>
    }
}

/// A switch of this device's settings. With `tries`, switching it on sounds at once.
#[component]
fn Choice(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    is_on: impl Fn(&Settings) -> bool + Send + Sync + 'static,
    change: impl Fn(&mut Settings, bool) + Send + Sync + 'static,
    post: Post,
    #[prop(optional)] tries: bool,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || post.settings.with(|settings| is_on(settings))
                on:change:target=move |event| {
                    let is_on = event.target().checked();
                    post.change_settings(|settings| change(settings, is_on));
                    if tries && is_on {
                        post.try_out();
                    }
                }
            />
            <span>
                {label}
                {(!hint.is_empty()).then(|| view! { <span class="check__hint">{hint}</span> })}
            </span>
        </label>
    }
}
