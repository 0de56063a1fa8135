//! A table in Markdown, its columns as wide as they need to be.

use std::fmt;

#[derive(Debug)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()] }
    }

    pub fn row(&mut self, first: impl ToString, cells: impl IntoIterator<Item = String>) {
        let mut row = vec![first.to_string()];
        row.extend(cells);
        self.rows.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.first().map_or(0, Vec::len);
        let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_else(|| "–".into());
        let width = |column| self.rows.iter().map(|row| cell(row, column).chars().count()).max().unwrap_or(0).max(3);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (index, row) in self.rows.iter().enumerate() {
            for (column, width) in widths.iter().enumerate() {
                let text = cell(row, column);
                if column == 0 { write!(out, "| {text:<width$} |")? } else { write!(out, " {text:>width$} |")? }
            }
            writeln!(out)?;
            if index == 0 {
                for (column, width) in widths.iter().enumerate() {
                    let line = "-".repeat(*width);
                    if column == 0 { write!(out, "| {line} |")? } else { write!(out, " {}: |", &line[1..])? }
                }
                writeln!(out)?;
            }
        }
        Ok(())
    }
}
