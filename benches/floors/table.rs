//! The table that is printed: plain Markdown, so that it can stand in benches/README.md as it is.

use std::time::Duration;

/// Rows in the order in which they were measured.
pub struct Table {
    rows: Vec<[String; 5]>,
}

impl Table {
    pub fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// What the next rows are about.
    pub fn section(&mut self, name: &str) {
        self.push([format!("**{name}**"), String::new(), String::new(), String::new(), String::new()]);
    }

    /// Says it at once as well: a run takes long, and may not come to its end.
    fn push(&mut self, row: [String; 5]) {
        eprintln!("{}", row.join("  "));
        self.rows.push(row);
    }

    /// A time beside its floor; `ratio` may not be over `limit`.
    pub fn ratio(&mut self, what: &str, figure: Duration, floor: Duration, ratio: f64, limit: f64) {
        let promised = promised(format!("≤ {limit} ×"), ratio <= limit);
        self.push([what.to_owned(), show(figure), show(floor), format!("{ratio:.2} ×"), promised]);
    }

    /// A time that may not be over `limit`.
    pub fn at_most(&mut self, what: &str, figure: Duration, limit: Duration) {
        let promised = promised(format!("≤ {}", show(limit)), figure <= limit);
        self.push([what.to_owned(), show(figure), String::new(), String::new(), promised]);
    }

    /// The same beside its floor.
    pub fn at_most_beside(&mut self, what: &str, figure: Duration, floor: Duration, limit: Duration) {
        let promised = promised(format!("≤ {}", show(limit)), figure <= limit);
        let ratio = figure.as_secs_f64() / floor.as_secs_f64();
        self.push([what.to_owned(), show(figure), show(floor), format!("{ratio:.2} ×"), promised]);
    }

    /// Any figure, in words, and whether it holds.
    pub fn row(&mut self, what: &str, figure: String, floor: String, ratio: String, promise: &str, holds: bool) {
        self.push([what.to_owned(), figure, floor, ratio, promised(promise.to_owned(), holds)]);
    }

    pub fn print(&self) {
        let heads = ["", "measured", "floor", "ratio", "promised"].map(str::to_owned);
        let width = |n: usize| self.rows.iter().chain([&heads]).map(|row| row[n].chars().count()).max().unwrap_or(0);
        let widths: [usize; 5] = std::array::from_fn(width);
        let line = |row: &[String; 5]| {
            let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            println!("| {} |", cells.join(" | "));
        };
        line(&heads);
        line(&widths.map(|width| "-".repeat(width.max(3))));
        self.rows.iter().for_each(line);
    }
}

fn promised(promise: String, holds: bool) -> String {
    if holds { promise } else { format!("{promise}: **over**") }
}

fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        1e5.. => format!("{:.0} ms", micros / 1e3),
        1e3.. => format!("{:.1} ms", micros / 1e3),
        _ => format!("{micros:.0} µs"),
    }
}
