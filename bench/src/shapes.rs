//! What is measured, a shape a file. Each runs its peers in turns and gives medians; a round that failed is shown.

pub mod bookings;
pub mod fan_out;
pub mod idle;
pub mod storm;

use crate::peers::{Peer, Server};
use crate::{Failure, Plan, progress};

/// The results of one peer, and what went wrong.
#[derive(Debug)]
pub struct Turns<T> {
    pub peer: Peer,
    pub rounds: Vec<T>,
    pub failures: Vec<String>,
}

impl<T> Turns<T> {
    pub fn median(&self, figure: impl Fn(&T) -> f64) -> f64 {
        crate::figures::median(self.rounds.iter().map(figure))
    }
}

/// Runs `round` for each peer in turns, each time on a fresh server; every other round backwards, so that nobody is
/// always first.
pub fn in_turns<T>(
    plan: &Plan,
    shape: &str,
    peers: &[Peer],
    mut round: impl FnMut(&Server) -> Result<T, Failure>,
) -> Vec<Turns<T>> {
    let turns = |peer: &Peer| Turns { peer: *peer, rounds: Vec::new(), failures: Vec::new() };
    let mut all: Vec<Turns<T>> = peers.iter().map(turns).collect();
    for number in 1..=plan.rounds {
        let mut order: Vec<&mut Turns<T>> = all.iter_mut().collect();
        if number % 2 == 0 {
            order.reverse();
        }
        for turn in order {
            progress(&format!("{shape}, round {number} of {}: {}", plan.rounds, turn.peer));
            match Server::start(plan, turn.peer).and_then(|server| round(&server)) {
                Ok(result) => turn.rounds.push(result),
                Err(error) => turn.failures.push(format!("round {number}, {}: {error}", turn.peer)),
            }
        }
    }
    all
}

/// The failed rounds, for below a table.
pub fn failures<T>(all: &[Turns<T>]) -> String {
    let failed: Vec<&str> = all.iter().flat_map(|turns| &turns.failures).map(String::as_str).collect();
    if failed.is_empty() { "No round failed.\n".into() } else { format!("Failed rounds: {}.\n", failed.join("; ")) }
}

/// The peer that others are compared with.
pub fn floor_of<T>(all: &[Turns<T>]) -> Option<&Turns<T>> {
    all.iter().find(|turns| turns.peer == Peer::Floor)
}
