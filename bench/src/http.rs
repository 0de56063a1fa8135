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
        if let Some((status, whole)) = measure(&bytes)
            && bytes.len() >= whole
        {
            let text = String::from_utf8_lossy(&bytes[..whole]).into_owned();
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
            return Ok(Answer { status, head: head.to_owned(), body: body.to_owned() });
        }
        match socket.read(&mut part)? {
            0 => return Err("the server closed the connection instead of answering".into()),
            count => bytes.extend_from_slice(&part[..count]),
        }
    }
}

/// The status of the answer that begins here and its whole length, once its head is there.
pub fn measure(bytes: &[u8]) -> Option<(u16, usize)> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let status = text.get(9..12)?.parse().ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    Some((status, head + 4 + length.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_as_long_as_it_says() {
        let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}HTTP";
        assert_eq!(measure(answer), Some((201, answer.len() - 4)));
        assert_eq!(measure(b"HTTP/1.1 204 No Content\r\n\r\n"), Some((204, 27)));
        assert_eq!(measure(b"HTTP/1.1 204 No"), None);
    }
}
