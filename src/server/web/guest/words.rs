//! The refusals of the use cases, in the guest's words and at the fields of our forms.

use crate::components;
use crate::domain::{Date, Hotel, Money, Stay};
use crate::messages::Locale;
use crate::messages::guest::{self, booking, change};
use crate::pages::summary::CancelTerms;
use crate::server::clock::civil_of;
use crate::server::service::cancel::Terms;
use crate::server::service::{FieldError, FieldErrors};

/// What to do about a field.
pub(in crate::server::web) fn field_error(locale: Locale, field: &str, error: &FieldError) -> String {
    let words = match error {
        FieldError::Stay(error) => guest::stay_error(locale, *error),
        FieldError::Party(error) => guest::party_error(locale, *error),
        FieldError::Amendment(error) => change::field_error(locale, *error),
        FieldError::Guest(error) => booking::guest_error(locale, *error),
        FieldError::Date(_) => guest::date_needed(locale),
        FieldError::PartyTooLarge { .. } => booking::party_too_large(locale),
        FieldError::RoomType | FieldError::RatePlan => booking::room_unknown(locale),
        _ => match field {
            "arrival" | "departure" => guest::date_needed(locale),
            "adults" => guest::adults_needed(locale),
            "children" => guest::children_range(locale),
            "room_type" => booking::room_unknown(locale),
            _ => booking::text_bad(locale),
        },
    };
    words.to_owned()
}

/// The errors at `fields`, in the order in which a form shows them. The wire's `guest.name` is a form's `name`.
pub(in crate::server::web) fn at_fields(
    locale: Locale,
    errors: &FieldErrors,
    fields: &[&'static str],
) -> Vec<components::FieldError> {
    let at = |field: &'static str| {
        let error = errors.get(field).or_else(|| errors.get(&format!("guest.{field}")))?;
        Some(components::FieldError { field, message: field_error(locale, field, error) })
    };
    fields.iter().filter_map(|field| at(field)).collect()
}

/// What giving a stay up costs, by the hotel's own clock.
pub(in crate::server::web) fn terms(hotel: &Hotel, stay: Stay, nightly: &[(Date, Money)]) -> CancelTerms {
    let terms = Terms::of(hotel, stay, nightly);
    let (free_until, free_until_time) = civil_of(terms.free_until, &hotel.time_zone);
    let zone = hotel.time_zone.clone();
    CancelTerms { free_until, free_until_time, zone, fee: terms.fee, no_show_fee: terms.no_show_fee }
}

/// Seconds as the texts count them.
pub(in crate::server::web) fn whole_seconds(seconds: u64) -> u32 {
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// A title for the tab: what the page is, then where.
pub(in crate::server::web) fn tab_title(page: &str, place: &str) -> String {
    format!("{page} · {place}")
}

/// The title of a form that came back, so that a screen reader says first that something is wrong.
pub(in crate::server::web) fn refused_title(locale: Locale, title: &str) -> String {
    format!("{}{title}", crate::messages::problem::title_prefix(locale))
}
