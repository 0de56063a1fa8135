//! Just enough HTTP/1.1: requests as text, and answers measured by their length.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::Failure;

/// An answer to a request that waited for it.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Opens a stream of events. `headers` are whole lines, each with its end.
pub fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept: text/event-stream\r\n{headers}\r\n").into_bytes()
}

pub fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let json = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
    format!("POST {path} HTTP/1.1\r\nhost: bench\r\n{json}{headers}content-length: {length}\r\n\r\n{body}").into_bytes()
}

/// Sends one request on a connection of its own and waits for the answer.
pub fn exchange(addr: SocketAddr, request: &[u8]) -> Result<Answer, Failure> {
    let mut socket = TcpStream::connect(addr)?;
    socket.set_read_timeout(Some(Duration::from_secs(30)))?;
    socket.write_all(request)?;
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(Extent { status, head, whole }) = measure(&bytes)
            && bytes.len() >= whole
        {
            let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
            return Ok(Answer { status, head: text(&bytes[..head]), body: text(&bytes[head..whole]) });
        }
        match socket.read(&mut part)? {
            0 => return Err("the server closed the connection instead of answering".into()),
            count => bytes.extend_from_slice(&part[..count]),
        }
    }
}

/// An answer as far as its head tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub status: u16,
    /// Where its body begins, and where it ends.
    pub head: usize,
    pub whole: usize,
}

/// The answer that begins here, once its head is there. It must tell its length or have none.
pub fn measure(bytes: &[u8]) -> Option<Extent> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..end]).ok()?;
    let status = text.get(9..12)?.parse().ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let head = end + 4;
    Some(Extent { status, head, whole: head + length.unwrap_or(0) })
}

/// The text of a JSON field, wherever it stands first; for answers that are known.
pub fn json_text<'a>(body: &'a str, field: &str) -> Option<&'a str> {
    body.split(&format!("\"{field}\":\"")).nth(1)?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_as_long_as_it_says() {
        let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}HTTP";
        let whole = answer.len() - 4;
        assert_eq!(measure(answer), Some(Extent { status: 201, head: whole - 2, whole }));
        let nothing = Extent { status: 204, head: 27, whole: 27 };
        assert_eq!(measure(b"HTTP/1.1 204 No Content\r\n\r\n"), Some(nothing));
        assert_eq!(json_text(r#"{"a":"b","code":"K7QM-2XNP"}"#, "code"), Some("K7QM-2XNP"));
        assert_eq!(measure(b"HTTP/1.1 204 No"), None);
    }
}
