//! Where the shapes of a chart stand, in whole units of its drawing.

/// How long the longest bar is, and how high the highest column.
pub const LONGEST: u64 = 1000;
/// What is not nothing can be seen.
const SHORTEST: u64 = 6;
/// From the start of a column to that of the next.
const STEP: u64 = 20;
/// How wide a column is.
const WIDTH: u64 = 15;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    pub x: u64,
    pub y: u64,
    pub width: u64,
    pub height: u64,
}

/// How long a value is beside the largest.
fn length(value: u64, largest: u64) -> u64 {
    if value == 0 {
        return 0;
    }
    let exact = (u128::from(value) * u128::from(LONGEST) + u128::from(largest / 2)) / u128::from(largest.max(1));
    u64::try_from(exact).unwrap_or(LONGEST).clamp(SHORTEST, LONGEST)
}

/// The parts of a bar, each behind the one before; none leaves the drawing.
pub fn bar<const N: usize>(parts: [u64; N], largest: u64) -> [Shape; N] {
    let mut end = 0;
    parts.map(|part| {
        let width = length(part, largest);
        let x = end.min(LONGEST - width);
        end = x + width;
        Shape { x, y: 0, width, height: 8 }
    })
}

/// A column for each value, standing on the ground; the highest reaches the top.
pub fn columns(values: &[u64]) -> Vec<Shape> {
    let largest = values.iter().copied().max().unwrap_or_default();
    let columns = (0..).zip(values).map(|(place, &value)| {
        let height = length(value, largest);
        Shape { x: place * STEP, y: LONGEST - height, width: WIDTH, height }
    });
    columns.collect()
}

/// How wide a drawing of so many columns is.
pub fn width_of(columns: usize) -> u64 {
    (columns as u64 * STEP).saturating_sub(STEP - WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_bar_follow_each_other_in_proportion() {
        let [a, b, c] = bar([600, 300, 100], 1000);
        assert_eq!((a.x, a.width, b.x, b.width, c.x, c.width), (0, 600, 600, 300, 900, 100));
        let [a, b] = bar([1, 2], 3);
        assert_eq!((a.width, b.x, b.width), (333, 333, 667));
        assert_eq!(bar([0, 0], 0), [Shape { height: 8, ..Shape::default() }; 2]);
    }

    #[test]
    fn little_can_be_seen_and_nothing_leaves_the_drawing() {
        let [all, one, none] = bar([99_999, 1, 0], 100_000);
        assert!(one.width == SHORTEST && one.x + one.width <= LONGEST, "{all:?} {one:?}");
        assert_eq!(none.width, 0);
        for parts in [[u64::MAX / 2, 1, u64::MAX / 2], [1, 1, 1], [0, 7, 0]] {
            for shape in bar(parts, parts.iter().sum()) {
                assert!(shape.x + shape.width <= LONGEST, "{shape:?}");
            }
        }
    }

    #[test]
    fn columns_start_at_the_bottom_and_the_highest_fills() {
        let columns = columns(&[0, 5, 10]);
        assert_eq!(columns.iter().map(|column| column.height).collect::<Vec<_>>(), [0, 500, 1000]);
        assert!(columns.iter().all(|column| column.y + column.height == LONGEST));
        assert_eq!(columns.last().map(|last| last.x + last.width), Some(width_of(3)));
        assert_eq!(width_of(0), 0);
    }
}
