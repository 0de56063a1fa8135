//! Reads a stream of events just far enough to know which have arrived: their numbers, in order, once.

/// What one stream has told so far. Every block's `id` is `NAME-NUMBER`.
#[derive(Debug, Default)]
pub struct Reader {
    /// A line that is not yet there whole.
    partial: Vec<u8>,
    began: bool,
    has_data: bool,
    /// The number of the last `id` line.
    pub position: Option<u64>,
    /// Anything but 200.
    pub refused: bool,
}

impl Reader {
    /// Takes in what was read and tells `event` the number of each event that is complete. Lines that end with CR LF are
    /// the answer's head or the framing of chunks: the servers measured here end their own lines with LF alone, and put
    /// whole events into a chunk.
    pub fn take_in(&mut self, mut bytes: &[u8], mut event: impl FnMut(u64)) {
        if !self.partial.is_empty() {
            let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
                self.partial.extend_from_slice(bytes);
                return;
            };
            let mut line = std::mem::take(&mut self.partial);
            line.extend_from_slice(&bytes[..end]);
            self.line(&line, &mut event);
            bytes = &bytes[end + 1..];
            line.clear();
            self.partial = line;
        }
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            self.line(&bytes[..end], &mut event);
            bytes = &bytes[end + 1..];
        }
        self.partial.extend_from_slice(bytes);
    }

    fn line(&mut self, line: &[u8], event: &mut impl FnMut(u64)) {
        match line {
            [head @ .., b'\r'] if !self.began => {
                self.began = true;
                self.refused = !head.starts_with(b"HTTP/1.1 200");
            }
            [.., b'\r'] => {}
            [] if self.has_data => {
                self.has_data = false;
                event(self.position.unwrap_or(0));
            }
            [b'd', b'a', b't', b'a', b':', ..] => self.has_data = true,
            [b'i', b'd', b':', id @ ..] => self.position = number_of(id),
            _ => {}
        }
    }
}

fn number_of(id: &[u8]) -> Option<u64> {
    let digits = id.rsplit(|byte| *byte == b'-').next()?;
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// Where a follower stands in a run of events that are `step` apart, and what went wrong on the way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Follower {
    pub base: u64,
    pub step: u64,
    /// How many of the run have arrived.
    pub arrived: u64,
    pub lost: u64,
    pub duplicated: u64,
}

impl Follower {
    /// Takes in an event's number; gives the first and last of the run that are new. One event may stand for several
    /// where `merges` says so: then it brings everything up to its number.
    pub fn take_in(&mut self, number: u64, merges: bool) -> std::ops::RangeInclusive<u64> {
        let place = number.saturating_sub(self.base) / self.step.max(1);
        if place <= self.arrived {
            self.duplicated += 1;
            #[allow(clippy::reversed_empty_ranges, reason = "nothing is new")]
            return 1..=0;
        }
        if !merges {
            self.lost += place - self.arrived - 1;
        }
        let new = self.arrived + 1..=place;
        self.arrived = place;
        new
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
            let (mut reader, mut seen) = (Reader::default(), Vec::new());
            let (one, two) = STREAM.as_bytes().split_at(cut);
            reader.take_in(one, |number| seen.push(number));
            reader.take_in(two, |number| seen.push(number));
            assert_eq!(seen, [8, 9], "cut at {cut}");
            assert!(!reader.refused);
        }
    }

    #[test]
    fn a_refusal_is_seen() {
        let mut reader = Reader::default();
        reader.take_in(b"HTTP/1.1 404 Not Found\r\n\r\n", |_| {});
        assert!(reader.refused);
    }

    #[test]
    fn what_is_lost_and_what_comes_twice_is_counted() {
        let mut follower = Follower { base: 10, step: 3, ..Follower::default() };
        assert_eq!(follower.take_in(13, false), 1..=1);
        assert_eq!(follower.take_in(22, false), 2..=4);
        assert!(follower.take_in(22, false).is_empty());
        assert_eq!((follower.lost, follower.duplicated, follower.arrived), (2, 1, 4));
    }
}
