//! The folio beside a reservation: its lines, what is still to be paid, and the forms that post to it. Each form has a
//! key of its own, so that a double click posts once.

use leptos::prelude::*;

use crate::components::{
    Button, ButtonKind, Cell, DataTable, Erase, ErrorSummary, Field, FieldError, Price, SelectField,
};
use crate::domain::{Money, PaymentMethod, Status};
use crate::islands::desk_row::DeskScene;
use crate::messages::Locale;
use crate::messages::desk::folio;
use crate::messages::format;
use crate::wire::folio::{FolioEntryView, FolioView};

/// The forms as they were sent, or as they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolioForm {
    pub key: String,
    /// `charge` or `payment` where that form came back.
    pub open: String,
    pub text: String,
    pub amount: String,
    pub method: String,
    pub errors: Vec<FieldError>,
}

/// The most characters of what a line is for, and of an amount.
const MOST_WORDS: u16 = 120;
const MOST_DIGITS: u16 = 20;

impl FolioForm {
    fn error(&self, field: &str) -> Option<String> {
        FieldError::at(&self.errors, field)
    }

    fn line(&self, name: &'static str, label: &'static str, value: String, max_length: u16) -> impl IntoView + use<> {
        view! { <Field name label value error=self.error(name) max_length /> }
    }

    fn typed(&self, form: &str, value: &str) -> String {
        if self.open == form { value.to_owned() } else { String::new() }
    }
}

#[component]
pub fn FolioCard(scene: DeskScene, status: Status, view: FolioView, form: FolioForm) -> impl IntoView {
    let locale = scene.locale;
    let path = format!("{}/folio", scene.reservation_path(view.code));
    let columns = vec![folio::column_day(locale), folio::column_what(locale), folio::column_amount(locale)];
    let stay = stay_rows(locale, &view);
    let posted = view
        .entries
        .iter()
        .map(|entry| posted_row(locale, entry, view.is_reversed(entry.id), &path, &form.key))
        .collect_view();
    let (words, open) = match view.balance.minor {
        0 => (folio::settled(locale), view.balance),
        1.. => (folio::balance(locale), view.balance),
        _ => (folio::balance_back(locale), Money::new(-view.balance.minor, view.balance.currency)),
    };
    let is_settled = view.balance.minor == 0;
    let forms = (status != Status::Lapsed).then(|| {
        view! {
            <div class="folio__forms">
                <ChargeForm locale path=path.clone() form=form.clone() />
                <PaymentForm locale path=path.clone() form=form.clone() balance=view.balance />
            </div>
        }
    });
    view! {
        <section class="card folio" id="folio" aria-labelledby="folio-title">
            <h2 id="folio-title">{folio::title(locale)}</h2>
            <ErrorSummary title=folio::errors(locale) errors=form.errors.clone() />
            <DataTable caption=folio::title(locale) columns>{stay}{posted}</DataTable>
            <p class="folio__balance" data-balance=view.balance.minor.to_string()>
                <span>{words}</span>
                {(!is_settled).then(|| view! { <span class="total"><Price locale amount=open /></span> })}
            </p>
            {forms}
        </section>
    }
}

/// The nights in one line: each stands beside the stay already.
fn stay_rows(locale: Locale, view: &FolioView) -> impl IntoView + use<> {
    let nights: Vec<_> = view.lines.iter().filter(|line| line.kind == "night").collect();
    let currency = view.balance.currency;
    let sum = Money::new(nights.iter().map(|line| line.amount.minor).sum(), currency);
    let first = nights.first().and_then(|line| line.date);
    let count = u32::try_from(nights.len()).unwrap_or(u32::MAX);
    let nights = first.map(|first| row(locale, format::date_short(locale, first), folio::nights(locale, count), sum));
    let fees = view.lines.iter().filter(|line| line.kind == "fee");
    let fees = fees.map(|line| row(locale, String::new(), folio::fee(locale).to_owned(), line.amount)).collect_view();
    view! { {nights}{fees} }
}

fn row(locale: Locale, day: String, what: String, amount: Money) -> impl IntoView {
    view! {
        <tr role="row">
            <Cell label=folio::column_day(locale)>{day}</Cell>
            <Cell label=folio::column_what(locale)>{what}</Cell>
            <Cell label=folio::column_amount(locale) number=true><Price locale amount /></Cell>
        </tr>
    }
}

