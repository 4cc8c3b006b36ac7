//! What commands print on standard output.

use std::io::{ErrorKind, Write as _};

use serde::Serialize;

use super::Failure;
use crate::domain::printable::escaped_json;
pub use crate::domain::printable::spelled_out as printable;

/// Prints to standard output. A reader that has seen enough, as `head` has, is no fault.
pub fn print(text: &str) -> Result<(), Failure> {
    try_print(text).map(drop)
}

/// The same; whether anybody still reads it.
pub fn try_print(text: &str) -> Result<bool, Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(format!("Standard output cannot be written to: {error}."))),
    }
}

/// Prints one JSON value, for programs.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| Failure::new(format!("The answer cannot be written: {error}.")))?;
    print(&format!("{}\n", escaped_json(&text)))
}

/// Prints rows in columns, the first row being their heads.
pub fn print_table<const N: usize>(rows: &[[String; N]]) -> Result<(), Failure> {
    print(&table(rows))
}

/// Rows in columns. No cell ends its line or steers the terminal.
pub fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let rows: Vec<[String; N]> = rows.iter().map(|row| std::array::from_fn(|column| printable(&row[column]))).collect();
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let mut text = String::new();
    for row in rows {
        let line: String = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}  ")).collect();
        text.extend([line.trim_end(), "\n"]);
    }
    text
}

/// "1 app", "2 apps".
pub fn counted(number: impl Into<u64>, thing: &str) -> String {
    let number = number.into();
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
