//! The registration card of a reservation: what is known of the guest and the stay, lines for what is not, and one to
//! sign. In the hotel's language.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{Erase, Price};
use crate::islands::print_button::PrintButton;
use crate::messages::desk::rooms::one_after_another;
use crate::messages::desk::sheets as words;
use crate::messages::{Locale, format};
use crate::wire::reservation::ReservationView;

/// `locale` is the hotel's; the frame around it speaks the reader's.
#[component]
pub fn CardPage(
    site: DeskSite,
    locale: Locale,
    reservation: ReservationView,
    room_type: String,
    check_out_until: String,
) -> impl IntoView {
    let (scene, hotel) = (site.scene.clone(), site.hotel_name.clone());
    let back = scene.reservation_path(reservation.code);
    let guest = reservation.guest.clone();
    let (name, email, phone) = guest.map_or_else(Default::default, |guest| {
        (guest.name, guest.email.unwrap_or_default(), guest.phone.unwrap_or_default())
    });
    let room = reservation.room.as_ref();
    let room = room.map(|first| one_after_another(locale, first, &reservation.later_rooms)).unwrap_or_default();
    let guests = format::guests(locale, reservation.adults.into(), reservation.children.into());
    let known = [
        (words::guest(locale), name),
        (words::email(locale), email),
        (words::phone(locale), phone),
        (words::arrival(locale), format::date_long(locale, reservation.arrival)),
        (words::departure(locale), format::date_long(locale, reservation.departure)),
        (words::nights(locale), reservation.nights.to_string()),
        (words::room(locale), room),
        (words::room_type(locale), room_type),
        (words::guests(locale), guests),
        (words::check_out_until(locale), check_out_until),
    ];
    let known = known.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    let asked = [words::address(locale), words::nationality(locale), words::birth(locale), words::document(locale)];
    let asked = asked.map(|label| view! { <div class="reg-card__line"><dt>{label}</dt><dd></dd></div> });
    let prices = prices(locale, &reservation);
    view! {
        <DeskFrame site tab=DeskTab::Reservations>
            <div class="row no-print sheet-tools">
                <a href=back>{reservation.code.to_string()}</a>
                <PrintButton locale=scene.locale />
                <p class="muted small">{words::how_to_print(scene.locale)}</p>
            </div>
            <article class="sheet reg-card" lang=locale.html_lang()>
                <header class="sheet__head">
                    <p class="sheet__house">{hotel}</p>
                    <h1>{words::card(locale)}</h1>
                    <p class="code">{reservation.code.to_string()}</p>
                </header>
                <dl class="reg-card__facts">{known.into_iter().collect_view()}</dl>
                {prices}
                <h2>{words::to_fill_in(locale)}</h2>
                <dl class="reg-card__facts">{asked.into_iter().collect_view()}</dl>
                <p>{words::confirms(locale)}</p>
                <div class="reg-card__sign">
                    <p>{words::signature(locale)}</p>
                    <p>{words::signed_on(locale)}</p>
                    <p>{words::for_desk(locale)}</p>
                </div>
            </article>
        </DeskFrame>
    }
}

/// Nights of one price together, and the total.
fn prices(locale: Locale, reservation: &ReservationView) -> impl IntoView + use<> {
    let runs: Vec<_> = reservation.nightly.chunk_by(|one, next| one.price == next.price).map(<[_]>::to_vec).collect();
    let lines = runs
        .into_iter()
        .filter_map(|run| {
            let (first, last) = (run.first()?.date, run.last()?.date);
            let nights = format::nights(locale, u32::try_from(run.len()).unwrap_or(u32::MAX));
            let price = run[0].price;
            Some(
                view! {
                    <tr>
                        <td>{format::date_span(locale, first, last.add_days(1))}</td>
                        <td>{nights}</td>
                        <td class="number"><Price locale amount=price />" "{words::a_night(locale)}</td>
                    </tr>
                }
                .erased(),
            )
        })
        .collect_view();
    view! {
        <table class="sheet__table">
            <caption class="visually-hidden">{words::price(locale)}</caption>
            <tbody>{lines}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="2">{words::total(locale)}</th>
                    <td class="number"><strong><Price locale amount=reservation.total /></strong></td>
                </tr>
            </tfoot>
        </table>
    }
}
