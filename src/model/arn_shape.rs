//! What can be wrong with the shape of a Resource, decided on the text alone.
//!
//! The two readings of colons (part by part, or the whole text as one glob) differ only on texts that have a fault here.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html>

use crate::model::arn::ArnPattern;
use crate::model::arn::Tail;
use crate::model::policy::glob_matches;
use crate::model::route::Method;

/// Why a Resource can be no ARN of `execute-api`. The pieces are parts of the pattern's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformation<'t> {
    /// There is no colon and no `*` that could stand for one.
    NoArn,
    /// The first part is not `arn`.
    Prefix(&'t str),
    /// The partition is not one of AWS's.
    Partition(&'t str),
    /// The ARN is one of another service.
    Service(&'t str),
    /// A field is empty or blank; its name.
    Blank(&'static str),
    /// A colon where a slash ends the API id or the stage; the field that holds it.
    Colon(&'t str),
}

/// What a Resource leaves to the reader, or spells in a way in which no request is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap<'t> {
    /// Fewer than six parts between colons; how many.
    Parts(usize),
    /// A `*` that would have to match a colon; the part that holds it.
    Wildcard(&'t str),
    /// `GET//` for the root.
    Root(&'t str),
    /// Two slashes in a row further on.
    Slashes(&'t str),
}

const FIELDS: [&str; 6] = ["prefix", "partition", "service", "region", "account id", "API id"];

/// The first malformation of a pattern.
#[must_use]
pub fn malformation<'t>(arn: &ArnPattern<'t>) -> Option<Malformation<'t>> {
    if is_every_arn(arn) {
        return None;
    }
    if let Some((index, part)) = first_misfit(arn) {
        return match index {
            _ if wildcard_up_to(arn, index).is_some() => None,
            0 if arn.written() == 1 => Some(Malformation::NoArn),
            0 => Some(Malformation::Prefix(part)),
            _ if part.trim().is_empty() => FIELDS.get(index).copied().map(Malformation::Blank),
            1 => Some(Malformation::Partition(part)),
            _ => Some(Malformation::Service(part)),
        };
    }
    let blank = FIELDS.into_iter().zip(arn.parts()).find(|(_, part)| part.trim().is_empty());
    match blank {
        Some((name, _)) => Some(Malformation::Blank(name)),
        None => tail_malformation(arn),
    }
}

/// A malformation of the sixth part. After a `*` its fields can no longer be told apart.
fn tail_malformation<'t>(arn: &ArnPattern<'t>) -> Option<Malformation<'t>> {
    let tail = arn.tail();
    if is_cut_at_colons(&tail) {
        return Some(Malformation::Colon(tail.api));
    }
    let fields = [("API id", Some(tail.api)), ("stage", tail.stage), ("method", tail.method)];
    for (name, field) in fields {
        let Some(field) = field else { break };
        let before_star = field.split('*').next().unwrap_or_default();
        if field.trim().is_empty() {
            return (!is_doubled_slash(&tail)).then_some(Malformation::Blank(name));
        }
        // The colon of a policy variable is not one of the ARN.
        if name != "method" && before_star.contains(':') && !field.contains("${") {
            return Some(Malformation::Colon(field));
        }
        if field.contains(['*', '$']) && field != "$default" {
            break;
        }
    }
    None
}

/// Whether colons stand for slashes behind an API id that is a wildcard: a method follows where only an id or a stage can be, as in
/// `*:GET:/media`. `*:batchGet`, which paths may end in, is none of this.
fn is_cut_at_colons(tail: &Tail<'_>) -> bool {
    let Some((id, rest)) = tail.api.split_once(':') else { return false };
    id.contains('*') && rest.split(':').chain(tail.stage).any(|piece| Method::parse(piece).is_some())
}

/// Whether an empty field is one slash too many: then the method stands one place further on.
fn is_doubled_slash(tail: &Tail<'_>) -> bool {
    let next = tail.path.and_then(|path| path.split('/').next());
    !tail.api.trim().is_empty() && next.is_some_and(|next| next == "*" || Method::parse(next).is_some())
}

/// The first gap of a pattern that has no [`malformation`].
#[must_use]
pub fn gap<'t>(arn: &ArnPattern<'t>) -> Option<Gap<'t>> {
    if is_every_arn(arn) {
        return None;
    }
    let misfit = first_misfit(arn).and_then(|(index, _)| wildcard_up_to(arn, index));
    let [_, partition, service, region, account, sixth] = arn.parts();
    let crossed =
        [partition, service, region, account].into_iter().find(|part| part.contains('*') && part.contains('/'));
    if let Some(part) = misfit.or(crossed) {
        return Some(Gap::Wildcard(part));
    }
    if arn.written() < FIELDS.len() {
        return Some(Gap::Parts(arn.written()));
    }
    let tail = arn.tail();
    if let (Some(method), Some("/")) = (tail.method, tail.path) {
        let start = sixth.len() - method.len() - "//".len();
        return sixth.get(start..).map(Gap::Root);
    }
    let slashes = sixth.find("//")?;
    sixth.get(slashes..slashes + 2).map(Gap::Slashes)
}

