//! Symbols, ranked by how much people like to read them.

use std::cmp::Ordering;

/// The bytes that words are made of, in the order in which examples prefer them, and the byte that separates segments.
///
/// A word is empty, or segments of one or more other symbols with separators between them. Inside a
/// [`Program`](super::Program) every byte stands for its rank; bytes that no word holds rank behind all symbols.
#[derive(Clone, Debug)]
pub struct Alphabet {
    rank_of: [u8; 256],
    byte_of: [u8; 256],
    size: u8,
    separator: u8,
}

impl Alphabet {
    /// An alphabet of the given ASCII symbols, most readable first; `separator` is one of them.
    ///
    /// Symbols past the 127th and repeated ones are left out, so that sets of symbols fit in a `u128`.
    #[must_use]
    pub fn new(symbols: &str, separator: char) -> Self {
        let mut order: Vec<u8> = Vec::with_capacity(256);
        for byte in symbols.bytes().take(127) {
            if !order.contains(&byte) {
                order.push(byte);
            }
        }
        let size = u8::try_from(order.len()).unwrap_or(u8::MAX);
        for byte in 0..=255 {
            if !order.contains(&byte) {
                order.push(byte);
            }
        }
        let separator = u8::try_from(separator).unwrap_or_default();
        let mut rank_of = [0; 256];
        for (slot, byte) in rank_of.iter_mut().zip(0..=255) {
            let rank = order.iter().position(|&other| other == byte).unwrap_or_default();
            *slot = u8::try_from(rank).unwrap_or(u8::MAX);
        }
        let byte_of = std::array::from_fn(|rank| order.get(rank).copied().unwrap_or_default());
        let mut alphabet = Self { rank_of, byte_of, size, separator: 0 };
        alphabet.separator = alphabet.rank(separator);
        alphabet
    }

    /// Compares two words as examples: the shorter first, then by the rank of their symbols.
    #[must_use]
    pub fn compare(&self, left: &[u8], right: &[u8]) -> Ordering {
        let ranks = |word: &[u8]| word.iter().map(|&byte| self.rank(byte)).collect::<Vec<_>>();
        left.len().cmp(&right.len()).then_with(|| ranks(left).cmp(&ranks(right)))
    }

    /// Whether a text is a word: made of symbols only, without empty segments.
    #[must_use]
    pub fn is_word(&self, text: &[u8]) -> bool {
        let separator = self.byte(self.separator);
        text.iter().all(|&byte| self.rank(byte) < self.size)
            && (text.is_empty() || text.split(|&byte| byte == separator).all(|segment| !segment.is_empty()))
    }

    #[expect(clippy::indexing_slicing, reason = "a byte is below 256")]
    pub(super) const fn rank(&self, byte: u8) -> u8 {
        self.rank_of[byte as usize]
    }

    #[expect(clippy::indexing_slicing, reason = "a rank is below 256")]
    pub(super) const fn byte(&self, rank: u8) -> u8 {
        self.byte_of[rank as usize]
    }

    /// The rank of the separator.
    pub(super) const fn separator(&self) -> u8 {
        self.separator
    }

    /// How many symbols there are: their ranks are below this.
    pub(super) const fn size(&self) -> u8 {
        self.size
    }

    /// All symbols as a set of ranks.
    pub(super) const fn all(&self) -> u128 {
        (1 << self.size) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_symbols_without_empty_segments() {
        let alphabet = Alphabet::new("ba:/", '/');
        for word in ["", "a", "b:a", "a/b", "a/:/b"] {
            assert!(alphabet.is_word(word.as_bytes()), "{word}");
        }
        // The zero byte is the first that ranks behind all symbols.
        for text in ["/", "/a", "a/", "a//b", "c", "a\0"] {
            assert!(!alphabet.is_word(text.as_bytes()), "{text}");
        }
        assert_eq!((alphabet.all(), alphabet.separator()), (0b1111, 3));
    }

    #[test]
    fn shorter_examples_come_first_then_more_readable_ones() {
        let alphabet = Alphabet::new("ba:/", '/');
        assert_eq!(alphabet.compare(b"::", b"bbb"), Ordering::Less);
        assert_eq!(alphabet.compare(b"a", b"b"), Ordering::Greater);
    }
}
