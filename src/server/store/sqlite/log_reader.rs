//! Reading the log back: in order for streams; newest first by reservation and by person along an index, by day along the
//! numbers, which rise with the time.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};

use crate::domain::{HotelId, Timestamp};
use crate::server::store::sqlite::rows::Columns;
use crate::server::store::{LogEntry, LogFilter, LogPart, StoreError};

pub(super) fn log(
    connection: &Connection,
    hotel: HotelId,
    after: u64,
    upto: u64,
    limit: u32,
) -> Result<Vec<LogEntry>, StoreError> {
    let sql = "SELECT seq, at, actor, event, kind, code, body FROM log \
         WHERE hotel_id = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
    let bound = |seq: u64| i64::try_from(seq).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(sql)?;
    let entries = statement.query_map(params![hotel.0, bound(after), bound(upto), limit], read_log_entry)?;
    Ok(entries.collect::<rusqlite::Result<_>>()?)
}

/// Reads seq, at, actor, event, kind, code and body of a row of the log.
fn read_log_entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let mut columns = Columns::of(row);
    Ok(LogEntry {
        seq: columns.seq()?,
        at: columns.instant()?,
        by: columns.take()?,
        event: columns.take()?,
        kind: columns.take()?,
        code: columns.parsed_if_some()?,
        body: columns.take()?,
    })
}

pub(super) fn audit(connection: &Connection, hotel: HotelId, filter: &LogFilter) -> Result<Vec<LogEntry>, StoreError> {
    // One read transaction, so that the numbers that are sought stay where they are.
    let transaction = connection.unchecked_transaction()?;
    let mut sql = String::from("SELECT seq, at, actor, event, kind, code, body FROM log WHERE hotel_id = ?");
    let mut values = vec![Value::from(hotel.0)];
    let mut narrow = |condition: &str, value: Value| {
        sql.push_str(" AND ");
        sql.push_str(condition);
        values.push(value);
    };
    if let Some(before) = filter.before {
        narrow("seq < ?", i64::try_from(before).unwrap_or(i64::MAX).into());
    }
    if let Some(from) = filter.from {
        narrow("seq >= ?", first_at(&transaction, hotel, from)?.into());
    }
    if let Some(to) = filter.to {
        narrow("seq < ?", first_at(&transaction, hotel, to)?.into());
    }
    if let Some(code) = filter.code {
        narrow("code = ?", code.to_string().into());
    }
    match filter.by.as_deref() {
        None => {}
        Some(by @ ("guest" | "system")) => narrow("actor = ?", by.to_owned().into()),
        // In the words of the index.
        Some(by) => narrow("actor NOT IN ('guest', 'system') AND actor = ?", by.to_owned().into()),
    }
    sql.push_str(filter.of.map_or("", condition));
    sql.push_str(" ORDER BY seq DESC LIMIT ?");
    values.push(i64::from(filter.limit).into());
    let mut statement = transaction.prepare_cached(&sql)?;
    let entries = statement.query_map(params_from_iter(values), read_log_entry)?;
    Ok(entries.collect::<rusqlite::Result<_>>()?)
}

/// As [`LogPart::has`] reads an entry; that of the staff in the words of its index.
const fn condition(part: LogPart) -> &'static str {
    match part {
        LogPart::Stays => " AND (event = 'alert' OR event = 'reservation' AND kind <> 'folio')",
        LogPart::Folio => " AND event = 'reservation' AND kind = 'folio'",
        LogPart::Rooms => " AND event = 'room'",
        LogPart::House => " AND (event = 'day' OR event = 'hotel')",
        LogPart::Staff => " AND event = 'staff'",
    }
}

/// The number of the first entry that is not older than `at`; one more than the last where there is none.
fn first_at(connection: &Connection, hotel: HotelId, at: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT max(seq) FROM log WHERE hotel_id = ?1";
    let head: Option<i64> = connection.prepare_cached(sql)?.query_row([hotel.0], |row| row.get(0))?;
    let mut of_number = connection.prepare_cached("SELECT at FROM log WHERE hotel_id = ?1 AND seq = ?2")?;
    let (mut low, mut high) = (1, head.unwrap_or(0) + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let found: Option<i64> = of_number.query_row([hotel.0, middle], |row| row.get(0)).optional()?;
        if found.is_some_and(|found| found < at.unix_ms()) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
