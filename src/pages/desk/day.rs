//! The day close: what is undecided, each with its ways out, and the button that moves the house on.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use super::outcome::{Outcome, OutcomeNotice};
use crate::components::{Badge, Erase, Notice, PageHeader, SelectField, Tone};
use crate::domain::{Action, Date, Money, ReservationCode, Status};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::rooms::one_after_another;
use crate::messages::desk::{self, day};
use crate::messages::format;
use crate::wire::day::DayView;
use crate::wire::reservation::ReservationView;

/// An undecided stay as it would be a day on, with what that costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterStay {
    pub code: ReservationCode,
    pub arrival: Date,
    pub departure: Date,
    pub total: Money,
    pub difference: Money,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayForm {
    /// What came of the last step with a stay.
    pub outcome: Option<Outcome>,
    /// What came of the last close, and whether it was refused.
    pub told: Option<(String, bool)>,
    /// Codes that were said to stay as they are.
    pub kept: Vec<String>,
    /// The stays that can be moved on by a day.
    pub later: Vec<LaterStay>,
    /// Whether whoever looks may change the rule.
    pub may_rule: bool,
}

#[component]
pub fn DayPage(site: DeskSite, view: DayView, form: DayForm) -> impl IntoView {
    let scene = site.scene.clone();
    let locale = scene.locale;
    let DayForm { outcome, told, kept, later, may_rule } = form;
    let path = format!("/desk/{}/day", scene.hotel);
    let outcome = outcome.map(|outcome| view! { <OutcomeNotice scene=scene.clone() outcome list=None /> });
    let told = told.map(|(text, is_refused)| {
        let tone = if is_refused { Tone::Bad } else { Tone::Good };
        view! {
            <Notice tone announce=true>
                <p>{text}</p>
            </Notice>
        }
    });
    let is_by_clock = view.rule == "clock";
    let lead = match (is_by_clock, view.is_over) {
        (true, _) => day::by_clock(locale),
        (false, true) => day::behind(locale),
        (false, false) => day::not_over(locale),
    };
    let close = view.is_over.then(|| {
        view! {
            <form method="post" action=path.clone() id="close-day" class="day__close">
                <input type="hidden" name="day" value=view.business_date.to_string() />
                <button class="button button--main" type="submit">
                    {day::close(locale, &format::date_long(locale, view.business_date))}
                </button>
            </form>
        }
    });
    let can_keep = view.is_over;
    let is_decided = view.arrivals.is_empty() && view.departures.is_empty();
    let list = |title: &'static str, id: &'static str, stays: Vec<ReservationView>, steps: &'static [Action]| {
        let lines = stays
            .into_iter()
            .map(|stay| {
                let is_kept = kept.contains(&stay.code.to_string());
                let later = later.iter().find(|later| later.code == stay.code).cloned();
                view! { <Undecided scene=scene.clone() stay steps later can_keep is_kept /> }
            })
            .collect_view();
        view! {
            <section class="card day__list" id=id aria-label=title>
                <h2>{title}</h2>
                <ul class="day__stays">{lines}</ul>
            </section>
        }
    };
    let arrivals = (!view.arrivals.is_empty()).then(|| {
        list(day::undecided_arrivals(locale), "arrivals", view.arrivals.clone(), &[Action::CheckIn, Action::NoShow])
    });
    let departures = (!view.departures.is_empty())
        .then(|| list(day::undecided_departures(locale), "departures", view.departures.clone(), &[Action::CheckOut]));
    let unpaid = (!view.unpaid.is_empty()).then(|| {
        let lines = view.unpaid.iter().map(|unpaid| {
            let there = format!("{}#folio", scene.reservation_path(unpaid.reservation.code));
            let amount = format::money(locale, unpaid.balance);
            view! {
                <li>
                    <a href=there>{name(&scene, &unpaid.reservation)}</a>
                    " "
                    <Badge tone=Tone::Warn>{day::open_balance(locale, &amount)}</Badge>
                </li>
            }
        });
        view! {
            <section class="card" id="unpaid" aria-labelledby="unpaid-title">
                <h2 id="unpaid-title">{day::unpaid(locale)}</h2>
                <p class="muted">{day::unpaid_hint(locale)}</p>
                <ul class="day__stays">{lines.collect_view()}</ul>
            </section>
        }
    });
    let rule = may_rule.then(|| view! { <RuleForm scene=scene.clone() path=path.clone() rule=view.rule.clone() /> });
    let today = format::date_long(locale, view.business_date);
    view! {
        <DeskFrame site tab=DeskTab::House>
            <PageHeader title=day::on(locale, &today) eyebrow=day::title(locale).to_owned() lead=lead.to_owned() />
            {told}
            {outcome}
            <div class="stack stack--l">
                {is_decided.then(|| view! { <p>{day::all_decided(locale)}</p> })}
                {arrivals}
                {departures}
                {unpaid}
                {close}
                {rule}
            </div>
        </DeskFrame>
    }
}

