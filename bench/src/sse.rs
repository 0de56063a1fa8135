//! Reads a stream of events just far enough to know which have arrived.

use crate::reader::{Told, last_number};

/// Where an event's number stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// At the end of its `id`, as Vacancy's `EPOCH-SEQ`.
    #[default]
    InId,
    /// At the end of its data: the peers all send the same, and nchan names its events itself.
    InData,
}

/// What one stream has told so far.
#[derive(Debug, Default)]
pub struct SseReader {
    /// A line that is not yet there whole.
    partial: Vec<u8>,
    numbers: Numbers,
    /// Whether the answer is 200, once its first line is there.
    accepted: Option<bool>,
    has_data: bool,
    is_reset: bool,
    number: u64,
    /// The `id` of the block that is being read: it counts when the block is whole.
    coming: Vec<u8>,
    /// The last `id`, to go on from.
    pub id: Vec<u8>,
    /// Whether the first block, if only a comment, is there.
    pub begun: bool,
}

impl SseReader {
    pub fn new(numbers: Numbers) -> Self {
        Self { numbers, ..Self::default() }
    }

    /// Takes in what was read and passes on what it tells, as far as that is complete. Lines that end with CR LF are
    /// the answer's head or the framing of chunks: the servers measured here end their own lines with LF alone, and put
    /// whole lines into a chunk.
    pub fn take_in(&mut self, mut bytes: &[u8], mut told: impl FnMut(Told)) {
        if !self.partial.is_empty() {
            let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
                self.partial.extend_from_slice(bytes);
                return;
            };
            let mut line = std::mem::take(&mut self.partial);
            line.extend_from_slice(&bytes[..end]);
            self.line(&line, &mut told);
            bytes = &bytes[end + 1..];
            line.clear();
            self.partial = line;
        }
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            self.line(&bytes[..end], &mut told);
            bytes = &bytes[end + 1..];
        }
        self.partial.extend_from_slice(bytes);
    }

    fn line(&mut self, line: &[u8], told: &mut impl FnMut(Told)) {
        match line {
            [head @ .., b'\r'] if self.accepted.is_none() => self.accepted = Some(head.starts_with(b"HTTP/1.1 200")),
            [.., b'\r'] => {}
            [] => {
                self.begun = true;
                self.id.clone_from(&self.coming);
                let is_reset = std::mem::take(&mut self.is_reset);
                if std::mem::take(&mut self.has_data) {
                    told(if is_reset { Told::Reset(self.number) } else { Told::Event(self.number) });
                }
            }
            [b'd', b'a', b't', b'a', b':', data @ ..] => {
                self.has_data = true;
                if self.numbers == Numbers::InData || self.is_reset {
                    self.number = last_number(data);
                }
            }
            [b'i', b'd', b':', id @ ..] => {
                self.coming.clear();
                self.coming.extend_from_slice(id.trim_ascii());
                if self.numbers == Numbers::InId {
                    self.number = last_number(id);
                }
            }
            [b'e', b'v', b'e', b'n', b't', b':', event @ ..] => self.is_reset = event.trim_ascii() == b"reset",
            _ => {}
        }
    }

    pub fn refused(&self) -> bool {
        self.accepted == Some(false)
    }

    /// The number of the last `id`.
    pub fn position(&self) -> u64 {
        last_number(&self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1c\r\nretry: 1500\nid: e1-7\n\n\r\n\
        20\r\nid: e1-8\nevent: alert\ndata: {}\n\n\r\n:\n\nid: e1-9\ndata: a\ndata: b\n\n";

    #[test]
    fn events_are_found_wherever_the_bytes_are_cut() {
        for cut in 0..STREAM.len() {
            let (mut reader, mut seen) = (SseReader::default(), Vec::new());
            let (one, two) = STREAM.as_bytes().split_at(cut);
            reader.take_in(one, |told| seen.push(told));
            reader.take_in(two, |told| seen.push(told));
            assert_eq!(seen, [Told::Event(8), Told::Event(9)], "cut at {cut}");
            assert!(reader.begun && !reader.refused());
            assert_eq!(reader.id, b"e1-9");
        }
    }

    #[test]
    fn a_number_can_stand_in_the_data() {
        let (mut reader, mut seen) = (SseReader::new(Numbers::InData), Vec::new());
        let stream = "HTTP/1.1 200 OK\r\n\r\n: hi\n\nid: 1700000000:0\ndata: {\"text\":\"double 0000012\"}\n\n";
        reader.take_in(stream.as_bytes(), |told| seen.push(told));
        assert_eq!(seen, [Told::Event(12)]);
    }

    #[test]
    fn a_reset_names_the_new_place() {
        let (mut reader, mut seen) = (SseReader::default(), Vec::new());
        let stream =
            "HTTP/1.1 200 OK\r\n\r\nevent: reset\ndata: {\"as_of\":\"e1-90\"}\n\nid: e1-93\nevent: alert\ndata: {}\n\n";
        reader.take_in(stream.as_bytes(), |told| seen.push(told));
        assert_eq!(seen, [Told::Reset(90), Told::Event(93)]);
    }

    #[test]
    fn an_event_that_was_cut_is_not_gone_on_from() {
        let mut reader = SseReader::default();
        reader.take_in(b"HTTP/1.1 200 OK\r\n\r\nid: e1-7\ndata: a\n\nid: e1-8\ndata: b\n", |_| {});
        assert_eq!(reader.position(), 7);
    }

    #[test]
    fn a_refusal_is_seen() {
        let mut reader = SseReader::default();
        reader.take_in(b"HTTP/1.1 404 Not Found\r\n\r\n", |_| {});
        assert!(reader.refused());
    }
}
