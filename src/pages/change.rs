//! Changing a stay: the form, then what it would come to beside what it is now, then the confirmation.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::stay_inputs::StayInputs;
use super::summary::{NightlyPrices, StayFacts, StaySummary};
use crate::components::{
    ButtonKind, Cell, DataTable, Erase, ErrorSummary, FieldError, LinkButton, Notice, PageHeader, SelectField, Tone,
};
use crate::domain::{Date, Money, ReservationCode};
use crate::messages::guest::{booking, change, reservation};
use crate::messages::{Locale, format, guest};

/// The form as it was sent: what cannot be read is kept too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeForm {
    pub room_type: String,
    pub arrival: String,
    pub departure: String,
    pub adults: String,
    pub children: String,
    pub errors: Vec<FieldError>,
}

/// What the stay would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub after: StayFacts,
    pub difference: Money,
    /// The version that was looked at.
    pub version: u32,
}

#[derive(Clone, Debug)]
pub struct ChangeProps {
    pub code: ReservationCode,
    pub before: StayFacts,
    pub form: ChangeForm,
    /// The hotel's room types, with their words.
    pub choices: Vec<(String, String)>,
    /// The hotel's today: nothing can begin before it.
    pub today: Date,
    /// Why nothing can be changed here.
    pub closed: Option<String>,
    /// What is to be said first.
    pub notice: Option<(Tone, String)>,
    /// The nights that are sold out.
    pub gone: Vec<Date>,
    pub proposal: Option<Proposal>,
}

#[component]
pub fn ChangePage(site: Site, props: ChangeProps) -> impl IntoView {
    let locale = site.locale;
    let ChangeProps { code, before, form, choices, today, closed, notice, gone, proposal } = props;
    let is_closed = closed.is_some();
    let (title, lead) = match (&closed, &proposal) {
        (Some(_), _) => (change::not_possible_title(locale), None),
        (None, Some(_)) => (change::check_title(locale), None),
        (None, None) => (change::title(locale), Some(change::lead(locale).to_owned())),
    };
    let back = format!("/reservations/{code}");
    let errors = form.errors.clone();
    let news = view! {
        <div class="stack form-news">
            <ErrorSummary title=booking::errors_title(locale) errors />
            {closed.map(|reason| view! { <Notice tone=Tone::Warn><p>{reason}</p></Notice> })}
            {notice.map(|(tone, text)| view! { <Notice tone announce=true><p>{text}</p></Notice> })}
            {(!gone.is_empty()).then(|| view! { <Gone locale gone /> })}
        </div>
    };
    let body = match (is_closed, proposal) {
        (true, _) => view! {
            <p class="actions">
                <LinkButton href=back>{reservation::title(locale)}</LinkButton>
            </p>
        }
        .erased(),
        (false, Some(proposal)) => {
            view! { <Check locale code before=before.clone() proposal form=form.clone() /> }.erased()
        }
        (false, None) => view! { <Wishes locale code form choices today /> }.erased(),
    };
    view! {
        <GuestFrame site>
            <PageHeader title eyebrow=code.to_string() lead />
            {news}
            <div class="split">
                <div class="stack stack--l">{body}</div>
                <div class="split__side">
                    <StaySummary locale facts=before />
                </div>
            </div>
        </GuestFrame>
    }
}

