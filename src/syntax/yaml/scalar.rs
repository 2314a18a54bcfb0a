//! What a scalar is: text, unless it is plain and looks like something else.

use granit_parser::ScalarStyle;
use granit_parser::Tag;

use crate::syntax::Value;

/// The value of an untagged scalar, or of one with a tag of YAML itself.
///
/// As the readers of templates have it: `yes` and `on` are booleans as in YAML 1.1; dates, versions and numbers in other notations than
/// JSON's stay text. A number keeps its spelling, so that `2.0` is still a version for those who ask.
pub(super) fn typed(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let kind = tag.and_then(Tag::core_suffix);
    if style != ScalarStyle::Plain || matches!(kind, Some("str")) || tag.is_some() && kind.is_none() {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::String(text.to_owned()),
    }
}

/// Decimal digits with an optional sign, fraction and exponent.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let starts = unsigned.strip_prefix('.').unwrap_or(unsigned).starts_with(|first: char| first.is_ascii_digit());
    let digits = unsigned.chars().all(|character| character.is_ascii_digit() || "+-.eE".contains(character));
    starts && digits && unsigned.parse::<f64>().is_ok()
}
