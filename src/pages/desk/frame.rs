//! What every desk page stands in: the house's name, the pages, the alerts, who is signed in.

use leptos::prelude::*;

use crate::components::{Inner, LanguageSwitch, SkipLink};
use crate::islands::alerts::DeskAlerts;
use crate::islands::alerts::line::AlertLine;
use crate::islands::desk_keys::DeskKeys;
use crate::islands::desk_row::DeskScene;
use crate::islands::signed_out::SignedOut;
use crate::messages::desk::{self, chart as chart_words, keys, new_stay};

/// What a desk page has to know beside its own matter.
#[derive(Clone, Debug)]
pub struct DeskSite {
    pub scene: DeskScene,
    pub hotel_name: String,
    pub staff_name: String,
    /// Who is signed in, by e-mail.
    pub me: String,
    /// In words.
    pub role: &'static str,
    /// Housekeepers see rooms alone.
    pub sees_guests: bool,
    /// `EPOCH-SEQ`: where the stream goes on from what the page shows.
    pub as_of: String,
    /// The latest alerts up to there.
    pub alerts: Vec<AlertLine>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskTab {
    House,
    Chart,
    Reservations,
    Rooms,
    New,
    /// None of them.
    Elsewhere,
}

#[component]
pub fn DeskFrame(site: DeskSite, tab: DeskTab, children: Inner) -> impl IntoView {
    let DeskSite { scene, hotel_name, staff_name, me, role, sees_guests, as_of, alerts } = site;
    let (locale, here) = (scene.locale, scene.here.clone());
    let (out_scene, out_as_of) = (scene.clone(), as_of.clone());
    let home = format!("/desk/{}", scene.hotel);
    let (list, rooms) = (format!("{home}/reservations"), format!("{home}/rooms"));
    let brand = if sees_guests { home.clone() } else { rooms.clone() };
    let (new, search) = (format!("{home}/new"), format!("{home}/search"));
    let (chart, for_keys) = (format!("{home}/chart"), home.clone());
    let guest_site = format!("/hotels/{}", scene.hotel);
    let current = |of: DeskTab| (of == tab).then_some("page");
    view! {
        <div class="page desk">
            <SkipLink locale />
            <header class="desk-header">
                <div class="wrap desk-header__row">
                    <a class="brand" href=brand>{hotel_name}</a>
                    <nav class="desk-nav" aria-label=desk::navigation(locale)>
                        {sees_guests.then(|| view! {
                            <a href=home aria-current=current(DeskTab::House)>{desk::board(locale)}</a>
                            <a href=chart aria-current=current(DeskTab::Chart)>{chart_words::short(locale)}</a>
                            <a href=list aria-current=current(DeskTab::Reservations)>{desk::reservations(locale)}</a>
                            <a href=new aria-current=current(DeskTab::New) aria-keyshortcuts="n">
                                {new_stay::short(locale)}
                            </a>
                        })}
                        <a href=rooms aria-current=current(DeskTab::Rooms)>{desk::rooms::rooms(locale)}</a>
                        <a class="desk-nav__away" href=guest_site>{desk::guest_site(locale)}</a>
                    </nav>
                    {sees_guests.then(|| view! {
                        <form class="desk-search" method="get" action=search role="search">
                            <input
                                class="input"
                                type="search"
                                id="desk-search"
                                name="q"
                                maxlength="120"
                                autocomplete="off"
                                aria-label=keys::search(locale)
                                aria-keyshortcuts="/"
                                placeholder=keys::search_hint(locale)
                            />
                        </form>
                        <DeskKeys locale home=for_keys />
                        <DeskAlerts scene me as_of recent=alerts />
                    })}
                    <LanguageSwitch locale return_to=here />
                    <p class="desk-who" title=role>{staff_name}</p>
                    <form method="post" action="/desk/sign-out">
                        <button class="button button--small" type="submit">{desk::sign_out(locale)}</button>
                    </form>
                </div>
            </header>
            <main id="main" class="wrap" tabindex="-1">
                {children.view()}
            </main>
            <SignedOut scene=out_scene as_of=out_as_of />
        </div>
    }
}
