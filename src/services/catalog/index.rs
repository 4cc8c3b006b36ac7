//! Session numbers in an order: a list cut into short pieces, so that one insertion moves little.

use std::cmp::Ordering;

/// The number of a session in the table.
pub type Number = u32;

/// How long a piece grows before it is cut in two.
const PIECE: usize = 512;

/// Numbers in the order of a comparison that the caller brings along, always the same one.
#[derive(Debug, Default)]
pub struct Ordered {
    /// None of them empty.
    pieces: Vec<Vec<Number>>,
}

/// A place between two numbers. Only good until the next change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    piece: usize,
    offset: usize,
}

impl Ordered {
    /// From numbers that are in order already.
    pub fn from_sorted(sorted: &[Number]) -> Self {
        // Room in each piece, or the first insertions would cut them all.
        Self { pieces: sorted.chunks(PIECE * 3 / 4).map(<[Number]>::to_vec).collect() }
    }

    /// The first place whose number is not `Less` by `at`, which compares a number with what is
    /// looked for.
    pub fn lower_bound(&self, at: impl Fn(Number) -> Ordering) -> Place {
        let is_less = |number: Number| at(number) == Ordering::Less;
        let piece = self.pieces.partition_point(|piece| piece.last().is_some_and(|&last| is_less(last)));
        let offset = self.pieces.get(piece).map_or(0, |piece| piece.partition_point(|&number| is_less(number)));
        Place { piece, offset }
    }

    /// Inserts a number at the place that `at` gives it.
    pub fn insert(&mut self, number: Number, at: impl Fn(Number) -> Ordering) {
        let mut place = self.lower_bound(at);
        if place.piece == self.pieces.len() {
            match place.piece.checked_sub(1) {
                // Behind everything: at the end of the last piece.
                Some(last) => place = Place { piece: last, offset: self.pieces[last].len() },
                None => self.pieces.push(Vec::new()),
            }
        }
        let piece = &mut self.pieces[place.piece];
        piece.insert(place.offset, number);
        if piece.len() >= PIECE {
            let half = piece.split_off(PIECE / 2);
            piece.shrink_to(PIECE * 3 / 4);
            self.pieces.insert(place.piece + 1, half);
        }
    }

    /// Removes a number that stands at the place that `at` gives it.
    pub fn remove(&mut self, number: Number, at: impl Fn(Number) -> Ordering) {
        let place = self.lower_bound(at);
        let found = self.pieces.get_mut(place.piece).filter(|piece| piece.get(place.offset) == Some(&number));
        debug_assert!(found.is_some(), "an index has lost a session");
        let Some(piece) = found else { return };
        piece.remove(place.offset);
        if piece.is_empty() {
            self.pieces.remove(place.piece);
        }
    }

    /// The number behind a place.
    pub fn at(&self, place: Place) -> Option<Number> {
        self.pieces.get(place.piece)?.get(place.offset).copied()
    }

    /// The place behind the next number.
    pub fn after(&self, place: Place) -> Place {
        let next = Place { offset: place.offset + 1, ..place };
        match self.pieces.get(place.piece) {
            Some(piece) if next.offset >= piece.len() => Place { piece: place.piece + 1, offset: 0 },
            _ => next,
        }
    }

    /// The place before the number before; `None` at the start.
    pub fn before(&self, place: Place) -> Option<Place> {
        match place.offset.checked_sub(1) {
            Some(offset) => Some(Place { offset, ..place }),
            None => {
                let piece = place.piece.checked_sub(1)?;
                Some(Place { piece, offset: self.pieces[piece].len() - 1 })
            }
        }
    }

    #[cfg(test)]
    fn iter(&self) -> impl Iterator<Item = Number> {
        self.pieces.iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_in_order_through_many_insertions_and_removals() {
        let mut ordered = Ordered::from_sorted(&(0..2000).step_by(2).collect::<Vec<_>>());
        // 7919 is prime: every odd number below 2000 comes once, in no order.
        for n in (0..1000_u32).map(|i| i * 7919 % 1000 * 2 + 1) {
            ordered.insert(n, |other| other.cmp(&n));
        }
        assert!(ordered.iter().eq(0..2000));
        for n in (0..2000).filter(|n| n % 3 == 0) {
            ordered.remove(n, |other| other.cmp(&n));
        }
        assert!(ordered.iter().eq((0..2000).filter(|n| n % 3 != 0)));
        let mut place = ordered.lower_bound(|other| other.cmp(&1000));
        assert_eq!(ordered.at(place), Some(1000));
        place = ordered.before(place).unwrap();
        assert_eq!(ordered.at(place), Some(998));
        assert_eq!(ordered.at(ordered.after(place)), Some(1000));
        assert_eq!(ordered.before(ordered.lower_bound(|_| Ordering::Greater)), None);
    }

    #[test]
    fn an_emptied_index_takes_numbers_again() {
        let mut ordered = Ordered::default();
        ordered.insert(7, |other| other.cmp(&7));
        ordered.remove(7, |other| other.cmp(&7));
        assert!(ordered.iter().next().is_none());
        ordered.insert(8, |other| other.cmp(&8));
        assert!(ordered.iter().eq([8]));
    }
}
