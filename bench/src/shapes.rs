//! What is measured, a shape a file. Each runs its peers in turns and gives medians; a round that failed is shown.

pub mod bookings;
pub mod burst;
pub mod fan_out;
pub mod idle;
pub mod pages;
pub mod replay;
pub mod saturated;
pub mod stalled;
pub mod storm;
pub mod topics;

use crate::chart::{Bar, Chart};
use crate::figures::{Wrong, cell, median};
use crate::peers::Peer;
use crate::section::Section;
use crate::server::Server;
use crate::{Failure, Plan, progress};

/// The results of one peer, and what went wrong.
#[derive(Debug)]
pub struct Turns<T> {
    pub peer: Peer,
    pub missing: Option<&'static str>,
    pub rounds: Vec<T>,
    pub failures: Vec<String>,
}

impl<T> Turns<T> {
    pub fn median(&self, figure: impl Fn(&T) -> f64) -> f64 {
        median(self.rounds.iter().map(figure))
    }

    /// What is lost in all rounds and what came twice, as `0 / 0`.
    pub fn wrong(&self, wrong: impl Fn(&T) -> Wrong) -> String {
        let Wrong { lost, twice } = self.rounds.iter().map(wrong).sum();
        if self.rounds.is_empty() { "–".into() } else { format!("{lost} / {twice}") }
    }
}

/// Runs `round` for each peer in turns, each time on a fresh server; every other round backwards, so that nobody is
/// always first. Who is not installed has no rounds.
pub fn in_turns<T>(
    plan: &Plan,
    shape: &str,
    peers: &[Peer],
    round: impl FnMut(&mut Server) -> Result<T, Failure>,
) -> Vec<Turns<T>> {
    in_turns_from(plan, shape, peers, |peer| Server::start(plan, peer), round)
}

/// The same with servers that are started in a way of their own.
pub fn in_turns_from<T>(
    plan: &Plan,
    shape: &str,
    peers: &[Peer],
    start: impl Fn(Peer) -> Result<Server, Failure>,
    mut round: impl FnMut(&mut Server) -> Result<T, Failure>,
) -> Vec<Turns<T>> {
    let turns = |peer: Peer| Turns { peer, missing: peer.missing(), rounds: Vec::new(), failures: Vec::new() };
    let mut all: Vec<Turns<T>> = Peer::wanted(plan, peers).into_iter().map(turns).collect();
    for number in 1..=plan.rounds {
        let mut order: Vec<&mut Turns<T>> = all.iter_mut().filter(|turns| turns.missing.is_none()).collect();
        if number % 2 == 0 {
            order.reverse();
        }
        for turn in order {
            progress(&format!("{shape}, round {number} of {}: {}", plan.rounds, turn.peer));
            match start(turn.peer).and_then(|mut server| round(&mut server)) {
                Ok(result) => turn.rounds.push(result),
                Err(error) => {
                    progress(&format!("  failed: {error}"));
                    turn.failures.push(format!("round {number}, {}: {error}", turn.peer));
                }
            }
        }
    }
    all
}

/// The one that others are compared with.
pub fn base<T>(all: &[Turns<T>], peer: Peer, figure: impl Fn(&T) -> f64) -> f64 {
    all.iter().find(|turns| turns.peer == peer).map_or(f64::NAN, |turns| turns.median(figure))
}

/// Writes a row for each server that could be started, says why another could not, and judges them.
pub fn fill<T>(
    section: &mut Section,
    all: &[Turns<T>],
    wrong: impl Fn(&T) -> Wrong + Copy,
    row: impl Fn(&Turns<T>) -> Vec<String>,
) {
    for turns in all {
        match turns.missing {
            None => section.table.row(turns.peer, row(turns)),
            Some(why) => section.table.row(turns.peer, [why.to_owned()]),
        }
    }
    judge(section, all, wrong);
}

/// Notes the rounds that failed, and what Vacancy or the floor lost. What a peer loses stands in its row alone.
pub fn judge<T>(section: &mut Section, all: &[Turns<T>], wrong: impl Fn(&T) -> Wrong + Copy) {
    for turns in all {
        let Wrong { lost, twice } = turns.rounds.iter().map(wrong).sum();
        if lost + twice > 0 && (turns.peer.is_vacancy() || turns.peer == Peer::Floor) {
            section.faults.push(format!("{}: {}: {lost} events lost, {twice} twice", section.title, turns.peer));
        }
    }
    let failed: Vec<String> = all.iter().flat_map(|turns| turns.failures.clone()).collect();
    if !failed.is_empty() {
        section.notes.push(format!("Failed rounds: {}.", failed.join("; ")));
    }
    section.faults.extend(failed.iter().map(|failed| format!("{}: {failed}", section.title)));
}

/// A chart of one figure of every server that has it.
pub fn chart<T>(title: impl Into<String>, unit: &str, all: &[Turns<T>], figure: impl Fn(&T) -> f64) -> Chart {
    let bar = |turns: &Turns<T>| {
        let value = turns.median(&figure);
        let decimals = usize::from(value < 100.0);
        let label = format!("{} {unit}", cell(value, decimals));
        Bar { name: turns.peer.to_string(), value, label, is_ours: turns.peer.is_vacancy() }
    };
    let measured = all.iter().filter(|turns| !turns.rounds.is_empty());
    Chart { title: title.into(), bars: measured.map(bar).collect() }
}
