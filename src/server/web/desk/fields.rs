//! Field errors in the desk's words: those of the guest's forms, but where they send the guest to the desk.

use crate::components;
use crate::domain::{AmendmentError, StayError};
use crate::messages::Locale;
use crate::messages::desk::new_stay as texts;
use crate::server::service::{FieldError, FieldErrors};
use crate::server::web::guest::words;

/// The errors at `fields`, in the order in which a form shows them.
pub(super) fn at_fields(locale: Locale, errors: &FieldErrors, fields: &[&'static str]) -> Vec<components::FieldError> {
    let mut told = words::at_fields(locale, errors, fields);
    for error in &mut told {
        if errors.get(error.field).is_some_and(is_too_long) {
            texts::stay_too_long(locale).clone_into(&mut error.message);
        }
    }
    told
}

fn is_too_long(error: &FieldError) -> bool {
    let too_long = StayError::TooLong;
    matches!(error, FieldError::Stay(error) | FieldError::Amendment(AmendmentError::Stay(error)) if *error == too_long)
}
