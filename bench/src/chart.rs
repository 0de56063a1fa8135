//! A chart of bars as SVG, readable on light and dark grounds.

use std::fmt::Write as _;

/// Bars of one figure, one for each server.
#[derive(Clone, Debug)]
pub struct Chart {
    pub title: String,
    pub bars: Vec<Bar>,
}

#[derive(Clone, Debug)]
pub struct Bar {
    pub name: String,
    pub value: f64,
    pub label: String,
    pub is_ours: bool,
}

const WIDTH: f64 = 760.0;
const NAMES: f64 = 190.0;
const LABELS: f64 = 90.0;
const LINE: f64 = 26.0;
const TOP: f64 = 40.0;

impl Chart {
    pub fn svg(&self) -> String {
        let height = TOP + LINE * self.bars.len() as f64 + 8.0;
        let most = self.bars.iter().map(|bar| bar.value).filter(|value| value.is_finite()).fold(0.0, f64::max);
        let title = escaped(&self.title);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
             aria-label=\"{title}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<rect width=\"{WIDTH}\" \
             height=\"{height}\" rx=\"6\" fill=\"#fbfaf7\"/>\n<text x=\"12\" y=\"24\" font-weight=\"600\" \
             fill=\"#22303a\">{title}</text>\n"
        );
        for (index, bar) in self.bars.iter().enumerate() {
            let (y, middle) = (TOP + LINE * index as f64, TOP + LINE * (index as f64 + 0.65));
            let share = if most > 0.0 && bar.value.is_finite() { bar.value / most } else { 0.0 };
            let width = (WIDTH - NAMES - LABELS) * share;
            let colour = if bar.is_ours { "#0f766e" } else { "#9aa7b0" };
            let (name, label) = (escaped(&bar.name), escaped(&bar.label));
            let _ = writeln!(
                svg,
                "<text x=\"{:.0}\" y=\"{middle:.1}\" text-anchor=\"end\" fill=\"#22303a\">{name}</text><rect \
                 x=\"{NAMES}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.0}\" rx=\"2\" fill=\"{colour}\"/><text \
                 x=\"{:.1}\" y=\"{middle:.1}\" fill=\"#22303a\">{label}</text>",
                NAMES - 8.0,
                y + 4.0,
                LINE - 8.0,
                NAMES + width + 6.0,
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// Without Markdown's marks, and safe in XML.
fn escaped(text: &str) -> String {
    text.replace(['*', '`'], "").replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_its_room() {
        let bar = |name: &str, value| Bar { name: name.into(), value, label: "1".into(), is_ours: false };
        let bars = vec![bar("a & `b`", 5.0), bar("c", 10.0), bar("d", f64::NAN)];
        let svg = Chart { title: "T".into(), bars }.svg();
        assert!(svg.contains("width=\"480.0\"") && svg.contains("width=\"240.0\"") && svg.contains("width=\"0.0\""));
        assert!(svg.contains("a &amp; b<"));
    }
}
