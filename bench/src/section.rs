//! A part of the report: a table with what it means, charts, what went wrong, and how far it may be from its like.

use std::fs;
use std::path::Path;

use crate::chart::Chart;
use crate::table::Table;
use crate::{Failure, Plan, machine};

/// Where sections wait for the page.
pub const KEPT: &str = "target/bench";

#[derive(Debug)]
pub struct Section {
    /// A file's name: the page puts sections together by it.
    pub name: String,
    pub title: String,
    pub about: String,
    pub table: Table,
    pub notes: Vec<String>,
    pub charts: Vec<Chart>,
    /// Failed rounds and lost events: the program ends with a failure.
    pub faults: Vec<String>,
    pub limits: Vec<Limit>,
}

/// How far a figure may be from another of the same run, with a wide margin. The short form fails beyond it.
#[derive(Debug)]
pub struct Limit {
    pub what: String,
    pub ratio: f64,
    pub most: f64,
}

impl Section {
    pub fn new(name: impl Into<String>, title: impl Into<String>, about: impl Into<String>, heads: &[&str]) -> Self {
        Self {
            name: name.into(),
            title: title.into(),
            about: about.into(),
            table: Table::new(heads),
            notes: Vec::new(),
            charts: Vec::new(),
            faults: Vec::new(),
            limits: Vec::new(),
        }
    }

    pub fn limit(&mut self, what: impl Into<String>, ratio: f64, most: f64) {
        self.limits.push(Limit { what: what.into(), ratio, most });
    }

    pub fn broken(&self) -> impl Iterator<Item = String> {
        let broken = |limit: &&Limit| limit.ratio.is_nan() || limit.ratio > limit.most;
        self.limits.iter().filter(broken).map(|limit| {
            let Limit { what, ratio, most } = limit;
            format!("{}: {what} is {ratio:.2}, more than {most}", self.title)
        })
    }

    pub fn text(&self, plan: &Plan) -> String {
        let image = |index| format!("![{}](performance/{})", self.title, self.chart(index));
        let images: Vec<String> = (0..self.charts.len()).map(image).collect();
        let parts: Vec<&str> = [self.about.as_str()].into_iter().chain(images.iter().map(String::as_str)).collect();
        let notes = if self.notes.is_empty() { "No round failed.".to_owned() } else { self.notes.join(" ") };
        format!(
            "## {}\n\n{}\n\n{}\n{notes} {} rounds; {}; load average at the end {:.2}.\n\n",
            self.title,
            parts.join("\n\n"),
            self.table,
            plan.rounds,
            plan.settings(),
            machine::load()
        )
    }

    fn chart(&self, index: usize) -> String {
        format!("{}-{}.svg", self.name, index + 1)
    }

    /// Keeps it for a page that later runs may add to.
    pub fn keep(&self, plan: &Plan) -> Result<(), Failure> {
        let folder = Path::new(KEPT);
        fs::create_dir_all(folder)?;
        fs::write(folder.join(format!("{}.md", self.name)), self.text(plan))?;
        for (index, chart) in self.charts.iter().enumerate() {
            fs::write(folder.join(self.chart(index)), chart.svg())?;
        }
        Ok(())
    }
}
