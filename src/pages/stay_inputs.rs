//! The inputs of a stay as every form has them: a day, and how many come. What was typed and what is wrong with it are
//! kept.

use leptos::prelude::*;

use crate::components::{Field, FieldError, FieldKind, SelectField};
use crate::domain::{Date, Party};

/// Of a form with these errors.
#[derive(Clone, Copy, Debug)]
pub(super) struct StayInputs<'a>(pub &'a [FieldError]);

impl StayInputs<'_> {
    pub fn error(self, field: &str) -> Option<String> {
        FieldError::at(self.0, field)
    }

    /// A day, from `first` on where there is one.
    pub fn date(
        self,
        name: &'static str,
        label: &'static str,
        value: &str,
        first: Option<Date>,
    ) -> impl IntoView + use<> {
        let (error, min) = (self.error(name), first.map(|day| day.to_string()));
        view! { <Field name label kind=FieldKind::Date value=value.to_owned() error min required=true /> }
    }

    /// How many people come, of those of whom there must be `from`.
    pub fn count(self, name: &'static str, label: &'static str, value: &str, from: u8) -> impl IntoView + use<> {
        let options = (from..=Party::MAX_OF_A_KIND).map(|count| (count.to_string(), count.to_string())).collect();
        view! { <SelectField name label options value=value.to_owned() error=self.error(name) /> }
    }
}