/// Whether the text is nothing but `*`: every ARN.
fn is_every_arn(arn: &ArnPattern<'_>) -> bool {
    !arn.text.is_empty() && arn.text.chars().all(|symbol| symbol == '*')
}

/// The first of the three parts with a fixed meaning that can't have it.
fn first_misfit<'t>(arn: &ArnPattern<'t>) -> Option<(usize, &'t str)> {
    let [prefix, partition, service, ..] = arn.parts();
    let is_partition = partition.contains(['*', '?']) || partition.starts_with("aws");
    [(prefix, glob_matches(prefix, "arn")), (partition, is_partition), (service, glob_matches(service, "execute-api"))]
        .into_iter()
        .enumerate()
        .find_map(|(index, (part, fits))| (!fits).then_some((index, part)))
}

/// The first part with a `*` among those up to an index.
fn wildcard_up_to<'t>(arn: &ArnPattern<'t>, index: usize) -> Option<&'t str> {
    arn.parts().into_iter().take(index + 1).find(|part| part.contains('*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_told_apart() {
        use Malformation::*;
        let prefix = "arn:aws:execute-api:eu-west-1:123456789012:";
        for (text, expected) in [
            ("*", None),
            ("arn:aws:execute-api:us-1:abc:123/prod/GET/v1/users", None),
            ("arn:aws-cn:execute-api:*:*:*", None),
            ("arn:aws:execute-api:*", None),
            ("*/prod/GET/users", None),
            ("", Some(NoArn)),
            ("GET/users", Some(NoArn)),
            ("execute-api:/prod/GET/users", Some(Prefix("execute-api"))),
            ("anr:aws:execute-api:*:*:*", Some(Prefix("anr"))),
            ("arn:aws:lambda:eu-west-1:123456789012:function:x", Some(Service("lambda"))),
            ("arn:amazon:execute-api:*:*:*", Some(Partition("amazon"))),
            ("arn:aws:execute-api:::abc/prod/GET/", Some(Blank("region"))),
            ("arn::execute-api:*:*:*", Some(Blank("partition"))),
        ] {
            assert_eq!(malformation(&ArnPattern::new(text)), expected, "{text}");
        }
        for (tail, expected) in [
            ("abc/prod/GET/a:b", None),
            ("abc/prod/GET/", None),
            ("*:b/c", None),
            ("abc/$default/GET/x", None),
            ("abc/${aws:PrincipalTag/stage}/GET/*", None),
            ("abc:prod/GET/x", Some(Colon("abc:prod"))),
            ("abc/prod:GET/x", Some(Colon("prod:GET"))),
            ("/prod/GET/x", Some(Blank("API id"))),
            ("abc//GET/x", Some(Blank("stage"))),
            ("abc/prod//x", Some(Blank("method"))),
            ("abc/*//x", None),
            ("abc//prod/GET/x", None),
            ("abc/prod//GET/x", None),
        ] {
            let text = format!("{prefix}{tail}");
            assert_eq!(malformation(&ArnPattern::new(&text)), expected, "{tail}");
        }
    }

    #[test]
    fn gaps_are_found_where_the_shape_is_otherwise_right() {
        for (text, expected) in [
            ("**", None),
            ("arn:aws:execute-api:*:*:*", None),
            ("arn:aws:execute-api:*", Some(Gap::Parts(4))),
            ("arn:aws:execute-api:eu-west-1:abc/prod/GET/x", Some(Gap::Parts(5))),
            ("*/prod/GET/users", Some(Gap::Wildcard("*/prod/GET/users"))),
            ("arn:aws:execute-api:*/prod/GET/x", Some(Gap::Wildcard("*/prod/GET/x"))),
            ("arn:*:abc/prod/GET/x", Some(Gap::Wildcard("*"))),
            ("arn:aws:execute-api:*:*:abc/prod/GET//", Some(Gap::Root("GET//"))),
            ("arn:aws:execute-api:*:*:abc/prod/POST//*", Some(Gap::Slashes("//"))),
            ("arn:aws:execute-api:*:*:abc//prod/GET/x", Some(Gap::Slashes("//"))),
        ] {
            assert_eq!(gap(&ArnPattern::new(text)), expected, "{text}");
        }
    }
}
