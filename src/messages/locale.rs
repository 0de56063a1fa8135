//! The languages Vacancy speaks, and how a request's `Accept-Language` chooses one.

use serde::{Deserialize, Serialize};

/// A language with its way of writing dates, money and plurals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    #[default]
    #[serde(rename = "en")]
    En,
    #[serde(rename = "zh-CN")]
    ZhCn,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// The tag in `<html lang>`, in the language cookie and for a speech voice.
    pub const fn html_lang(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The language's name in itself, as a language switch shows it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhCn => "中文",
        }
    }

    /// The locale for a BCP 47 tag, judged by its first subtag: `en-GB` is English, `zh-Hans-CN` is Chinese.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else if primary.eq_ignore_ascii_case("zh") {
            Some(Self::ZhCn)
        } else {
            None
        }
    }

    /// The best of our languages for an `Accept-Language` value (RFC 9110, 12.5.4): the highest weight wins, the
    /// first of equals. `None` when the header names none of ours, so that the hotel's own language can decide.
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in accept_language.split(',') {
            let mut parts = range.split(';');
            let Some(locale) = parts.next().and_then(Self::from_tag) else { continue };
            let weight = parts.find_map(weight_in_thousandths).unwrap_or(1000);
            if weight > 0 && best.is_none_or(|(highest, _)| weight > highest) {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

/// Reads `q=0.8` as 800. Anything after the third decimal, which the RFC does not allow, is not read.
fn weight_in_thousandths(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let mut thousandths = whole * 1000;
    for (digit, place) in fraction.bytes().zip([100, 10, 1]) {
        if !digit.is_ascii_digit() {
            return None;
        }
        thousandths += u16::from(digit - b'0') * place;
    }
    Some(thousandths.min(1000))
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn a_tag_is_judged_by_its_first_subtag() {
        assert_eq!(Locale::from_tag("en-GB"), Some(Locale::En));
        assert_eq!(Locale::from_tag("zh-Hans-CN"), Some(Locale::ZhCn));
        assert_eq!(Locale::from_tag("ZH_cn"), Some(Locale::ZhCn));
        assert_eq!(Locale::from_tag("enx"), None);
        assert_eq!(Locale::from_tag(""), None);
    }

    #[test]
    fn every_locale_reads_its_own_tag() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.html_lang()), Some(locale));
        }
    }

    #[test]
    fn the_highest_weight_wins_whatever_the_order() {
        assert_eq!(Locale::negotiate("en;q=0.8, zh-CN;q=0.9"), Some(Locale::ZhCn));
        assert_eq!(Locale::negotiate("zh-CN,zh;q=0.9,en;q=0.8"), Some(Locale::ZhCn));
        assert_eq!(Locale::negotiate("fr, de;q=0.9, en-US;q=0.7, zh;q=0.65"), Some(Locale::En));
    }

    #[test]
    fn of_equal_weights_the_first_wins() {
        assert_eq!(Locale::negotiate("zh, en"), Some(Locale::ZhCn));
        assert_eq!(Locale::negotiate("en;q=0.5, zh;q=0.500"), Some(Locale::En));
    }

    #[test]
    fn a_weight_of_zero_refuses_a_language() {
        assert_eq!(Locale::negotiate("en;q=0, zh;q=0.1"), Some(Locale::ZhCn));
        assert_eq!(Locale::negotiate("en;q=0.000"), None);
    }

    #[test]
    fn a_header_without_our_languages_decides_nothing() {
        for header in ["", "*", "fr-FR, fr;q=0.9", ";;;,,=", "de;q=x"] {
            assert_eq!(Locale::negotiate(header), None, "{header}");
        }
    }
}
