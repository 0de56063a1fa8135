//! Where a client stands in a hotel's stream: `EPOCH-SEQ`, and what a request says about it.
//! Parsing is strict, since a position that is misread becomes a silent gap.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use thiserror::Error;

/// The longest epoch that is read; epochs made by the store are shorter.
const EPOCH_MAX_CHARS: usize = 32;

/// A point in a hotel's order of facts, written `EPOCH-SEQ`: everything up to and including `seq` is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StreamPosition {
    epoch: Arc<str>,
    seq: u64,
}

/// The text is not `EPOCH-SEQ` with a lower-case base36 epoch and a plain decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a stream position of the form EPOCH-SEQ")]
pub struct InvalidPosition;

impl StreamPosition {
    pub fn new(epoch: Arc<str>, seq: u64) -> Self {
        Self { epoch, seq }
    }

    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    pub fn seq(&self) -> u64 {
        self.seq
    }
}

impl fmt::Display for StreamPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.epoch, self.seq)
    }
}

impl FromStr for StreamPosition {
    type Err = InvalidPosition;

    fn from_str(text: &str) -> Result<Self, InvalidPosition> {
        let (epoch, seq) = text.split_once('-').ok_or(InvalidPosition)?;
        let epoch_is_base36 = epoch.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
        if epoch.is_empty() || epoch.len() > EPOCH_MAX_CHARS || !epoch_is_base36 {
            return Err(InvalidPosition);
        }
        // `u64::from_str` alone would also take `+5` and `005`: two spellings of one position.
        let seq_is_plain = seq.bytes().all(|b| b.is_ascii_digit()) && (seq == "0" || !seq.starts_with('0'));
        if !seq_is_plain {
            return Err(InvalidPosition);
        }
        Ok(Self { epoch: epoch.into(), seq: seq.parse().map_err(|_| InvalidPosition)? })
    }
}

/// What a request says about where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Nothing: start at the present.
    FromHead,
    /// Everything after this position.
    After(StreamPosition),
    /// Something that cannot be read. The client believes it has a position, so it must be told that it has none.
    Unreadable,
}

impl Resume {
    /// `Last-Event-ID` wins over `?after=`: the first is what the browser saw last, the second is as old as the page.
    /// An empty value means "no position", as the HTML standard has it.
    pub fn from_request(last_event_id: Option<&[u8]>, after: Option<&str>) -> Self {
        let header = last_event_id.filter(|id| !id.is_empty());
        let given = match (header, after.filter(|id| !id.is_empty())) {
            (Some(id), _) => std::str::from_utf8(id).ok().and_then(|id| id.parse().ok()),
            (None, Some(id)) => id.parse().ok(),
            (None, None) => return Self::FromHead,
        };
        given.map_or(Self::Unreadable, Self::After)
    }

    /// Where a stream of this epoch, now at `head`, starts.
    pub(crate) fn resolve(&self, epoch: &str, head: u64) -> Start {
        match self {
            Self::FromHead => Start::Fresh { head },
            Self::After(position) if position.epoch() == epoch && position.seq() <= head => {
                Start::Resumed { after: position.seq() }
            }
            Self::After(_) | Self::Unreadable => Start::Reset { head },
        }
    }
}

/// How a stream begins, decided by the hub when it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// No position was given: the stream starts at the hotel's head.
    Fresh { head: u64 },
    /// The stream goes on after the given sequence number, nothing left out.
    Resumed { after: u64 },
    /// The given position cannot be resumed; the stream opens with a `reset` event naming the head.
    Reset { head: u64 },
}

impl Start {
    /// Everything up to this sequence number is left to the page, or was seen before.
    pub(crate) fn seq(self) -> u64 {
        match self {
            Self::Fresh { head } | Self::Reset { head } => head,
            Self::Resumed { after } => after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_is_written() {
        let position: StreamPosition = "k3f9-120".parse().unwrap();
        assert_eq!((position.epoch(), position.seq()), ("k3f9", 120));
        assert_eq!(position.to_string(), "k3f9-120");
        assert_eq!("a-0".parse::<StreamPosition>().unwrap().seq(), 0);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "-",
            "a",
            "a-",
            "-1",
            "a-1-2",
            "A-1",
            "a--1",
            "a-+1",
            "a-01",
            "a-00",
            "a- 1",
            " a-1",
            "a-1 ",
            "é-1",
            "a_b-1",
            "a-18446744073709551616",
        ] {
            assert_eq!(text.parse::<StreamPosition>(), Err(InvalidPosition), "{text:?}");
        }
    }

    #[test]
    fn the_header_wins_and_a_broken_one_is_not_ignored() {
        let at = |text: &str| Resume::After(text.parse().unwrap());
        assert_eq!(Resume::from_request(None, None), Resume::FromHead);
        assert_eq!(Resume::from_request(Some(b""), None), Resume::FromHead);
        assert_eq!(Resume::from_request(None, Some("e-1")), at("e-1"));
        assert_eq!(Resume::from_request(Some(b"e-2"), Some("e-1")), at("e-2"));
        assert_eq!(Resume::from_request(Some(b"nonsense"), Some("e-1")), Resume::Unreadable);
        assert_eq!(Resume::from_request(Some(b"\xff"), None), Resume::Unreadable);
        assert_eq!(Resume::from_request(None, Some("nonsense")), Resume::Unreadable);
    }

    #[test]
    fn a_foreign_epoch_or_a_future_number_starts_with_a_reset() {
        let start = |text: &str| Resume::After(text.parse().unwrap()).resolve("e", 10);
        assert_eq!(start("e-10"), Start::Resumed { after: 10 });
        assert_eq!(start("e-0"), Start::Resumed { after: 0 });
        assert_eq!(start("e-11"), Start::Reset { head: 10 });
        assert_eq!(start("f-3"), Start::Reset { head: 10 });
        assert_eq!(Resume::Unreadable.resolve("e", 10), Start::Reset { head: 10 });
    }
}
