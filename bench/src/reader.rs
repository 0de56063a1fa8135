//! What a client makes of the bytes it reads, whatever the protocol.

use crate::sse::{Numbers, SseReader};
use crate::websocket::SocketIoReader;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    Sse(Numbers),
    SocketIo,
}

/// What a stream tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// An event with this number.
    Event(u64),
    /// What was missed is told no more: all up to this number is to be read anew elsewhere.
    Reset(u64),
}

#[derive(Debug)]
pub enum Reader {
    Sse(SseReader),
    SocketIo(SocketIoReader),
}

impl Reader {
    pub fn new(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Sse(numbers) => Self::Sse(SseReader::new(numbers)),
            Protocol::SocketIo => Self::SocketIo(SocketIoReader::default()),
        }
    }

    /// Takes in what was read and passes on what it tells, as far as that is complete.
    pub fn take_in(&mut self, bytes: &[u8], mut told: impl FnMut(Told)) {
        match self {
            Self::Sse(reader) => reader.take_in(bytes, told),
            Self::SocketIo(reader) => reader.take_in(bytes, |number| told(Told::Event(number))),
        }
    }

    /// What the protocol wants to be answered to what was read.
    pub fn reply(&mut self) -> Vec<u8> {
        match self {
            Self::Sse(_) => Vec::new(),
            Self::SocketIo(reader) => std::mem::take(&mut reader.reply),
        }
    }

    /// Whether the server has said that from now on nothing is missed.
    pub fn begun(&self) -> bool {
        match self {
            Self::Sse(reader) => reader.begun,
            Self::SocketIo(reader) => reader.begun,
        }
    }

    pub fn refused(&self) -> bool {
        match self {
            Self::Sse(reader) => reader.refused(),
            Self::SocketIo(reader) => reader.refused,
        }
    }

    /// The number of the last `id`, where the protocol has such.
    pub fn position(&self) -> u64 {
        if let Self::Sse(reader) = self { reader.position() } else { 0 }
    }

    /// The last `id` itself, to go on from.
    pub fn id(&self) -> String {
        if let Self::Sse(reader) = self { String::from_utf8_lossy(&reader.id).into_owned() } else { String::new() }
    }
}

/// The last run of digits: how an id or the data of an event ends.
pub fn last_number(text: &[u8]) -> u64 {
    let end = text.iter().rposition(u8::is_ascii_digit).map_or(0, |last| last + 1);
    let start = text[..end].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |before| before + 1);
    text[start..end].iter().fold(0, |number: u64, digit| number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_counts() {
        assert_eq!(last_number(b" e1-8"), 8);
        assert_eq!(last_number(b"{\"text\":\"2031-01-01 0000012\"}"), 12);
        assert_eq!(last_number(b"none"), 0);
    }
}
