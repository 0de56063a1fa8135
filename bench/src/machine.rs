//! This machine: cores, limits, what a process has used, how busy everything is.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CpuSet, sched_setaffinity};

use crate::Failure;

pub const SERVER_CORE: usize = 0;
pub const CLIENT_CORE: usize = 1;

/// Takes the client's core and as many open files as may be had. False where there are no two cores.
pub fn prepare() -> Result<bool, Failure> {
    let mut cores = CpuSet::new();
    cores.set(CLIENT_CORE);
    if sched_setaffinity(None, &cores).is_err() {
        return Ok(false);
    }
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })?;
    Ok(true)
}

/// The processor time, user and system, that the threads of a process use from some moment on. `/proc/PID/stat` would
/// tell it only in steps of 10 ms. What a thread used that has ended meanwhile is not in it.
#[derive(Debug)]
pub struct Cpu {
    pid: u32,
    before: HashMap<OsString, u64>,
}

impl Cpu {
    pub fn of(pid: u32) -> Result<Self, Failure> {
        Ok(Self { pid, before: nanos_by_thread(pid)? })
    }

    pub fn used(&self) -> Result<Duration, Failure> {
        let before = |thread: &OsString| self.before.get(thread).copied().unwrap_or(0);
        let now = nanos_by_thread(self.pid)?;
        Ok(Duration::from_nanos(now.iter().map(|(thread, nanos)| nanos.saturating_sub(before(thread))).sum()))
    }
}

fn nanos_by_thread(pid: u32) -> Result<HashMap<OsString, u64>, Failure> {
    let mut nanos = HashMap::new();
    for thread in fs::read_dir(format!("/proc/{pid}/task"))? {
        let thread = thread?;
        // A thread may end while we look.
        let stat = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        nanos.insert(thread.file_name(), stat.split(' ').next().and_then(|field| field.parse().ok()).unwrap_or(0));
    }
    Ok(nanos)
}

/// Resident memory in KiB.
pub fn resident_kib(pid: u32) -> Result<f64, Failure> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    field(&status, "VmRSS").ok_or_else(|| "no VmRSS".into())
}

fn field(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().find_map(|word| word.parse().ok())
}

/// A memory control group of its own for a process: unlike resident memory it counts the kernel's part, sockets
/// included. Only what is used from now on is counted there, so only differences mean something.
#[derive(Debug)]
pub struct MemoryGroup {
    folder: PathBuf,
    pid: u32,
}

/// Where groups are made, and the file that tells: of version 2, then of version 1.
const GROUPS: [(&str, &str); 2] =
    [("/sys/fs/cgroup", "memory.current"), ("/sys/fs/cgroup/memory", "memory.usage_in_bytes")];

impl MemoryGroup {
    /// None where the system does not let us.
    pub fn around(pid: u32) -> Option<Self> {
        GROUPS.iter().find_map(|(root, file)| {
            let group = Self { folder: Path::new(root).join(format!("vacancy-bench-{pid}")), pid };
            let is_root = Path::new(root).join("cgroup.procs").exists();
            let entered = is_root
                && fs::create_dir(&group.folder).is_ok()
                && group.folder.join(file).exists()
                && fs::write(group.folder.join("cgroup.procs"), pid.to_string()).is_ok();
            entered.then_some(group)
        })
    }

    pub fn kib(&self) -> Option<f64> {
        let read = |(_, file): &(&str, &str)| fs::read_to_string(self.folder.join(file)).ok();
        let bytes: f64 = GROUPS.iter().find_map(read)?.trim().parse().ok()?;
        Some(bytes / 1024.0)
    }
}

impl Drop for MemoryGroup {
    fn drop(&mut self) {
        // Back to where everybody is: only an empty group can be removed.
        if let Some(root) = self.folder.parent() {
            let _ = fs::write(root.join("cgroup.procs"), self.pid.to_string());
        }
        let _ = fs::remove_dir(&self.folder);
    }
}

/// How many processes wanted to run, over a minute.
pub fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(f64::NAN)
}

/// The disk alone: appends of a page, each made durable.
pub fn syncs_a_second(folder: &Path, time: Duration) -> Result<f64, Failure> {
    use std::io::Write as _;
    let path = folder.join("sync-probe");
    let mut file = fs::File::create(&path)?;
    let (began, mut count) = (std::time::Instant::now(), 0_u32);
    while began.elapsed() < time {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    let rate = f64::from(count) / began.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(rate)
}

/// A line for the report: processor, cores, memory, kernel.
pub fn describe() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpuinfo = read("/proc/cpuinfo");
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let cores = cpuinfo.lines().filter(|line| line.starts_with("processor")).count();
    let memory = field(&read("/proc/meminfo"), "MemTotal").unwrap_or(f64::NAN) / (1024.0 * 1024.0);
    let kernel = read("/proc/sys/kernel/osrelease");
    let model = model.trim_start_matches([' ', '\t', ':']).trim();
    format!("{model}, {cores} cores, {memory:.1} GiB, Linux {}", kernel.trim())
}

/// The processor's faults that the kernel works around, since they make each system call dearer.
pub fn mitigations() -> String {
    let Ok(folder) = fs::read_dir("/sys/devices/system/cpu/vulnerabilities") else { return "unknown".into() };
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.ok()?.path();
        let state = fs::read_to_string(&path).ok()?;
        state.starts_with("Mitigation").then(|| path.file_name()?.to_str().map(str::to_owned))?
    };
    let mut names: Vec<String> = folder.filter_map(name).collect();
    names.sort_unstable();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

/// The first line a program prints, such as its version; some print it where errors go.
pub fn first_line(program: &str, arguments: &[&str]) -> String {
    let Ok(output) = Command::new(program).args(arguments).output() else { return "not there".into() };
    let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    String::from_utf8_lossy(&said).lines().next().unwrap_or("unknown").to_owned()
}
