//! Just enough of WebSocket (RFC 6455), Engine.IO 4 and Socket.IO 5 to follow a stream of events.

use crate::reader::last_number;

/// Any key will do: the answer to it is not checked.
pub fn upgrade(topic: usize) -> Vec<u8> {
    format!(
        "GET /socket.io/?EIO=4&transport=websocket&topic={topic} HTTP/1.1\r\nhost: bench\r\nconnection: \
         upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: \
         dmFjYW5jeS1iZW5jaC0xMg==\r\n\r\n"
    )
    .into_bytes()
}

#[derive(Debug, Default)]
pub struct SocketIoReader {
    /// Bytes of a frame, or of the head, that is not yet there whole.
    partial: Vec<u8>,
    has_head: bool,
    pub reply: Vec<u8>,
    pub begun: bool,
    pub refused: bool,
}

impl SocketIoReader {
    pub fn take_in(&mut self, bytes: &[u8], mut event: impl FnMut(u64)) {
        let mut all = std::mem::take(&mut self.partial);
        all.extend_from_slice(bytes);
        let mut done = 0;
        if !self.has_head {
            let Some(end) = all.windows(4).position(|four| four == b"\r\n\r\n") else {
                self.partial = all;
                return;
            };
            self.has_head = true;
            self.refused = !all.starts_with(b"HTTP/1.1 101");
            done = end + 4;
        }
        while let Some((start, end)) = frame(&all[done..]) {
            self.packet(&all[done + start..done + end], &mut event);
            done += end;
        }
        all.drain(..done);
        self.partial = all;
    }

    fn packet(&mut self, packet: &[u8], event: &mut impl FnMut(u64)) {
        match packet {
            [b'0', ..] => self.reply.extend(masked(b"40")),
            [b'2'] => self.reply.extend(masked(b"3")),
            [b'4', b'0', ..] => self.begun = true,
            [b'4', b'2', data @ ..] => event(last_number(data)),
            _ => self.refused = true,
        }
    }
}

/// Where the payload of the first frame begins and ends; a server's frames are not masked.
fn frame(bytes: &[u8]) -> Option<(usize, usize)> {
    let (start, length) = match bytes {
        [_, 127, rest @ ..] => (10, usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?),
        [_, 126, rest @ ..] => (4, usize::from(u16::from_be_bytes(*rest.first_chunk()?))),
        [_, length, ..] => (2, usize::from(*length)),
        _ => return None,
    };
    (bytes.len() >= start + length).then_some((start, start + length))
}

/// A client's frames must be masked; a mask of zeros leaves them as they are.
fn masked(text: &[u8]) -> Vec<u8> {
    #[allow(clippy::cast_possible_truncation, reason = "one or two bytes")]
    let mut frame = vec![0x81, 0x80 | text.len() as u8, 0, 0, 0, 0];
    frame.extend_from_slice(text);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_found_wherever_the_bytes_are_cut() {
        let mut stream = b"HTTP/1.1 101 Switching Protocols\r\n\r\n".to_vec();
        for packet in ["0{\"sid\":\"a\"}", "40{\"sid\":\"b\"}", "2", "42[\"alert\",\"{ 0000007}\"]"] {
            stream.extend([0x81, u8::try_from(packet.len()).unwrap()]);
            stream.extend(packet.as_bytes());
        }
        let long = format!("42[\"alert\",\"{} 8\"]", "x".repeat(200));
        stream.extend([0x81, 126, 0, u8::try_from(long.len()).unwrap()]);
        stream.extend(long.as_bytes());
        for cut in 0..stream.len() {
            let (mut reader, mut seen) = (SocketIoReader::default(), Vec::new());
            reader.take_in(&stream[..cut], |number| seen.push(number));
            reader.take_in(&stream[cut..], |number| seen.push(number));
            assert_eq!(seen, [7, 8], "cut at {cut}");
            assert!(reader.begun && !reader.refused);
            assert_eq!(reader.reply, [masked(b"40"), masked(b"3")].concat());
        }
    }
}
