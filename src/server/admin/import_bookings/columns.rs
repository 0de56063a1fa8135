//! The file: opened, uncompressed, and read row by row by the names of its columns.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use csv::ByteRecord;
use flate2::bufread::MultiGzDecoder;

use crate::server::admin::import_bookings::ImportError;

/// The columns that are read, in the order of [`Record`]'s fields.
const COLUMNS: [&str; 14] = [
    "hotel",
    "lead_time",
    "arrival_date_year",
    "arrival_date_month",
    "arrival_date_day_of_month",
    "stays_in_weekend_nights",
    "stays_in_week_nights",
    "adults",
    "children",
    "babies",
    "country",
    "reserved_room_type",
    "adr",
    "reservation_status",
];

/// A row's fields as they stand in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The row's place in the file, from 1; the line with the names of the columns is not counted.
    pub place: u64,
    /// None where the row is too short, or is no UTF-8.
    fields: [Option<String>; COLUMNS.len()],
}

impl Record {
    /// The trimmed text of a column; none where the row has no such field.
    pub fn text(&self, column: &str) -> Option<&str> {
        let index = COLUMNS.iter().position(|name| *name == column)?;
        self.fields[index].as_deref()
    }
}

/// The rows of a file.
pub(super) struct Bookings {
    path: PathBuf,
    reader: csv::Reader<Box<dyn Read>>,
    /// Where each of [`COLUMNS`] stands in the file.
    places: [usize; COLUMNS.len()],
    rows_read: u64,
}

impl Bookings {
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let unusable = |reason: String| ImportError::File { path: path.to_owned(), reason };
        let file = File::open(path).map_err(|error| unusable(error.to_string()))?;
        let mut file = BufReader::with_capacity(64 * 1024, file);
        let is_gzip = file.fill_buf().map_err(|error| unusable(error.to_string()))?.starts_with(&[0x1f, 0x8b]);
        let plain: Box<dyn Read> = if is_gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(plain);
        let header = reader.byte_headers().map_err(|error| unusable(error.to_string()))?.clone();
        let mut places = [0; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            // A byte order mark is no part of the first name.
            let is_named = |name: &[u8]| name.strip_prefix(b"\xef\xbb\xbf").unwrap_or(name) == column.as_bytes();
            *place =
                header.iter().position(is_named).ok_or_else(|| unusable(format!("there is no column {column}")))?;
        }
        Ok(Self { path: path.to_owned(), reader, places, rows_read: 0 })
    }

    /// The rows whose `hotel` column is `source`.
    pub fn of(self, source: &str) -> impl Iterator<Item = Result<Record, ImportError>> {
        self.filter(move |record| record.as_ref().map_or(true, |record| record.text("hotel") == Some(source)))
    }
}

impl Iterator for Bookings {
    type Item = Result<Record, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = ByteRecord::new();
        match self.reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                self.rows_read += 1;
                let field = |place: &usize| {
                    let text = core::str::from_utf8(row.get(*place)?).ok()?;
                    Some(text.trim().to_owned())
                };
                let mut fields: [Option<String>; COLUMNS.len()] = Default::default();
                for (slot, place) in fields.iter_mut().zip(&self.places) {
                    *slot = field(place);
                }
                Some(Ok(Record { place: self.rows_read, fields }))
            }
            // A flexible reader refuses no row; what fails here is the file itself, and the rest of it cannot be read.
            Err(error) => {
                let reason = format!("after row {}: {error}", self.rows_read);
                Some(Err(ImportError::File { path: self.path.clone(), reason }))
            }
        }
    }
}

#[cfg(test)]
impl Record {
    /// A row like the file's own, with some columns changed.
    pub fn example(changes: &[(&str, &str)]) -> Self {
        let ordinary =
            ["City Hotel", "10", "2016", "February", "28", "1", "2", "2", "1", "0", "PRT", "A", "75.5", "Check-Out"];
        let mut record = Self { place: 123, fields: ordinary.map(|text| Some(text.to_owned())) };
        for (column, text) in changes {
            let index = COLUMNS.iter().position(|name| name == column).expect("a known column");
            record.fields[index] = Some((*text).to_owned());
        }
        record
    }
}
