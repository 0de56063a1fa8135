//! The process as the kernel sees it, under the names that every Prometheus client library uses. Linux only; elsewhere
//! these are left out.

use std::fs;

use super::exposition::{Labels, Page};

const NO_LABELS: Labels<'static> = &[];

pub(super) fn write(page: &mut Page) {
    let version: [(Labels<'_>, u64); 1] = [(&[("version", env!("CARGO_PKG_VERSION"))], 1)];
    page.gauge("vacancy_build_info", "The program's version.", version);
    if let Some(bytes) = resident_bytes() {
        page.gauge("process_resident_memory_bytes", "Resident memory size in bytes.", [(NO_LABELS, bytes)]);
    }
    if let Some(open) = open_files() {
        page.gauge("process_open_fds", "Number of open file descriptors.", [(NO_LABELS, open)]);
    }
    if let Some(most) = most_files() {
        page.gauge("process_max_fds", "Maximum number of open file descriptors.", [(NO_LABELS, most)]);
    }
}

fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kib: u64 = status.lines().find(|line| line.starts_with("VmRSS:"))?.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

fn open_files() -> Option<u64> {
    u64::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()
}

fn most_files() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}
