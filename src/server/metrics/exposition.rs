//! The text format of Prometheus, version 0.0.4 ("Exposition formats", prometheus.io): names, help, samples.

use std::fmt::{Display, Write as _};

use crate::server::measure::HistogramReading;

/// A page of metrics that is being written.
#[derive(Debug, Default)]
pub struct Page(String);

/// Labels of a sample, each a name with a value; the values are the program's own words and need no escaping.
pub type Labels<'a> = &'a [(&'a str, &'a str)];

impl Page {
    /// Counts up; its name ends in `_total`.
    pub fn counter<'a>(&mut self, name: &str, help: &str, samples: impl IntoIterator<Item = (Labels<'a>, u64)>) {
        self.family(name, "counter", help);
        for (labels, value) in samples {
            self.sample(name, labels, value);
        }
    }

    /// Goes up and down.
    pub fn gauge<'a>(&mut self, name: &str, help: &str, samples: impl IntoIterator<Item = (Labels<'a>, u64)>) {
        self.family(name, "gauge", help);
        for (labels, value) in samples {
            self.sample(name, labels, value);
        }
    }

    /// Times that were observed in microseconds; told in seconds.
    pub fn times(&mut self, name: &str, help: &str, reading: &HistogramReading) {
        self.histogram(name, help, reading, Seconds);
    }

    pub fn sizes(&mut self, name: &str, help: &str, reading: &HistogramReading) {
        self.histogram(name, help, reading, |value| value);
    }

    pub fn finish(self) -> String {
        self.0
    }

    fn histogram<T: Display>(&mut self, name: &str, help: &str, reading: &HistogramReading, scale: fn(u64) -> T) {
        self.family(name, "histogram", help);
        let bucket = format!("{name}_bucket");
        for (bound, count) in &reading.upto {
            self.sample(&bucket, &[("le", &scale(*bound).to_string())], *count);
        }
        self.sample(&bucket, &[("le", "+Inf")], reading.count);
        self.sample(&format!("{name}_sum"), &[], scale(reading.sum));
        self.sample(&format!("{name}_count"), &[], reading.count);
    }

    fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: Labels<'_>, value: impl Display) {
        let written: Vec<String> = labels.iter().map(|(label, value)| format!("{label}=\"{value}\"")).collect();
        let _ = match written.as_slice() {
            [] => writeln!(self.0, "{name} {value}"),
            labels => writeln!(self.0, "{name}{{{}}} {value}", labels.join(",")),
        };
    }
}

/// Microseconds, written as seconds.
struct Seconds(u64);

impl Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fraction = format!("{:06}", self.0 % 1_000_000);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{}{point}{fraction}", self.0 / 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_as_the_format_says() {
        let mut page = Page::default();
        page.counter("x_total", "Xs.", [(&[("kind", "a")][..], 1), (&[("kind", "b")][..], 2)]);
        page.gauge("y", "Ys.", [(&[][..], 3)]);
        let reading = HistogramReading { upto: vec![(100, 1), (2_500_000, 2)], count: 3, sum: 7_000_100 };
        page.times("z_seconds", "Zs.", &reading);
        page.sizes("w", "Ws.", &HistogramReading { upto: vec![(1, 0)], count: 0, sum: 0 });
        let expected = "# HELP x_total Xs.\n# TYPE x_total counter\nx_total{kind=\"a\"} 1\nx_total{kind=\"b\"} 2\n\
             # HELP y Ys.\n# TYPE y gauge\ny 3\n\
             # HELP z_seconds Zs.\n# TYPE z_seconds histogram\nz_seconds_bucket{le=\"0.0001\"} 1\n\
             z_seconds_bucket{le=\"2.5\"} 2\nz_seconds_bucket{le=\"+Inf\"} 3\nz_seconds_sum 7.0001\nz_seconds_count 3\n\
             # HELP w Ws.\n# TYPE w histogram\nw_bucket{le=\"1\"} 0\nw_bucket{le=\"+Inf\"} 0\nw_sum 0\nw_count 0\n";
        assert_eq!(page.finish(), expected);
    }
}