fn name(scene: &DeskScene, stay: &ReservationView) -> String {
    let guest = stay.guest.as_ref().map(|guest| guest.name.clone());
    guest.unwrap_or_else(|| desk::no_name(scene.locale).to_owned())
}

#[component]
fn Undecided(
    scene: DeskScene,
    stay: ReservationView,
    steps: &'static [Action],
    later: Option<LaterStay>,
    can_keep: bool,
    is_kept: bool,
) -> impl IntoView {
    let locale = scene.locale;
    let path = scene.reservation_path(stay.code);
    let name = name(&scene, &stay);
    let forms = steps
        .iter()
        .map(|action| {
            view! {
                <form method="post" action=format!("{path}/{action}")>
                    <input type="hidden" name="version" value=stay.version.to_string() />
                    <input type="hidden" name="from_list" value="day" />
                    <button type="submit" class="button button--small">
                        {desk::action(locale, *action)}
                        <span class="visually-hidden">" "{name.clone()}</span>
                    </button>
                </form>
            }
        })
        .collect_view();
    let later = later.map(|later| view! { <MoveOn scene=scene.clone() stay=stay.clone() later name=name.clone() /> });
    let keep = can_keep.then(|| {
        let words = if steps.contains(&Action::CheckOut) { day::stays(locale) } else { day::wait(locale) };
        view! {
            <label class="day__keep">
                <input type="checkbox" name=format!("keep-{}", stay.code) form="close-day" checked=is_kept />
                {words}
            </label>
        }
    });
    let room = stay.room.as_ref().map(|first| one_after_another(locale, first, &stay.later_rooms));
    let room = room.map(|room| view! { <span class="code">{room}</span> }.erased());
    view! {
        <li class="day__stay" data-code=stay.code.to_string()>
            <span class="who">
                <a class="who__name" href=path.clone()>{name.clone()}</a>
                <span class="muted small">{scene.stay_in_short(&stay)}</span>
                {room}
            </span>
            <span class="row-actions">
                {forms}
                {later}
                <a class="button button--small" href=format!("{path}/change")>
                    {day::change_stay(locale)}
                    <span class="visually-hidden">" "{name.clone()}</span>
                </a>
                {keep}
            </span>
        </li>
    }
}

/// The change of the stay with its price, as one button: the same form as that of its own page, filled in.
#[component]
fn MoveOn(scene: DeskScene, stay: ReservationView, later: LaterStay, name: String) -> impl IntoView {
    let locale = scene.locale;
    let LaterStay { arrival, departure, total, difference, .. } = later;
    let is_coming = stay.status == Status::Confirmed;
    let price = day::price_difference(locale, difference);
    let words = if is_coming {
        day::arrives_on(locale, &format::date_short(locale, arrival), &price)
    } else {
        day::stays_until(locale, &format::date_short(locale, departure), &price)
    };
    let fields = [
        ("arrival", arrival.to_string()),
        ("departure", departure.to_string()),
        ("room_type", stay.room_type.to_string()),
        ("adults", stay.adults.to_string()),
        ("children", stay.children.to_string()),
        ("shown_total", total.minor.to_string()),
        ("version", stay.version.to_string()),
        ("from_list", "day".to_owned()),
    ];
    let fields =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form method="post" action=format!("{}/change", scene.reservation_path(stay.code))>
            {fields}
            <button type="submit" class="button button--small">
                {words}
                <span class="visually-hidden">" "{name}</span>
            </button>
        </form>
    }
}

#[component]
fn RuleForm(scene: DeskScene, path: String, rule: String) -> impl IntoView {
    let locale = scene.locale;
    let by_word = [("clock", day::rule_clock(locale)), ("hand", day::rule_hand(locale))];
    let by_word = by_word.into_iter().map(|(rule, words)| (rule.to_owned(), words.to_owned()));
    let by_hour = (0..=12_u8).map(|hour| (hour.to_string(), day::rule_hour(locale, hour)));
    let options: Vec<(String, String)> = by_word.chain(by_hour).collect();
    view! {
        <section class="card" aria-labelledby="rule-title">
            <h2 id="rule-title">{day::rule_title(locale)}</h2>
            <form method="post" action=format!("{path}/rule") class="day__rule">
                <SelectField
                    name="rule"
                    label=day::rule(locale)
                    options
                    value=rule
                    hint=day::rule_lead(locale).to_owned()
                />
                <button class="button" type="submit">{day::rule_save(locale)}</button>
            </form>
        </section>
    }
}
