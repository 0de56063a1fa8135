//! `make bench`: the release server, a bare floor and a plain twin, each pinned to core 0 in turns, under a load client
//! of one thread pinned to core 1. What it prints is a report in Markdown; ratios of one run count, times alone do not.

#![allow(clippy::cast_precision_loss, reason = "figures are rounded for people anyway")]

mod client;
mod date;
mod figures;
mod floor;
mod http;
mod machine;
mod peers;
mod report;
mod shapes;
mod sse;
mod twin;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "\
Usage: bench [--quick] [--only SHAPES] [--rounds N] [--subscribers N] [--write FILE]
  --quick          small loads and three rounds, for CI and busy machines
  --only SHAPES    some of fan-out,idle,storm,bookings, separated by commas
  --rounds N       how many rounds; medians are given [default: 5, quick: 3]
  --subscribers N  streams of the fan-out [default: 1000, quick: 200]
  --write FILE     writes the report there as well
  --program FILE   the server [default: target/release/vacancy]";

/// How much is measured.
#[derive(Clone, Debug)]
pub struct Plan {
    pub quick: bool,
    pub rounds: usize,
    pub subscribers: usize,
    pub fan_out_seconds: u32,
    pub idle_streams: usize,
    pub storm_clients: usize,
    pub booking_seconds: u32,
    pub program: PathBuf,
    pub command: String,
    only: Option<String>,
    write: Option<PathBuf>,
}

impl Plan {
    pub fn wants(&self, shape: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.split(',').any(|wanted| wanted == shape))
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("serve-floor") => floor::serve(),
        Some("serve-twin") => twin::serve(),
        _ => plan(&arguments).and_then(|plan| measure(&plan)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn plan(arguments: &[String]) -> Result<Plan, Failure> {
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let mut plan = Plan {
        quick,
        rounds: if quick { 3 } else { 5 },
        subscribers: if quick { 200 } else { 1_000 },
        fan_out_seconds: if quick { 3 } else { 10 },
        idle_streams: if quick { 1_000 } else { 5_000 },
        storm_clients: if quick { 500 } else { 2_000 },
        booking_seconds: if quick { 1 } else { 3 },
        program: PathBuf::from("target/release/vacancy"),
        command: format!("cargo run --release --package bench -- {}", arguments.join(" ")),
        only: None,
        write: None,
    };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| Failure::from(format!("{argument} needs a value\n{USAGE}")));
        match argument.as_str() {
            "--quick" => {}
            "--only" => plan.only = Some(value()?.clone()),
            "--rounds" => plan.rounds = value()?.parse::<usize>()?.max(1),
            "--subscribers" => plan.subscribers = value()?.parse::<usize>()?.max(1),
            "--write" => plan.write = Some(PathBuf::from(value()?)),
            "--program" => plan.program = PathBuf::from(value()?),
            _ => return Err(format!("{argument} is not known\n{USAGE}").into()),
        }
    }
    Ok(plan)
}

type Shape = fn(&Plan) -> Result<String, Failure>;

fn measure(plan: &Plan) -> Result<(), Failure> {
    machine::prepare()?;
    let mut report = report::head(plan)?;
    let shapes: [(&str, Shape); 4] = [
        ("fan-out", shapes::fan_out::measure),
        ("idle", shapes::idle::measure),
        ("storm", shapes::storm::measure),
        ("bookings", shapes::bookings::measure),
    ];
    for (name, shape) in shapes {
        if plan.wants(name) {
            report.push_str(&shape(plan)?);
        }
    }
    report.push_str(&report::foot());
    std::io::stdout().write_all(report.as_bytes())?;
    if let Some(path) = &plan.write {
        std::fs::write(path, &report)?;
    }
    Ok(())
}

/// Tells whoever waits how far it is; the report alone goes to standard output.
pub fn progress(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
