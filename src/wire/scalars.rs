//! How single values of the domain are written in JSON and in forms: as text, but money as an object.

use core::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::domain::{Currency, Date, HotelSlug, Money, ReservationCode, RoomNumber, RoomTypeCode, Status, Timestamp};

struct Text<T>(core::marker::PhantomData<T>);

impl<T: core::str::FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

macro_rules! written_as_text {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text(core::marker::PhantomData))
            }
        }
    )*};
}
written_as_text!(Currency, Date, HotelSlug, ReservationCode, RoomNumber, RoomTypeCode, Status, Timestamp);

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut money = serializer.serialize_struct("Money", 2)?;
        money.serialize_field("minor", &self.minor)?;
        money.serialize_field("currency", &self.currency)?;
        money.end()
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Fields {
            minor: i64,
            currency: Currency,
        }
        let Fields { minor, currency } = Fields::deserialize(deserializer)?;
        Ok(Self { minor, currency })
    }
}

/// The shape of [`Money`] in the API description.
#[cfg(feature = "ssr")]
#[derive(Debug, utoipa::ToSchema)]
#[schema(title = "Money")]
#[allow(dead_code, reason = "only its schema is used")]
pub struct MoneySchema {
    /// Whole minor units: cents, fen.
    #[schema(example = 11900)]
    minor: i64,
    /// The ISO 4217 code.
    #[schema(example = "EUR")]
    currency: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_the_contract_has_them() {
        let money = Money::new(11_900, Currency::Eur);
        assert_eq!(serde_json::to_string(&money).unwrap(), r#"{"minor":11900,"currency":"EUR"}"#);
        assert_eq!(serde_json::from_str::<Money>(r#"{"minor":11900,"currency":"EUR"}"#).unwrap(), money);
        assert!(serde_json::from_str::<Money>(r#"{"minor":1.5,"currency":"EUR"}"#).is_err());
        let date: Date = serde_json::from_str("\"2026-12-24\"").unwrap();
        assert_eq!(serde_json::to_string(&date).unwrap(), "\"2026-12-24\"");
        assert_eq!(serde_json::to_string(&Status::InHouse).unwrap(), "\"in_house\"");
    }
}
