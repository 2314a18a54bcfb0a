//! Errors of the parser in words for the user.

use std::ops::Range;

use granit_parser::ErrorKind;
use granit_parser::ScanError;

use crate::syntax::SyntaxError;
use crate::syntax::excerpt::Excerpt;

/// Says what the parser expected, and where.
pub(super) fn explain(excerpt: &Excerpt<'_>, error: &ScanError) -> SyntaxError {
    let text = excerpt.text();
    let at = error.marker().byte_offset().unwrap_or_default().min(text.len());
    let line = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let start = match error.kind() {
        // The parser notices a tab at the first character behind it.
        kind if is_tab(kind) => text.get(line..at).and_then(|blank| blank.find('\t')).map_or(at, |tab| line + tab),
        _ => at,
    };
    let first = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    syntax_error(excerpt, start..start + first, &expected(error.kind()))
}

/// An error at a range of the text.
pub(super) fn syntax_error(excerpt: &Excerpt<'_>, range: Range<usize>, expected: &str) -> SyntaxError {
    SyntaxError::yaml(excerpt.span(range), expected)
}

const fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
    )
}

fn expected(kind: &ErrorKind) -> String {
    let closing = |open: &char| if *open == '[' { ']' } else { '}' };
    let fixed = match kind {
        kind if is_tab(kind) => "spaces: a tab is no indentation",
        ErrorKind::UnclosedFlowCollection { open } | ErrorKind::MismatchedFlowCollectionEnd { open, .. } => {
            return format!("a `{}` for this `{open}`", closing(open));
        }
        ErrorKind::MisplacedFlowCollectionEnd => "no closing bracket here",
        ErrorKind::UnclosedQuotedScalar => "a quote that ends the string which starts here",
        ErrorKind::UnknownAnchor => "an anchor `&` of this name before the alias",
        ErrorKind::RecursionLimitExceeded => "at most 127 levels of nesting",
        ErrorKind::MappingValueNotAllowed => "quotes around a text that holds `: `",
        ErrorKind::UnexpectedCharacter { .. } => "quotes around a text that starts with this character",
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::ExpectedBlockMappingKey => {
            "a key and `:`, indented like the keys around it"
        }
        ErrorKind::InvalidIndentation | ErrorKind::InvalidBlockScalarIndent => "the indentation of the lines around it",
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::BlockSequenceEntryNotAllowed => {
            "`- `, indented like the entries around it"
        }
        ErrorKind::ExpectedFlowMappingSeparator => "`,` or `}`",
        ErrorKind::ExpectedFlowSequenceSeparator => "`,` or `]`",
        ErrorKind::UndeclaredTagHandle => "a tag such as `!Ref`",
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape => "one of the escapes of YAML",
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            "the end of the line after the closing quote"
        }
        _ => "YAML",
    };
    fixed.to_owned()
}
