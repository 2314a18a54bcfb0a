//! Columns that line up.

use std::io;
use std::io::Write;

use unicode_width::UnicodeWidthChar as _;
use unicode_width::UnicodeWidthStr as _;

/// Writes rows with every column as wide as its widest cell, two blanks apart and without blanks at the end.
pub(super) fn write(rows: &[Vec<String>], indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = width(cell);
            match widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    for row in rows {
        let mut line = indent.to_owned();
        for (cell, widest) in row.iter().zip(&widths) {
            line.push_str(cell);
            let padding = widest.saturating_sub(width(cell)) + 2;
            line.extend(std::iter::repeat_n(' ', padding));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// How many columns of a terminal a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A text that takes at most so many columns: what is too long loses its middle, since both ends of a path tell.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(1);
    let head = fitting(text.chars(), room / 2);
    let mut tail: Vec<char> = fitting(text.chars().rev(), room - room / 2);
    tail.reverse();
    head.into_iter().chain(['…']).chain(tail).collect()
}

fn fitting(symbols: impl Iterator<Item = char>, mut room: usize) -> Vec<char> {
    let fits = |symbol: &char| {
        let width = symbol.width().unwrap_or_default();
        let fits = width <= room;
        room = room.saturating_sub(width);
        fits
    };
    symbols.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_keeps_both_ends() {
        assert_eq!(shortened("GET /v1/users", 13), "GET /v1/users");
        assert_eq!(shortened("GET /v1/users", 9), "GET …sers");
        assert_eq!(shortened("GET /価格/一覧", 10), "GET …/一覧");
    }

    #[test]
    fn wide_characters_count_twice() {
        let rows = [["価格", "x"], ["abcde", "y"]].map(|row| row.map(str::to_owned).to_vec());
        let mut out = Vec::new();
        write(&rows, "", &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "価格   x\nabcde  y\n");
    }
}
