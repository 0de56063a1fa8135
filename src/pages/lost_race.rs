//! The lost race: which nights went, what is still free, and everything that was typed.

use leptos::prelude::*;

use super::book::{BookingForm, Carried, Details};
use super::frame::{GuestFrame, Site};
use crate::components::{Erase, LinkButton, Notice, PageHeader, Price, RoomPicture, Tone};
use crate::domain::{Date, Money};
use crate::messages::guest::booking;
use crate::messages::{Locale, format, guest};

/// Another room for the same nights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    pub code: String,
    pub name: String,
    pub sleeps: u8,
    pub left: u16,
    pub total: Money,
}

/// Everything on the page of a lost race.
#[derive(Clone, Debug)]
pub struct LostProps {
    pub action: String,
    /// Where other dates are looked for.
    pub rooms: String,
    pub form: BookingForm,
    pub room_name: String,
    pub gone: Vec<Date>,
    pub alternatives: Vec<Alternative>,
    /// Nothing was typed yet: the room was gone before the form was opened.
    pub before_typing: bool,
}

/// The lost race: which nights went, what is still free, and everything typed.
#[component]
pub fn LostRacePage(site: Site, props: LostProps) -> impl IntoView {
    let locale = site.locale;
    let LostProps { action, rooms, form, room_name, gone, alternatives, before_typing } = props;
    let gone = gone.into_iter().map(|night| view! { <li>{format::date_long(locale, night)}</li> }).collect_view();
    let (title, text, nights_title) = if before_typing {
        (guest::sold_out_for_dates(locale), booking::gone_text(locale, &room_name), booking::gone_nights_title(locale))
    } else {
        (booking::lost_title(locale), booking::lost_text(locale, &room_name), booking::lost_nights_title(locale))
    };
    let offers = if alternatives.is_empty() {
        view! { <Notice><p>{booking::lost_none(locale)}</p></Notice> }.erased()
    } else {
        let offers = alternatives.into_iter().map(|room| view! { <AlternativeRoom locale room /> }).collect_view();
        view! {
            <h2>{booking::lost_offers_title(locale)}</h2>
            <ul class="alternatives">{offers}</ul>
        }
        .erased()
    };
    view! {
        <GuestFrame site>
            <PageHeader title lead=text />
            <form class="stack stack--l" id="booking" method="post" action=action novalidate>
                <Notice tone=Tone::Warn title=nights_title announce=true>
                    <ul class="gone">{gone}</ul>
                    {(!before_typing).then(|| view! { <p>{booking::lost_kept(locale)}</p> })}
                </Notice>
                {offers}
                <p>
                    <LinkButton href=rooms>{booking::lost_other_dates(locale)}</LinkButton>
                </p>
                <Carried form=form.clone() shown_total=None />
                {if before_typing {
                    view! { <input type="hidden" name="key" value=form.key /> }.erased()
                } else {
                    view! {
                        <section class="fields">
                            <h2>{booking::your_details(locale)}</h2>
                            <Details locale form />
                        </section>
                    }
                        .erased()
                }}
            </form>
        </GuestFrame>
    }
}

/// A room that can be taken instead: its button comes back to the form with everything typed.
#[component]
fn AlternativeRoom(locale: Locale, room: Alternative) -> impl IntoView {
    let Alternative { code, name, sleeps, left, total } = room;
    let (data_room, drawn) = (code.clone(), code.clone());
    let label = format!("{}: {name}", booking::lost_take(locale));
    view! {
        <li class="alternative" data-room=data_room>
            <RoomPicture locale code=drawn />
            <div class="alternative__body">
                <h3>{name}</h3>
                <p class="muted small">{guest::sleeps(locale, u32::from(sleeps))}</p>
                <p class="room__left">{guest::rooms_free(locale, u32::from(left))}</p>
                <p class="room__total">
                    <Price locale amount=total />
                </p>
                <button class="button button--main" type="submit" name="take" value=code aria-label=label>
                    {booking::lost_take(locale)}
                </button>
            </div>
        </li>
    }
}
