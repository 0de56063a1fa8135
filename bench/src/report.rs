//! The page: what was measured, on what, and the sections that this run and earlier ones have kept.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::section::KEPT;
use crate::{Failure, Plan, machine};

/// Above it, other work shares the two cores and times mean little.
const QUIET: f64 = 1.5;
/// The order of the page, by how sections' names begin; what was not measured is named at its end.
const ORDER: [(&str, &str); 11] = [
    ("fan-out", "one topic and many subscribers"),
    ("topics", "many reservations with few followers"),
    ("saturated", "saturation"),
    ("burst", "a burst of changes"),
    ("idle", "idle streams"),
    ("storm", "a reconnect storm"),
    ("stalled", "clients that stop reading"),
    ("bookings", "bookings a second"),
    ("pages", "rendered pages"),
    ("replay", "the real bookings in time order"),
    ("curve", "reads and start-up with ever more reservations and hotels"),
];

pub fn head(plan: &Plan) -> Result<String, Failure> {
    let program = plan.program.to_str().ok_or("the program's path is not text")?;
    if !plan.program.exists() {
        return Err(format!("{program} is missing: make build").into());
    }
    let kind = if plan.quick { "Quick figures (small loads, for orientation)" } else { "Figures" };
    let load = machine::load();
    let quiet = if load < QUIET {
        "The machine was quiet."
    } else {
        "**The machine was busy with other work: read nothing but ratios from this, and those with care.**"
    };
    Ok(format!(
        "# Performance\n\n{kind} of `make bench`; the command below each table makes it again. The server has core {}, the \
         load client (one thread, epoll, on loopback) core {}. Servers take turns, each round on a fresh process, every \
         other round in the opposite order; figures are medians of the rounds. Shared machines are noisy: ratios within \
         a table count, times alone do not. {quiet}\n\n- Machine: {}; load average {load:.2}\n- Mitigations: {}\n- \
         Vacancy: {}, commit {}, `vacancy serve --demo --limits off` on a database of its own\n- Toolchain: {}, {}\n- \
         Peers, each as `bench/peers` sets it: {}\n- CPU is user and system time of the server's threads from \
         `/proc/PID/task/*/schedstat`; on loopback the receiver's part of the kernel's work is in it, for everybody alike\n\n",
        machine::SERVER_CORE,
        machine::CLIENT_CORE,
        machine::describe(),
        machine::mitigations(),
        machine::first_line(program, &["--version"]),
        machine::first_line("git", &["rev-parse", "--short", "HEAD"]),
        machine::first_line("rustc", &["--version"]),
        "release build",
        peers(),
    ))
}

/// The peers' versions.
fn peers() -> String {
    let lock = fs::read_to_string("bench/peers/package.json").unwrap_or_default();
    let pinned = |name: &str| {
        lock.split(&format!("\"{name}\": \"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("?").to_owned()
    };
    let python = fs::read_to_string("bench/peers/requirements.txt").unwrap_or_default();
    let required = |name: &str| {
        let line =
            python.lines().find_map(|line| line.to_lowercase().strip_prefix(&format!("{name}==")).map(str::to_owned));
        line.unwrap_or_else(|| "?".into())
    };
    format!(
        "{} with nchan {}, Node {}, Express {} with better-sse {}, Socket.IO {}, {} with Flask {} and gevent {}",
        machine::first_line("nginx", &["-v"]).trim_start_matches("nginx version: "),
        machine::first_line("dpkg-query", &["-W", "-f", "${Version}", "libnginx-mod-nchan"]),
        machine::first_line("node", &["--version"]),
        pinned("express"),
        pinned("better-sse"),
        pinned("socket.io"),
        machine::first_line("target/peers/bin/python", &["--version"]),
        required("flask"),
        required("gevent"),
    )
}

/// Puts together all that is kept, with its charts in a folder beside the page.
pub fn write(plan: &Plan, page: &Path) -> Result<(), Failure> {
    let charts = page.with_extension("");
    fs::create_dir_all(&charts)?;
    let mut text = head(plan)?;
    let mut absent = Vec::new();
    let mut kept: Vec<PathBuf> = fs::read_dir(KEPT)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    // Of one shape the smaller first: 100, 1000, 5000.
    kept.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    let name_of = |path: &Path| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let ends = |path: &Path, with: &str| path.extension().is_some_and(|end| end == with);
    for (beginning, about) in ORDER {
        let of_shape = |path: &&PathBuf| name_of(path).starts_with(beginning) && ends(path, "md");
        let sections: Vec<&PathBuf> = kept.iter().filter(of_shape).collect();
        for section in &sections {
            text.push_str(&fs::read_to_string(section)?);
        }
        if sections.is_empty() {
            absent.push(about);
        }
    }
    for chart in kept.iter().filter(|path| ends(path, "svg")) {
        fs::copy(chart, charts.join(name_of(chart)))?;
    }
    if !absent.is_empty() {
        text.extend(["## Not measured this time\n\n", &absent.join("; "), ".\n"]);
    }
    fs::write(page, text.trim_end().to_owned() + "\n")?;
    Ok(())
}
