//! `make bench`: the release server, a bare floor, a plain twin and its peers, each pinned to core 0 in turns, under a
//! load client of one thread pinned to core 1. What it prints is a report in Markdown; ratios of one run count, times
//! alone do not. It fails when a round fails or an event of ours is lost, in the short form also when a ratio is far off.

#![allow(clippy::cast_precision_loss, reason = "figures are rounded for people anyway")]

mod chart;
mod client;
mod curve;
mod date;
mod figures;
mod floor;
mod follower;
mod histogram;
mod house;
mod http;
mod machine;
mod peers;
mod plan;
mod reader;
mod report;
mod run;
mod section;
mod server;
mod shapes;
mod sse;
mod table;
mod twin;
mod visit;
mod websocket;

use std::io::Write as _;
use std::process::ExitCode;

use plan::Plan;
use section::Section;

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("serve-floor") => floor::serve(),
        Some("serve-twin") => twin::serve(),
        _ => Plan::read(&arguments).and_then(|plan| measure(&plan)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress(&format!("bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

type Shape = fn(&Plan) -> Vec<Section>;

const SHAPES: [(&str, Shape); 10] = [
    ("fan-out", shapes::fan_out::measure),
    ("topics", shapes::topics::measure),
    ("saturated", shapes::saturated::measure),
    ("burst", shapes::burst::measure),
    ("idle", shapes::idle::measure),
    ("storm", shapes::storm::measure),
    ("stalled", shapes::stalled::measure),
    ("bookings", shapes::bookings::measure),
    ("pages", shapes::pages::measure),
    ("replay", shapes::replay::measure),
];

fn measure(plan: &Plan) -> Result<(), Failure> {
    if !machine::prepare()? {
        progress("bench: skipped, since it takes two cores, one a side");
        return Ok(());
    }
    let mut out = std::io::stdout();
    out.write_all(report::head(plan)?.as_bytes())?;
    let mut wrong = Vec::new();
    let curve: &[(&str, Shape)] = &[("curve", curve::measure)];
    let asked = if plan.curve { curve } else { &SHAPES };
    for (_, shape) in asked.iter().filter(|(name, _)| plan.wants(name)) {
        for mut section in shape(plan) {
            out.write_all(section.text(plan).as_bytes())?;
            if !plan.quick || plan.write.is_some() {
                section.keep(plan)?;
            }
            if plan.quick {
                wrong.extend(section.broken());
            }
            wrong.append(&mut section.faults);
        }
    }
    if let Some(page) = &plan.write {
        report::write(plan, page)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n       ").into()) }
}

/// Tells whoever waits how far it is; the report alone goes to standard output.
pub fn progress(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
