//! The charts of the overview: figures in words, and the shapes beside them.

use super::geometry::{self, Shape};
use super::text;
use crate::domain::timestamp::Timestamp;
use crate::i18n::Locale;

/// How many days the chart of new sessions goes back.
pub const DAYS: i64 = 30;
/// How many bars a chart has; what is behind them is one more.
const BARS: usize = 8;

/// How many of so many have a bar of their own: "1 other" says less than what it is.
fn shown(all: usize) -> usize {
    if all <= BARS + 1 { all } else { BARS }
}

/// One system with its version, or all that have no bar of their own.
pub struct SystemBar {
    pub name: String,
    pub count: u64,
    pub shape: Shape,
}

/// Sessions by system and version.
pub struct SystemChart {
    pub bars: Vec<SystemBar>,
}

impl SystemChart {
    /// `systems` has the most frequent first.
    pub fn new(l: Locale, systems: &[(String, u64)]) -> Self {
        let (shown, rest) = systems.split_at(shown(systems.len()));
        let mut all: Vec<(String, u64)> = shown.iter().map(|(name, count)| (system(l, name), *count)).collect();
        if !rest.is_empty() {
            all.push((l.n("chart-other-systems", rest.len() as u64), rest.iter().map(|(_, count)| count).sum()));
        }
        let largest = all.iter().map(|(_, count)| *count).max().unwrap_or_default();
        let bars = all.into_iter().map(|(name, count)| {
            let [shape] = geometry::bar([count], largest);
            SystemBar { name, count, shape }
        });
        Self { bars: bars.collect() }
    }
}

fn system(l: Locale, name: &str) -> String {
    if name.is_empty() { l.t("chart-no-system") } else { text::one_line(name).into_owned() }
}

pub struct DayColumn {
    pub day: String,
    pub count: u64,
    /// Both, for who points at the column.
    pub label: String,
    pub shape: Shape,
}

/// Sessions by the day on which they were first seen.
pub struct DayChart {
    pub columns: Vec<DayColumn>,
    pub summary: String,
    pub width: u64,
    pub any: bool,
}

impl DayChart {
    pub fn new(l: Locale, days: &[(Timestamp, u64)]) -> Self {
        let counts: Vec<u64> = days.iter().map(|(_, count)| *count).collect();
        let total: u64 = counts.iter().sum();
        // The latest of those with the most.
        let most = days.iter().max_by_key(|(_, count)| *count);
        let summary = most.filter(|_| total > 0).map(|&(day, most)| {
            l.args(
                "chart-days-summary",
                &[("count", total.into()), ("most", l.number(most).into()), ("day", l.date(day).into())],
            )
        });
        let columns = days.iter().zip(geometry::columns(&counts)).map(|(&(day, count), shape)| {
            let day = l.date(day);
            DayColumn { label: format!("{day}: {}", l.number(count)), day, count, shape }
        });
        Self {
            columns: columns.collect(),
            summary: summary.unwrap_or_else(|| l.t("chart-no-days")),
            width: geometry::width_of(days.len()),
            any: total > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rare_ones_share_one_last_bar() {
        let systems: Vec<_> = (0..20).map(|n| (format!("iOS {n}"), 100 - n)).collect();
        let chart = SystemChart::new(Locale::default(), &systems);
        assert_eq!(chart.bars.len(), BARS + 1);
        assert_eq!(chart.bars[0].name, "iOS 0");
        let rest = chart.bars.last().unwrap();
        assert_eq!((rest.name.as_str(), rest.count), ("12 others", (8..20).map(|n| 100 - n).sum()));
        assert_eq!(rest.shape.width, geometry::LONGEST, "the longest sets the measure");
        assert_eq!(SystemChart::new(Locale::default(), &systems[..9]).bars.len(), 9, "never one other");
        assert_eq!(SystemChart::new(Locale::default(), &[(String::new(), 1)]).bars[0].name, "Not said");
    }

    #[test]
    fn days_tell_how_many_and_of_none_that_none_came() {
        let l = Locale::default();
        let day = |text: &str| Timestamp::parse(text).unwrap();
        let days = [(day("2026-11-21T00:00:00Z"), 1200), (day("2026-11-22T00:00:00Z"), 3)];
        let chart = DayChart::new(l, &days);
        assert_eq!(chart.columns[0].label, "21 Nov 2026: 1,200");
        assert_eq!(chart.summary, "1,203 sessions, most of them on 21 Nov 2026: 1,200.");
        assert!(chart.any && !DayChart::new(l, &[(days[0].0, 0)]).any);
    }
}
