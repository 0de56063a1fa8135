//! The command line: what to run, and how the log is written. Nothing else.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;
use vacancy::server::admin::import_bookings::{self, ImportOptions};
use vacancy::server::admin::{self, AdminOptions};
use vacancy::server::clock::SystemClock;
use vacancy::server::config::{LogFormat, ServeOptions};
use vacancy::server::random::SystemRandom;
use vacancy::server::run;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A live hotel reservation app: guests book in a browser, the front desk sees it happen.
#[derive(Debug, Parser)]
#[command(name = "vacancy", version, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the hotels of a database until the process is asked to end.
    Serve(Box<ServeOptions>),
    /// Bring the reservations of another system into a hotel, each once.
    ImportBookings(Box<ImportOptions>),
    /// Set up hotels, room types, prices and accounts.
    Admin(Box<AdminOptions>),
    /// Print the description of the API.
    Openapi,
}

fn main() -> ExitCode {
    match carry_out(CommandLine::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "vacancy: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn carry_out(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(options) => serve(*options).await,
        Command::ImportBookings(options) => {
            import_bookings::run(&options, &SystemClock, &SystemRandom, &mut std::io::stdout()).await?;
            Ok(())
        }
        Command::Admin(options) => Ok(admin::run(*options, &SystemRandom, &mut std::io::stdout()).await?),
        Command::Openapi => say(vacancy::server::api_v1::openapi_json().trim_end()),
    }
}

async fn serve(options: ServeOptions) -> Result<(), Failure> {
    let (config, log) = options.resolve()?;
    start_log(log);
    take_open_files();
    let running = run::start(config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
    let url = running.url();
    // Before anybody is told that it serves: whoever has read that may ask it to end.
    let ended = running.until_signalled()?;
    say(&format!("Vacancy is served at {url}"))?;
    ended.await;
    Ok(())
}

/// Each stream is an open file, and what a process is given at first is often only 1024: takes all it may have.
#[cfg(unix)]
fn take_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}

#[cfg(not(unix))]
const fn take_open_files() {}

/// On standard error, so that standard output is for whoever started the program.
fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // Colours are for eyes: a file or a pipe gets none.
    let has_colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(has_colours);
    match format {
        LogFormat::Pretty => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

/// One line on standard output, at once.
fn say(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}
