//! One fact, rendered once and not before somebody wants it: the bytes every follower shares, and who gets them.
//! The texts of the blocks that open and close a stream live here too.

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::Instant;

use bytes::{BufMut as _, Bytes, BytesMut};

use super::kinds::{FactKind, KindSet};
use crate::domain::ReservationCode;

/// A committed fact of a hotel.
#[derive(Clone)]
pub struct Frame {
    /// The fact's number in the hotel's order.
    pub seq: u64,
    pub kind: FactKind,
    /// The reservation it is about.
    pub reservation: Option<ReservationCode>,
    /// When it was on disk, as far as this process knows.
    pub committed_at: Instant,
    pub blocks: Arc<dyn Blocks>,
}

/// The two renderings of a fact, made by [`event_block`] when the first follower wants one and kept for the others.
/// Whoever publishes does not wait for them.
pub trait Blocks: Send + Sync {
    /// For desk screens.
    fn desk(&self) -> &Bytes;

    /// For those who follow the reservation, if they hear of it.
    fn guest(&self) -> Option<&Bytes>;

    /// Whether there is one for those who follow the reservation; renders nothing.
    fn is_for_guest(&self) -> bool;

    /// The memory it takes with everything rendered, about.
    fn size_bytes(&self) -> usize;
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame").field("seq", &self.seq).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Whose stream it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Staff: facts of these kinds.
    Desk(KindSet),
    /// Who follows one reservation.
    Reservation(ReservationCode),
}

impl Audience {
    /// The bytes this audience gets of a frame, if it gets any.
    pub fn bytes_of<'frame>(&self, frame: &'frame Frame) -> Option<&'frame Bytes> {
        match self {
            Self::Desk(kinds) => kinds.contains(frame.kind).then(|| frame.blocks.desk()),
            Self::Reservation(code) => {
                let is_about_it = frame.reservation == Some(*code);
                is_about_it.then(|| frame.blocks.guest()).flatten()
            }
        }
    }
}

/// Renders an event; `data` is one line (compact JSON).
pub fn event_block(epoch: &str, seq: u64, event: &str, data: &[u8]) -> Bytes {
    debug_assert!(!data.contains(&b'\n') && !data.contains(&b'\r'), "a line break in data would end the field");
    let mut block = BytesMut::with_capacity(epoch.len() + event.len() + data.len() + 48);
    // Writing into a growing buffer cannot fail.
    let _ = write!(block, "id: {epoch}-{seq}\nevent: {event}\ndata: ");
    block.put_slice(data);
    block.put_slice(b"\n\n");
    block.freeze()
}

/// Opens a stream: how long to wait before a reconnect, and where this stream starts. It has no data, so no event is
/// dispatched, but a cut before the first event can be resumed.
pub(crate) fn opening_block(out: &mut BytesMut, epoch: &str, seq: u64, retry_ms: u32) {
    let _ = write!(out, "retry: {retry_ms}\nid: {epoch}-{seq}\n\n");
}

/// Moves the client's position without an event.
pub(crate) fn position_block(out: &mut BytesMut, epoch: &str, seq: u64) {
    let _ = write!(out, "id: {epoch}-{seq}\n\n");
}

/// Tells the client that what it knew cannot be brought up to date: it must read the present state, as of here.
pub(crate) fn reset_block(out: &mut BytesMut, epoch: &str, seq: u64) {
    let _ = write!(out, "id: {epoch}-{seq}\nevent: reset\ndata: {{\"as_of\":\"{epoch}-{seq}\"}}\n\n");
}

/// Closes a stream that ends with the server.
pub(crate) fn closing_block(retry_ms: u32) -> Bytes {
    Bytes::from(format!("retry: {retry_ms}\n\n"))
}

/// A comment against idle cuts. Where the client's position is behind, it moves it on, so that a quiet stream can be
/// resumed from memory hours later.
pub(crate) fn keep_alive_block(moved_to: Option<(&str, u64)>) -> Bytes {
    match moved_to {
        None => Bytes::from_static(b":\n\n"),
        Some((epoch, seq)) => Bytes::from(format!(":\nid: {epoch}-{seq}\n\n")),
    }
}

/// Blocks that a test has rendered itself; no guest's block where it is empty.
#[cfg(test)]
pub(crate) struct Ready {
    pub(crate) desk: Bytes,
    pub(crate) guest: Bytes,
}

#[cfg(test)]
impl Blocks for Ready {
    fn desk(&self) -> &Bytes {
        &self.desk
    }

    fn guest(&self) -> Option<&Bytes> {
        self.is_for_guest().then_some(&self.guest)
    }

    fn is_for_guest(&self) -> bool {
        !self.guest.is_empty()
    }

    fn size_bytes(&self) -> usize {
        self.desk.len() + self.guest.len()
    }
}

#[cfg(test)]
impl Frame {
    pub(crate) fn ready(
        seq: u64,
        kind: FactKind,
        reservation: Option<ReservationCode>,
        desk: Bytes,
        guest: Bytes,
    ) -> Self {
        Self { seq, kind, reservation, committed_at: Instant::now(), blocks: Arc::new(Ready { desk, guest }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_read_as_the_contract_says() {
        let block = event_block("e7", 12, "reservation", b"{\"type\":\"placed\"}");
        assert_eq!(block, "id: e7-12\nevent: reservation\ndata: {\"type\":\"placed\"}\n\n");
        let mut out = BytesMut::new();
        opening_block(&mut out, "e7", 3, 1500);
        assert_eq!(out, "retry: 1500\nid: e7-3\n\n");
        out.clear();
        reset_block(&mut out, "e7", 3);
        assert_eq!(out, "id: e7-3\nevent: reset\ndata: {\"as_of\":\"e7-3\"}\n\n");
        assert_eq!(keep_alive_block(None), ":\n\n");
        assert_eq!(keep_alive_block(Some(("e7", 9))), ":\nid: e7-9\n\n");
    }

    #[test]
    fn a_frame_reaches_only_whom_it_is_for() {
        let code = "K7QM-2XNP".parse().unwrap();
        let frame = Frame::ready(1, FactKind::new(2), Some(code), Bytes::from_static(b"desk"), Bytes::new());
        assert_eq!(Audience::Desk(KindSet::ALL).bytes_of(&frame).unwrap(), "desk");
        assert!(Audience::Desk(KindSet::NONE.with(FactKind::new(1))).bytes_of(&frame).is_none());
        assert!(
            Audience::Reservation("K7QM-2XNP".parse().unwrap()).bytes_of(&frame).is_none(),
            "nothing rendered for guests"
        );
    }
}
