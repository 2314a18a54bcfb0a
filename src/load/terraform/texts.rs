//! Functions that make text or numbers of text and numbers.

use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Piece;
use crate::load::terraform::term::Term;
use crate::source::Span;

/// What a function of text comes to; nothing where it is none, or was given something else.
pub(super) fn call(name: &str, arguments: &[Term], span: Span) -> Option<Kind> {
    let text = |at: usize| arguments.get(at).and_then(Term::text);
    let number = |at: usize| arguments.get(at).and_then(Term::number);
    let made = |made: String| Some(Kind::Text(vec![Piece { text: made, span, gap: None }]));
    match name {
        "upper" => made(text(0)?.to_uppercase()),
        "lower" => made(text(0)?.to_lowercase()),
        "title" => made(title(&text(0)?)),
        "trimspace" => made(text(0)?.trim().to_owned()),
        "chomp" => made(text(0)?.trim_end_matches(['\n', '\r']).to_owned()),
        "trim" => made(text(0)?.trim_matches(|character| text(1).unwrap_or_default().contains(character)).to_owned()),
        "trimprefix" => {
            let (value, prefix) = (text(0)?, text(1)?);
            made(value.strip_prefix(&*prefix).unwrap_or(&value).to_owned())
        }
        "trimsuffix" => {
            let (value, suffix) = (text(0)?, text(1)?);
            made(value.strip_suffix(&*suffix).unwrap_or(&value).to_owned())
        }
        "replace" => made(replace(&text(0)?, &text(1)?, &text(2)?)?),
        "substr" => made(substr(&text(0)?, number(1)?, number(2)?)),
        "format" => made(format(&text(0)?, arguments.get(1..)?)?),
        "join" => made(join(&text(0)?, arguments.get(1..)?)?),
        "split" => Some(Kind::List(text(1)?.split(&*text(0)?).map(|part| Term::text_of(span, part)).collect())),
        "startswith" => Some(Kind::Bool(text(0)?.starts_with(&*text(1)?))),
        "endswith" => Some(Kind::Bool(text(0)?.ends_with(&*text(1)?))),
        "strcontains" => Some(Kind::Bool(text(0)?.contains(&*text(1)?))),
        _ => numeric(name, arguments),
    }
}

fn numeric(name: &str, arguments: &[Term]) -> Option<Kind> {
    let all = arguments.iter().map(Term::number).collect::<Option<Vec<f64>>>()?;
    let first = *all.first()?;
    let number = match name {
        "abs" => first.abs(),
        "floor" => first.floor(),
        "ceil" => first.ceil(),
        "max" => all.into_iter().fold(first, f64::max),
        "min" => all.into_iter().fold(first, f64::min),
        _ => return None,
    };
    Some(Kind::Number(number))
}

fn title(text: &str) -> String {
    let mut start = true;
    let capital = |character: char| {
        let made = if start { character.to_uppercase().to_string() } else { character.to_string() };
        start = character.is_whitespace();
        made
    };
    text.chars().map(capital).collect()
}

/// Plain text is replaced as it is; `/…/` is a regular expression, whose replacement may name groups.
fn replace(text: &str, wanted: &str, replacement: &str) -> Option<String> {
    match wanted.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|_| wanted.len() > 1) {
        Some(pattern) => {
            let pattern = regex::Regex::new(pattern).ok()?;
            Some(pattern.replace_all(text, replacement).into_owned())
        }
        None => Some(text.replace(wanted, replacement)),
    }
}

/// Counted in characters; a negative start counts from the end, a negative length is all that is left.
fn substr(text: &str, start: f64, length: f64) -> String {
    let characters: Vec<char> = text.chars().collect();
    let count = f64::from(u32::try_from(characters.len()).unwrap_or(u32::MAX));
    let from = if start < 0.0 { count + start } else { start };
    let kept = characters.iter().scan(0.0, |at, character| {
        let here = *at;
        *at += 1.0;
        Some((here, *character))
    });
    kept.filter(|(at, _)| *at >= from && (length < 0.0 || *at < from + length))
        .map(|(_, character)| character)
        .collect()
}

/// `%s`, `%d`, `%v` and `%%`; anything finer is left alone.
fn format(pattern: &str, arguments: &[Term]) -> Option<String> {
    let mut made = String::new();
    let mut values = arguments.iter();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        made.push_str(before);
        let mut characters = after.chars();
        match characters.next()? {
            's' | 'd' | 'v' => made.push_str(&values.next()?.text()?),
            '%' => made.push('%'),
            _ => return None,
        }
        rest = characters.as_str();
    }
    made.push_str(rest);
    Some(made)
}

fn join(separator: &str, lists: &[Term]) -> Option<String> {
    let mut parts = Vec::new();
    for list in lists {
        match &list.kind {
            Kind::List(items) => parts.extend(items.iter().map(Term::text).collect::<Option<Vec<_>>>()?),
            _ => parts.push(list.text()?),
        }
    }
    Some(parts.join(separator))
}
