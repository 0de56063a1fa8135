//! Home pages, rendered for each who asks: as many as it can, then at half of that.

use std::time::Duration;

use crate::figures::{Wrong, cell};
use crate::http::get;
use crate::peers::Peer;
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{fill, in_turns};
use crate::visit::{Next, Visit, Visitors, visit};
use crate::{Failure, Plan};

const CLIENTS: usize = 64;
const HEADS: [&str; 5] = ["Server", "pages a second", "CPU a page, µs", "p99, ms", "p99 at half the rate, ms"];

pub fn measure(plan: &Plan) -> Vec<Section> {
    let pages = plan.either(500, 2_000);
    let all = in_turns(plan, "pages", &[Peer::Availability], |server| round(server, pages));
    let mut section = Section::new(
        "pages",
        format!("{pages} home pages"),
        format!(
            "{CLIENTS} kept connections, uncompressed, {} bytes a page. First as fast as they are answered; then the same \
             number at half that rate, each asked in time, its waiting for a free connection included.",
            cell(all.first().map_or(f64::NAN, |turns| turns.median(|round| round.bytes)), 0)
        ),
        &HEADS,
    );
    fill(
        &mut section,
        &all,
        |_| Wrong::default(),
        |turns| {
            vec![
                cell(turns.median(|round| round.fast.a_second()), 0),
                cell(turns.median(|round| round.fast.cpu_us()), 0),
                cell(turns.median(|round| round.fast.latency.ms(0.99)), 2),
                cell(turns.median(|round| round.half.latency.ms(0.99)), 2),
            ]
        },
    );
    vec![section]
}

#[derive(Debug)]
struct Round {
    fast: Visit,
    half: Visit,
    bytes: f64,
}

fn round(server: &mut Server, pages: usize) -> Result<Round, Failure> {
    let mut warm = Readers { to_come: 100, bytes: 0 };
    visit(server, 1, None, &mut warm, None)?;
    let mut readers = Readers { to_come: pages, bytes: 0 };
    let fast = visit(server, CLIENTS, None, &mut readers, None)?;
    let gap = Duration::from_secs_f64(2.0 / fast.a_second());
    let half = visit(server, CLIENTS, Some(gap), &mut Readers { to_come: pages, bytes: 0 }, None)?;
    Ok(Round { fast, half, bytes: readers.bytes as f64 / pages as f64 })
}

struct Readers {
    to_come: usize,
    bytes: usize,
}

impl Visitors for Readers {
    fn next(&mut self, _: &mut Server, _: Duration) -> Result<Next, Failure> {
        if self.to_come == 0 {
            return Ok(Next::Nothing);
        }
        self.to_come -= 1;
        Ok(Next::Ask(0, get("/", "")))
    }

    fn answered(&mut self, _: &mut Server, _: usize, status: u16, body: &[u8]) -> Result<(), Failure> {
        self.bytes += body.len();
        match (status, body.ends_with(b"</html>")) {
            (200, true) => Ok(()),
            _ => Err(format!("a page of {} bytes was answered with {status}", body.len()).into()),
        }
    }
}