#[component]
fn Gone(locale: Locale, gone: Vec<Date>) -> impl IntoView {
    let nights = gone.into_iter().map(|night| view! { <li>{format::date_long(locale, night)}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Warn announce=true>
            <h2>{change::sold_out_title(locale)}</h2>
            <ul class="gone">{nights}</ul>
            <p>{change::sold_out_kept(locale)}</p>
        </Notice>
    }
}

/// The form. It asks by GET: looking at a price changes nothing, and the way back works.
#[component]
fn Wishes(
    locale: Locale,
    code: ReservationCode,
    form: ChangeForm,
    choices: Vec<(String, String)>,
    today: Date,
) -> impl IntoView {
    let inputs = StayInputs(&form.errors);
    view! {
        <form class="fields" id="change" method="get" action=format!("/reservations/{code}/change") novalidate>
            <div class="fields fields--pair">
                {inputs.date("arrival", guest::arrival(locale), &form.arrival, Some(today))}
                {inputs.date("departure", guest::departure(locale), &form.departure, Some(today.add_days(1)))}
            </div>
            <SelectField
                name="room_type"
                label=booking::room(locale)
                options=choices
                value=form.room_type.clone()
                error=inputs.error("room_type")
            />
            <div class="fields fields--pair">
                {inputs.count("adults", guest::adults(locale), &form.adults, 1)}
                {inputs.count("children", guest::children(locale), &form.children, 0)}
            </div>
            <div class="actions">
                <button class="button button--main" type="submit">{change::show_price(locale)}</button>
                <LinkButton href=format!("/reservations/{code}")>{change::keep(locale)}</LinkButton>
            </div>
        </form>
    }
}

/// Now and afterwards, side by side; then the one button.
#[component]
fn Check(
    locale: Locale,
    code: ReservationCode,
    before: StayFacts,
    proposal: Proposal,
    form: ChangeForm,
) -> impl IntoView {
    let Proposal { after, difference, version } = proposal;
    let again = [
        ("arrival", &form.arrival),
        ("departure", &form.departure),
        ("room_type", &form.room_type),
        ("adults", &form.adults),
        ("children", &form.children),
    ];
    let carried = again
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() /> })
        .into_iter()
        .collect_view();
    let confirm = change::confirm_with_total(locale, &format::money(locale, after.total));
    view! {
        <section class="card" aria-labelledby="difference">
            <h2 id="difference">{difference_text(locale, difference)}</h2>
            <Comparison locale before after=after.clone() />
            <NightlyPrices locale nightly=after.nightly.clone() />
        </section>
        <form class="actions" method="post" action=format!("/reservations/{code}/change")>
            {carried}
            <input type="hidden" name="shown_total" value=after.total.minor.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <button class="button button--main" type="submit">{confirm}</button>
            <LinkButton href=format!("/reservations/{code}/change?edit=1&{}", edit_query(&form))>
                {change::other(locale)}
            </LinkButton>
            <LinkButton href=format!("/reservations/{code}") kind=ButtonKind::Quiet>
                {change::keep(locale)}
            </LinkButton>
        </form>
    }
}

/// What was chosen, in an address; each value has been read and holds nothing to escape.
fn edit_query(form: &ChangeForm) -> String {
    let ChangeForm { room_type, arrival, departure, adults, children, .. } = form;
    format!("arrival={arrival}&departure={departure}&room_type={room_type}&adults={adults}&children={children}")
}

#[component]
pub(super) fn Comparison(locale: Locale, before: StayFacts, after: StayFacts) -> impl IntoView {
    let guests =
        |facts: &StayFacts| format::guests(locale, u32::from(facts.party.adults()), u32::from(facts.party.children()));
    let nights = |facts: &StayFacts| format::nights(locale, u32::from(facts.stay.night_count()));
    let of = |facts: &StayFacts| {
        [
            format::date_long(locale, facts.stay.arrival()),
            format::date_long(locale, facts.stay.departure()),
            nights(facts),
            facts.room_name.clone(),
            guests(facts),
            format::money(locale, facts.total),
        ]
    };
    let labels = [
        booking::arrival(locale),
        booking::departure(locale),
        booking::nights(locale),
        booking::room(locale),
        booking::guests(locale),
        booking::total(locale),
    ];
    let rows = labels
        .into_iter()
        .zip(of(&before).into_iter().zip(of(&after)))
        .map(|(label, (old, new))| {
            let is_new = old != new;
            let new = if is_new { view! { <strong>{new}</strong> }.erased() } else { new.erased() };
            view! {
                <tr role="row" data-same=(!is_new).then_some("")>
                    <th role="rowheader" scope="row">{label}</th>
                    <Cell label=change::before(locale)>{old}</Cell>
                    <Cell label=change::after(locale)>{new}</Cell>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![change::what(locale), change::before(locale), change::after(locale)];
    view! {
        <div class="comparison">
            <DataTable caption=change::check_title(locale) columns>{rows}</DataTable>
        </div>
    }
}

/// "You pay €119.00 more", "You pay €119.00 less", "The price stays the same."
fn difference_text(locale: Locale, difference: Money) -> String {
    let amount = format::money(locale, Money::new(difference.minor.abs(), difference.currency));
    match difference.minor {
        0 => change::same_price(locale).to_owned(),
        1.. => change::pay_more(locale, &amount),
        _ => change::pay_less(locale, &amount),
    }
}
