//! What a finding has to say beside its message, in words that more than one format shows.

use super::count;
use crate::finding::Evidence;
use crate::finding::Finding;
use crate::finding::Refused;

/// Refused requests that are listed unless all are asked for.
pub(super) const FEW: usize = 5;

/// The finding as lines of plain text: the message, the requests that show it, and what to do.
pub(super) fn lines(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if let Some(evidence) = &finding.evidence {
        text.extend(["\n", &refusals(evidence, FEW), "\n", &caching(evidence)]);
    }
    for way in finding.help.lines() {
        text.extend(["\nhelp: ", way]);
    }
    text
}

/// Which requests are refused, the first `most` of them on lines of their own.
pub(super) fn refusals(evidence: &Evidence, most: usize) -> String {
    let partly = match evidence.routes_partly {
        0 => String::new(),
        some => format!(", {some} in part"),
    };
    let mut text = format!(
        "of {} that share this response, {} allowed{partly}; refused while it is cached:",
        count(evidence.routes_in_scope, "route"),
        match evidence.routes_allowed {
            0 => "none is".to_owned(),
            1 => "1 is".to_owned(),
            more => format!("{more} are"),
        },
    );
    for refused in evidence.refused.iter().take(most) {
        text.push_str(&refusal(refused));
    }
    let more = evidence.refused.len().saturating_sub(most);
    if more > 0 {
        text.extend(["\n  and ", &more.to_string(), " more"]);
    }
    text
}

fn refusal(refused: &Refused) -> String {
    let request = refused.request.to_string();
    let outcome = refused.outcome.name();
    if request == refused.route {
        format!("\n  {request} ({outcome})")
    } else {
        format!("\n  {request} ({outcome}; route {})", refused.route)
    }
}

/// How long, and under which key.
pub(super) fn caching(evidence: &Evidence) -> String {
    let ttl = match evidence.ttl {
        Some(seconds) => format!("for {seconds} s ({})", evidence.ttl_origin),
        None => format!("for an unknown time ({})", evidence.ttl_origin),
    };
    let key: Vec<String> = evidence.cache_key.iter().map(|source| format!("`{source}`")).collect();
    let key = if key.is_empty() { "nothing".to_owned() } else { key.join(", ") };
    format!("responses of the authorizer `{}` are cached {ttl}; the key is {key}", evidence.authorizer)
}
