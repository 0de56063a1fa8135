//! The name of a hotel in addresses.

use core::fmt;
use core::str::FromStr;

/// 1 to 40 lower-case letters, digits and single dashes, beginning with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HotelSlug(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a slug has 1 to 40 lower-case letters, digits and single dashes, and begins with a letter")]
pub struct SlugError;

impl HotelSlug {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for HotelSlug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        if is_slug(text, 40) { Ok(Self(text.to_owned())) } else { Err(SlugError) }
    }
}

impl fmt::Display for HotelSlug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

pub(super) fn is_slug(text: &str, max_length: usize) -> bool {
    text.len() <= max_length
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_words() {
        for good in ["harbour", "west-lake-2", "a"] {
            assert!(good.parse::<HotelSlug>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Harbour", "2a", "a b", "西湖", &"a".repeat(41)] {
            assert!(bad.parse::<HotelSlug>().is_err(), "{bad}");
        }
    }
}
