//! The report's head and foot: what was measured, on what, how busy it was, and what could not be measured.

use crate::{Failure, Plan, machine};

/// Above it, other work shares the two cores and times mean little.
const QUIET: f64 = 1.5;

pub fn head(plan: &Plan) -> Result<String, Failure> {
    let program = plan.program.to_str().ok_or("the program's path is not text")?;
    if !plan.program.exists() {
        return Err(format!("{program} is missing: make build").into());
    }
    let load = machine::load();
    let kind = if plan.quick { "Quick figures (small loads, for orientation)" } else { "Figures" };
    let quiet = if load < QUIET {
        "The machine was quiet."
    } else {
        "**The machine was busy with other work: read nothing but ratios from this, and those with care.**"
    };
    Ok(format!(
        "# Performance\n\n{kind}, made by `{}`; the same command makes them again. {quiet} Load average at the start: {load:.2}.\n\nThe \
         server has core {}, the load client core {}; peers take turns, each round on a fresh process; {} rounds, \
         medians. Shared machines are noisy: ratios within a run count, times alone do not.\n\n- Machine: {}\n- Server: \
         {}, commit {}, started as `vacancy serve --demo --limits off`\n- Toolchain: {}\n\n",
        plan.command.trim_end_matches(" --").trim_end(),
        machine::SERVER_CORE,
        machine::CLIENT_CORE,
        plan.rounds,
        machine::describe(),
        machine::first_line(program, &["--version"]),
        machine::first_line("git", &["rev-parse", "--short", "HEAD"]),
        machine::first_line("rustc", &["--version"]),
    ))
}

pub fn foot() -> String {
    format!(
        "## Not measured yet\n\nThe other peers (nchan, Node, Express, Socket.IO, Flask), many topics, saturation, \
         bursts, clients that stop reading, bookings with listeners, and pages. CPU is read from `/proc/PID/stat` in \
         steps of 10 ms.\n\nLoad average at the end: {:.2}.\n",
        machine::load()
    )
}
