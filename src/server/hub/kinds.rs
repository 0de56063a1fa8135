//! Which kinds of fact a desk hears: a set of bits over a vocabulary that the wire defines.
//! The hub itself knows no kind by name.

use thiserror::Error;

/// The place of a kind in its [`Vocabulary`], below 64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactKind(u8);

impl FactKind {
    pub(crate) const fn new(index: u8) -> Self {
        assert!(index < 64, "a kind is a bit of a 64-bit set");
        Self(index)
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KindSet(u64);

impl KindSet {
    pub const ALL: Self = Self(u64::MAX);
    pub const NONE: Self = Self(0);

    #[must_use]
    pub const fn with(self, kind: FactKind) -> Self {
        Self(self.0 | 1 << kind.0)
    }

    pub const fn contains(self, kind: FactKind) -> bool {
        self.0 & 1 << kind.0 != 0
    }

    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The event names of the desk stream, each with one of its types or kinds: `("reservation", "placed")`.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary(&'static [(&'static str, &'static str)]);

/// A `kinds` token that is neither an event name nor a type or kind of one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("unknown kind of event: {0}")]
pub struct UnknownKind(pub String);

impl Vocabulary {
    /// # Panics
    /// With more than 64 pairs; meant for constants, where that is a compile error.
    pub const fn new(pairs: &'static [(&'static str, &'static str)]) -> Self {
        assert!(pairs.len() <= 64, "a kind is a bit of a 64-bit set");
        Self(pairs)
    }

    pub fn kind(&self, event: &str, kind: &str) -> Option<FactKind> {
        self.kinds().find(|(_, pair)| *pair == (event, kind)).map(|(found, _)| found)
    }

    /// Reads a comma-separated list of event names and kinds; blank means all.
    pub fn parse(&self, tokens: &str) -> Result<KindSet, UnknownKind> {
        if tokens.trim().is_empty() {
            return Ok(KindSet::ALL);
        }
        let mut set = KindSet::NONE;
        for token in tokens.split(',').map(str::trim) {
            let named = self.kinds().filter(|(_, (event, kind))| *event == token || *kind == token);
            let found = named.fold(KindSet::NONE, |found, (kind, _)| found.with(kind));
            if found == KindSet::NONE {
                return Err(UnknownKind(token.to_owned()));
            }
            set.0 |= found.0;
        }
        Ok(set)
    }

    fn kinds(&self) -> impl Iterator<Item = (FactKind, (&'static str, &'static str))> {
        (0..64).map(FactKind::new).zip(self.0.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Vocabulary = Vocabulary::new(&[
        ("reservation", "placed"),
        ("reservation", "cancelled"),
        ("room", "condition"),
        ("alert", "nudge"),
    ]);

    #[test]
    fn a_token_names_an_event_or_one_of_its_kinds() {
        let placed = WORDS.kind("reservation", "placed").unwrap();
        let nudge = WORDS.kind("alert", "nudge").unwrap();
        let set = WORDS.parse("reservation, nudge").unwrap();
        assert!(set.contains(placed) && set.contains(nudge));
        assert!(!set.contains(WORDS.kind("room", "condition").unwrap()));
        assert!(!WORDS.parse("placed").unwrap().contains(nudge));
        assert_eq!(WORDS.parse(" ").unwrap(), KindSet::ALL);
    }

    #[test]
    fn an_unknown_token_is_named() {
        assert_eq!(WORDS.parse("placed,plcaed"), Err(UnknownKind("plcaed".into())));
        assert_eq!(WORDS.parse("placed,"), Err(UnknownKind(String::new())));
        assert_eq!(WORDS.kind("alert", "placed"), None);
    }
}