fn posted_row(
    locale: Locale,
    entry: &FolioEntryView,
    is_reversed: bool,
    path: &str,
    key: &str,
) -> impl IntoView + use<> {
    let what = folio::entry(locale, entry.method.as_deref(), &entry.text, entry.reverses.is_some());
    // What was paid is taken off.
    let is_payment = entry.kind == "payment";
    let amount = Money::new(if is_payment { -entry.amount.minor } else { entry.amount.minor }, entry.amount.currency);
    let take_back = (!is_reversed && entry.reverses.is_none()).then(|| {
        view! {
            <form method="post" action=path.to_owned()>
                <input type="hidden" name="kind" value="reversal" />
                <input type="hidden" name="entry" value=entry.id.to_string() />
                <input type="hidden" name="key" value=format!("{key}-{}", entry.id) />
                <button class="button button--quiet button--small" type="submit">
                    {folio::take_back(locale)}
                    <span class="visually-hidden">" "{what.clone()}</span>
                </button>
            </form>
        }
    });
    let (id, day) = (entry.id.to_string(), format::date_short(locale, entry.business_date));
    let what = if is_reversed { view! { <s>{what.clone()}</s> }.erased() } else { what.clone().erased() };
    view! {
        <tr role="row" data-entry=id>
            <Cell label=folio::column_day(locale)>{day}</Cell>
            <Cell label=folio::column_what(locale)>
                <span class="folio__what">{what} {take_back}</span>
            </Cell>
            <Cell label=folio::column_amount(locale) number=true><Price locale amount /></Cell>
        </tr>
    }
}

#[component]
fn ChargeForm(locale: Locale, path: String, form: FolioForm) -> impl IntoView {
    view! {
        <details class="folio__form" open=form.open == "charge">
            <summary class="button button--small">{folio::post_charge(locale)}</summary>
            <form method="post" action=path>
                <input type="hidden" name="kind" value="charge" />
                <input type="hidden" name="key" value=format!("{}-c", form.key) />
                {form.line("charge_text", folio::for_what(locale), form.typed("charge", &form.text), MOST_WORDS)}
                {form.line("charge_amount", folio::amount(locale), form.typed("charge", &form.amount), MOST_DIGITS)}
                <Button kind=ButtonKind::Main>{folio::charge_button(locale)}</Button>
            </form>
        </details>
    }
}

#[component]
fn PaymentForm(locale: Locale, path: String, form: FolioForm, balance: Money) -> impl IntoView {
    let amount = match form.open.as_str() {
        "payment" => form.amount.clone(),
        _ if balance.minor > 0 => plain(balance),
        _ => String::new(),
    };
    let methods = PaymentMethod::ALL.map(PaymentMethod::as_str);
    let methods = methods.map(|name| (name.to_owned(), folio::method_name(locale, name).to_owned())).to_vec();
    view! {
        <details class="folio__form" open=form.open == "payment">
            <summary class="button button--small">{folio::post_payment(locale)}</summary>
            <form method="post" action=path>
                <input type="hidden" name="kind" value="payment" />
                <input type="hidden" name="key" value=format!("{}-p", form.key) />
                {form.line("payment_amount", folio::amount(locale), amount, MOST_DIGITS)}
                <SelectField
                    name="method"
                    label=folio::method(locale)
                    options=methods
                    value=form.method.clone()
                    error=form.error("method")
                />
                <Field
                    name="payment_text"
                    label=folio::remark(locale)
                    optional=folio::optional(locale)
                    value=form.typed("payment", &form.text)
                    error=form.error("payment_text")
                    max_length=MOST_WORDS
                />
                <Button kind=ButtonKind::Main>{folio::payment_button(locale)}</Button>
            </form>
        </details>
    }
}

/// As it can be typed again: "357.00".
fn plain(amount: Money) -> String {
    let digits = usize::from(amount.currency.minor_digits());
    let unit = 10_i64.pow(u32::from(amount.currency.minor_digits()));
    if digits == 0 {
        amount.minor.to_string()
    } else {
        format!("{}.{:0digits$}", amount.minor / unit, amount.minor % unit)
    }
}
