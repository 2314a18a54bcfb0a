//! Ignores that stand in a definition, as comments: `# authorizer-lint: ignore[rule] reason`.

use crate::config::error::ConfigError;
use crate::config::error::ConfigProblem;
use crate::config::ignore::Ignore;
use crate::config::ignore::Place;
use crate::near::nearest;
use crate::rules::RULES;
use crate::rules::find;
use crate::source::Source;
use crate::source::Sources;
use crate::source::Span;
use crate::source::Spanned;

/// Reads a remark: an ignore for each rule that it names, or what is wrong with it.
///
/// It speaks of its own line, or, where it stands alone, of the next line that holds more than a comment.
///
/// # Errors
/// Where it is no ignore, names a rule that there isn't, or gives no reason.
pub fn inline(sources: &Sources, remark: &Spanned<String>) -> Result<Vec<Ignore>, ConfigError> {
    let refuse = |problem| ConfigError { span: remark.span, problem };
    let inside = remark.value.strip_prefix("ignore[").and_then(|rest| rest.split_once(']'));
    let (names, reason) = inside.ok_or_else(|| refuse(ConfigProblem::Remark))?;
    let reason = reason.trim_start_matches([':', '-', ' ']).trim();
    if reason.is_empty() {
        return Err(refuse(ConfigProblem::NoReason));
    }
    let line = line_of(sources.get(remark.span.source), remark.span);
    let ignore = |name: &str| {
        let rule = find(name).ok_or_else(|| {
            let meant = nearest(name, RULES.iter().map(|rule| rule.id)).map(str::to_owned);
            refuse(ConfigProblem::Unknown { what: "rule", word: name.to_owned(), meant })
        })?;
        Ok(Ignore {
            span: remark.span,
            rule: Spanned::new(rule.id, remark.span),
            place: Place::Line(line),
            route: None,
            reason: reason.to_owned(),
            until: None,
        })
    };
    names.split(',').map(|name| ignore(name.trim())).collect()
}

/// The line that a comment speaks of.
fn line_of(source: &Source, comment: Span) -> Span {
    let text = source.text.as_str();
    let (start, end) = (comment.start as usize, comment.end as usize);
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let is_alone = text.get(line_start..start).is_some_and(|before| before.trim().is_empty());
    if !is_alone {
        return Span { start: offset(line_start), ..comment };
    }
    let mut at = end;
    for line in text.get(end..).unwrap_or_default().split_inclusive('\n') {
        let said = line.trim();
        if !said.is_empty() && !said.starts_with(['#', '/']) {
            return Span { start: offset(at), end: offset(at + line.trim_end().len()), ..comment };
        }
        at += line.len();
    }
    Span { start: offset(at), end: offset(at), ..comment }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(&'static str, String, String)>, String> {
        let mut sources = Sources::default();
        let source = sources.add("template.yaml", text);
        let (before, rest) = text.split_once("# authorizer-lint: ").unwrap();
        let said = rest.lines().next().unwrap();
        let start = before.len();
        let end = start + "# authorizer-lint: ".len() + said.len();
        let span = Span { source, start: offset(start), end: offset(end) };
        let ignores =
            inline(&sources, &Spanned::new(said.to_owned(), span)).map_err(|error| error.problem.to_string())?;
        let line = |ignore: Ignore| match ignore.place {
            Place::Line(line) => (ignore.rule.value, ignore.reason, sources.slice(line).to_owned()),
            Place::File { .. } => panic!("a comment speaks of a line"),
        };
        Ok(ignores.into_iter().map(line).collect())
    }

    #[test]
    fn a_comment_speaks_of_its_line_or_of_the_next() {
        let rule = "unattached-route";
        assert!(read(&format!("a: 1 # authorizer-lint: ignore[{rule}] x\n")).is_err());
        let (one, two) = ("incomplete-arn", "malformed-arn");
        let beside = format!("a: 1\nb: 2 # authorizer-lint: ignore[{one}] known\nc: 3\n");
        let line = beside.lines().nth(1).unwrap().to_owned();
        assert_eq!(read(&beside), Ok(vec![(one, "known".to_owned(), line)]));
        let above = format!("a: 1\n  # authorizer-lint: ignore[{one}, {two}] - so it is\n\n  # more\n  b: 2\nc: 3\n");
        let lines: Vec<_> = [one, two].map(|rule| (rule, "so it is".to_owned(), "  b: 2".to_owned())).into();
        assert_eq!(read(&above), Ok(lines));
    }

    #[test]
    fn what_is_no_ignore_says_what_is_missing() {
        let why = |text: &str| read(&format!("# authorizer-lint: {text}\n")).unwrap_err();
        assert!(why("ignore incomplete-arn").contains("expected `ignore[rule] reason`"));
        assert!(why("ignore[incomplete-arn]").contains("reason"));
        assert!(why("ignore[incomplet-arn] x").contains("did you mean `incomplete-arn`"));
    }
}
