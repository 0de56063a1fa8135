//! The confirmation: the code, the stay in words, the policy, and the private link.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::summary::{Policy, StayFacts, StaySummary};
use crate::components::{ButtonKind, LinkButton, PageHeader};
use crate::messages::format;
use crate::messages::guest::{booking, cancellation};

/// `manage_url` is the private link; it is missing where the page is opened again without it.
#[component]
pub fn ConfirmationPage(
    site: Site,
    code: String,
    guest_name: String,
    facts: StayFacts,
    manage_url: Option<String>,
    /// Whether the code opens it together with an e-mail address.
    has_email: bool,
) -> impl IntoView {
    let locale = site.locale;
    let lead = booking::confirmed_lead(locale, &guest_name, &site.name);
    let departure = format::date_long(locale, facts.stay.departure());
    let leaving = booking::leaving(locale, u32::from(facts.stay.night_count()), &departure);
    let terms = Some(facts.terms.clone());
    let code_hint = if has_email { booking::code_hint(locale) } else { booking::code_alone_hint(locale) };
    let reservation_href = format!("/reservations/{code}");
    view! {
        <GuestFrame site>
            <PageHeader title=booking::confirmed_title(locale) lead />
            <div class="split">
                <div class="stack stack--l">
                    <section class="ticket" aria-labelledby="code-title">
                        <p class="small muted" id="code-title">{booking::code(locale)}</p>
                        <p class="ticket__code">{code}</p>
                        <p>{format::date_range(locale, facts.stay)}</p>
                        <p>{leaving}</p>
                        <p class="muted small">{code_hint}</p>
                    </section>
                    <p class="actions">
                        <LinkButton href=reservation_href.clone() kind=ButtonKind::Main>
                            {booking::open_reservation(locale)}
                        </LinkButton>
                        <LinkButton href=format!("{reservation_href}/calendar.ics")>
                            {cancellation::add_to_calendar(locale)}
                        </LinkButton>
                    </p>
                    {manage_url
                        .map(|url| {
                            view! {
                                <section class="stack" aria-labelledby="link-title">
                                    <h2 id="link-title">{booking::secret_link_title(locale)}</h2>
                                    <a class="secret" href=url.clone()>{url.clone()}</a>
                                    <p class="muted small">{booking::secret_link_text(locale)}</p>
                                </section>
                            }
                        })}
                    <section class="stack" aria-labelledby="next-title">
                        <h2 id="next-title">{booking::what_next(locale)}</h2>
                        <ul class="policy">
                            <li>{booking::next_follow(locale)}</li>
                            <li>{booking::next_ask(locale)}</li>
                        </ul>
                    </section>
                    <Policy locale terms />
                </div>
                <div class="split__side">
                    <StaySummary locale facts />
                </div>
            </div>
        </GuestFrame>
    }
}
