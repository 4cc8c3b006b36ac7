//! The storms on Windows: changes beside a stand-in for 4D that writes through Windows too. `tests/windows --storms` runs
//! them, for hours.

use crate::storm::{Manner, storm};

fn rounds() -> u64 {
    std::env::var("STORM_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(100)
}

#[test]
#[ignore = "for the program for Windows, and long: tests/windows --storms"]
fn no_write_by_replacement_is_lost() {
    storm(Manner::Replaces, rounds(), 8);
}

#[test]
#[ignore = "for the program for Windows, and long: tests/windows --storms"]
fn no_write_in_place_is_lost() {
    storm(Manner::RewritesInPlace, rounds(), 8);
}

#[test]
#[ignore = "for the program for Windows, and long: tests/windows --storms"]
fn no_write_through_an_open_file_is_lost() {
    storm(Manner::OpensFirst, rounds(), 8);
}
